import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where the folder that stands for n8n's user folder is handed from the global set-up to the tests. */
export const USER_FOLDER_VARIABLE = 'MAILEON_TEST_USER_FOLDER';

const ROOT = path.resolve(__dirname, '../..');
const PACKAGE_NAME = 'n8n-nodes-maileon-api';
const BUILT_LAST = path.join(ROOT, 'dist', 'THIRD-PARTY-LICENSES.txt');
const BUILT_FROM = [
	'credentials',
	'nodes',
	'gulpfile.js',
	'package.json',
	'tsconfig.json',
	'tsconfig.build.json',
].map((name) => path.join(ROOT, name));

/** The folder n8n loads the package from, below its user folder. */
export function installedPackageFolder(userFolder: string): string {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
}

function modifiedAt(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The latest change at or below a path; folders count, so that a deleted file is noticed too. */
function lastChangeBelow(file: string): number {
	if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return modifiedAt(file);
	const entries = readdirSync(file, { withFileTypes: true, recursive: true });
	const changes = entries.map((entry) => modifiedAt(path.join(entry.parentPath, entry.name)));
	return Math.max(modifiedAt(file), ...changes);
}

function buildIfStale(): void {
	const sourcesChanged = Math.max(...BUILT_FROM.map(lastChangeBelow));
	if (modifiedAt(BUILT_LAST) > sourcesChanged) return;
	execFileSync('npm', ['run', '--silent', 'build'], {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32',
	});
}

function packInto(folder: string): string {
	const output = execFileSync(
		'npm',
		['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' },
	);
	return path.join(folder, output.trim().split('\n').pop() ?? '');
}

/**
 * Packs the package as it would be published and lays it out as n8n does on installation:
 * `<user folder>/.n8n/nodes/node_modules/n8n-nodes-maileon-api`. Builds first where sources changed.
 * Returns the user folder.
 */
export function installPackage(): string {
	buildIfStale();
	const userFolder = mkdtempSync(path.join(tmpdir(), 'maileon-n8n-'));
	const packageFolder = installedPackageFolder(userFolder);
	mkdirSync(packageFolder, { recursive: true });
	const tarball = packInto(userFolder);
	execFileSync('tar', ['-xzf', tarball, '-C', packageFolder, '--strip-components=1']);
	return userFolder;
}

/** Removes what `installPackage` made. */
export function removeInstalledPackage(userFolder: string): void {
	rmSync(userFolder, { recursive: true, force: true });
}
