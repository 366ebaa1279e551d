/**
 * `npm test`: everything that has to hold before a change goes out, from a bare clone on.
 * Installs what is missing, then lints beside building, asking n8n's own gates and checking types, then tests.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDependencies, projectFolder, requireNode } from './prepare.mjs';

function run(command, parameters) {
	const { status, error } = spawnSync(command, parameters, {
		cwd: projectFolder,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (error) console.error(error.message);
	return status === 0;
}

/** Runs a script of package.json; what it prints is kept until it ends, since another may run beside it. */
const npmRun = (script) => async () => {
	const child = spawn('npm', ['run', '--silent', script], {
		cwd: projectFolder,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	const printed = [];
	child.stdout.on('data', (chunk) => printed.push(chunk));
	child.stderr.on('data', (chunk) => printed.push(chunk));
	const passed = await new Promise((done) => {
		child.once('error', (error) => {
			console.error(error.message);
			done(false);
		});
		child.once('close', (code) => done(code === 0));
	});
	process.stdout.write(Buffer.concat(printed));
	return passed;
};
const local = (name, ...parameters) => run(path.join('node_modules', '.bin', name), parameters);

/** Installs what the lock file says; where that does not fit package.json, what the latter says. */
async function install() {
	try {
		await ensureDependencies();
	} catch (error) {
		console.error(`${error.message}\nThe lock file could not be used; resolving anew.`);
		return run('npm', ['install']);
	}
	return true;
}

function seconds(since) {
	return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function step(name, action) {
	console.log(`\n▸ ${name}`);
	const start = performance.now();
	const passed = await action();
	console.log(`${passed ? '✔' : '✖'} ${name} (${seconds(start)})`);
	return passed;
}

/** Runs jest; the counts come from its own report, undefined when it could not run. */
function runTests(reportFile) {
	const passed = local('jest', '--json', `--outputFile=${reportFile}`, ...process.argv.slice(2));
	const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;
	return { passed, report };
}

requireNode();
const folder = mkdtempSync(path.join(tmpdir(), 'maileon-tests-'));
const start = performance.now();
let report;
const failedSteps = [];

/** Runs steps one after the other, all of them even when one fails. */
async function steps(...list) {
	for (const [name, action] of list) if (!(await step(name, action))) failedSteps.push(name);
}

function tests() {
	const result = runTests(path.join(folder, 'report.json'));
	report = result.report;
	return result.passed;
}

await steps(['Install', install]);
if (failedSteps.length === 0) {
	await Promise.all([
		steps(['Lint', npmRun('lint')]),
		steps(
			['Build', npmRun('build')],
			["n8n's gates", npmRun('gates')],
			['Types', npmRun('typecheck')],
		),
	]);
	await steps(['Tests', tests]);
}
rmSync(folder, { recursive: true, force: true });

const failed = failedSteps.length > 0;
console.log(`\nFinished in ${seconds(start)}.`);
if (failed) console.log(`Failed: ${failedSteps.join(', ')}`);
const failedTests = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
console.log(`${report?.numPassedTests ?? 0} passed, ${failedTests} failed`);
process.exitCode = failed ? 1 : 0;
