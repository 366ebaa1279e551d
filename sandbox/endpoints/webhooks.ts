import type { UrlParam, Webhook, WebhookEvent } from '../account/account';
import { WEBHOOK_EVENTS } from '../account/account';
import { WRITABLE_STANDARD_FIELDS } from '../account/fields';
import type { Answer } from '../server/answer';
import { empty, json, xml } from '../server/answer';
import { JSON_TYPE, MAILEON_XML } from '../server/media';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { textElement } from '../xml';
import { expectObject, expectString } from './contactInput';

/** Event fields that any source names. */
const EVENT_FIELDS = [
	'msg_id',
	'method',
	'timestamp',
	'cause',
	'transaction_id',
	'property',
	'old_value',
	'new_value',
];
const STANDARD_FIELDS = [
	'email',
	'external_id',
	...WRITABLE_STANDARD_FIELDS.map((name) => name.toLowerCase()),
];
const SETTINGS = ['url', 'event', 'urlParams', 'standardFields', 'customFields', 'eventFields'];
const ACCEPT = [JSON_TYPE, MAILEON_XML];

/** Webhooks, their management (documentation: get, create and update webhook). */
export const webhookRoutes: Route[] = [
	{ method: 'GET', path: '/webhooks', accept: [JSON_TYPE], run: list },
	{
		method: 'POST',
		path: '/webhooks',
		body: [JSON_TYPE],
		accept: ACCEPT,
		run: create,
	},
	{
		method: 'GET',
		path: '/webhooks/:id',
		accept: [JSON_TYPE],
		run: (call) => json(200, show(call, findWebhook(call))),
	},
	{ method: 'PUT', path: '/webhooks/:id', body: [JSON_TYPE], accept: ACCEPT, run: replace },
	{ method: 'DELETE', path: '/webhooks/:id', accept: ACCEPT, run: remove },
];

function list(call: Call): Answer {
	const webhooks = [...call.account.webhooks.values()].map((webhook) => show(call, webhook));
	if (webhooks.length === 0 && call.variants.webhookEmptyList === 'empty') return empty(200);
	if (webhooks.length === 0 && call.variants.webhookEmptyList === 'null') return json(200, null);
	return json(200, webhooks);
}

function create(call: Call): Answer {
	const webhook = { ...readWebhook(call), id: call.account.nextId() };
	call.account.webhooks.set(webhook.id, webhook);
	switch (call.variants.webhookCreateAnswer) {
		case 'id':
			return xml(201, textElement('id', webhook.id));
		case 'number':
			return json(201, webhook.id);
		case 'object':
			return json(201, { id: webhook.id });
		case 'empty':
			return empty(201);
	}
}

function replace(call: Call): Answer {
	const { id } = findWebhook(call);
	call.account.webhooks.set(id, { ...readWebhook(call, readOnlyParts(call, id)), id });
	return empty(200);
}

function remove(call: Call): Answer {
	call.account.webhooks.delete(findWebhook(call).id);
	return empty(call.variants.deleteStatus);
}

function findWebhook(call: Call): Webhook {
	const id = call.path.id ?? '';
	const webhook = /^\d{1,15}$/.test(id) ? call.account.webhooks.get(Number(id)) : undefined;
	if (!webhook) throw notFound(`webhook with id ${id} isn't found`);
	return webhook;
}

/** What a webhook that was read before has beyond its settings, when it is sent back unchanged. */
function readOnlyParts(call: Call, id: number): Record<string, number> {
	return { id, newsletterAccountId: call.account.newsletterAccountId };
}

function readWebhook(call: Call, readOnly: Record<string, number> = {}): Omit<Webhook, 'id'> {
	const body = expectObject(call.body.kind === 'json' ? call.body.value : null, 'the body');
	for (const [key, value] of Object.entries(body)) {
		if (SETTINGS.includes(key)) continue;
		if (readOnly[key] !== value) throw badRequest(`${key} is not allowed in a webhook`);
		call.lenient('read-only parts of a webhook');
	}
	const url = expectString(body.url, 'url');
	checkWebhookUrl(url);
	const urlParams = readList(body.urlParams, 'urlParams').map((param) => readUrlParam(call, param));
	const standardFields = readNames(body.standardFields, 'standardFields');
	const customFields = readNames(body.customFields, 'customFields');
	const eventFields = readNames(body.eventFields, 'eventFields');
	for (const name of standardFields) checkStandardField(name);
	for (const name of customFields) checkCustomField(call, name);
	for (const name of eventFields) {
		if (!EVENT_FIELDS.includes(name) && call.variants.unknownEventField === 'refused') {
			throw badRequest(`there is no event field ${name}`);
		}
	}
	return {
		url,
		event: readEvent(body.event),
		urlParams,
		standardFields,
		customFields,
		eventFields,
	};
}

function readEvent(value: unknown): WebhookEvent {
	const event = WEBHOOK_EVENTS.find((each) => each === value);
	if (!event) throw badRequest(`event must be one of ${WEBHOOK_EVENTS.join(', ')}`);
	return event;
}

function checkWebhookUrl(url: string): void {
	if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url)) {
		throw badRequest(`url must be an http or https address but was ${url}`);
	}
}

function readUrlParam(call: Call, value: unknown): UrlParam {
	const param = expectObject(value, 'a URL parameter');
	const kinds = ['standard_contact_field', 'custom_contact_field', 'custom_value'];
	for (const key of Object.keys(param)) {
		if (key !== 'name' && !kinds.includes(key)) {
			throw badRequest(`${key} is not allowed in a URL parameter`);
		}
	}
	const name = expectString(param.name, 'the name of a URL parameter');
	const text = (kind: string) =>
		param[kind] === undefined || param[kind] === null ? null : expectString(param[kind], kind);
	const read: UrlParam = {
		name,
		standardContactField: text('standard_contact_field'),
		customContactField: text('custom_contact_field'),
		customValue: text('custom_value'),
	};
	if (kinds.filter((kind) => text(kind) !== null).length !== 1) {
		throw badRequest(`URL parameter ${name} needs exactly one of ${kinds.join(', ')}`);
	}
	if (read.standardContactField !== null) checkStandardField(read.standardContactField);
	if (read.customContactField !== null) checkCustomField(call, read.customContactField);
	return read;
}

function checkStandardField(name: string): void {
	if (!STANDARD_FIELDS.includes(name)) throw badRequest(`there is no standard field ${name}`);
}

function checkCustomField(call: Call, name: string): void {
	if (!call.account.customFields.has(name)) throw badRequest(`no such custom field ${name}`);
}

function readList(value: unknown, what: string): unknown[] {
	if (value === undefined) return [];
	if (Array.isArray(value)) return value;
	throw badRequest(`${what} must be a list`);
}

function readNames(value: unknown, what: string): string[] {
	return readList(value, what).map((each) => expectString(each, `an entry of ${what}`));
}

/** A webhook as it is answered. */
function show(call: Call, webhook: Webhook): object {
	const { id, url, event, standardFields, customFields, eventFields } = webhook;
	const fields = { standardFields, customFields, eventFields };
	return {
		id,
		newsletterAccountId: call.account.newsletterAccountId,
		url,
		event,
		urlParams: webhook.urlParams.map((param) => ({
			name: param.name,
			custom_value: param.customValue,
			standard_contact_field: param.standardContactField,
			custom_contact_field: param.customContactField,
		})),
		...(call.variants.webhookShape === 'flat' ? fields : { bodySpec: fields }),
	};
}
