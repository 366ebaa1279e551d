/**
 * Webhooks as Maileon keeps them.
 * Rests on the pages "Get Webhooks", "Create Webhook" and "Webhooks: outgoing calls".
 */
import type { Answer } from '../answer';
import { isRecord } from '../records';
import { descendant } from '../xml/read';

/** What a webhook can report, the most used first; one event for each webhook. */
export const WEBHOOK_EVENTS = [
	'doi',
	'unsubscription',
	'bounce',
	'contact_field_change',
	'filtered',
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * The event fields that any source names. The documentation has no complete list, and does not say
 * which field belongs to which event.
 */
export const EVENT_FIELDS = [
	'cause',
	'method',
	'msg_id',
	'new_value',
	'old_value',
	'property',
	'timestamp',
	'transaction_id',
] as const;

/** The event fields that the documentation shows in an example for an event. */
export const DOCUMENTED_EVENT_FIELDS: Readonly<Partial<Record<WebhookEvent, readonly string[]>>> = {
	unsubscription: ['msg_id', 'method'],
	filtered: ['timestamp', 'cause'],
};

/** The URL parameter that carries the secret; it also tells webhooks of this package from others. */
export const SECRET_PARAMETER = 'n8n_secret';

/** A webhook to create. */
export interface WebhookOrder {
	url: string;
	event: string;
	secret: string;
	standardFields: readonly string[];
	eventFields: readonly string[];
}

/** The body of the request that creates a webhook. Lists without entries are left out. */
export function webhookJson(order: WebhookOrder): string {
	const { url, event, secret, standardFields, eventFields } = order;
	return JSON.stringify({
		url,
		event,
		urlParams: [{ name: SECRET_PARAMETER, custom_value: secret }],
		...(standardFields.length > 0 && { standardFields }),
		...(eventFields.length > 0 && { eventFields }),
	});
}

/** A webhook of the account, as far as it can be told whose it is. */
export interface ListedWebhook {
	id: string;
	url: string;
	event: string;
	/** The secret in its URL parameters: null without one, undefined when no parameters are shown. */
	secret: string | null | undefined;
}

/**
 * The list of webhooks, or undefined when the answer is none. An account without webhooks answers
 * with an empty list, `null` or nothing. Entries without ID or URL are passed over.
 */
export function readWebhooks(answer: Answer): ListedWebhook[] | undefined {
	if (answer.kind === 'empty') return [];
	if (answer.kind !== 'json') return undefined;
	if (answer.value === null) return [];
	return Array.isArray(answer.value) ? answer.value.flatMap(readWebhook) : undefined;
}

function readWebhook(entry: unknown): ListedWebhook[] {
	if (!isRecord(entry)) return [];
	const id = idText(entry.id);
	if (id === undefined || typeof entry.url !== 'string') return [];
	return [{ id, url: entry.url, event: String(entry.event), secret: readSecret(entry.urlParams) }];
}

/** The value's key is written with an underscore; a sister API of Maileon writes it in camel case. */
function readSecret(urlParams: unknown): string | null | undefined {
	if (!Array.isArray(urlParams)) return undefined;
	const parameter = urlParams.filter(isRecord).find(({ name }) => name === SECRET_PARAMETER);
	return parameter ? String(parameter.custom_value ?? parameter.customValue ?? '') : null;
}

/**
 * The ID in the answer to a created webhook: XML `<id>` as documented, a bare number, or an object
 * with `id`, as the sources disagree. Undefined when the answer holds none.
 */
export function createdWebhookId(answer: Answer): string | undefined {
	if (answer.kind === 'xml')
		return idText((answer.root.name === 'id' ? answer.root : descendant(answer.root, 'id'))?.text);
	if (answer.kind !== 'json') return undefined;
	return idText(isRecord(answer.value) ? answer.value.id : answer.value);
}

function idText(id: unknown): string | undefined {
	const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
	return /^\d+$/.test(text) ? text : undefined;
}

/** Whether two URLs lead to the same place, however they are written. */
export function isSameUrl(one: string, other: string): boolean {
	return normalUrl(one) === normalUrl(other);
}

function normalUrl(text: string): string {
	return URL.canParse(text) ? new URL(text).href : text;
}
