import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox';
import type { Host } from '../n8n';
import { files } from './files';
import { Fleet } from './fleet';
import { install } from './install';
import { kills } from './kills';
import { load } from './load';
import { pause } from './pause';
import { startServices, type Services } from './services';
import { saveCredential, Stage } from './stage';
import { stop } from './stop';
import { triggers } from './triggers';

/** What is played in one n8n that has the package in all of its processes, in this order. */
const SCENARIOS = { load, triggers, files, pause, kills, stop };

/** What is played after that, in an n8n without the package. */
const WITHOUT_PACKAGE = { install };

const NAMES = [...Object.keys(SCENARIOS), ...Object.keys(WITHOUT_PACKAGE)];

export interface QueueTest {
	host: Host;
	/** The packed package. */
	tarball: string;
	/** Names of scenarios; all when empty. */
	only: readonly string[];
	say: (line: string) => void;
}

/** What was not as it should be, and what was seen, as Markdown. */
interface Outcome {
	failures: readonly string[];
	told: readonly string[];
}

/** What n8n's processes are started with. */
export interface Surroundings extends Omit<QueueTest, 'only'> {
	services: Services;
	sandbox: Sandbox;
	/** For the user folders. */
	folder: string;
}

/**
 * Plays the scenarios on n8n in queue mode.
 *
 * @returns what was not as it should be, and what was seen, as Markdown
 * @throws when a scenario is unknown, or something does not start or does not end in time
 */
export async function testQueue({ only, ...test }: QueueTest): Promise<{
	failures: readonly string[];
	markdown: string;
}> {
	const unknown = only.filter((name) => !NAMES.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There is no scenario ${unknown.join(', ')}; known are ${NAMES.join(', ')}.`);
	}
	const isChosen = ([name]: [string, unknown]): boolean => only.length === 0 || only.includes(name);
	const { version } = test.host;
	const folder = mkdtempSync(join(tmpdir(), 'maileon-queue-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const ends: Array<() => Promise<void>> = [];
	try {
		test.say(`n8n ${version} in queue mode, from ${folder}`);
		const services = await startServices(folder);
		ends.push(services.stop);
		const sandbox = await startSandbox();
		ends.push(async () => await sandbox.close());
		const surroundings = { ...test, services, sandbox, folder };
		const outcomes: Outcome[] = [];
		const chosen = Object.entries(SCENARIOS).filter(isChosen);
		if (chosen.length > 0) outcomes.push(await playTogether(surroundings, chosen));
		for (const [name, scenario] of Object.entries(WITHOUT_PACKAGE).filter(isChosen)) {
			test.say(`Scenario: ${name}`);
			sandbox.reset();
			outcomes.push(await scenario({ ...surroundings, folder: join(folder, name) }));
		}
		const told = outcomes.flatMap((each) => each.told);
		return {
			failures: outcomes.flatMap((each) => each.failures),
			markdown: `${[`## n8n ${version}`, ...told].join('\n\n')}\n`,
		};
	} finally {
		for (const end of ends.reverse()) await end();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Plays scenarios in one n8n, of which all processes have the package. */
async function playTogether(
	{ host, tarball, services, sandbox, folder, say }: Surroundings,
	scenarios: Array<[string, (stage: Stage) => Promise<void>]>,
): Promise<Outcome> {
	const name = `n8n_${host.version.replaceAll('.', '_')}`;
	const fleet = await Fleet.start({ host, tarballs: [tarball], services, folder, name });
	try {
		await fleet.startWebhookProcessor();
		const stage = new Stage(
			host.version,
			fleet,
			sandbox,
			await saveCredential(fleet, sandbox),
			say,
		);
		for (const [title, scenario] of scenarios) {
			say(`Scenario: ${title}`);
			if (fleet.workers.length === 0 && title !== 'load') await fleet.startWorker();
			await scenario(stage).catch((error: unknown) => {
				console.error(fleet.output());
				throw error;
			});
		}
		return stage;
	} finally {
		await fleet.stop();
	}
}
