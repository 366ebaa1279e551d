// Real n8n hosts to run the package in: installed once into the cache folder, then reused.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder, run, say } from './prepare.mjs';

/**
 * Why the overrides: n8n 1.x names a build of xlsx that only the vendor's own server has, and lets a langgraph
 * part in that is too new for its langchain. Why `beside`: it expects this ajv at the top of its folder
 * without asking for it.
 */
const lines = {
	1: {
		version: '1.123.0',
		overrides: { xlsx: '0.18.5', '@langchain/langgraph-checkpoint': '1.0.0' },
		beside: { ajv: '8.17.1' },
		needsNode24: false,
	},
	2: { version: '2.41.1', needsNode24: true },
};

const runningMajor = Number(process.versions.node.split('.')[0]);

/** The line of n8n that suits the running Node: 1.x up to Node 23, 2.x from Node 24 on. */
export function lineForThisNode() {
	return runningMajor >= 24 ? '2' : '1';
}

/**
 * Makes sure that a real n8n is installed and ready to start.
 *
 * @param {'1' | '2'} line n8n 1.x or n8n 2.x
 * @param {(line: string) => void} [log] told what goes on
 * @param {{newest?: boolean}} [options] `newest` takes the newest n8n 2.x of npm instead of the pinned one
 * @returns {Promise<{version: string, folder: string, nodeBinary: string, n8nBin: string}>}
 * @throws when n8n or its database driver cannot be installed, with what can be done about it
 */
export async function ensureHost(line, log = say, { newest = false } = {}) {
	const recipe = lines[line];
	if (!recipe) throw new Error(`There is no n8n line "${line}"; known are 1 and 2.`);
	const version = newest && line === '2' ? await newestVersion() : recipe.version;
	const folder = join(cacheFolder(), `n8n-${version}`);
	const marker = join(folder, 'installed.json');
	const known = readJson(marker);
	if (known && isUsable(known, version)) return known;
	mkdirSync(folder, { recursive: true });
	const nodeBinary = await ensureNode(recipe, folder, log);
	const host = { version, folder, nodeBinary, n8nBin: n8nBinary(folder) };
	if (installedVersion(folder) !== version || !commandLoads(host)) {
		await installN8n(recipe, version, folder, log);
	}
	await ensureDatabaseDriver(folder, nodeBinary, log);
	if (!isUsable(host, version) || !commandLoads(host)) {
		throw new Error(`n8n ${version} is installed in ${folder} but does not load.`);
	}
	writeFileSync(marker, JSON.stringify(host, null, '\t'));
	log(`n8n ${version} is ready in ${folder}`);
	return host;
}

async function newestVersion() {
	const answer = JSON.parse(await run('npm', ['view', 'n8n@2', 'version', '--json']));
	const newest = newestOf([answer].flat());
	if (!newest) throw new Error('npm names no released version of n8n 2.x.');
	return newest;
}

/**
 * Finds the highest release; npm lists versions by the date of their publication.
 *
 * @param {string[]} versions such as 2.41.3; those with a tag, such as 2.42.0-beta.1, do not count
 * @returns {string | undefined} undefined when there is no release
 */
export function newestOf(versions) {
	const releases = versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version));
	return releases.sort(byNumbers).at(-1);
}

function byNumbers(one, other) {
	return one.localeCompare(other, 'en', { numeric: true });
}

