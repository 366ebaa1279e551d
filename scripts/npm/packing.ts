import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Packs the package in a folder as npm would publish it, into that folder.
 *
 * @returns the path of the tarball
 */
export function pack(folder: string): string {
	const shell = process.platform === 'win32';
	execFileSync('npm', ['pack', '--ignore-scripts'], { cwd: folder, stdio: 'pipe', shell });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack made no tarball.');
	return join(folder, tarball);
}

/** The name and the version of a packed package. */
export function manifestOf(tarball: string): { name: string; version: string } {
	const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
		encoding: 'utf8',
	});
	const { name, version } = JSON.parse(text) as { name: string; version: string };
	return { name, version };
}

/** What a new version has that differs: words of one of its files. */
export interface Change {
	file: string;
	from: string;
	to: string;
}

/**
 * Packs a package once more, as a new version with some changes.
 *
 * @param folder an empty or missing folder to do so
 * @returns the path of the tarball
 * @throws when there is nothing to change
 */
export function packNewVersion(
	tarball: string,
	folder: string,
	version: string,
	...changes: Change[]
): string {
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version }));
	for (const { file, from, to } of changes) {
		const text = readFileSync(join(folder, file), 'utf8');
		if (!text.includes(from)) throw new Error(`${file} has no "${from}".`);
		writeFileSync(join(folder, file), text.replace(from, to));
	}
	return pack(folder);
}
