// `npm run test:mutation`: does a test fail when the code is changed? Changes the code of nodes/ in each place where
// that is possible, one at a time, and runs the tests that reach it (Stryker, settings in stryker.config.mjs). A run
// that was interrupted goes on where it stopped as long as neither code nor tests have changed; what it found is kept
// in artifacts/mutation. A complete run writes the table of docs/mutation.md.
//
//   FILES…  only files that match these patterns, e.g. 'nodes/Maileon/input/**/*.ts'; writes no table

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { KEPT_VARIABLE } from './mutation/kept.mjs';
import { breaksThreshold, summary, writePage } from './mutation/page.mjs';
import { projectFolder } from './prepare.mjs';

const ALL = ['nodes/**/*.ts'];
/** What a result depends on. */
const SOURCES = ['nodes', 'credentials', 'sandbox', 'test', 'examples', 'scripts/mutation'];

function hashOf(folders, ...further) {
	const hash = createHash('sha256');
	for (const folder of folders) {
		const names = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.join(entry.parentPath, entry.name))
			.sort();
		for (const name of names) hash.update(name).update(readFileSync(name));
	}
	for (const text of further) hash.update(text);
	return hash.digest('hex').slice(0, 12);
}

process.chdir(projectFolder);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const chosen = process.argv.slice(2);
const mutate = chosen.length > 0 ? chosen : ALL;
const key = hashOf(SOURCES, readFileSync('stryker.config.mjs'), mutate.join('\n'));
const folder = path.join(projectFolder, 'artifacts', 'mutation', key);
const installed = mkdtempSync(path.join(tmpdir(), 'maileon-mutation-'));
process.env[KEPT_VARIABLE] = folder;
process.env.MAILEON_TEST_USER_FOLDER = path.join(installed, 'n8n');

console.log(`What is found is kept in ${path.relative(projectFolder, folder)}.`);
const report = path.join(folder, 'report.json');
// Also when the run is interrupted.
process.once('exit', () => {
	for (const each of [installed, '.stryker-tmp']) rmSync(each, { recursive: true, force: true });
});
await new Stryker({ mutate, jsonReporter: { fileName: report } }).runMutationTest();

const found = JSON.parse(readFileSync(report, 'utf8'));
console.log(`\n${summary(found)}`);
if (chosen.length === 0) {
	writePage(path.join('docs', 'mutation.md'), found, commit);
}
if (breaksThreshold(found)) process.exitCode = 1;
