import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Client } from '../../support/sandboxClient';
import {
	basic,
	clientOf,
	contactXml,
	JSON_BODY,
	PLAIN_JSON,
	XML,
} from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe('keys', () => {
	it.each(['GET', 'POST', 'PUT', 'DELETE'])('answers %s /ping', async (method) => {
		expect((await call(method, '/ping')).status).toBe(200);
	});

	it.each([
		['nothing', ''],
		['the bare key', 'Basic sandbox-api-key'],
		['user name and password', basic('sandbox-api-key:secret')],
		['two colons behind the key', basic('sandbox-api-key::')],
		['another scheme', basic('sandbox-api-key').replace('Basic', 'Bearer')],
		['a colon behind Basic', basic('sandbox-api-key').replace('Basic', 'Basic:')],
		['two spaces', basic('sandbox-api-key').replace(' ', '  ')],
		['another key', basic('other')],
	])('answers 401 to %s', async (_what, authorization) => {
		const reply = await call('GET', '/ping', { headers: { authorization } });
		expect(reply.status).toBe(401);
		expect(reply.text).toMatch(/^<\?xml[^>]*>\n<error>\n<message>.+<\/message>\n<\/error>$/);
	});

	it('reads the key as UTF-8 and keeps it with the request', async () => {
		sandbox.addKey('Schlüssel-€-4711', ['GET']);
		expect((await call('GET', '/ping', { key: 'Schlüssel-€-4711' })).status).toBe(200);
		expect(sandbox.requests.at(-1)?.key).toBe('Schlüssel-€-4711');
	});

	it('answers 403 to a method that the key has no right for', async () => {
		sandbox.addKey('reader', ['GET']);
		expect((await call('GET', '/ping', { key: 'reader' })).status).toBe(200);
		const reply = await call('POST', '/ping', { key: 'reader' });
		expect(reply.status).toBe(403);
		expect(reply.message).toContain('POST');
	});
});

describe('resources and methods', () => {
	it('answers 404 to an unknown path', async () => {
		expect((await call('GET', '/nothing')).status).toBe(404);
		expect((await call('GET', '/contacts/fields/custom//')).status).toBe(404);
		expect((await call('DELETE', '/contacts/email/')).status).toBe(404);
		expect((await call('POST', '/contacts/externalid/', { body: '<contact/>' })).status).toBe(404);
	});

	it('answers 405 to a known path with another method, and names the allowed ones', async () => {
		const reply = await call('POST', '/contacts/contact');
		expect(reply.status).toBe(405);
		expect(reply.headers.get('allow')).toBe('PUT, GET, DELETE');
	});
});

describe('queries', () => {
	it.each([
		['an unknown name', '/contacts?colour=blue', 'unknown query parameter colour'],
		['brackets', '/contacts?standard_field[]=FIRSTNAME', 'repeated, not bracketed'],
		['encoded brackets', '/contacts?standard_field%5B%5D=FIRSTNAME', 'repeated, not bracketed'],
		['a repeated parameter', '/contacts?page_size=1&page_size=2', 'must not be repeated'],
		['a page above 1000', '/contacts?page_size=200000', 'must not exceed 1000 but was 200000'],
		['a page size of 0', '/contacts?page_size=0', 'at least 1'],
		['a page index of 0', '/contacts?page_index=0', 'at least 1'],
		['a number that is none', '/contacts?page_size=ten', 'whole number'],
		['a bare date', '/contacts?updated_after=2026-01-01', 'yyyy-MM-dd HH:mm:ss'],
		['1 as boolean', '/contacts/contact?id=1&ignore_checksum=1', 'true or false'],
		['True as boolean', '/contacts/contact?id=1&ignore_checksum=True', 'true or false'],
		['an empty boolean', '/contacts/contact?id=1&ignore_checksum=', 'true or false'],
		['an empty number', '/contacts?page_size=', 'whole number'],
		['an empty field name', '/contacts?standard_field=', 'must not be empty'],
		['a missing ID', '/contacts/contact?ignore_checksum=true', 'id is missing'],
		['a part without value', '/contacts?page_size', 'name=value'],
		['broken UTF-8', '/contacts?updated_after=%FF', 'percent-encoded UTF-8'],
		['broken UTF-8 in the path', '/contacts/externalid/%FF', 'percent-encoded UTF-8'],
		['a standard field that is none', '/contacts?standard_field=firstname', 'no standard field'],
		['a custom field that is none', '/contacts?custom_field=color', 'no such custom field'],
	])('refuses %s', async (_what, path, message) => {
		const reply = await call('GET', path);
		expect(reply.status).toBe(400);
		expect(reply.message).toContain(message);
	});

	it('takes multivalued parameters repeated', async () => {
		const reply = await call(
			'GET',
			'/contacts?standard_field=FIRSTNAME&standard_field=LASTNAME&custom_field=Gr%C3%B6%C3%9Fe+Schuh',
		);
		expect(reply.status).toBe(200);
	});
});

