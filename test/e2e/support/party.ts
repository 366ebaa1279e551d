import {
	itemsOf,
	waitFor,
	type Credential,
	type N8nClient,
	type WorkflowNode,
} from '../../../scripts/n8n';
import type { RecordedRequest, Sandbox } from '../../../sandbox';
import { credentialType, maileonType } from './editor';
import { environment } from './environment';
import { executions, outcomeOf } from './executions';
import { packVendorPackage, vendor } from './vendorPackage';
import { inLine } from './workflows';

/** A package in n8n, and how its node and its trigger are used. */
export interface Party {
	name: string;
	packageName: string;
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
	/** Makes the trigger's event happen, with that email in it. */
	callTrigger(url: string, email: string): Promise<unknown>;
}

export interface SavedWorkflows {
	byHand: string;
	byTrigger: string;
}

const nodeName = 'Node';
const triggerName = 'Trigger';
const followerName = 'CRM';

/** This package, with a key that the sandbox knows. */
export function ourParty(sandbox: Sandbox): Party {
	return {
		name: 'Ours',
		packageName: 'n8n-nodes-maileon-api',
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
		callTrigger: async (_url, email) => {
			await createAwaitingConfirmation(sandbox, email);
			return await sandbox.confirmDoi(email);
		},
	};
}

/**
 * The stub that has the vendor's names, with another key.
 *
 * @param folder where it is packed
 */
export function vendorParty(sandbox: Sandbox, folder: string): Party {
	const key = 'key-of-the-vendors-credential';
	sandbox.addKey(key, ['GET']);
	return {
		name: 'Vendor',
		packageName: vendor.packageName,
		tarball: packVendorPackage(folder),
		key,
		credentialType: vendor.credentialType,
		credentialData: { apiKey: Buffer.from(key, 'utf8').toString('base64'), url: sandbox.baseUrl },
		node: { type: vendor.nodeType, displayName: 'Maileon', parameters: {} },
		trigger: { type: vendor.triggerType, displayName: 'Maileon Trigger', parameters: {} },
		webhookId: '2f0c9a10-0002-4000-8000-000000000002',
		listensAfter: 'GET /ping',
		callTrigger: async (url, email) => await post(url, { email }),
	};
}

async function post(url: string, body: object, headers: object = {}): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
	});
	if (!response.ok) throw new Error(`POST ${url} failed: ${await response.text()}`);
}

async function createAwaitingConfirmation(sandbox: Sandbox, email: string): Promise<void> {
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

/** Saves a credential, a workflow that is run by hand, and one with the trigger. */
export async function saveWorkflows(client: N8nClient, party: Party): Promise<SavedWorkflows> {
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

/** Runs the workflow by hand, and has Maileon asked with the key of its credential. */
export async function expectToRun(
	client: N8nClient,
	sandbox: Sandbox,
	party: Party,
	{ byHand }: SavedWorkflows,
): Promise<void> {
	const before = sandbox.requests.length;
	const execution = await client.runWorkflow(byHand);
	expect(outcomeOf(execution)).toEqual({ status: 'success' });
	expect(itemsOf(execution, nodeName)).toHaveLength(1);
	expect(keysOf(askedSince(sandbox, before))).toEqual([party.key]);
}

/** Activates the trigger, which tells Maileon. */
export async function activateTrigger(
	client: N8nClient,
	sandbox: Sandbox,
	party: Party,
	{ byTrigger }: SavedWorkflows,
): Promise<void> {
	const before = sandbox.requests.length;
	await client.activate(byTrigger);
	await waitFor(`"${party.listensAfter}" of the trigger`, async () => {
		const isAsked = askedSince(sandbox, before).some(
			({ method, path, status }) => `${method} ${path}` === party.listensAfter && status !== 0,
		);
		return isAsked || undefined;
	});
	expect(keysOf(askedSince(sandbox, before))).toEqual([party.key]);
}

/** Has the event of the active trigger start its workflow, once and with that email. */
export async function expectToHear(
	client: N8nClient,
	party: Party,
	{ byTrigger }: SavedWorkflows,
	email: string,
): Promise<void> {
	const before = (await executions(client, byTrigger, 0)).length;
	await party.callTrigger(`${client.url}/webhook/${party.webhookId}/webhook`, email);
	const all = await executions(client, byTrigger, before + 1);
	expect(all).toHaveLength(before + 1);
	const { runs } = await client.execution(all[0]?.id ?? '');
	expect(runs[followerName]?.[0]?.data?.main?.[0]).toMatchObject([{ json: { email } }]);
}

/** What Maileon was asked since then. */
function askedSince(sandbox: Sandbox, count: number): RecordedRequest[] {
	return sandbox.requests.slice(count);
}

function keysOf(requests: RecordedRequest[]): unknown[] {
	return [...new Set(requests.map(({ key }) => key))];
}
