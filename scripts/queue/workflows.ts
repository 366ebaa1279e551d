import type { Credential, N8nClient, WorkflowNode } from '../n8n';

/** A person as the workflows below take them, in a list of such under `people` in the body of a call. */
export interface Person {
	id: string;
	email: string;
	FIRSTNAME: string;
}

export function people(count: number, group: string): Person[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `${group}-${index}`,
		email: `${group}-${index}@example.com`,
		FIRSTNAME: `No. ${index}`,
	}));
}

type Parameters = Record<string, unknown>;

const automatic = { mappingMode: 'autoMapInputData', value: null, schema: [] };

const createParameters = {
	resource: 'contact',
	operation: 'createByExternalId',
	externalId: '={{ $json.id }}',
	email: '={{ $json.email }}',
	syncMode: 1,
	contactFields: automatic,
};

/** Transactions in one request; few, so that there is a middle in which a worker can die. */
export const TRANSACTIONS_PER_REQUEST = 500;

/** What the workflows do with each person, or with the file that came along. */
export const WORK = {
	create: createParameters,
	createWithDoi: { ...createParameters, doi: true },
	synchronize: {
		resource: 'contact',
		operation: 'synchronize',
		contactsSource: 'inputItems',
		identifyBy: 'email',
		contactFields: automatic,
	},
	send: {
		resource: 'transaction',
		operation: 'send',
		transactionType: { __rl: true, mode: 'id', value: '42' },
		identifyBy: 'email',
		email: '={{ $json.email }}',
		import: true,
		contentSource: 'json',
		contentJson: '={{ ({ "order.id": $json.id }) }}',
		options: { batchSize: TRANSACTIONS_PER_REQUEST, fillTransactionId: true },
	},
	sendFile: {
		resource: 'transaction',
		operation: 'send',
		transactionType: { __rl: true, mode: 'id', value: '42' },
		identifyBy: 'email',
		email: 'ada@example.com',
		import: true,
		contentSource: 'json',
		contentJson: '{ "order.id": "with a file" }',
		options: { attachments: 'invoice' },
	},
} satisfies Record<string, Parameters>;

export type Work = keyof typeof WORK;

/** A workflow in service, started by calls. */
export interface Served {
	id: string;
	/** Of its webhook. */
	path: string;
}

/**
 * Saves and activates the workflow: a webhook, its people as items where it takes some, Maileon, and what
 * comes after it.
 */
export async function serve(
	client: N8nClient,
	credential: Credential,
	work: Work,
	change: Parameters = {},
	followers: WorkflowNode[] = [],
): Promise<Served> {
	const path = `maileon-${work}`;
	const nodes = [
		webhook(path),
		...(work === 'sendFile' ? [] : [split]),
		maileon(credential, { ...WORK[work], ...change }),
		...followers,
	];
	return { id: await serveNodes(client, work, nodes), path };
}

/** Saves and activates a workflow of these nodes, one after the other; gives its ID. */
export async function serveNodes(
	client: N8nClient,
	name: string,
	nodes: WorkflowNode[],
): Promise<string> {
	const { id } = await client.saveWorkflow({ name, nodes, connections: inLine(nodes) });
	await client.activate(id);
	return id;
}

const TRIGGER_WEBHOOK = '7d1e0a44-0000-4000-8000-000000000001';

/** Where the webhook of a served trigger is, below `/webhook/`. */
export const TRIGGER_PATH = `${TRIGGER_WEBHOOK}/webhook`;

/** Saves and activates a workflow that begins with one of the package's triggers. */
export async function serveTrigger(
	client: N8nClient,
	credential: Credential,
	type: string,
	parameters: Parameters,
	follower: WorkflowNode = crm,
): Promise<string> {
	const nodes: WorkflowNode[] = [
		{
			id: type,
			name: 'Trigger',
			type: `n8n-nodes-maileon-api.${type}`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			webhookId: TRIGGER_WEBHOOK,
			credentials: credentialsOf(credential),
		},
		follower,
	];
	return await serveNodes(client, type, nodes);
}

const crm: WorkflowNode = {
	id: 'crm',
	name: 'CRM',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [220, 0],
	parameters: {},
};

/** n8n's own Webhook node, which answers at once. */
export function webhook(path: string): WorkflowNode {
	return {
		id: `webhook-${path}`,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		webhookId: path,
	};
}

const split: WorkflowNode = {
	id: 'split',
	name: 'People',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	position: [220, 0],
	parameters: { fieldToSplitOut: 'body.people', options: {} },
};

function maileon(credential: Credential, parameters: Parameters): WorkflowNode {
	return {
		id: '2f1c6a58-0000-4000-8000-000000000001',
		name: 'Maileon',
		type: 'n8n-nodes-maileon-api.maileon',
		typeVersion: 1,
		position: [440, 0],
		parameters,
		credentials: credentialsOf(credential),
	};
}

function credentialsOf({ id, name }: Credential): WorkflowNode['credentials'] {
	return { maileonRestApi: { id, name } };
}

function inLine(nodes: WorkflowNode[]): Record<string, unknown> {
	const pairs = nodes.slice(1).map((next, index) => {
		const name = nodes[index]?.name ?? '';
		return [name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }] as const;
	});
	return Object.fromEntries(pairs);
}