describe('headers and bodies', () => {
	const create = '/contacts/email/ada%40example.com';

	it.each([
		['JSON', PLAIN_JSON],
		['any text', 'text/*'],
	])('refuses %s', async (_what, accept) => {
		const reply = await call('GET', '/contacts', { accept });
		expect(reply.status).toBe(406);
	});

	it.each([
		['plain JSON', PLAIN_JSON],
		['text/xml', 'text/xml'],
		['another charset', `${XML}; charset=iso-8859-1`],
	])('refuses a body of type %s', async (_what, type) => {
		expect((await call('POST', create, { body: '<contact/>', type })).status).toBe(415);
	});

	it('takes the documented types, with charset or without', async () => {
		const bodies: Array<[string, string]> = [
			['<contact/>', XML],
			['<?xml version="1.0" encoding="UTF-8"?>\n<contact></contact>', `${XML}; charset=utf-8`],
			['{}', JSON_BODY],
			['{}', `${JSON_BODY}; charset=UTF-8`],
		];
		for (const [body, type] of bodies) {
			expect((await call('POST', create, { body, type })).status).toBe(201);
		}
	});

	it('refuses a body where none belongs', async () => {
		const reply = await call('DELETE', '/contacts/contact?id=1', { body: '<contact/>' });
		expect(reply.status).toBe(400);
		expect(reply.message).toContain('no body');
	});

	it.each([
		['open elements', '<contact>'],
		['two roots', '<contact/><contact/>'],
		['nothing', ' '],
		['an undeclared entity', '<contact><email>&auml;</email></contact>'],
		['a document type', '<!DOCTYPE contact [<!ENTITY a "b">]><contact/>'],
		['a control character', '<contact><external_id>\u0001</external_id></contact>'],
		['an unknown element', '<contact><phone>1</phone></contact>'],
		['text between elements', '<contact>text<external_id>1</external_id></contact>'],
		[
			'an element twice',
			'<contact><external_id>1</external_id><external_id>2</external_id></contact>',
		],
		['an xsi:nil attribute', '<contact><external_id xsi:nil="true"/></contact>'],
		['a nil element with text', '<contact><external_id nil="true">1</external_id></contact>'],
		[
			'a field without value',
			'<contact><standard_fields><field><name>CITY</name></field></standard_fields></contact>',
		],
		[
			'a field twice',
			contactXml({}, { CITY: 'a' }).replace(
				'</field>',
				'</field><field><name>CITY</name><value/></field>',
			),
		],
		['a list', '<contacts><contact/></contacts>'],
	])('refuses XML with %s', async (_what, body) => {
		const reply = await call('POST', create, { body });
		expect(reply.status).toBe(400);
		expect(reply.message).not.toBe('');
		expect(sandbox.contacts()).toHaveLength(0);
	});

	it('refuses bodies that are not UTF-8', async () => {
		const body = Buffer.from('<contact><external_id>M\u00fcller</external_id></contact>', 'latin1');
		expect((await call('POST', create, { body })).message).toContain('UTF-8');
	});

	it('refuses bodies compressed in another way than gzip, and gzip that is none', async () => {
		const send = async (encoding: string) =>
			await call('POST', create, {
				body: '<contact/>',
				headers: { 'content-encoding': encoding },
			});
		expect((await send('br')).status).toBe(415);
		expect((await send('gzip')).status).toBe(400);
	});
});

describe('recording', () => {
	it('keeps method, raw path, decoded query, headers, body and status', async () => {
		const body = contactXml({ external_id: 'K-1' });
		await call('POST', '/contacts/email/a%2Bb%40example.com?src=a%20b&sync_mode=1', { body });
		expect(sandbox.requests).toHaveLength(1);
		expect(sandbox.requests[0]).toMatchObject({
			method: 'POST',
			path: '/contacts/email/a%2Bb%40example.com',
			rawUrl: '/1.0/contacts/email/a%2Bb%40example.com?src=a%20b&sync_mode=1',
			query: [
				['src', 'a b'],
				['sync_mode', '1'],
			],
			body,
			bodyBytes: body.length,
			status: 201,
			key: sandbox.apiKey,
		});
		expect(sandbox.requests[0]?.headers['content-type']).toBe(XML);
	});

	it('forgets old and large bodies, never the requests', async () => {
		const small = await startSandbox({ recording: { bodies: 2, bodyBytes: 20 } });
		const send = clientOf(small);
		const bodies = [
			'<contact></contact>',
			'<contact/>',
			'<contact />',
			`<contact>${' '.repeat(20)}</contact>`,
		];
		for (const body of bodies) await send('POST', '/contacts/email/a%40example.com', { body });
		expect(small.requests.map(({ body }) => body)).toEqual(['', '<contact/>', '<contact />', '']);
		expect(small.requests.map(({ bodyBytes }) => bodyBytes)).toEqual([19, 10, 11, 39]);
		await small.close();
	});
});

