/**
 * `npm test`: everything that has to hold before a change goes out, from a bare clone on.
 * Installs what is missing, then lints, type-checks, builds, asks n8n's own gates, runs the tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = [20, 15];

function run(command, parameters) {
	const { status, error } = spawnSync(command, parameters, {
		cwd: ROOT,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (error) console.error(error.message);
	return status === 0;
}

const npmRun = (script) => () => run('npm', ['run', '--silent', script]);
const local = (name, ...parameters) => run(path.join('node_modules', '.bin', name), parameters);

/** npm writes this file last, so a broken installation is repeated. */
function isInstalled() {
	const marker = path.join(ROOT, 'node_modules', '.package-lock.json');
	return existsSync(marker) && existsSync(path.join(ROOT, 'node_modules', '.bin', 'jest'));
}

function install() {
	if (isInstalled()) return true;
	console.log('Installing the development tools; this takes a minute or two.');
	return run('npm', ['ci', '--loglevel=http']) || run('npm', ['install', '--loglevel=http']);
}

function seconds(since) {
	return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function step(name, action) {
	console.log(`\n▸ ${name}`);
	const start = performance.now();
	const passed = action();
	console.log(`${passed ? '✔' : '✖'} ${name} (${seconds(start)})`);
	return passed;
}

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	const [oldestMajor, oldestMinor] = OLDEST_NODE;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return true;
	console.error(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.version}.`);
	return false;
}

/** Runs jest; the counts come from its own report, undefined when it could not run. */
function runTests(reportFile) {
	const passed = local('jest', '--json', `--outputFile=${reportFile}`, ...process.argv.slice(2));
	const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;
	return { passed, report };
}

const folder = mkdtempSync(path.join(tmpdir(), 'maileon-tests-'));
const start = performance.now();
let report;
const steps = [
	['Node', checkNode],
	['Install', install],
	['Lint', npmRun('lint')],
	['Types', npmRun('typecheck')],
	['Build', npmRun('build')],
	["n8n's gates", npmRun('gates')],
	[
		'Tests',
		() => {
			const result = runTests(path.join(folder, 'report.json'));
			report = result.report;
			return result.passed;
		},
	],
];

const failedSteps = [];
for (const [name, action] of steps) {
	if (step(name, action)) continue;
	failedSteps.push(name);
	if (name === 'Node' || name === 'Install') break;
}
rmSync(folder, { recursive: true, force: true });

const failed = failedSteps.length > 0;
console.log(`\nFinished in ${seconds(start)}.`);
if (failed) console.log(`Failed: ${failedSteps.join(', ')}`);
const failedTests = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
console.log(`${report?.numPassedTests ?? 0} passed, ${failedTests} failed`);
process.exitCode = failed ? 1 : 0;
