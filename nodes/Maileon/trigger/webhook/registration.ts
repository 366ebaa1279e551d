/**
 * Creates and removes the webhook of a trigger node, as n8n asks for it.
 *
 * A webhook is this node's own when its ID and URL are the remembered ones, or when it calls the URL
 * of this node, which no other node has, with the URL parameter of this package. No other is touched.
 *
 * Rests on "Get Webhooks" and "Create Webhook"; the answer to the creation is described differently by
 * every source.
 */
import type { IHookFunctions } from 'n8n-workflow';

import { webhooks } from '../../maileon/endpoints/webhooks';
import { sentence } from '../../maileon/phrases';
import { translatingRejections } from '../../maileon/translate';
import {
	createdWebhookId,
	isSameUrl,
	readWebhooks,
	webhookJson,
	type ListedWebhook,
	type WebhookOrder,
} from '../../maileon/webhook/webhook';
import { factsOf, nodeError } from '../../run/failures';
import { isNotFound } from '../../run/notFound';
import { uselessAnswer } from '../../transport/answers';
import { createClient, CREDENTIAL, type MaileonClient } from '../../transport/client';
import { MaileonFailure } from '../../transport/failure';
import type { Subject } from '../../transport/words';
import { makerOf } from './maker';
import { nextMoment, readMemory, remember, withoutWebhook, type Memory } from './memory';
import { readWanted, type Wanted } from './parameters';
import { isSecret, newSecret, secretHash } from './secret';
import { targetRefusal } from './target';

/**
 * n8n 2 gives the registration of a workflow 84 seconds, after which it speaks of a deadline. With all
 * its repetitions, a request that gets no answer ends before, and its own reason is told.
 */
const TIMEOUT = 15_000;

/**
 * Whether Maileon holds the webhook just as the node wants it, with the secret that the node knows.
 * @throws NodeApiError when Maileon cannot say so, NodeOperationError when Maileon cannot call this n8n
 */
export async function webhookExists(context: IHookFunctions): Promise<boolean> {
	return await inWords(context, async () => {
		const url = await callableUrl(context);
		const memory = readMemory(context.getWorkflowStaticData('node'));
		const listed = await listWebhooks(await createClient(context));
		return (
			isAsWanted(memory, url, readWanted(context)) &&
			listed.some((webhook) => isRemembered(webhook, memory) && keepsSecret(webhook, memory))
		);
	});
}

function isAsWanted(memory: Memory, url: string, wanted: Wanted): boolean {
	return (
		memory.secretHash !== undefined &&
		memory.url === url &&
		memory.event === wanted.event &&
		memory.fields === fieldsText(wanted)
	);
}

function keepsSecret(webhook: ListedWebhook, memory: Memory): boolean {
	return (
		webhook.event === memory.event &&
		(webhook.secret === undefined || isSecret(webhook.secret, webhook.event, memory.secretHash))
	);
}

function fieldsText({ standardFields, eventFields }: Wanted): string {
	return JSON.stringify([[...standardFields].sort(), [...eventFields].sort()]);
}

/**
 * Creates the webhook with a new secret, after removing what is left of former ones of this node.
 * @throws NodeApiError when Maileon refuses, NodeOperationError when Maileon cannot call this n8n
 */
export async function createWebhook(context: IHookFunctions): Promise<boolean> {
	return await inWords(context, async () => {
		const url = await callableUrl(context);
		const staticData = context.getWorkflowStaticData('node');
		const wanted = readWanted(context);
		const client = await createClient(context);
		const former = readMemory(staticData);
		await removeOwn(client, former, url, wanted.event);
		const madeAt = nextMoment(former, Date.now());
		const order = {
			...wanted,
			url,
			secret: newSecret(await makerOf(context, wanted.event), madeAt),
		};
		const memory: Memory = {
			...withoutWebhook(former, madeAt),
			url,
			event: wanted.event,
			fields: fieldsText(wanted),
			secretHash: secretHash(order.secret, wanted.event),
		};
		remember(staticData, memory);
		remember(staticData, { ...memory, id: await register(client, order) });
		return true;
	});
}

/**
 * Sends the order and gives the ID of the new webhook. The request is never repeated, since each could
 * make a webhook; when it stays unclear whether it did, the list of webhooks tells.
 */
async function register(client: MaileonClient, order: WebhookOrder): Promise<string> {
	const request = { ...webhooks.create.request({}, [], webhookJson(order)), timeout: TIMEOUT };
	const failure = await client
		.send(request)
		.then(
			(answer) => createdWebhookId(answer.answer) ?? uselessAnswer(answer, request, NO_ID),
			ifUnclear,
		);
	if (typeof failure === 'string') return failure;
	const listed = await listWebhooks(client).catch(() => []);
	const created = listed.filter((webhook) => isOrdered(webhook, order)).at(-1);
	if (!created) throw failure;
	return created.id;
}

