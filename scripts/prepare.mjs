// What every command of this package needs before it can start, on a clone that holds nothing but sources.
// Plain Node without dependencies, since it is what installs them.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The folder in which installed n8n hosts and their user folders are kept between runs. */
export function cacheFolder() {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-maileon-api');
}

/** Prints one line of progress with the time of day in front. */
export function say(line) {
	console.log(`[${new Date().toTimeString().slice(0, 8)}] ${line}`);
}

const isWindows = process.platform === 'win32';

/**
 * Runs a program to its end.
 *
 * @param {string} program the program, looked up in the PATH
 * @param {string[]} args its arguments
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, label?: string}} [options]
 *   `show` passes its output on; `label` names the step, reported every 15 seconds while it runs
 * @returns {Promise<string>} its standard output, empty with `show`
 * @throws when it cannot be started or does not end with 0; the message holds its last lines
 */
export async function run(program, args, { cwd = projectFolder, env, show = false, label } = {}) {
	const started = Date.now();
	const child = spawn(program, args, {
		cwd,
		env: { ...process.env, ...env },
		stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
		shell: isWindows && /^(npm|npx)$/.test(program),
	});
	let output = '';
	let errors = '';
	child.stdout?.on('data', (chunk) => (output += chunk));
	child.stderr?.on('data', (chunk) => (errors = (errors + chunk).slice(-20_000)));
	const ticker = label
		? setInterval(
				() => say(`  ${label}: still at it, ${Math.round((Date.now() - started) / 1000)} s`),
				15_000,
			)
		: undefined;
	try {
		const code = await new Promise((done, failed) => {
			child.once('error', failed);
			child.once('close', done);
		});
		if (code !== 0) {
			const lastLines = `${output.slice(-4000)}\n${errors}`
				.trim()
				.split('\n')
				.slice(-15)
				.join('\n');
			throw new Error(`"${program} ${args.join(' ')}" ended with ${code}.\n${lastLines}`);
		}
	} finally {
		clearInterval(ticker);
	}
	return output;
}

/** Stops with words a person understands when this Node is too old for the package. */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 15)) return;
	console.error(
		`Node ${process.versions.node} is too old: Node 20.15 or newer is needed (nodejs.org).`,
	);
	process.exit(1);
}

/**
 * Installs the development dependencies of this package unless those of its lock file are there. `npm ci`
 * would give up over the binary of another platform that a registry does not have; this does not, and
 * leaves the lock file as it is. What npm's cache knows of a package is taken as it is, unless that is too old to know
 * the version: to ask the registry about each of them takes half a minute.
 */
export async function ensureDependencies() {
	if (dependenciesAreInstalled()) return;
	say('Installing development dependencies (once, a minute or two) ...');
	const quietly = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
	const install = async (...options) =>
		await run('npm', ['install', ...quietly, ...options], { label: 'npm install' });
	await install('--prefer-offline').catch(async () => await install());
}

/** Compares what npm noted about its last installation with what the lock file asks for. */
function dependenciesAreInstalled() {
	const noted = join(projectFolder, 'node_modules', '.package-lock.json');
	if (!existsSync(noted)) return false;
	const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
	const wanted = JSON.parse(
		readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'),
	).packages;
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || optional || installed[path]?.version === version,
	);
}

/** Builds `dist/` when a source is newer than it. */
export async function ensureBuild() {
	const marker = join(projectFolder, 'dist', 'nodes', 'Maileon', 'Maileon.node.js');
	const sources = ['credentials', 'nodes', 'gulpfile.js', 'package.json', 'tsconfig.build.json'];
	const newest = Math.max(...sources.map((name) => newestIn(join(projectFolder, name))));
	if (existsSync(marker) && modified(marker) >= newest) return;
	say('Building the package ...');
	await run('npm', ['run', 'build'], { label: 'npm run build' });
}

/**
 * Packs the package as it would be published.
 *
 * @returns {Promise<string>} the path of the tarball, which is removed when this process ends
 */
export async function packPackage() {
	const destination = mkdtempSync(join(tmpdir(), 'maileon-package-'));
	process.once('exit', () => rmSync(destination, { recursive: true, force: true }));
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', destination]);
	const [tarball] = readdirSync(destination).filter((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack made no tarball.');
	return join(destination, tarball);
}

function modified(path) {
	return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newestIn(path) {
	if (!existsSync(path)) return 0;
	if (!statSync(path).isDirectory()) return modified(path);
	const ages = readdirSync(path).map((name) => newestIn(join(path, name)));
	return Math.max(modified(path), ...ages);
}
