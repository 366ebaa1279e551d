// `npm run test:e2e`: the tests in a real browser, on both lines of n8n, from nothing but a clone.
//
//   --line 1|2    only on n8n 1.x or 2.x
//   --test WORDS  only the tests whose name holds these words (a pattern, as jest's -t takes it)
//   --pictures    renews the pictures of README and docs/ (`npm run screenshots`), by the tests that take some
//   --frames      keeps the frames of a film in artifacts/frames (`npm run frames`), by the tests that make some
//   --into FOLDER puts those pictures elsewhere than in docs/images
//   further words only the files whose path holds one of them
//
//   npm run test:e2e -- --line 2 repeatedRequests
//   npm run test:e2e -- --line 1 trigger --test "test event"
//
// The files in test/e2e share one n8n, with this package installed and a sandbox beside it. Those in
// test/e2e/ownHost start an n8n of their own, after it has ended; those in test/e2e/noHost need none, and
// run once. Pictures of what was seen are left in artifacts/n8n-1, artifacts/n8n-2 and artifacts/no-host.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureProgram, postgres } from './debian.mjs';
import { ensureHost } from './hosts.mjs';
import {
	cacheFolder,
	ensureBuild,
	ensureDependencies,
	packPackage,
	projectFolder,
	requireNode,
	run,
	say,
} from './prepare.mjs';

const login = { email: 'e2e@example.com', password: 'Maileon-e2e-1' };
const artifacts = join(projectFolder, 'artifacts');
const testFolder = join(projectFolder, 'test', 'e2e');
const jestProgram = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
const jestConfig = ['--config', join(projectFolder, 'jest.e2e.config.js')];

requireNode();
const { values: wanted, positionals } = parseArgs({
	options: {
		line: { type: 'string' },
		test: { type: 'string' },
		pictures: { type: 'boolean', default: false },
		frames: { type: 'boolean', default: false },
		into: { type: 'string', default: join(projectFolder, 'docs', 'images') },
	},
	allowPositionals: true,
});

const running = [];
/** A promise of what `load` gives. */
let loaded;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.once(signal, () => void stopAll().then(() => process.exit(1)));
}

try {
	process.exitCode = await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await stopAll();
}

async function main() {
	await ensureDependencies();
	const files = await chosenFiles();
	const chromium = await ensureChromium();
	await ensurePostgres(files.ownHost);
	const counts = [];
	if (files.noHost.length > 0) counts.push(await testWithoutHost(files.noHost, chromium));
	const lines = files.shared.length + files.ownHost.length > 0 ? linesToTest() : [];
	if (lines.length > 0) await ensureBuild();
	const tarball = lines.length > 0 ? await packPackage() : undefined;
	for (const line of lines) {
		const host = await ensureHost(line);
		const folder = emptyFolder(`n8n-${line}`);
		const env = { ...environmentOf(folder, chromium), E2E_LINE: line };
		counts.push(...(await testOn({ host, tarball, folder, env }, files)));
	}
	const passed = counts.reduce((sum, count) => sum + count.passed, 0);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	const hosts = lines.length > 0 ? `on n8n ${lines.join(' and ')}` : 'without n8n';
	say(`Browser tests ${hosts}, pictures in ${artifacts}`);
	for (const name of counts.flatMap((count) => count.triedTwice)) {
		console.log(`passed only when tried once more: ${name}`);
	}
	console.log(`${passed} passed, ${failed} failed`);
	return failed > 0 || passed === 0 ? 1 : 0;
}

/** The test files asked for: those that share an n8n, those that start their own, and those without. */
async function chosenFiles() {
	const args = [jestProgram, ...jestConfig, '--listTests', '--json', ...positionals];
	const listed = JSON.parse(await run(process.execPath, args));
	const files = listed.filter(isWanted);
	if (files.length === 0)
		throw new Error(`No test file has a path with ${positionals.join(', ')}.`);
	const filesIn = (name) => files.filter((file) => dirname(file) === join(testFolder, name));
	const [ownHost, noHost] = [filesIn('ownHost'), filesIn('noHost')];
	const shared = files.filter((file) => !ownHost.includes(file) && !noHost.includes(file));
	return { shared, ownHost, noHost };
}

