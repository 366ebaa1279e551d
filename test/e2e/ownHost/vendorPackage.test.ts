import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	itemsOf,
	N8nClient,
	startN8n,
	waitFor,
	type Credential,
	type RunningN8n,
	type WorkflowNode,
} from '../../../scripts/n8n';
import { startSandbox, type RecordedRequest, type Sandbox } from '../../../sandbox';
import { credentialType, Editor, maileonType } from '../support/editor';
import { environment } from '../support/environment';
import { executions, outcomeOf } from '../support/executions';
import { packVendorPackage, vendor } from '../support/vendorPackage';
import { inLine } from '../support/workflows';

/**
 * This package and the vendor's, for which a stub with the vendor's names stands, in one n8n: whichever was
 * there first, its workflows go on, and each signs with the key of its own credential.
 */

const vendorKey = 'key-of-the-vendors-credential';

/** One of the two packages, and how its node and its trigger are used. */
interface Party {
	name: string;
	tarball: string;
	/** The API key that has to sign its requests. */
	key: string;
	credentialType: string;
	credentialData: object;
	node: { type: string; displayName: string; parameters: Record<string, unknown> };
	trigger: { type: string; displayName: string; parameters: Record<string, unknown> };
	webhookId: string;
	/** The request to Maileon by which its trigger is known to listen. */
	listensAfter: string;
	/** Makes the trigger's event happen, with Ada's email in it. */
	callTrigger(url: string): Promise<unknown>;
}

interface SavedWorkflows {
	byHand: string;
	byTrigger: string;
}

const email = 'ada@example.com';
const nodeName = 'Node';
const triggerName = 'Trigger';
const followerName = 'CRM';

let folder: string;
let sandbox: Sandbox;
let ours: Party;
let vendors: Party;
let running: RunningN8n | undefined;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'maileon-side-by-side-'));
	sandbox = await startSandbox();
	ours = {
		name: 'Ours',
		tarball: environment.tarball,
		key: sandbox.apiKey,
		credentialType,
		credentialData: { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl },
		node: { type: maileonType, displayName: 'Maileon API', parameters: { operation: 'count' } },
		trigger: {
			type: `${maileonType}Trigger`,
			displayName: 'Maileon API Trigger',
			parameters: { event: 'doi' },
		},
		webhookId: '2f0c9a10-0001-4000-8000-000000000001',
		listensAfter: 'POST /webhooks',
		callTrigger: async () => await sandbox.confirmDoi(email),
	};
	vendors = {
		name: 'Vendor',
		tarball: packVendorPackage(join(folder, 'vendor')),
		key: vendorKey,
		credentialType: vendor.credentialType,
		credentialData: {
			apiKey: Buffer.from(vendorKey, 'utf8').toString('base64'),
			url: sandbox.baseUrl,
		},
		node: { type: vendor.nodeType, displayName: 'Maileon', parameters: {} },
		trigger: { type: vendor.triggerType, displayName: 'Maileon Trigger', parameters: {} },
		webhookId: '2f0c9a10-0002-4000-8000-000000000002',
		listensAfter: 'GET /ping',
		callTrigger: async (url) => await post(url, { email }),
	};
});

beforeEach(async () => {
	sandbox.reset();
	sandbox.addKey(vendorKey, ['GET']);
	await createAwaitingConfirmation();
});

afterEach(stop);

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function post(url: string, body: object, headers: object = {}): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
	});
	if (!response.ok) throw new Error(`POST ${url} failed: ${await response.text()}`);
}

async function createAwaitingConfirmation(): Promise<void> {
	const path = `/contacts/email/${encodeURIComponent(email)}?permission=1&doi=true`;
	await post(
		`${sandbox.baseUrl}${path}`,
		{},
		{
			authorization: `Basic ${Buffer.from(sandbox.apiKey, 'utf8').toString('base64')}`,
			accept: 'application/vnd.maileon.api+xml',
			'content-type': 'application/vnd.maileon.api+json',
		},
	);
}

async function start(userFolder: string, parties: Party[]): Promise<N8nClient> {
	const tarballs = parties.map(({ tarball }) => tarball);
	running = await startN8n({ host: environment.host, userFolder, tarballs });
	return await N8nClient.signIn(running.url, environment.login);
}

async function stop(): Promise<void> {
	await running?.stop();
	running = undefined;
}

