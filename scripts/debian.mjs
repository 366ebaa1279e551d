// Programs that tests need beside Node and n8n: Debian packages, installed where they are missing.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, say } from './prepare.mjs';

/**
 * Makes sure that a program is there.
 *
 * @param {{name: string, debianPackage: string, isThere: () => boolean, otherwise?: string}} program what people
 *   call it, what brings it on Debian, and what else can be done by those who have no Debian
 * @throws when it is missing and cannot be installed, with what can be done about it
 */
export async function ensureProgram({ name, debianPackage, isThere, otherwise = '' }) {
	if (isThere()) return;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		const byHand = `On Debian, install it by "apt-get install ${debianPackage}".`;
		throw new Error(`${name} is missing. ${byHand} ${otherwise}`.trim());
	}
	say(`Installing ${name} ...`);
	await run('apt-get', ['update', '-qq'], { label: 'apt-get update' });
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], {
		label: `apt-get install ${debianPackage}`,
		env: { DEBIAN_FRONTEND: 'noninteractive' },
	});
}

export const redis = {
	name: 'Redis',
	debianPackage: 'redis-server',
	isThere: () => existsSync('/usr/bin/redis-server'),
};

/** The server, which Debian keeps in a folder for each version; clients alone are no server. */
export const postgres = {
	name: 'PostgreSQL',
	debianPackage: 'postgresql',
	isThere: () => {
		const versions = '/usr/lib/postgresql';
		if (!existsSync(versions)) return false;
		return readdirSync(versions).some((each) => existsSync(join(versions, each, 'bin', 'initdb')));
	},
};
