import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import type { Host } from '../n8n';
import { manifestOf } from './packing';

/**
 * An `npm` that n8n finds first, so that it installs packages by their name although no registry has them:
 * as long as somebody publishes them here, they can be downloaded, looked up, and found to be outdated. The
 * real npm does the rest. A proxy that does not exist keeps n8n from asking elsewhere.
 */
export class NpmStandIn {
	private readonly programs: string;
	private readonly offers: Array<{ name: string; version: string; tarball: string }> = [];

	/**
	 * @param folder where its files are kept; removed by whoever made it
	 * @param host the n8n that is to use it
	 */
	constructor(
		folder: string,
		private readonly host: Pick<Host, 'nodeBinary'>,
	) {
		this.programs = join(folder, 'programs');
		mkdirSync(this.programs, { recursive: true });
		const program = join(this.programs, 'npm');
		const words = [this.host.nodeBinary, join(__dirname, 'npmProgram.cjs'), this.programs].map(
			(word) => `'${word}'`,
		);
		writeFileSync(program, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
		chmodSync(program, 0o755);
		this.save();
	}

	/** Offers packed packages; the last one of a name is its latest version. */
	publish(...tarballs: string[]): this {
		for (const tarball of tarballs) this.offers.push({ ...manifestOf(tarball), tarball });
		this.save();
		return this;
	}

	/** The settings of an n8n that uses it. */
	get settings(): Readonly<Record<string, string>> {
		const nowhere = 'http://127.0.0.1:1';
		const nodeFolder = dirname(this.host.nodeBinary);
		return {
			PATH: [this.programs, nodeFolder, process.env.PATH ?? ''].join(delimiter),
			HTTP_PROXY: nowhere,
			HTTPS_PROXY: nowhere,
			NO_PROXY: '127.0.0.1,localhost',
		};
	}

	private save(): void {
		writeFileSync(join(this.programs, 'offers.json'), JSON.stringify(this.offers));
	}
}