/** Saves a credential, a workflow that is run by hand, and one with the trigger. */
async function save(client: N8nClient, party: Party): Promise<SavedWorkflows> {
	const credential = await client.saveCredential(
		party.credentialType,
		`${party.name} Account`,
		party.credentialData,
	);
	const saveWorkflow = async (what: string, nodes: WorkflowNode[]) => {
		const name = `${party.name} ${what}`;
		return (await client.saveWorkflow({ name, nodes, connections: inLine(nodes) })).id;
	};
	return {
		byHand: await saveWorkflow('by Hand', [
			nodeOf('Run by Hand', 'n8n-nodes-base.manualTrigger'),
			{ ...nodeOf(nodeName, party.node.type), ...used(party.node, credential) },
		]),
		byTrigger: await saveWorkflow('by Trigger', [
			{
				...nodeOf(triggerName, party.trigger.type),
				...used(party.trigger, credential),
				webhookId: party.webhookId,
			},
			nodeOf(followerName, 'n8n-nodes-base.noOp'),
		]),
	};
}

function nodeOf(name: string, type: string): WorkflowNode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}

function used(
	{ parameters }: Party['node'],
	{ id, name, type }: Credential,
): Pick<WorkflowNode, 'parameters' | 'credentials'> {
	return { parameters, credentials: { [type]: { id, name } } };
}

/** What Maileon was asked since then. */
function askedSince(count: number): RecordedRequest[] {
	return sandbox.requests.slice(count);
}

function keysOf(requests: RecordedRequest[]): unknown[] {
	return [...new Set(requests.map(({ key }) => key))];
}

async function expectToRun(client: N8nClient, party: Party, saved: SavedWorkflows): Promise<void> {
	const before = sandbox.requests.length;
	const execution = await client.runWorkflow(saved.byHand);
	expect(outcomeOf(execution)).toEqual({ status: 'success' });
	expect(itemsOf(execution, nodeName)).toHaveLength(1);
	expect(keysOf(askedSince(before))).toEqual([party.key]);
}

async function expectToListen(
	client: N8nClient,
	party: Party,
	saved: SavedWorkflows,
): Promise<void> {
	const before = sandbox.requests.length;
	await client.activate(saved.byTrigger);
	await waitFor(`"${party.listensAfter}" of the trigger`, async () => {
		const isAsked = askedSince(before).some(
			({ method, path, status }) => `${method} ${path}` === party.listensAfter && status !== 0,
		);
		return isAsked || undefined;
	});
	await party.callTrigger(`${client.url}/webhook/${party.webhookId}/webhook`);
	const [execution] = await executions(client, saved.byTrigger, 1);
	const { runs } = await client.execution(execution?.id ?? '');
	expect(runs[followerName]?.[0]?.data?.main?.[0]).toMatchObject([{ json: { email } }]);
	expect(keysOf(askedSince(before))).toEqual([party.key]);
}

/** The panel of nodes lists both, by names that differ. */
async function expectInPanel(client: N8nClient, pictureName: string): Promise<void> {
	const editor = await Editor.open(client.url);
	try {
		await editor.openNewWorkflow();
		await editor.addNode('manual', 'Manual Trigger');
		await editor.openNodePanel();
		for (const { node } of [ours, vendors]) await editor.searchNode('maileon', node.displayName);
		await editor.screenshot(pictureName);
	} finally {
		await editor.close();
	}
}

for (const isOursFirst of [true, false]) {
	const order = isOursFirst ? 'ours first' : "the vendor's first";
	test(`both run and listen, ${order}`, async () => {
		const [first, second] = isOursFirst ? [ours, vendors] : [vendors, ours];
		const userFolder = mkdtempSync(join(folder, 'n8n-'));
		const before = await start(userFolder, [first]);
		const savedOfFirst = await save(before, first);
		await expectToRun(before, first, savedOfFirst);
		await stop();

		const client = await start(userFolder, [first, second]);
		const displayNames = (await client.nodeTypes()).map(({ displayName }) => displayName);
		for (const { node, trigger } of [ours, vendors])
			expect(displayNames).toEqual(expect.arrayContaining([node.displayName, trigger.displayName]));
		const savedOfSecond = await save(client, second);
		for (const [party, saved] of [
			[first, savedOfFirst],
			[second, savedOfSecond],
		] as const) {
			await expectToRun(client, party, saved);
			await expectToListen(client, party, saved);
		}
		await expectInPanel(client, `side-by-side-${isOursFirst ? 'ours' : 'vendor'}-first`);
	});
}