function n8nBinary(folder) {
	return join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

function installedVersion(folder) {
	return readJson(join(folder, 'node_modules', 'n8n', 'package.json'))?.version;
}

function readJson(path) {
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Tells whether n8n's start command loads with all that it imports, which an installation can lack. */
function commandLoads({ folder, nodeBinary, n8nBin }) {
	const env = { ...process.env, N8N_USER_FOLDER: join(folder, 'check') };
	const args = [n8nBin, 'start', '--help'];
	return spawnSync(nodeBinary, args, { cwd: folder, env, stdio: 'ignore' }).status === 0;
}

/** A host counts as usable when its files are still there and its Node loads its database driver. */
function isUsable(host, version) {
	return (
		host.version === version &&
		existsSync(host.nodeBinary) &&
		existsSync(host.n8nBin) &&
		installedVersion(host.folder) === version &&
		driverLoads(host.folder, host.nodeBinary)
	);
}

async function ensureNode(recipe, folder, log) {
	if (!recipe.needsNode24 || runningMajor >= 24) return process.execPath;
	const home = join(folder, 'node-24');
	const binary = join(home, 'node_modules', nodePackage(), 'bin', executable('node'));
	if (!existsSync(binary)) {
		log('Fetching Node 24 from npm, which n8n 2.x asks for ...');
		mkdirSync(home, { recursive: true });
		writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
		await run('npm', ['install', ...quietly, `${nodePackage()}@24`], {
			cwd: home,
			label: 'Node 24',
		});
	}
	return binary;
}

/** The npm package that holds Node's binary for this machine. */
function nodePackage() {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const isAppleSilicon = system === 'darwin' && process.arch === 'arm64';
	return `node-${isAppleSilicon ? 'bin-' : ''}${system}-${process.arch}`;
}

function executable(name) {
	return process.platform === 'win32' ? `${name}.exe` : name;
}

const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];

async function installN8n(recipe, version, folder, log) {
	log(`Installing n8n ${version} (once; some minutes and about 2 GB) into ${folder} ...`);
	rmSync(join(folder, 'package-lock.json'), { force: true });
	rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
	const manifest = {
		private: true,
		dependencies: { n8n: version, ...recipe.beside },
		overrides: recipe.overrides,
	};
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, '\t'));
	await run('npm', ['install', ...quietly, '--legacy-peer-deps', '--ignore-scripts'], {
		cwd: folder,
		label: `n8n ${version}`,
	});
}

/**
 * n8n keeps its data in SQLite, whose driver is native. A ready-made binary is taken when one can be
 * fetched, else it is compiled, first with headers that are on this machine, then with fetched ones.
 */
async function ensureDatabaseDriver(folder, nodeBinary, log) {
	if (driverLoads(folder, nodeBinary)) return;
	const modules = join(folder, 'node_modules');
	const path = `${resolve(nodeBinary, '..')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
	const compile = [join(modules, 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild'];
	const ways = [
		['fetching the binary', [join(modules, 'prebuild-install', 'bin.js'), '-r', 'napi']],
		...headerFolders(nodeBinary).map((home) => [
			`compiling with the headers in ${home}`,
			[...compile, `--nodedir=${home}`],
		]),
		['compiling with fetched headers', compile],
	];
	const reasons = [];
	for (const [what, args] of ways) {
		log(`Database driver: ${what} ...`);
		try {
			await run(nodeBinary, args, {
				cwd: join(modules, 'sqlite3'),
				env: { PATH: path },
				label: 'database driver',
			});
		} catch (error) {
			reasons.push(`${what}: ${error.message.split('\n').slice(-3).join(' ')}`);
		}
		if (driverLoads(folder, nodeBinary)) return;
	}
	throw new Error(
		`n8n's database driver (sqlite3) could not be installed. Compiling it needs Python 3, make and a ` +
			`C++ compiler (Debian: apt-get install python3 make g++).\n${reasons.join('\n')}`,
	);
}

function driverLoads(folder, nodeBinary) {
	const code =
		"new (require('sqlite3').Database)(':memory:', (error) => process.exit(error ? 1 : 0))";
	return spawnSync(nodeBinary, ['-e', code], { cwd: folder, stdio: 'ignore' }).status === 0;
}

/** Folders with Node's C headers: beside the binary used, beside the running one, or the system's. */
function headerFolders(nodeBinary) {
	const candidates = [
		resolve(nodeBinary, '..', '..'),
		resolve(process.execPath, '..', '..'),
		'/usr',
	];
	return [...new Set(candidates)].filter((home) => {
		const headers = join(home, 'include', 'node');
		return existsSync(headers) && readdirSync(headers).includes('node.h');
	});
}
