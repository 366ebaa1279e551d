// `npm run test:e2e`: the tests in a real browser, on both lines of n8n, from nothing but a clone.
//
//   --line 1|2  only on n8n 1.x or 2.x
//   --pictures  renews the pictures of the README (`npm run screenshots`)
//   further words go to jest

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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

requireNode();
const { values: wanted, positionals } = parseArgs({
	options: { line: { type: 'string' }, pictures: { type: 'boolean', default: false } },
	allowPositionals: true,
});

const running = [];
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
	const chromium = await ensureChromium();
	await ensureBuild();
	const tarball = await packPackage();
	rmSync(artifacts, { recursive: true, force: true });
	const total = { passed: 0, failed: 0 };
	for (const line of linesToTest()) {
		const { passed, failed } = await testOn(line, tarball, chromium);
		total.passed += passed;
		total.failed += failed;
	}
	say(`Browser tests on n8n ${linesToTest().join(' and ')}, pictures in ${artifacts}`);
	console.log(`${total.passed} passed, ${total.failed} failed`);
	return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** The README's pictures come from the newest line, where both are tested. */
function linesToTest() {
	if (wanted.line) return [wanted.line];
	return wanted.pictures ? ['2'] : ['1', '2'];
}

async function ensureChromium() {
	const path = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
	if (existsSync(path)) return path;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(`There is no Chromium at ${path}. Install it, or set CHROMIUM_PATH to yours.`);
	}
	say('Installing Chromium ...');
	await run('apt-get', ['update', '-qq'], { label: 'apt-get update' });
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
		label: 'apt-get install chromium',
		env: { DEBIAN_FRONTEND: 'noninteractive' },
	});
	return path;
}

/** Starts a fresh n8n and a sandbox, runs all tests on them, and stops both. */
async function testOn(line, tarball, chromium) {
	const { tsImport } = await import('tsx/esm/api');
	const { startN8n, N8nClient } = await tsImport('./n8n.ts', import.meta.url);
	const { startSandbox } = await tsImport('../sandbox/index.ts', import.meta.url);
	const host = await ensureHost(line);

	const userFolder = join(cacheFolder(), `e2e-n8n-${host.version}-${process.pid}`);
	mkdirSync(userFolder, { recursive: true });
	running.push(() => rmSync(userFolder, { recursive: true, force: true }));
	const sandbox = await startSandbox();
	running.push(() => sandbox.close());
	say(`Starting n8n ${host.version} ...`);
	const n8n = await startN8n({ host, userFolder, tarball });
	running.push(() => n8n.stop());
	await N8nClient.signIn(n8n.url, login);

	const results = join(artifacts, `n8n-${line}`, 'results.json');
	mkdirSync(join(artifacts, `n8n-${line}`), { recursive: true });
	say(`Testing in the browser on n8n ${host.version} at ${n8n.url} ...`);
	await jest(results, {
		CHROMIUM_PATH: chromium,
		E2E_LINE: line,
		E2E_N8N_URL: n8n.url,
		E2E_EMAIL: login.email,
		E2E_PASSWORD: login.password,
		E2E_SANDBOX_URL: sandbox.url,
		E2E_API_KEY: sandbox.apiKey,
		E2E_ARTIFACTS: join(artifacts, `n8n-${line}`),
		E2E_PICTURES: wanted.pictures ? join(projectFolder, 'docs', 'images') : '',
	});
	await stopAll();
	return countOf(results);
}

async function jest(results, env) {
	const program = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const args = ['--config', 'jest.e2e.config.js', '--runInBand', '--verbose'];
	const child = spawn(
		process.execPath,
		[program, ...args, '--json', `--outputFile=${results}`, ...positionals],
		{
			cwd: projectFolder,
			env: { ...process.env, ...env },
			// Its JSON goes to the file; what people read is on the error output.
			stdio: ['ignore', 'ignore', 'inherit'],
		},
	);
	running.push(() => child.kill());
	await new Promise((done) => child.once('close', done));
}

/** A run that broke off before its tests counts as one failure. */
function countOf(results) {
	if (!existsSync(results)) return { passed: 0, failed: 1 };
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
		readFileSync(results, 'utf8'),
	);
	return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

/** Stops what was started, last first. */
async function stopAll() {
	while (running.length > 0) await running.pop()();
}
