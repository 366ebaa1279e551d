import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Tests of the node: its units, and those that run the packed package in n8n's engine. */
const FOLDERS = [
	...['actions', 'input', 'maileon', 'run', 'transport', 'trigger'].map((name) => `unit/${name}`),
	'shape',
	'integration',
	'examples',
	'stored',
];

/** These read the files of the project instead of running them, or take long. */
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

/** These hold only where n8n-workflow, which gives all big integers a text, is not in the same process. */
const WITHOUT_N8N = ['what would have to be guessed is refused json from 10n'];

export const holdsBesideN8n = (id) => !WITHOUT_N8N.some((name) => id.endsWith(name));

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
