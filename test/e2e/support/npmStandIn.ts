import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { environment } from './environment';

/**
 * Settings of an n8n that installs this package by its name although no registry has it: an `npm` that n8n
 * finds first hands out the packed package, and a proxy that does not exist keeps n8n from asking elsewhere.
 */
export function settingsForInstalling(
	folder: string,
	version: string,
): Readonly<Record<string, string>> {
	const programs = join(folder, 'programs');
	mkdirSync(programs, { recursive: true });
	const program = join(programs, 'npm');
	writeFileSync(program, npmStandIn(version));
	chmodSync(program, 0o755);
	const nowhere = 'http://127.0.0.1:1';
	return {
		PATH: [programs, dirname(environment.host.nodeBinary), process.env.PATH ?? ''].join(delimiter),
		HTTP_PROXY: nowhere,
		HTTPS_PROXY: nowhere,
		NO_PROXY: '127.0.0.1,localhost',
	};
}

/** The commands by which n8n downloads a package, prepares it, and looks for newer versions. */
function npmStandIn(version: string): string {
	return `#!/bin/sh
case "$1" in
	pack) cp '${environment.tarball}' ./package.tgz && echo package.tgz ;;
	view) echo '"${version}"' ;;
	install) ;;
	outdated) ;;
	*) echo "npm $1 was not expected" >&2; exit 1 ;;
esac
`;
}
