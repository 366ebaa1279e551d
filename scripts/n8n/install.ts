import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs packed packages where n8n keeps community packages, by name and in this order, as n8n itself
 * does: one `npm install` for each in `<user folder>/.n8n/nodes`. What is installed already stays when these
 * very tarballs only go on from there; otherwise the folder starts anew. Without tarballs the folder stays as
 * it is, with what somebody installed in n8n.
 *
 * @throws when npm fails, with npm's words
 */
export function installPackages(userFolder: string, tarballs: readonly string[]): void {
	if (tarballs.length === 0) return;
	const folder = join(userFolder, '.n8n', 'nodes');
	const marker = join(folder, 'installed-tarballs.json');
	const wanted = tarballs.map((tarball) => digestOf(tarball));
	let installed = existsSync(marker) ? (JSON.parse(readFileSync(marker, 'utf8')) as string[]) : [];
	if (installed.length === 0 || installed.some((digest, index) => digest !== wanted[index])) {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		const manifest = { name: 'installed-nodes', private: true, dependencies: {} };
		writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
		installed = [];
	}
	for (const tarball of tarballs.slice(installed.length)) npmInstall(folder, tarball);
	writeFileSync(marker, JSON.stringify(wanted));
}

function digestOf(file: string): string {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function npmInstall(folder: string, tarball: string): void {
	const npm = spawnSync('npm', ['install', tarball, ...installLikeN8n], {
		cwd: folder,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	if (npm.status !== 0) throw new Error(`npm could not install ${tarball}:\n${npm.stderr}`);
}

/** n8n's own arguments, and no peer dependencies, which n8n strips from a package before it installs it. */
const installLikeN8n = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
	'--legacy-peer-deps',
	'--loglevel=error',
];
