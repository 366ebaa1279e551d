// `npm run test:mutation`: does a test fail when the code is changed? Changes the code of nodes/ in each place where
// that is possible, one at a time, and runs the tests that reach it (Stryker, settings in stryker.config.mjs). A run
// that was interrupted goes on where it stopped; where tests have changed since, what they have noticed and what no
// test has noticed is tried again. What was found is kept in artifacts/mutation. A complete run writes the table of
// docs/mutation.md.
//
//   FILES…  only files that match these patterns, e.g. 'nodes/Maileon/input/**/*.ts'; writes no table

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { FILES_VARIABLE, hashOf, KEPT_VARIABLE, TESTS_VARIABLE } from './mutation/kept.mjs';
import { breaksThreshold, summary, writePage } from './mutation/page.mjs';
import { projectFolder } from './prepare.mjs';

const ALL = ['nodes/**/*.ts'];
/** What each result depends on, beside the tests themselves. */
const SOURCES = [
	'nodes',
	'credentials',
	'sandbox',
	'examples',
	'test/support',
	'scripts/mutation',
	'stryker.config.mjs',
];

process.chdir(projectFolder);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const chosen = process.argv.slice(2);
const mutate = chosen.length > 0 ? chosen : ALL;
const folder = path.join(projectFolder, 'artifacts', 'mutation', hashOf(SOURCES));
const installed = mkdtempSync(path.join(tmpdir(), 'maileon-mutation-'));
process.env[KEPT_VARIABLE] = folder;
process.env[TESTS_VARIABLE] = hashOf(['test']);
process.env[FILES_VARIABLE] = mutate.join(' ');
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
