import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Tests of the node: its units, and those that run the packed package in n8n's engine. */
const FOLDERS = [
	'unit/actions',
	'unit/input',
	'unit/maileon',
	'unit/methods',
	'unit/run',
	'unit/transport',
	'unit/trigger',
	'shape',
	'integration',
	'examples',
	'stored',
];

/** Files that read the project's files instead of running them, or take long. */
const LEFT_OUT = [
	'shape/docs.test.ts',
	'shape/imports.test.ts',
	'shape/names.test.ts',
	'integration/faults.test.ts',
	'integration/mailing/neverTwice.test.ts',
	'integration/transactionMany.test.ts',
	'unit/run/manyItems.test.ts',
	'unit/trigger/report/simulation.test.ts',
];

/** Endings of single tests that are not run, and why. */
const TESTS_LEFT_OUT = [
	// They take seconds, and look at what the tests with few items look at, too.
	' 1100 items',
	' 250 items',
	// Only holds without n8n-workflow in the same process, which gives big integers a text.
	' is refused json from 10n',
];

/** Whether a test is run, by its name. */
export const isRun = (name) => !TESTS_LEFT_OUT.some((ending) => name.endsWith(ending));

/**
 * The test files that changes are tried with.
 *
 * @param {string} root the folder of the project
 */
export function filesToRun(root) {
	const below = (folder) =>
		readdirSync(path.join(root, 'test', folder), { recursive: true })
			.filter((name) => name.endsWith('.test.ts'))
			.map((name) => path.join(folder, name));
	return FOLDERS.flatMap(below)
		.filter((file) => !LEFT_OUT.includes(file))
		.sort()
		.map((file) => path.join(root, 'test', file));
}
