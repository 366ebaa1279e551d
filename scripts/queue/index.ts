import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox } from '../../sandbox';
import type { Host } from '../n8n';
import { files } from './files';
import { Fleet } from './fleet';
import { kills } from './kills';
import { load } from './load';
import { pause } from './pause';
import { startServices } from './services';
import { Stage } from './stage';
import { triggers } from './triggers';

/** What can be played, in this order. */
const SCENARIOS = { load, triggers, files, pause, kills };

export interface QueueTest {
	host: Host;
	/** The packed package. */
	tarball: string;
	/** Names of scenarios; all when empty. */
	only: readonly string[];
	say: (line: string) => void;
}

/**
 * Plays the scenarios on n8n in queue mode.
 *
 * @returns what was not as it should be, and what was seen, as Markdown
 * @throws when a scenario is unknown, or something does not start or does not end in time
 */
export async function testQueue({ host, tarball, only, say }: QueueTest): Promise<{
	failures: readonly string[];
	markdown: string;
}> {
	const chosen = Object.entries(SCENARIOS).filter(
		([name]) => only.length === 0 || only.includes(name),
	);
	const unknown = only.filter((name) => !Object.hasOwn(SCENARIOS, name));
	if (unknown.length > 0) {
		const known = Object.keys(SCENARIOS).join(', ');
		throw new Error(`There is no scenario ${unknown.join(', ')}; known are ${known}.`);
	}
	const folder = mkdtempSync(join(tmpdir(), 'maileon-queue-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const ends: Array<() => Promise<void>> = [];
	try {
		say(`n8n ${host.version} in queue mode, from ${folder}`);
		const services = await startServices(folder);
		ends.push(services.stop);
		const sandbox = await startSandbox();
		ends.push(async () => await sandbox.close());
		const fleet = await Fleet.start({ host, tarball, services, folder });
		ends.push(async () => await fleet.stop());
		const credential = await fleet.client.saveCredential('maileonRestApi', 'Maileon account', {
			apiKey: sandbox.apiKey,
			baseUrl: sandbox.baseUrl,
		});
		const stage = new Stage(host.version, fleet, sandbox, credential, say);
		for (const [name, scenario] of chosen) {
			say(`Scenario: ${name}`);
			if (fleet.workers.length === 0 && name !== 'load') await fleet.startWorker();
			await scenario(stage).catch((error: unknown) => {
				console.error(fleet.output());
				throw error;
			});
		}
		const markdown = [`## n8n ${host.version}`, ...stage.told].join('\n\n');
		return { failures: stage.failures, markdown: `${markdown}\n` };
	} finally {
		for (const end of ends.reverse()) await end();
		rmSync(folder, { recursive: true, force: true });
	}
}