const NO_ID = 'It holds no ID, and the new webhook is not in the list of webhooks.';

function ifUnclear(error: unknown): MaileonFailure {
	if (error instanceof MaileonFailure && error.facts.outcome === 'unclear') return error;
	throw error;
}

function isOrdered(webhook: ListedWebhook, { url, event, secret }: WebhookOrder): boolean {
	return (
		isSameUrl(webhook.url, url) &&
		webhook.event === event &&
		(webhook.secret === undefined || webhook.secret === secret)
	);
}

/**
 * Removes the webhook; one that is gone already is fine. Copes with a node that remembers nothing, or
 * something stale, since n8n calls this after every activation that did not work, too.
 * @throws NodeApiError when the webhook stays; n8n tries three times and writes it to its log
 */
export async function deleteWebhook(context: IHookFunctions): Promise<boolean> {
	return await inWords(
		context,
		async () => {
			const staticData = context.getWorkflowStaticData('node');
			const memory = readMemory(staticData);
			const url = nodeUrl(context);
			if (memory.url !== undefined || !(await refusalOf(context, url))) {
				const client = await createClient(context);
				await removeOwn(client, memory, url, readWanted(context).event);
			}
			remember(staticData, withoutWebhook(memory, nextMoment(memory, Date.now())));
			return true;
		},
		STAYS_REGISTERED,
	);
}

const STAYS_REGISTERED =
	'The webhook may stay registered in Maileon; its calls start nothing any more. Switch the workflow on and off again to remove it.';

async function removeOwn(
	client: MaileonClient,
	memory: Memory,
	url: string,
	event: string,
): Promise<void> {
	for (const webhook of await listWebhooks(client))
		if (isRemembered(webhook, memory) || isLeftOver(webhook, [url, memory.url], event))
			await removeWebhook(client, webhook.id);
}

function isRemembered({ id, url }: ListedWebhook, memory: Memory): boolean {
	return id === memory.id && memory.url !== undefined && isSameUrl(url, memory.url);
}

/** Where Maileon does not show the URL parameters, the event has to do. */
function isLeftOver(
	webhook: ListedWebhook,
	urls: ReadonlyArray<string | undefined>,
	event: string,
): boolean {
	if (!urls.some((url) => url !== undefined && isSameUrl(webhook.url, url))) return false;
	return webhook.secret === undefined ? webhook.event === event : webhook.secret !== null;
}

const LIST: Subject = {
	what: 'list of webhooks',
	advice: {
		404: 'Check the Base URL in the credential, and whether webhooks are enabled for the Maileon account.',
	},
};

/** @throws MaileonFailure when Maileon does not answer with a list */
async function listWebhooks(client: MaileonClient): Promise<ListedWebhook[]> {
	const request = { ...webhooks.getMany.request(), timeout: TIMEOUT };
	const answer = await client.send(request);
	const listed = readWebhooks(answer.answer);
	if (!listed) throw uselessAnswer(answer, request);
	return listed;
}

/** What Maileon answers is not documented; a web page is not from Maileon. */
async function removeWebhook(client: MaileonClient, id: string): Promise<void> {
	const request = { ...webhooks.delete.request({ id }), timeout: TIMEOUT };
	const answer = await client.send(request).catch(unlessGone);
	if (answer && ['html', 'broken'].includes(answer.answer.kind))
		throw uselessAnswer(answer, request);
}

/** Only Maileon's own 404 tells that; one of something in between says nothing about the webhook. */
function unlessGone(error: unknown): undefined {
	if (isNotFound(error)) return undefined;
	throw error;
}

/** @throws InputRefusal when Maileon cannot call it */
async function callableUrl(context: IHookFunctions): Promise<string> {
	const url = nodeUrl(context);
	const refusal = await refusalOf(context, url);
	if (refusal) throw refusal;
	return url;
}

function nodeUrl(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

async function refusalOf(context: IHookFunctions, url: string) {
	const { baseUrl } = await context.getCredentials(CREDENTIAL);
	return targetRefusal(url, baseUrl);
}

/**
 * Whatever goes wrong becomes one message with all that there is to say: when a workflow cannot be
 * activated, n8n 1.x shows either the message or the description, and its log never has the latter.
 */
async function inWords<T>(
	context: IHookFunctions,
	action: () => Promise<T>,
	consequence?: string,
): Promise<T> {
	return await translatingRejections(action, (error) => {
		const { message, description, ...facts } = factsOf(error, LIST);
		return nodeError(context.getNode(), {
			...facts,
			message: sentences(message, description, consequence),
		});
	});
}

function sentences(...parts: Array<string | undefined>): string {
	const said = parts.filter((part): part is string => Boolean(part));
	return said.map(sentence).join(' ');
}
