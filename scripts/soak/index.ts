import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	N8nClient,
	readVitals,
	startN8n,
	vitalsInto,
	waitFor,
	type Credential,
	type Host,
} from '../n8n';
import {
	startSandboxProcess,
	type RegisteredWebhook,
	type SandboxProcess,
} from '../services/sandbox';
import { planCalls } from './calls';
import { deliver } from './deliver';
import { judge, type Seen } from './judge';
import { startSink, type Sink } from './sink';
import { synchronizeUntil } from './synchronize';
import { serveEvents, serveSynchronize, serveWitness } from './workflows';

const LOGIN = { email: 'soak@example.com', password: 'Maileon-soak-1' };
const LONGEST_REST = 300_000;

export interface SoakTest {
	host: Host;
	/** The packed package. */
	tarball: string;
	minutes: number;
	callsPerSecond: number;
	/** How long Maileon takes for a request of the synchronization, in milliseconds. */
	latency: number;
	/** Of the mix of calls. */
	seed: number;
	/** Whether n8n's own Webhook node takes the calls instead of the trigger, none of them forged. */
	isWitness: boolean;
	/** Whether nothing is synchronized meanwhile. */
	isAlone: boolean;
	/** Further environment variables of n8n. */
	settings: Readonly<Record<string, string>>;
	say: (line: string) => void;
}

/**
 * Lets n8n take calls of webhooks for minutes while it synchronizes contacts without a break.
 *
 * @returns what was not as it should be, and the figures, as Markdown
 * @throws when something does not start or does not end in time
 */
export async function testSoak(test: SoakTest): Promise<{ failures: string[]; markdown: string }> {
	const { host, tarball, settings, say } = test;
	const folder = mkdtempSync(join(tmpdir(), 'maileon-soak-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const ends: Array<() => Promise<void>> = [];
	try {
		const sandbox = await startSandboxProcess();
		ends.push(sandbox.stop);
		const sink = await startSink();
		ends.push(sink.close);
		const vitalsFile = join(folder, 'vitals');
		say(`n8n ${host.version} in ${folder}`);
		const n8n = await startN8n({
			host,
			userFolder: folder,
			tarballs: [tarball],
			settings: { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none', ...settings, ...vitalsInto(vitalsFile) },
		});
		ends.push(n8n.stop);
		const client = await N8nClient.signIn(n8n.url, LOGIN);
		const seen = await soak(test, { client, sandbox, sink, vitalsFile }).catch((error: unknown) => {
			console.error(n8n.output());
			throw error;
		});
		const { rows, failures } = judge(seen);
		return { failures, markdown: tableOf(test, rows) };
	} finally {
		for (const end of ends.reverse()) await end();
		rmSync(folder, { recursive: true, force: true });
	}
}

interface Scene {
	client: N8nClient;
	sandbox: SandboxProcess;
	sink: Sink;
	vitalsFile: string;
}

async function soak(test: SoakTest, scene: Scene): Promise<Seen> {
	const { minutes, callsPerSecond, latency, seed, isWitness, isAlone, say } = test;
	const { client, sandbox, sink, vitalsFile } = scene;
	const credential = await client.saveCredential('maileonRestApi', 'Maileon account', {
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.baseUrl,
	});
	const { workflowId, webhook } = await (isWitness ? witness(scene) : trigger(scene, credential));
	const path = await serveSynchronize(client, credential, sink);
	const synchronizeUrl = `${client.url}/webhook/${path}`;
	await served(webhook.url);
	await served(synchronizeUrl);
	const count = Math.round(minutes * 60 * callsPerSecond);
	const calls = isWitness ? planCalls(seed, count, 0) : planCalls(seed, count);
	say(`${calls.length} calls, ${callsPerSecond} a second, seed ${seed}`);
	await sandbox.fail({
		method: 'POST',
		path: '/contacts',
		times: Number.MAX_SAFE_INTEGER,
		delayMs: latency,
	});
	let isOver = isAlone;
	const began = Date.now();
	const [{ answers, ended, load }, runs] = await Promise.all([
		deliver(calls, webhook, callsPerSecond).then((all) => {
			isOver = true;
			return { answers: all, ended: Date.now(), load: loadavg()[minutes < 5 ? 0 : 1] ?? 0 };
		}),
		synchronizeUntil(() => isOver, synchronizeUrl, sink),
	]);
	say('All calls are answered, and the last synchronization has ended.');
	const failedExecutions = await countFailed(client, workflowId);
	return {
		answers,
		told: sink.told,
		failedExecutions,
		synchronized: sink.synchronized,
		runs,
		emails: await sandbox.emails(),
		load,
		cores: availableParallelism(),
		isAlone,
		vitals: readVitals(vitalsFile).filter(({ at }) => at >= began && at <= ended),
	};
}

/** The workflow that takes the calls, and what Maileon knows of it. */
interface Subject {
	workflowId: string;
	webhook: RegisteredWebhook;
}

async function trigger({ client, sandbox, sink }: Scene, credential: Credential): Promise<Subject> {
	const workflowId = await serveEvents(client, credential, sink);
	const registered = async (): Promise<RegisteredWebhook | undefined> =>
		(await sandbox.webhooks())[0];
	return { workflowId, webhook: await waitFor('the webhook in Maileon', registered) };
}

async function witness({ client, sink }: Scene): Promise<Subject> {
	const path = 'witness';
	const workflowId = await serveWitness(client, path, sink);
	return { workflowId, webhook: { url: `${client.url}/webhook/${path}`, urlParams: [] } };
}

/**
 * Waits until n8n serves the webhook, which n8n 2.x does some time after it was asked: to a GET it answers then that it
 * takes POST.
 */
async function served(url: string): Promise<void> {
	await waitFor(`n8n to serve ${url}`, async () =>
		/not registered for GET requests/.test(await (await fetch(url)).text()) ? true : undefined,
	);
}

/** How many of the latest executions of the workflow failed, told when none is under way any more. */
async function countFailed(client: N8nClient, workflowId: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	return await waitFor(
		'the last execution',
		async () => {
			const { results } = (await client.send('GET', `/rest/executions?filter=${filter}`)) as {
				results: Array<{ status: string }>;
			};
			const isUnderWay = results.some(({ status }) => ['new', 'running'].includes(status));
			const failed = results.filter(({ status }) => status !== 'success');
			return isUnderWay ? undefined : failed.length;
		},
		LONGEST_REST,
	);
}

function tableOf(test: SoakTest, rows: string[][]): string {
	const { host, minutes, callsPerSecond, latency, seed, isWitness, isAlone, settings } = test;
	const head = [
		[`n8n ${host.version}`, isWitness ? 'Webhook node' : 'trigger', ...namesOf(settings)],
		[
			`${minutes} min`,
			`${callsPerSecond} calls/s`,
			isAlone ? 'nothing synchronized' : `${latency} ms for 1,000 contacts`,
			`seed ${seed}`,
		],
	].map((parts) => parts.join(', '));
	const lines = [head, ['---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	return `${lines.join('\n')}\n`;
}

function namesOf(settings: SoakTest['settings']): string[] {
	return Object.entries(settings).map(([name, value]) => `${name}=${value}`);
}
