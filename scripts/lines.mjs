// What the long tests have in common: they try the packed package in real n8n, on one line or on both.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost } from './hosts.mjs';
import { ensureBuild, packPackage, projectFolder, say } from './prepare.mjs';

/**
 * Tries the packed package on n8n 1.x, on 2.x, or on both, one after the other. Prints the figures and leaves them in
 * artifacts/<name>-<line>.md.
 *
 * @param {string} name of the test
 * @param {string | undefined} line `1` or `2`; both when left out
 * @param {(subject: {host: object, tarball: string, say: (line: string) => void}) =>
 *   Promise<{failures: string[], markdown: string}>} test
 * @returns {Promise<boolean>} whether nothing failed
 */
export async function tryOnLines(name, line, test) {
	await ensureBuild();
	const tarball = await packPackage();
	const artifacts = join(projectFolder, 'artifacts');
	mkdirSync(artifacts, { recursive: true });
	let isFine = true;
	for (const each of line ? [line] : ['1', '2']) {
		const host = await ensureHost(each);
		const { failures, markdown } = await test({ host, tarball, say });
		writeFileSync(join(artifacts, `${name}-${each}.md`), markdown);
		console.log(`\n${markdown}`);
		for (const failure of failures) console.error(`✖ n8n ${host.version}: ${failure}`);
		isFine &&= failures.length === 0;
	}
	return isFine;
}

/**
 * Runs a whole script and ends the process with 0 where it gives `true`. A signal ends it too, with all that it cleans
 * up at its exit.
 *
 * @param {() => Promise<boolean>} main
 */
export function runScript(main) {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
	main().then(
		(isFine) => process.exit(isFine ? 0 : 1),
		(error) => {
			console.error(error instanceof Error ? error.message : error);
			process.exit(1);
		},
	);
}
