import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	itemsOf,
	N8nClient,
	startN8n,
	waitFor,
	type RunningN8n,
	type WorkflowNode,
} from '../../../scripts/n8n';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { credentialType } from '../support/editor';
import { environment } from '../support/environment';
import { everyFiveSeconds, inLine } from '../support/workflows';

/**
 * A real n8n that polls the reports every five seconds: each event starts the workflow once, also those that
 * happen while n8n is down, and a burst is worked off in pieces.
 */

const mailing = 21;
const pollTimeoutMs = 60_000;
const triggerName = 'Maileon Report Trigger';

let folder: string;
let sandbox: Sandbox;
let running: RunningN8n | undefined;
let client: N8nClient;
let workflowId: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'maileon-report-trigger-'));
	sandbox = await startSandbox();
	await start();
	workflowId = await saveWorkflow();
});

afterAll(async () => {
	await running?.stop();
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
	const { host, tarball, login } = environment;
	running = await startN8n({ host, userFolder: folder, tarballs: [tarball] });
	client = await N8nClient.signIn(running.url, login);
}

async function saveWorkflow(): Promise<string> {
	const { id, name } = await client.saveCredential(credentialType, 'Sandbox', {
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.baseUrl,
	});
	const trigger: WorkflowNode = {
		id: 'trigger',
		name: triggerName,
		type: 'n8n-nodes-maileon-api.maileonReportTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			pollTimes: { item: everyFiveSeconds() },
			events: ['open', 'click'],
			options: { delay: 0 },
		},
		credentials: { [credentialType]: { id, name } },
	};
	const follower: WorkflowNode = {
		id: 'follower',
		name: 'Sheet',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [220, 0],
		parameters: {},
	};
	const nodes = [trigger, follower];
	const file = { name: 'Report trigger', nodes, connections: inLine(nodes) };
	return (await client.saveWorkflow(file)).id;
}

interface Given {
	event: string;
	timestamp: string;
	contact_id: number;
}

const received = new Map<string, Given[]>();

/** What the workflow got until now, by execution; undefined while one is under way. */
async function givenUntilNow(): Promise<Given[][] | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const path = `/rest/executions?limit=100&filter=${filter}`;
	const { results } = (await client.send('GET', path)) as {
		results: Array<{ id: string; status: string }>;
	};
	if (results.some(({ status }) => status !== 'success')) return undefined;
	for (const { id } of results) {
		if (received.has(id)) continue;
		const items = itemsOf(await client.execution(id), 'Sheet');
		received.set(
			id,
			items.map(({ json }) => json as unknown as Given),
		);
	}
	return [...received.keys()]
		.sort((one, other) => Number(one) - Number(other))
		.map((id) => received.get(id) ?? []);
}

/** Waits until the workflow got so many events in all, and then for two further polls. */
async function given(count: number, timeoutMs = pollTimeoutMs): Promise<Given[][]> {
	const arrived = async () => {
		const found = await givenUntilNow();
		return found && found.flat().length >= count ? found : undefined;
	};
	await waitFor(`${count} events`, arrived, timeoutMs);
	await furtherPolls(2);
	return await waitFor('the executions', givenUntilNow);
}

/** Waits until the reports were asked for so many more times. */
async function furtherPolls(count: number): Promise<void> {
	const polls = () => sandbox.requests.filter(({ path }) => path === '/reports/opens/count').length;
	const before = polls();
	await waitFor('a poll', async () => (polls() >= before + count ? true : undefined));
}

/** Of events that happened later than this, each has to start the workflow once. */
let activatedAt = Infinity;

/** What happened in Maileon, an event a line. */
function happened(): string[] {
	const { happenings } = sandbox.account;
	const since = (event: string, kind: 'opens' | 'clicks') =>
		happenings
			.timeline(kind)
			.all.filter(({ time }) => time >= activatedAt)
			.map(({ time, contact }) => `${event} ${secondOf(time)} ${contact.id}`);
	return [...since('open', 'opens'), ...since('click', 'clicks')].sort();
}

function secondOf(time: number): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** What the workflow got, in the same form. */
function linesOf(executions: readonly Given[][]): string[] {
	return executions
		.flat()
		.map(({ event, timestamp, contact_id: contact }) => `${event} ${timestamp} ${contact}`)
		.sort();
}

/** An open and a click. */
function act(index: number, at = Date.now()): void {
	const who = { email: `seed-${index}@example.com` };
	sandbox.recipients.act('opens', who, { at });
	sandbox.recipients.act('clicks', who, { at });
}

test('opens and clicks start the workflow once each', async () => {
	const { recipients } = sandbox;
	recipients.seedContacts(1_000);
	recipients.send(mailing, { at: Date.now() - 120_000 });
	act(1, Date.now() - 60_000);
	activatedAt = Date.now();
	await client.activate(workflowId);
	await furtherPolls(1);
	act(2);
	await furtherPolls(1);
	act(3);
	expect(linesOf(await given(4))).toEqual(happened());
	expect(happened()).toHaveLength(4);
});

test('what happens while n8n is down comes once when it is up again', async () => {
	await running?.stop();
	act(4);
	act(5);
	await start();
	expect(linesOf(await given(8))).toEqual(happened());
	expect(happened()).toHaveLength(8);
});

test('a burst of 20,000 clicks is worked off in pieces, each click once', async () => {
	const now = Date.now();
	sandbox.recipients.seed('clicks', { count: 20_000, from: now - 30_000, to: now });
	const executions = await given(20_008, 120_000);
	expect(linesOf(executions)).toEqual(happened());
	expect(happened()).toHaveLength(20_008);
	expect(executions.length).toBeGreaterThan(3);
	for (const some of executions) expect(some.length).toBeLessThanOrEqual(10_000);
});
