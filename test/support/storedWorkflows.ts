/**
 * Workflows as n8n stored them once, in test/stored, and what came of them then. The files are never made
 * again: they stand for the workflows that people have.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import type { PollSession } from './engine/poll';
import type { WorkflowJson, WorkflowOptions, WorkflowResult } from './engine/run';
import type { MaileonCredentials } from './engine/surroundings';
import type { TriggerOptions, TriggerSession } from './engine/trigger';
import { nodesOfExamples } from './examples';
import { ADA, BOB, PREPARED_AT } from './preparedAccount';
import { WebhookServer } from './webhookServer';

export const STORED = path.join(__dirname, '../stored');

const PACKAGE = 'n8n-nodes-maileon-api';
const MINUTE = 60_000;

/** Method, URL and, where there is one, body of a request. */
type Wire = [method: string, url: string] | [method: string, url: string, body: string];

/** What came of a workflow. */
export interface Outcome {
	requests: Wire[];
	/** The keys of what each node of the package gave, by its name, as paths (`contacts[].email`). */
	output: Record<string, string[]>;
}

export interface StoredWorkflow {
	workflow: WorkflowJson;
	expected: Outcome;
}

/** The stored workflows of a file, by what they do. */
export type StoredFile = Record<string, StoredWorkflow>;

/** The parts of the engine that stored workflows run in. */
export interface StoredEngine {
	runWorkflow(workflow: WorkflowJson, options: WorkflowOptions): Promise<WorkflowResult>;
	openTrigger(options: TriggerOptions): TriggerSession | Promise<TriggerSession>;
	openPoll(options: {
		parameters: IDataObject;
		credentials: MaileonCredentials;
	}): PollSession | Promise<PollSession>;
}

/** Reads a file of test/stored. */
export function readStored(file: string): StoredFile {
	return JSON.parse(readFileSync(path.join(STORED, file), 'utf8')) as StoredFile;
}

export const isOurs = ({ type }: INode) => type.startsWith(`${PACKAGE}.`);

/** The short name of the type of a node of the package (`maileon`). */
export const typeOf = ({ type }: INode) => type.slice(PACKAGE.length + 1);

/** Every key of items, as paths; a list adds `[]`. */
export function keysOf(items: readonly unknown[], prefix = ''): string[] {
	const found = items.flatMap((item): string[] => {
		if (Array.isArray(item)) return keysOf(item, `${prefix}[]`);
		if (typeof item !== 'object' || item === null) return [];
		return Object.entries(item).flatMap(([key, value]) => {
			const name = prefix === '' ? key : `${prefix}.${key}`;
			return [name, ...keysOf([value], name)];
		});
	});
	return [...new Set(found)].sort();
}

/** What happens at Maileon when a trigger waits for an event. */
const CAUSES: Readonly<Record<string, (sandbox: Sandbox) => Promise<unknown>>> = {
	doi: async (sandbox) => await sandbox.confirmDoi(BOB.email),
	unsubscription: async (sandbox) => await sandbox.unsubscribe(ADA.email),
	bounce: async (sandbox) => await sandbox.bounce(ADA.email),
	contact_field_change: async (sandbox) =>
		await sandbox.changeField(ADA.email, 'FIRSTNAME', 'Augusta'),
	filtered: async (sandbox) => await sandbox.filterOut(ADA.email),
};

async function receivedBy(
	engine: StoredEngine,
	sandbox: Sandbox,
	{ name, parameters }: INode,
	credentials: MaileonCredentials,
): Promise<INodeExecutionData[]> {
	const server = new WebhookServer();
	await server.start();
	try {
		const session = await engine.openTrigger({
			name,
			parameters: { ...parameters },
			credentials,
			instanceUrl: server.url,
		});
		server.session = session;
		await session.activate();
		await CAUSES[String(parameters.event ?? 'doi')]?.(sandbox);
		await session.deactivate();
		return server.received;
	} finally {
		await server.close();
	}
}

async function polledBy(
	engine: StoredEngine,
	sandbox: Sandbox,
	{ parameters }: INode,
	credentials: MaileonCredentials,
): Promise<INodeExecutionData[]> {
	const session = await engine.openPoll({ parameters: { ...parameters }, credentials });
	const first = await session.poll(PREPARED_AT);
	const [email, mailingId, at] = [ADA.email, 21, PREPARED_AT + 1_000];
	for (const kind of ['opens', 'clicks', 'bounces', 'conversions', 'replies'] as const)
		sandbox.recipients.record(kind, [{ email, mailingId, at }]);
	sandbox.setClock({ at: PREPARED_AT + 5 * MINUTE });
	const second = await session.poll(PREPARED_AT + 5 * MINUTE);
	const error = first.error ?? second.error;
	if (error) throw new Error(error.message);
	return second.items ?? [];
}

/** What starts the workflow, where one of the package's triggers does. */
async function startOf(
	engine: StoredEngine,
	sandbox: Sandbox,
	{ nodes }: WorkflowJson,
	credentials: MaileonCredentials,
): Promise<Record<string, INodeExecutionData[]>> {
	const trigger = nodes.find((node) => isOurs(node) && node.type.endsWith('Trigger'));
	if (!trigger) return {};
	const start = typeOf(trigger) === 'maileonTrigger' ? receivedBy : polledBy;
	return { [trigger.name]: await start(engine, sandbox, trigger, credentials) };
}

/** Without what differs from run to run: the port and the secret of a webhook. */
const withoutChance = (text: string) =>
	text
		.replace(/127\.0\.0\.1(:|%3A)\d+/g, 'n8n.example.com')
		.replace(/\b[0-9a-f]{64}\b/g, 'secret')
		.replace(/\/webhooks\/\d+/g, '/webhooks/id');

function sent({ requests }: Sandbox): Wire[] {
	return requests.map(({ method, rawUrl, body }) => {
		const url = withoutChance(rawUrl);
		return body === '' ? [method, url] : [method, url, withoutChance(body)];
	});
}

/**
 * Runs a workflow in the prepared account, at the moment at which that stands still.
 * @throws Error where the workflow fails, or none of its nodes gives anything
 */
export async function outcomeOf(
	engine: StoredEngine,
	sandbox: Sandbox,
	workflow: WorkflowJson,
): Promise<Outcome> {
	const credentials = { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl };
	const pinned = await startOf(engine, sandbox, workflow, credentials);
	const { nodes, error } = await engine.runWorkflow(workflow, {
		credentials,
		pinned,
		nodeTypes: nodesOfExamples,
		at: PREPARED_AT,
	});
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`.trim());
	const output = workflow.nodes.filter(isOurs).flatMap(({ name }) => {
		const items = nodes[name]?.main ?? [];
		return items.length === 0 ? [] : [[name, keysOf(items.map(({ json }) => json))] as const];
	});
	if (output.length === 0) throw new Error('No node of the package gave an item');
	return { requests: sent(sandbox), output: Object.fromEntries(output) };
}
