import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Client, Reply } from '../../support/sandboxClient';
import { clientOf, JSON_BODY, PLAIN_JSON, valueOf } from '../../support/sandboxClient';

interface Received {
	method?: string;
	url?: string;
	type?: string;
	body: string;
}

let sandbox: Sandbox;
let call: Client;
let received: Received[] = [];
let target: string;

const receiver = createServer((request: IncomingMessage, response) => {
	let body = '';
	request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
	request.on('end', () => {
		const { method, url, headers } = request;
		received.push({ method, url, type: headers['content-type'], body });
		response.writeHead(204).end();
	});
});

beforeAll(async () => {
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?x=1`;
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => {
	await sandbox.close();
	await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
	sandbox.reset();
	received = [];
	await call('POST', '/contacts/email/ada%2B1%40example.com?doi=true', {
		body: '{"external_id":"00123","standard_fields":{"FIRSTNAME":"Ada"},"custom_fields":{"COLOR":"BLUE"}}',
		type: JSON_BODY,
	});
});

const request = async (method: string, path: string, value?: unknown): Promise<Reply> =>
	await call(method, path, {
		accept: PLAIN_JSON,
		...(value === undefined ? {} : { body: JSON.stringify(value), type: PLAIN_JSON }),
	});
const create = async (further: object = {}) =>
	await request('POST', '/webhooks', { url: target, event: 'doi', ...further });

describe('management', () => {
	it('creates, lists, reads, replaces and deletes', async () => {
		const created = await create({
			urlParams: [{ name: 'token', custom_value: 's3cr3t', standard_contact_field: null }],
			standardFields: ['email', 'external_id'],
			eventFields: ['timestamp'],
		});
		expect(created.status).toBe(201);
		const id = Number(valueOf(created.text, 'id'));
		const webhook = {
			id,
			newsletterAccountId: 88,
			url: target,
			event: 'doi',
			urlParams: [
				{
					name: 'token',
					custom_value: 's3cr3t',
					standard_contact_field: null,
					custom_contact_field: null,
				},
			],
			standardFields: ['email', 'external_id'],
			customFields: [],
			eventFields: ['timestamp'],
		};
		expect(JSON.parse((await request('GET', '/webhooks')).text)).toEqual([webhook]);
		expect(JSON.parse((await request('GET', `/webhooks/${id}`)).text)).toEqual(webhook);
		expect((await request('PUT', `/webhooks/${id}`, { url: target, event: 'bounce' })).status).toBe(
			200,
		);
		expect(JSON.parse((await request('GET', `/webhooks/${id}`)).text)).toMatchObject({
			event: 'bounce',
			urlParams: [],
		});
		expect((await request('DELETE', `/webhooks/${id}`)).status).toBe(200);
		expect((await request('DELETE', `/webhooks/${id}`)).status).toBe(404);
	});

	it('plays each answer to a creation', async () => {
		const texts = [];
		for (const variant of ['id', 'number', 'object', 'empty'] as const) {
			sandbox.variants.webhookCreateAnswer = variant;
			texts.push((await create()).text.replace(/\d{3}/, 'N').replace(/^<\?xml.*\?>\n/, ''));
		}
		expect(texts).toEqual(['<id>N</id>', 'N', '{"id":N}', '']);
	});

	it('plays each form of a list', async () => {
		const texts = [];
		for (const variant of ['array', 'null', 'empty'] as const) {
			sandbox.variants.webhookEmptyList = variant;
			texts.push((await request('GET', '/webhooks')).text);
		}
		expect(texts).toEqual(['[]', 'null', '']);
		await create({ standardFields: ['email'] });
		sandbox.variants.webhookShape = 'bodySpec';
		expect(JSON.parse((await request('GET', '/webhooks/')).text)).toMatchObject([
			{ bodySpec: { standardFields: ['email'], customFields: [], eventFields: [] } },
		]);
	});

	it.each<[string, object]>([
		['an unknown event', { event: 'open' }],
		['no URL', { url: undefined }],
		['another protocol', { url: 'ftp://127.0.0.1/' }],
		['an unknown key', { name: 'x' }],
		['an ID', { id: 1 }],
		['upper-case standard fields', { standardFields: ['EMAIL'] }],
		['the checksum', { standardFields: ['checksum'] }],
		['an unknown custom field', { customFields: ['NONE'] }],
		['an unknown event field', { eventFields: ['colour'] }],
		['a URL parameter without value', { urlParams: [{ name: 'a' }] }],
		['a URL parameter without name', { urlParams: [{ custom_value: 'a' }] }],
		[
			'two values',
			{ urlParams: [{ name: 'a', custom_value: 'b', standard_contact_field: 'email' }] },
		],
		['camel-case keys', { urlParams: [{ name: 'a', customValue: 'b' }] }],
	])('refuses %s', async (_what, further) => {
		expect((await create(further)).status).toBe(400);
	});
});

describe('calls', () => {
	it('posts the fields that were asked for, with the URL parameters', async () => {
		await create({
			urlParams: [
				{ name: 'token', custom_value: 'a b&c' },
				{ name: 'mail', standard_contact_field: 'email' },
				{ name: 'color', custom_contact_field: 'COLOR' },
			],
			standardFields: ['email', 'external_id', 'firstname', 'city'],
			eventFields: ['timestamp'],
		});
		const deliveries = await sandbox.confirmDoi('ada+1@example.com');
		expect(received).toHaveLength(1);
		expect(received[0]).toMatchObject({
			method: 'POST',
			url: '/hook?x=1&token=a%20b%26c&mail=ada%2B1%40example.com&color=BLUE',
			type: 'application/json',
		});
		expect(JSON.parse(received[0]?.body ?? '')).toEqual({
			email: 'ada+1@example.com',
			external_id: '00123',
			firstname: 'Ada',
			city: null,
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
		});
		expect(deliveries).toMatchObject([{ event: 'doi', status: 204, contactId: 1001 }]);
		expect(sandbox.deliveries).toEqual(deliveries);
	});

	it('fires for the first click only', async () => {
		await create();
		await sandbox.confirmDoi('ada+1@example.com');
		expect(await sandbox.confirmDoi('ada+1@example.com')).toEqual([]);
		expect(received).toHaveLength(1);
	});

	it('sends neither body nor Content-Type when no fields were asked for', async () => {
		await create();
		await sandbox.confirmDoi('ada+1@example.com');
		expect(received).toMatchObject([{ body: '', type: undefined }]);
	});

	it('plays empty values, plus signs and content types', async () => {
		await create({
			urlParams: [{ name: 'mail', standard_contact_field: 'email' }],
			standardFields: ['city'],
		});
		Object.assign(sandbox.variants, {
			webhookEmptyValue: 'missing',
			webhookPlus: 'raw',
			webhookContentType: 'application/json; charset=UTF-8',
		});
		await sandbox.confirmDoi('ada+1@example.com');
		expect(received).toMatchObject([
			{
				url: '/hook?x=1&mail=ada+1%40example.com',
				body: '{}',
				type: 'application/json; charset=UTF-8',
			},
		]);
	});

	it('fires for bounces, filtered mails and changed fields', async () => {
		for (const event of ['bounce', 'filtered', 'contact_field_change']) {
			await create({ event, eventFields: ['cause', 'property', 'old_value', 'new_value'] });
		}
		await sandbox.bounce('ada+1@example.com', 'transient');
		await sandbox.filterOut('ada+1@example.com');
		await sandbox.changeField('ada+1@example.com', 'COLOR', 'RED');
		expect(sandbox.deliveries.map(({ event }) => event)).toEqual([
			'bounce',
			'filtered',
			'contact_field_change',
		]);
		expect(JSON.parse(received[2]?.body ?? '')).toEqual({
			cause: null,
			property: 'COLOR',
			old_value: 'BLUE',
			new_value: 'RED',
		});
		expect(sandbox.contacts()[0]).toMatchObject({ block: null, customFields: { COLOR: 'RED' } });
	});

	it('fires for unsubscriptions by link and by API, with the identity of before', async () => {
		await create({ event: 'unsubscription', standardFields: ['email'], eventFields: ['method'] });
		await call('DELETE', '/contacts/contact/unsubscribe?id=1001');
		await sandbox.settled();
		expect(JSON.parse(received[0]?.body ?? '')).toEqual({
			email: 'ada+1@example.com',
			method: 'api',
		});
	});

	it('fires a field change on unsubscription when the account says so', async () => {
		await create({ event: 'contact_field_change' });
		sandbox.account.fieldChangeOnUnsubscription = true;
		await sandbox.unsubscribe('ada+1@example.com');
		expect(received).toHaveLength(1);
	});

	it('does not fire for changes by the API', async () => {
		await create({ event: 'contact_field_change' });
		await call('PUT', '/contacts/email/ada%2B1%40example.com', {
			body: '{"custom_fields":{"COLOR":"RED"}}',
			type: JSON_BODY,
		});
		await sandbox.settled();
		expect(received).toEqual([]);
	});

	it('calls loopback addresses only, and says why there was no answer', async () => {
		await create({ url: 'https://hooks.example.com/' });
		await create({ url: 'http://127.0.0.1:1/' });
		await sandbox.confirmDoi('ada+1@example.com');
		const errors = sandbox.deliveries.map(({ error }) => error);
		expect(errors.find((error) => error?.startsWith('not called'))).toBeDefined();
		expect(errors.find((error) => error?.includes('ECONNREFUSED'))).toBeDefined();
	});
});

describe('the live page', () => {
	const control = async (action: string, body: object = {}) => {
		const response = await fetch(`${sandbox.url}/control/${action}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
		return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
	};

	it('is served without a key, and is no part of the recorded requests', async () => {
		const before = sandbox.requests.length;
		const page = await fetch(sandbox.url);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(await page.text()).toContain('<title>Maileon sandbox</title>');
		expect((await fetch(`${sandbox.url}/other`)).status).toBe(404);
		expect(sandbox.requests).toHaveLength(before);
	});

	it('shows the state as JSON', async () => {
		const state = (await (await fetch(`${sandbox.url}/state`)).json()) as Record<string, unknown>;
		expect(state).toMatchObject({
			baseUrl: sandbox.baseUrl,
			counts: { contacts: 1, mails: 1, requests: 1 },
			contacts: [{ email: 'ada+1@example.com', pendingDoi: { mailing: 'default-doi' } }],
			mails: [{ kind: 'doi' }],
			requests: [{ method: 'POST', status: 201 }],
			webhooks: [],
			deliveries: [],
		});
		expect(JSON.stringify(state)).not.toContain(sandbox.apiKey);
	});

	it('lets another process act', async () => {
		await create();
		const email = 'ada+1@example.com';
		expect(await control('confirm', { email })).toMatchObject({
			status: 200,
			answer: { result: [{ event: 'doi', status: 204 }] },
		});
		await control('changeField', { email, field: 'FIRSTNAME', value: 'Eve' });
		expect(sandbox.contacts()[0]?.standardFields.FIRSTNAME).toBe('Eve');
		await control('bounce', { email });
		expect(sandbox.contacts()[0]?.block).not.toBeNull();
		await control('unsubscribe', { email });
		expect(sandbox.contacts()[0]?.anonymous).toBe(true);
		await control('fail', { status: 503, pathPattern: '^/pi' });
		expect((await call('GET', '/ping')).status).toBe(503);
		await control('variants', { deleteStatus: 204 });
		expect(sandbox.variants.deleteStatus).toBe(204);
		await control('key', { key: 'writer', rights: ['POST'] });
		expect((await call('POST', '/ping', { key: 'writer' })).status).toBe(200);
		await control('reset');
		expect(sandbox.contacts()).toEqual([]);
	});

	it.each<[string, object, number]>([
		['confirm', { email: 'nobody@example.com' }, 400],
		['confirm', {}, 400],
		['changeField', { email: 'ada+1@example.com', field: 'VIP', value: 'maybe' }, 400],
		['variants', { none: 1 }, 400],
		['none', {}, 404],
	])('refuses %s with %j', async (action, body, status) => {
		expect(await control(action, body)).toMatchObject({
			status,
			answer: { error: expect.any(String) },
		});
	});
});