/** Whether the file makes what was asked for: pictures, frames, or nothing in particular. */
function isWanted(file) {
	const text = readFileSync(file, 'utf8');
	if (wanted.pictures && !/\.(picture|canvasPicture)\(/.test(text)) return false;
	return !wanted.frames || text.includes('.frame(');
}

/** Pictures and frames come from the newest line, where both are tested. */
function linesToTest() {
	if (wanted.line) return [wanted.line];
	return wanted.pictures || wanted.frames ? ['2'] : ['1', '2'];
}

async function ensureChromium() {
	const path = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
	await ensureProgram({
		name: `Chromium (${path})`,
		debianPackage: 'chromium',
		isThere: () => existsSync(path),
		otherwise: 'If yours is elsewhere, set CHROMIUM_PATH.',
	});
	return path;
}

/** Some tests run n8n on PostgreSQL. */
async function ensurePostgres(files) {
	const needIt = files.some((file) => readFileSync(file, 'utf8').includes('startPostgres('));
	if (needIt) await ensureProgram(postgres);
}

/** What every test is told, see test/e2e/support/environment.ts. */
function environmentOf(folder, chromium) {
	return {
		CHROMIUM_PATH: chromium,
		E2E_EMAIL: login.email,
		E2E_PASSWORD: login.password,
		E2E_ARTIFACTS: folder,
		E2E_PICTURES: wanted.pictures ? resolve(wanted.into) : '',
		E2E_FRAMES: wanted.frames ? emptyFolder('frames') : '',
	};
}

/** An empty folder for the pictures of a run. */
function emptyFolder(name) {
	const folder = join(artifacts, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}

async function testWithoutHost(files, chromium) {
	const folder = emptyFolder('no-host');
	say('Testing in the browser without n8n ...');
	return await jest(files, join(folder, 'results.json'), environmentOf(folder, chromium));
}

async function testOn(surroundings, { shared, ownHost }) {
	const counts = [];
	if (shared.length > 0) counts.push(await testOnSharedHost(surroundings, shared));
	if (ownHost.length > 0) {
		const { host, tarball, folder, env } = surroundings;
		say(`Testing with n8n ${host.version} started by the tests ...`);
		const own = { ...env, E2E_HOST: JSON.stringify(host), E2E_TARBALL: tarball };
		counts.push(await jest(ownHost, join(folder, 'results-own-host.json'), own));
	}
	return counts;
}

/** Starts a fresh n8n and a sandbox, runs the tests on them, and stops both. */
async function testOnSharedHost({ host, tarball, folder, env }, files) {
	const { startN8n, N8nClient, startSandbox } = await helpers();
	const userFolder = join(cacheFolder(), `e2e-n8n-${host.version}-${process.pid}`);
	mkdirSync(userFolder, { recursive: true });
	running.push(() => rmSync(userFolder, { recursive: true, force: true }));
	const sandbox = await startSandbox();
	running.push(() => sandbox.close());
	say(`Starting n8n ${host.version} ...`);
	const n8n = await startN8n({ host, userFolder, tarballs: [tarball] });
	running.push(() => n8n.stop());
	await N8nClient.signIn(n8n.url, login);

	say(`Testing in the browser on n8n ${host.version} at ${n8n.url} ...`);
	const count = await jest(files, join(folder, 'results.json'), {
		...env,
		E2E_N8N_URL: n8n.url,
		E2E_SANDBOX_URL: sandbox.url,
		E2E_API_KEY: sandbox.apiKey,
	});
	await stopAll();
	return count;
}

/**
 * What is written in TypeScript, loaded once for all lines: loaded once more, a part of its modules would be
 * there twice, and the sandbox would not know its own refusals.
 */
function helpers() {
	loaded ??= load();
	return loaded;
}

async function load() {
	const { tsImport } = await import('tsx/esm/api');
	const n8n = await tsImport('./n8n/index.ts', import.meta.url);
	const sandbox = await tsImport('../sandbox/index.ts', import.meta.url);
	return { ...n8n, ...sandbox };
}

/** Runs the test files, and counts what passed and failed. */
async function jest(files, results, env) {
	const args = ['--runInBand', '--verbose', '--json', `--outputFile=${results}`];
	if (wanted.test) args.push('-t', wanted.test);
	const child = spawn(
		process.execPath,
		[jestProgram, ...jestConfig, ...args, '--runTestsByPath', ...files],
		{
			cwd: projectFolder,
			env: { ...process.env, ...env },
			// Its JSON goes to the file; what people read is on the error output.
			stdio: ['ignore', 'ignore', 'inherit'],
		},
	);
	running.push(() => child.kill());
	await new Promise((done) => child.once('close', done));
	return countOf(results);
}

/** A run that broke off before its tests counts as one failure. */
function countOf(results) {
	if (!existsSync(results)) return { passed: 0, failed: 1, triedTwice: [] };
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
		readFileSync(results, 'utf8'),
	);
	const triedTwice = testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status, invocations }) => status === 'passed' && invocations > 1)
		.map(({ fullName }) => fullName);
	return {
		passed: numPassedTests,
		failed: numFailedTests + numRuntimeErrorTestSuites,
		triedTwice,
	};
}

/** Stops what was started, last first. */
async function stopAll() {
	while (running.length > 0) await running.pop()();
}