describe('faults', () => {
	const create = '/contacts/email/ada%40example.com';
	const send = async () => await call('POST', create, { body: '<contact/>' });

	it('hits as many fitting requests as it says, then no more', async () => {
		sandbox.fail({ method: 'GET', path: '/contacts/count', status: 503, times: 2 });
		expect((await call('GET', '/ping')).status).toBe(200);
		const statuses = [];
		for (let i = 0; i < 3; i++) statuses.push((await call('GET', '/contacts/count')).status);
		expect(statuses).toEqual([503, 503, 200]);
	});

	it('fits paths by pattern', async () => {
		sandbox.fail({ path: /^\/contacts\/email\//, status: 500 });
		expect((await call('GET', '/contacts/count')).status).toBe(200);
		expect((await send()).status).toBe(500);
	});

	it('does not act when a status is given, unless told to', async () => {
		sandbox.fail({ status: 504 });
		expect((await send()).status).toBe(504);
		expect(sandbox.contacts()).toHaveLength(0);
		sandbox.fail({ status: 504, act: true });
		expect((await send()).status).toBe(504);
		expect(sandbox.contacts()).toHaveLength(1);
	});

	it('answers with own headers and body', async () => {
		sandbox.fail({
			status: 429,
			headers: { 'Retry-After': '7', 'Content-Type': 'text/html' },
			body: '<html>slow</html>',
		});
		const reply = await send();
		expect(reply.status).toBe(429);
		expect(reply.headers.get('retry-after')).toBe('7');
		expect(reply.headers.get('content-type')).toBe('text/html');
		expect(reply.text).toBe('<html>slow</html>');
	});

	it('answers statuses without a body', async () => {
		sandbox.fail({ status: 204, act: true });
		const reply = await send();
		expect([reply.status, reply.text]).toEqual([204, '']);
	});

	it('breaks the connection before it acts', async () => {
		sandbox.fail({ breakConnection: 'before' });
		await expect(send()).rejects.toThrow();
		expect(sandbox.contacts()).toHaveLength(0);
		expect(sandbox.requests).toMatchObject([{ path: create, status: 0 }]);
	});

	it('breaks the connection after it acted', async () => {
		sandbox.fail({ breakConnection: 'after' });
		await expect(send()).rejects.toThrow();
		expect(sandbox.contacts()).toHaveLength(1);
	});

	it('cuts an answer and closes properly', async () => {
		sandbox.fail({ truncate: true });
		const reply = await send();
		expect(reply.status).toBe(201);
		expect(reply.text).not.toContain('</id>');
		expect(sandbox.contacts()).toHaveLength(1);
	});

	it('never ends an answer', async () => {
		sandbox.fail({ never: true });
		const stop = new AbortController();
		const response = await fetch(`${sandbox.baseUrl}${create}`, {
			method: 'POST',
			body: '<contact/>',
			headers: { authorization: basic(sandbox.apiKey), accept: XML, 'content-type': XML },
			signal: stop.signal,
		});
		expect(response.status).toBe(201);
		stop.abort();
		await expect(response.text()).rejects.toThrow();
	});

	it('leaves a client that does not wait', async () => {
		sandbox.fail({ delayMs: 3_600_000 });
		const stop = new AbortController();
		const reply = fetch(`${sandbox.baseUrl}/contacts/count`, {
			headers: { authorization: basic(sandbox.apiKey), accept: XML },
			signal: stop.signal,
		});
		const outcome = expect(reply).rejects.toThrow();
		while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
		stop.abort();
		await outcome;
	});

	it('gives full control', async () => {
		sandbox.fail({
			respond: (_request, response) => {
				response.writeHead(418);
				response.end('teapot');
			},
		});
		expect(await send()).toMatchObject({ status: 418, text: 'teapot' });
		expect(sandbox.requests.at(-1)?.status).toBe(418);
		expect(sandbox.contacts()).toHaveLength(0);
	});
});

describe('starting', () => {
	it('refuses a port in use', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const { port } = other.address() as AddressInfo;
		await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
		await new Promise((resolve) => other.close(resolve));
	});

	it('takes key and variants, and goes back to them', async () => {
		const own = await startSandbox({ apiKey: 'own key', variants: { deleteStatus: 204 } });
		own.variants.deleteStatus = 200;
		own.reset();
		expect(own.variants.deleteStatus).toBe(204);
		expect((await clientOf(own)('GET', '/ping')).status).toBe(200);
		await own.close();
	});
});
