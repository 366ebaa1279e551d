/**
 * Compares what the built files take from n8n-workflow, which n8n itself provides, with what the oldest
 * and the newest n8n that this package supports export: a name that one of them lacks is undefined there,
 * and crashes the node only when it is used.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectFolder } from './prepare.mjs';

/** The n8n-workflow of n8n 1.123 and of n8n 2.x, as devDependencies. */
const VERSIONS = ['n8n-workflow', 'n8n-workflow-2'];

const REQUIRED = /require\("n8n-workflow"\)/g;
const VARIABLE = /\b(?:var|const|let|,)?\s*([\w$]+)\s*=\s*(?:__toESM\()?require\("n8n-workflow"\)/g;

/**
 * The names that a built file takes from n8n-workflow.
 *
 * @param {string} code JavaScript as esbuild writes it
 * @returns {Set<string>}
 * @throws when the file uses the module in another way than by its names
 */
export function namesTaken(code) {
	const variables = [...code.matchAll(VARIABLE)].map(([, name]) => name);
	if (variables.length !== (code.match(REQUIRED) ?? []).length)
		throw new Error('A built file uses n8n-workflow in a way that cannot be checked.');
	return new Set(
		variables.flatMap((variable) => {
			const use = new RegExp(`(?<![\\w$])${variable.replaceAll('$', '\\$')}\\.([\\w$]+)`, 'g');
			return [...code.matchAll(use)].map(([, name]) => name);
		}),
	);
}

/**
 * What each supported n8n-workflow lacks of the names that the built files take.
 *
 * @returns {{ taken: number, missing: string[] }} `missing` as `n8n-workflow 2.41.0: sleepWithAbort`
 */
export function missingNames() {
	const { n8n } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8'));
	const files = [...n8n.credentials, ...n8n.nodes];
	const taken = new Set(
		files.flatMap((file) => [...namesTaken(readFileSync(path.join(projectFolder, file), 'utf8'))]),
	);
	const require = createRequire(path.join(projectFolder, 'package.json'));
	const missing = VERSIONS.flatMap((name) => {
		const exported = require(name);
		const { version } = JSON.parse(
			readFileSync(path.join(projectFolder, 'node_modules', name, 'package.json'), 'utf8'),
		);
		const lacking = [...taken].filter((one) => exported[one] === undefined);
		return lacking.map((one) => `n8n-workflow ${version}: ${one}`);
	});
	return { taken: taken.size, missing };
}
