import { request } from 'node:http';
import { gzipSync } from 'node:zlib';

import type { Leniency, Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { NOON } from '../../support/reportsAccount';
import { basic, PLAIN_JSON, XML } from '../../support/sandboxClient';

/**
 * Requests in the exact form in which clients in use send them: the vendor's PHP client unless a
 * test says otherwise. They work against Maileon, so they have to work here.
 */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

interface Reply {
	status?: number;
	type?: string;
	text: string;
}

/** Sends these headers and no others, apart from those that HTTP itself needs. */
async function raw(
	method: string,
	path: string,
	headers: Record<string, string>,
	body?: string | Buffer,
): Promise<Reply> {
	return await new Promise((resolve, reject) => {
		const call = request(`${sandbox.baseUrl}${path}`, {
			method,
			agent: false,
			headers: {
				...headers,
				...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
			},
		});
		call.on('error', reject);
		call.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({
					status: response.statusCode,
					type: response.headers['content-type'],
					text: Buffer.concat(chunks).toString('utf8'),
				}),
			);
		});
		call.end(body);
	});
}

/** A request of the PHP client: both media types without a character set, with a body or without. */
async function php(method: string, path: string, body?: string, type = XML): Promise<Reply> {
	const headers = { 'Content-type': type, Accept: type, Authorization: basic(sandbox.apiKey) };
	const content = body ?? (method === 'PUT' || method === 'POST' ? '' : undefined);
	return await raw(method, path, headers, content);
}

const phpJson = async (method: string, path: string, value?: unknown): Promise<Reply> =>
	await php(method, path, value === undefined ? undefined : JSON.stringify(value), PLAIN_JSON);

/** A document of the PHP client: a declaration without encoding, and lists even when empty. */
const document = (root: string): string => `<?xml version="1.0"?>\n${root}\n`;

const contact = (identity: string, standard = '', custom = '', preferences = ''): string => {
	const list = (name: string, content: string) =>
		content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
	return `<contact>${identity}${list('standard_fields', standard)}${list('custom_fields', custom)}${list('preferences', preferences)}</contact>`;
};

const field = (name: string, value: string): string =>
	`<field><name>${name}</name><value><![CDATA[${value}]]></value></field>`;

const preference = (value: string): string =>
	`<preference><name>Weekly</name><category>Newsletter</category><value><![CDATA[${value}]]></value><source/></preference>`;

/** What the latest request needed beyond the documentation. */
const needed = (): Leniency[] | undefined => sandbox.requests.at(-1)?.leniencies;

const stored = (email: string) => sandbox.contacts().find((each) => each.email === email);

const NO_DOI = 'src=&subscription_page=&doi=false&doiplus=false';

async function createAda(): Promise<number> {
	const body = contact('<email>ada@example.com</email><external_id>K-1</external_id>');
	await php('POST', `/contacts/email/ada%40example.com?sync_mode=1&${NO_DOI}`, document(body));
	return stored('ada@example.com')?.id ?? 0;
}

describe('the media type of answers', () => {
	it.each([
		['XML', 'GET', '/contacts/count', XML, 200, XML],
		['JSON', 'GET', '/webhooks/', PLAIN_JSON, 200, PLAIN_JSON],
		['XML of a JSON endpoint', 'GET', '/webhooks/1', PLAIN_JSON, 404, XML],
	])('has no character set: %s', async (_what, method, path, accept, status, type) => {
		expect(await php(method, path, undefined, accept)).toMatchObject({ status, type });
	});

	it('can have one', async () => {
		sandbox.variants.answerCharset = true;
		expect((await php('GET', '/contacts/count')).type).toBe(`${XML};charset=utf-8`);
	});
});

describe('ping', () => {
	it.each([
		['GET', undefined],
		['PUT', ''],
		['POST', 'foobar'],
		['DELETE', undefined],
	])('%s', async (method, body) => {
		expect(await php(method, '/ping', body)).toMatchObject({ status: 200, text: '' });
		expect(needed()).toEqual([]);
	});
});

describe('create', () => {
	it('by email, with identifiers in the body and empty query values', async () => {
		const identity = '<email>ada+1@example.com</email><external_id>K-1</external_id>';
		const body = contact(identity, field('FIRSTNAME', 'Ädä & <Co>'), field('COLOR', 'BLUE'));
		const path = '/contacts/email/ada%2B1%40example.com';
		const reply = await php('POST', `${path}?sync_mode=1&${NO_DOI}&permission=2`, document(body));
		expect(reply).toMatchObject({ status: 201, text: expect.stringMatching(/<id>\d+<\/id>$/) });
		expect(stored('ada+1@example.com')).toMatchObject({
			externalId: 'K-1',
			permission: 2,
			standardFields: { FIRSTNAME: 'Ädä & <Co>' },
			customFields: { COLOR: 'BLUE' },
			source: null,
			subscriptionPage: null,
		});
		expect(needed()).toEqual([
			'empty query value',
			'identifier of the path in the body',
			'DOI setting without DOI',
		]);
	});

	it('by external ID, with an empty DOI key', async () => {
		const identity = '<email>gus@example.com</email><external_id>K/7 &#xFC;</external_id>';
		const query = `permission=3&sync_mode=1&${NO_DOI}&doimailing=`;
		const reply = await php(
			'POST',
			`/contacts/externalid/K%2F7%20%C3%BC?${query}`,
			document(contact(identity)),
		);
		expect(reply.status).toBe(201);
		expect(stored('gus@example.com')).toMatchObject({ externalId: 'K/7 ü', permission: 3 });
		expect(sandbox.mails).toEqual([]);
		expect(needed()).toContain('identifier of the path in the body');
	});

	it('with source, page and DOI', async () => {
		const query =
			'sync_mode=1&src=a+b%26c&subscription_page=p+%C3%BC&doi=true&doiplus=true&permission=1';
		const body = document(contact('<email>dora@example.com</email>'));
		expect((await php('POST', `/contacts/email/dora%40example.com?${query}`, body)).status).toBe(
			201,
		);
		expect(stored('dora@example.com')).toMatchObject({ source: 'a b&c', subscriptionPage: 'p ü' });
		expect(sandbox.mails).toMatchObject([{ kind: 'doi+', email: 'dora@example.com' }]);
		expect(needed()).toEqual(['identifier of the path in the body']);
	});

	it.each(['doiplus=true', 'doiplus=false&doimailing=doi-key-2', 'doimailing=unknown'])(
		'sends no mail for %s without doi=true',
		async (settings) => {
			const path = `/contacts/email/dan%40example.com?sync_mode=1&doi=false&${settings}`;
			expect((await php('POST', path, document('<contact/>'))).status).toBe(201);
			expect(stored('dan@example.com')).toMatchObject({ permission: 1, pendingDoi: null });
			expect(sandbox.mails).toEqual([]);
			expect(needed()).toEqual(['DOI setting without DOI']);
		},
	);

	it.each([
		['1', true],
		['0', false],
	])('with the boolean %s', async (text, value) => {
		const body = contact('', '', field('VIP', text), preference(text));
		const path = '/contacts/email/eve%40example.com?sync_mode=1';
		expect((await php('POST', path, document(body))).status).toBe(201);
		expect(stored('eve@example.com')).toMatchObject({
			customFields: { VIP: String(value) },
			preferences: [{ name: 'Weekly', value, source: null }],
		});
		expect(needed()).toEqual(['boolean as 0 or 1']);
	});

	it('refuses other words for booleans', async () => {
		for (const text of ['yes', 'TRUE', '2', '']) {
			const body = document(contact('', '', '', preference(text)));
			expect((await php('POST', '/contacts/email/eve%40example.com', body)).status).toBe(400);
		}
	});
});

describe('read', () => {
	it('by Maileon ID, with an empty checksum that is ignored', async () => {
		const id = await createAda();
		const path = `/contacts/contact?id=${id}&checksum=&standard_field=FIRSTNAME&ignore_checksum=true&custom_field=COLOR`;
		expect(await php('GET', path)).toMatchObject({
			status: 200,
			text: expect.stringContaining(`<id>${id}</id>`),
		});
		expect(needed()).toEqual(['empty query value']);
	});

	it('not by an empty checksum that counts', async () => {
		const id = await createAda();
		const reply = await php('GET', `/contacts/contact?id=${id}&checksum=&ignore_checksum=false`);
		expect(reply).toMatchObject({ status: 400, text: expect.stringContaining('checksum') });
	});

	it('by email, with a question mark and nothing behind it', async () => {
		await createAda();
		expect((await php('GET', '/contacts/email/ada%40example.com?')).status).toBe(200);
		expect(needed()).toEqual([]);
	});

	it.each([
		'/contacts?page_index=1&page_size=100&standard_field=FIRSTNAME&updated_after=2020-01-01+00%3A00%3A00&custom_field=Gr%C3%B6%C3%9Fe+Schuh&preference_categories=Newsletter',
		'/contacts/filter/1?page_index=1&page_size=100&standard_field=FIRSTNAME&custom_field=COLOR&preference_categories=Newsletter',
		'/contacts/blocked?standard_field=FIRSTNAME&page_index=1&page_size=1000&custom_field=COLOR',
		'/contactfilters?page_index=1&page_size=100',
		'/mailings/filter/types?page_index=1&page_size=10&order=DESC&trash=false&types=doi&fields=name&fields=state',
		'/transactions/types?page_index=1&page_size=10',
	])('the list %s', async (path) => {
		expect((await php('GET', path)).status).toBe(200);
		expect(needed()).toEqual([]);
	});

	it('no mailings in the trash', async () => {
		const path = '/mailings/filter/types?types=doi&trash=true';
		expect(await php('GET', path)).toMatchObject({
			status: 200,
			text: expect.stringContaining('<mailings/>'),
		});
	});

	it('the key of a DOI mailing, as text', async () => {
		const reply = await php('GET', '/mailings/12/settings/doi_key', undefined, 'text/html');
		expect(reply).toMatchObject({ type: XML, text: expect.stringContaining('doi-key-2') });
	});
});

describe('update', () => {
	it('by Maileon ID, with an empty checksum that is ignored', async () => {
		const id = await createAda();
		const identity = '<email>ada@example.com</email><external_id>K-1</external_id>';
		const query = `id=${id}&checksum=&triggerdoi=false&ignore_checksum=true&permission=3&src=s&page_key=p`;
		const body = document(contact(identity, field('CITY', 'Rom')));
		expect((await php('PUT', `/contacts/contact?${query}`, body)).status).toBe(200);
		expect(stored('ada@example.com')).toMatchObject({
			permission: 3,
			standardFields: { CITY: 'Rom' },
		});
		expect(needed()).toEqual(['empty query value']);
	});

	it('by Maileon ID, with a DOI key that has no effect', async () => {
		const id = await createAda();
		const query = `id=${id}&checksum=&triggerdoi=false&ignore_checksum=true&permission=4&doimailing=doi-key-2`;
		expect((await php('PUT', `/contacts/contact?${query}`, document(contact('')))).status).toBe(
			200,
		);
		expect(stored('ada@example.com')?.permission).toBe(4);
		expect(sandbox.mails).toEqual([]);
		expect(needed()).toContain('DOI setting without DOI');
	});

	it.each([
		['/contacts/email/ada%40example.com?permission=2', '<email>ada@example.com</email>'],
		['/contacts/externalid/K-1?permission=2', '<external_id>K-1</external_id>'],
	])('%s, with the identifier of the path in the body', async (path, identity) => {
		await createAda();
		const body = document(contact(identity, field('CITY', 'Bonn')));
		expect((await php('PUT', path, body)).status).toBe(201);
		expect(stored('ada@example.com')).toMatchObject({
			externalId: 'K-1',
			permission: 2,
			standardFields: { CITY: 'Bonn' },
		});
		expect(needed()).toEqual(['identifier of the path in the body']);
	});

	it('by email, to another email: that is what the body is for', async () => {
		await createAda();
		const body = document(contact('<email>new@example.com</email>'));
		expect((await php('PUT', '/contacts/email/ada%40example.com', body)).status).toBe(201);
		expect(stored('new@example.com')?.externalId).toBe('K-1');
		expect(needed()).toEqual([]);
	});
});

describe('synchronize', () => {
	const flags = (key = 'false') =>
		`use_external_id=false&ignore_invalid_contacts=false&reimport_unsubscribed_contacts=true&override_permission=true&update_only=false&prefer_maileon_id=${key}`;

	it('with all flags, empty values and empty lists', async () => {
		const contacts = [
			contact('<email>ida@example.com</email><external_id>K-9</external_id>', field('CITY', '')),
			contact('<email>jon@example.com</email>', '', field('VIP', '1')),
		];
		const body = document(`<contacts>${contacts.join('')}</contacts>`);
		const reply = await php('POST', `/contacts?permission=1&sync_mode=2&${flags()}`, body);
		expect(reply.text).toContain('<count_new_contacts>2</count_new_contacts>');
		expect(stored('jon@example.com')?.customFields).toEqual({ VIP: 'true' });
		expect(needed()).toEqual([]);
	});

	it('ignores an ID that is not the key, and finds the contact by its email', async () => {
		const id = await createAda();
		const one = contact(`<id>${id + 1}</id><email>ada@example.com</email>`, field('CITY', 'Ulm'));
		const body = document(`<contacts>${one}</contacts>`);
		const reply = await php('POST', `/contacts?permission=1&sync_mode=1&${flags()}`, body);
		expect(reply.text).toContain('<count_existing_contacts>1</count_existing_contacts>');
		expect(stored('ada@example.com')?.standardFields).toEqual({ CITY: 'Ulm' });
		expect(needed()).toEqual(['ID that is not the key']);
	});

	it('takes the ID as the key when asked to', async () => {
		const id = await createAda();
		const one = contact(`<id>${id}</id>`, field('CITY', 'Ulm'));
		const body = document(`<contacts>${one}</contacts>`);
		await php('POST', `/contacts?permission=1&sync_mode=1&${flags('true')}`, body);
		expect(stored('ada@example.com')?.standardFields).toEqual({ CITY: 'Ulm' });
		expect(needed()).toEqual([]);
	});
});

describe('unsubscribe and delete', () => {
	it('by email, with reasons, mailing and accounts', async () => {
		await createAda();
		const query = 'mailingId=21&reason=other%7Cmoved+away+%C3%BC&reason=no_demand&nlaccountid=88';
		const path = `/contacts/email/ada%40example.com/unsubscribe?${query}`;
		expect((await php('DELETE', path)).status).toBe(204);
		expect(sandbox.contacts()).toMatchObject([
			{ anonymous: true, unsubscriptionReasons: ['other|moved away ü', 'no_demand'] },
		]);
		expect(needed()).toEqual([]);
	});

	it('adds a reason afterwards, without a body', async () => {
		const id = await createAda();
		await php('DELETE', `/contacts/contact/unsubscribe?id=${id}`);
		const query = `id=${id}&ignore_checksum=true&reason=other%7Clate`;
		expect((await php('PUT', `/contacts/contact/unsubscribe/reasons?${query}`)).status).toBe(200);
		expect(needed()).toEqual([]);
	});

	it('all contacts', async () => {
		await createAda();
		expect((await php('DELETE', '/contacts?authorized=')).status).toBe(400);
		expect((await php('DELETE', '/contacts?authorized=no')).status).toBe(400);
		expect(sandbox.contacts()).toHaveLength(1);
		expect((await php('DELETE', '/contacts?authorized=yes')).status).toBe(200);
		expect(sandbox.contacts()).toEqual([]);
	});
});

describe('fields and preferences', () => {
	const categories = '/contacts/preference_categories';

	it('creates and renames a field, without a body', async () => {
		const create = '/contacts/fields/custom/PhpField?type=string';
		expect((await php('POST', create)).status).toBe(201);
		const rename = '/contacts/fields/custom/PhpField/Php%20Field%20%C3%9C';
		expect((await php('PUT', rename)).status).toBe(200);
		expect(sandbox.account.customFields.get('Php Field Ü')).toBe('string');
		expect(needed()).toEqual([]);
	});

	it('does not create a field of an empty type', async () => {
		const reply = await php('POST', '/contacts/fields/custom/PhpField?type=');
		expect(reply).toMatchObject({ status: 400, text: expect.stringContaining('type') });
	});

	it('creates a category, with a trailing slash', async () => {
		const body = document('<preference_category><name>Sport</name></preference_category>');
		expect((await php('POST', `${categories}/`, body)).status).toBe(201);
		expect(sandbox.account.preferenceCategories.has('Sport')).toBe(true);
		expect(needed()).toEqual(['trailing slash']);
	});

	it('ignores in a definition what belongs to contacts', async () => {
		const definition = document(
			'<preference><name>Daily</name><category>Email</category><value>true</value></preference>',
		);
		const list = `${categories}/Newsletter/preferences`;
		expect((await php('POST', list, definition)).status).toBe(201);
		expect((await php('PUT', `${list}/Daily`, definition)).status).toBe(200);
		expect(needed()).toEqual(['contact parts in a preference definition']);
		expect((await php('GET', `${list}/Daily`)).text).toContain(
			'<preference><name>Daily</name><description nil="true"/></preference>',
		);
		const inCategory = document(
			'<preference_category><name>Newsletter</name><value>true</value></preference_category>',
		);
		expect((await php('PUT', `${categories}/Newsletter`, inCategory)).status).toBe(400);
	});
});

describe('transaction types', () => {
	it('creates a type, reads it, and sends it back with its ID', async () => {
		const attributes =
			'<attributes><attribute><name>transaction_id</name><type>string</type></attribute><attribute><name>amount</name><description>Words</description><type>double</type><required>true</required></attribute></attributes>';
		const type = (identity: string) =>
			document(
				`<transaction_type>${identity}<name>php_type</name><archivingDuration>7</archivingDuration><storeOnly>false</storeOnly>${attributes}</transaction_type>`,
			);
		const created = await php('POST', '/transactions/types', type(''));
		const id = /<id>(\d+)<\/id>/.exec(created.text)?.[1] ?? '';
		const path = `/transactions/types/${id}`;
		expect((await php('PUT', path, type(`<id>${id}</id>`))).status).toBe(200);
		expect(needed()).toEqual(['identifier of the path in the body']);
		expect((await php('PUT', path, type('<id>42</id>'))).status).toBe(400);
		expect((await php('POST', '/transactions/types', type('<id>9</id>'))).status).toBe(400);
	});
});

describe('transactions', () => {
	const path = '/transactions?ignore_invalid_transactions=false&generate_transaction_id=false';
	const content = { 'order.id': 'A-1' };
	const send = async (reference: object): Promise<Reply> =>
		await phpJson('POST', path, [{ typeName: 'shop_order', ...reference, content }]);

	it('imports a contact whose other identifiers are null', async () => {
		const identifiers = { id: null, external_id: null, email: 'new@example.com' };
		const reply = await send({ import: { contact: { ...identifiers, permission: 2 } } });
		expect(JSON.parse(reply.text)).toMatchObject({
			reports: [{ queued: true, contact: { email: 'new@example.com', created: true } }],
		});
		expect(stored('new@example.com')).toMatchObject({ permission: 2, externalId: null });
		expect(needed()).toEqual(['null identifier']);
	});

	it.each([1, null])('ignores the permission %s of a contact that exists', async (permission) => {
		await php('POST', '/contacts/email/ada%40example.com?permission=4', document('<contact/>'));
		const identifiers = { id: null, external_id: null, email: 'ada@example.com' };
		const reply = await send({ contact: { ...identifiers, permission } });
		expect(JSON.parse(reply.text)).toMatchObject({ reports: [{ queued: true }] });
		expect(stored('ada@example.com')?.permission).toBe(4);
		expect(needed()).toEqual(['permission without import', 'null identifier']);
	});

	it('finds the contact by the identifier that is not null', async () => {
		const id = await createAda();
		const reply = await send({ contact: { id, external_id: null, email: null } });
		expect(JSON.parse(reply.text)).toMatchObject({ reports: [{ contact: { id } }] });
		const wanting = { id: null, external_id: 'K-1', email: null, permission: 1 };
		expect((await send({ contact: wanting })).status).toBe(200);
		expect(sandbox.account.transactions.map(({ contactId }) => contactId)).toEqual([id, id]);
	});

	it('leaves out an empty content and takes attachments', async () => {
		await createAda();
		const reference = { contact: { email: 'ada@example.com' } };
		const attachments = [{ filename: 'a.txt', mimetype: 'text/plain', data: 'aMOkbGxv' }];
		const body = [
			{ type: 43, ...reference },
			{ typeName: 'support_ticket', ...reference, attachments },
		];
		const reply = await phpJson('POST', path, body);
		expect(JSON.parse(reply.text)).toMatchObject({ reports: [{ queued: true }, { queued: true }] });
		expect(needed()).toEqual([]);
	});

	it.each([
		['GET', '/transactions?type_id=42&count=10&min_excluded_transaction_id=0', PLAIN_JSON],
		['DELETE', '/transactions?type_id=42&before_timestamp=9223372036854775807', XML],
	])('%s %s', async (method, target, type) => {
		expect((await php(method, target, undefined, type)).status).toBe(200);
		expect(needed()).toEqual([]);
	});
});

describe('webhooks', () => {
	const webhook = {
		url: 'http://127.0.0.1:9/x?a=b',
		event: 'doi',
		urlParams: [
			{ name: 'token', custom_value: 's3cr3t' },
			{ name: 'mail', standard_contact_field: 'email', custom_contact_field: null },
		],
		customFields: ['COLOR'],
		standardFields: ['email', 'external_id'],
		eventFields: ['timestamp', 'msg_id'],
	};

	it('creates and lists them, with a trailing slash', async () => {
		const created = await phpJson('POST', '/webhooks/', webhook);
		expect(created).toMatchObject({ status: 201, type: XML });
		expect(needed()).toEqual(['trailing slash']);
		const list = await phpJson('GET', '/webhooks/');
		expect(JSON.parse(list.text)).toMatchObject([
			{ event: 'doi', standardFields: ['email', 'external_id'] },
		]);
		expect(needed()).toEqual(['trailing slash']);
	});

	it('takes one back that was read, with its IDs', async () => {
		const created = await phpJson('POST', '/webhooks/', webhook);
		const id = Number(/<id>(\d+)<\/id>/.exec(created.text)?.[1]);
		const changed = { id, newsletterAccountId: 88, ...webhook, url: 'http://127.0.0.1:9/y' };
		expect((await phpJson('PUT', `/webhooks/${id}`, changed)).status).toBe(200);
		expect(needed()).toEqual(['read-only parts of a webhook']);
		expect(sandbox.account.webhooks.get(id)).toMatchObject({ id, url: 'http://127.0.0.1:9/y' });
		expect((await phpJson('PUT', `/webhooks/${id}`, { ...changed, id: id + 1 })).status).toBe(400);
		expect((await phpJson('PUT', `/webhooks/${id}`, { ...webhook, name: 'x' })).status).toBe(400);
	});
});

describe('mailings', () => {
	const draft = '/mailings/22';
	beforeEach(() => void sandbox.setClock({ at: NOON }));

	const cdata = (name: string, text: string) => `<${name}><![CDATA[${text}]]></${name}>`;

	it('creates one without an editor, and copies it', async () => {
		const created = await php('POST', '/mailings?name=Php+news&subject=Hello+%C3%BC&type=regular');
		expect(created).toMatchObject({ status: 201, type: XML });
		const id = /<id>(\d+)<\/id>/.exec(created.text)?.[1];
		expect((await php('POST', `/mailings/${id}/copy`)).status).toBe(201);
		expect((await php('GET', '/mailings/name/Php%20news')).text).toContain(`<id>${id}</id>`);
		expect((await php('DELETE', `/mailings/${id}`)).status).toBe(200);
		expect(needed()).toEqual([]);
	});

	it.each([
		['name', cdata('name', 'Php name')],
		['contents/subject', cdata('subject', 'A & B')],
		['contents/previewtext', cdata('previewtext', '')],
		['contents/sender', cdata('sender', 'info@news.example.com')],
		['contents/senderalias', cdata('senderalias', 'Info')],
		['contents/recipientalias', cdata('recipientalias', '')],
		['settings/tags', cdata('tags', 'a#b')],
		['settings/locale', '<locale>de_DE</locale>'],
		['settings/post_sendout_cleanup', '<cleanup>false</cleanup>'],
		['targetgroupid', '<targetgroupid>1</targetgroupid>'],
		['settings/replyto?auto=false&customEmail=me@example.com', undefined],
		['contents/smartmailing/rss', undefined],
		['contents/synctextversion', undefined],
		['mailingblacklists/1', undefined],
		['sendtestemail?email=ada@example.com', undefined],
		['checks/testsendout?test_targetgroup_id=3', undefined],
		[
			'schedule?date=2026-03-05&hours=9&minutes=5&dispatchOption=hour&dispatchEndInHours=5',
			undefined,
		],
		[
			'settings/properties',
			document('<properties><property><key>k</key><value>v</value></property></properties>'),
		],
	])('posts %s', async (part, body) => {
		sandbox.variants.scheduleUpdateMissing = 'created';
		expect(await php('POST', `${draft}/${part}`, body)).toMatchObject({ status: 200, text: '' });
		expect(needed()).toEqual([]);
	});

	it.each([
		['template', '<templateId><![CDATA[default folder/Invitation]]></templateId>'],
		['contents/reset', undefined],
		['settings/disableQosChecks', undefined],
		['attachments?src_mailing_id=21', undefined],
		['schedule?date=2026-03-05&hours=09&minutes=05', undefined],
		['cms2/contents?templatePath=default+folder%2FNewsletter', undefined],
	])('puts %s', async (part, body) => {
		expect(await php('PUT', `${draft}/${part}`, body)).toMatchObject({ status: 200, text: '' });
		expect(needed()).toEqual([]);
	});

	it.each([
		'state',
		'type',
		'targetgroupid',
		'template',
		'contents/sender',
		'settings/replyto',
		'settings/trackingstrategy',
		'settings/speedlevel',
		'settings/ignorepermission',
		'settings/properties',
		'attachments',
		'attachments/count',
		'archiveurl',
		'reporturl',
		'domain/',
		'mailingblacklists/',
	])('gets %s', async (part) => {
		expect(await php('GET', `${draft}/${part}`)).toMatchObject({ status: 200, type: XML });
		expect(needed()).toEqual([]);
	});

	it('sets HTML and text with their types as Accept, and asks for them so', async () => {
		const query = '?doImageGrabbing=true&doLinkTracking=false';
		const html = '<html><body>ü</body></html>';
		expect((await php('POST', `${draft}/contents/html${query}`, html, 'text/html')).status).toBe(
			200,
		);
		expect(await php('GET', `${draft}/contents/html`, undefined, 'text/html')).toMatchObject({
			type: 'text/html',
			text: html,
		});
		expect((await php('POST', `${draft}/contents/text`, 'ü', 'text/plain')).status).toBe(200);
		expect((await php('GET', `${draft}/contents/text`, undefined, 'text/plain')).text).toBe('ü');
		expect(needed()).toEqual([]);
	});

	it('leaves the custom address of replies empty', async () => {
		const reply = await php('POST', `${draft}/settings/replyto?auto=true&customEmail=`);
		expect(reply.status).toBe(200);
		expect(needed()).toEqual(['empty query value']);
	});

	it('writes a dispatching with another root, in small letters', async () => {
		const created = await php('POST', '/mailings?name=Php+trigger&subject=a&type=trigger');
		const id = /<id>(\d+)<\/id>/.exec(created.text)?.[1];
		const parts = '<type>single</type><event>42</event><speed_level>low</speed_level>';
		const body = document(`<mailing>${parts}<start_trigger>false</start_trigger></mailing>`);
		expect((await php('PUT', `/mailings/${id}/dispatching`, body)).status).toBe(200);
		expect(needed()).toEqual(['root mailing around dispatch options']);
		const permission = '<ignore_permission>true</ignore_permission>';
		const path = `/mailings/${id}/settings/ignorepermission`;
		expect((await php('POST', path, permission)).status).toBe(204);
		expect((await php('POST', `/mailings/${id}/dispatching/activate`)).status).toBe(200);
		expect((await php('DELETE', `/mailings/${id}/dispatching`)).status).toBe(200);
		expect(needed()).toEqual([]);
	});

	it('adds an attachment without Accept, reads it as XML, and deletes all with a slash', async () => {
		const headers = { 'Content-type': 'text/csv', Authorization: basic(sandbox.apiKey) };
		const added = await raw('POST', `${draft}/attachments?filename=a+b.csv`, headers, 'a;b');
		expect(added.status).toBe(201);
		expect(needed()).toEqual([]);
		const [attachment] = sandbox.recipients.mailing(22).attachments;
		const path = `${draft}/attachments/${attachment?.id}`;
		expect(await php('GET', path)).toMatchObject({ type: 'text/csv', text: 'a;b' });
		expect((await php('DELETE', `${draft}/attachments/`)).status).toBe(200);
		expect(needed()).toEqual(['trailing slash']);
	});

	it('moves mailings of the newer editor as zips, with JSON as Accept', async () => {
		const contents = `${draft}/cms2/contents`;
		const zip = `${contents}?removeTemplateLanguageMarkup=true`;
		expect(await php('GET', zip, undefined, PLAIN_JSON)).toMatchObject({ type: 'application/zip' });
		const path = 'templatePath=default+folder%2FMy+Wonderful+Mailing';
		const save = `${contents}?${path}&removeTemplateLanguageMarkup=false`;
		expect((await php('POST', save)).status).toBe(200);
		const thumbnail = await php('GET', `${contents}/thumbnail`, undefined, PLAIN_JSON);
		expect(thumbnail.type).toBe('image/jpeg');
		expect(needed()).toEqual([]);
	});

	it.each([
		['/media/templates', PLAIN_JSON],
		['/media/templates/mailings', 'application/vnd.maileon.api+json'],
		['/media/templates/mailings/cms2', PLAIN_JSON],
		['/targetgroups?page_index=1&page_size=10', XML],
		['/targetgroups/count', XML],
		['/mailingblacklists?page_index=1&page_size=100', XML],
		['/mailings/filter/keywords?page_index=1&page_size=100&order=DESC&keywords=sale', XML],
		[
			'/mailings/filter/scheduletime?page_index=1&page_size=100&scheduleTime=2026-03-02+08%3A00%3A00&beforeSchedulingTime=true&orderBy=id&order=DESC',
			XML,
		],
	])('the list %s', async (path, type) => {
		expect((await php('GET', path, undefined, type)).status).toBe(200);
		expect(needed()).toEqual([]);
	});
});

describe('other clients', () => {
	const authorization = () => ({ Authorization: basic(sandbox.apiKey) });

	it('take the key for a user name without a password', async () => {
		const headers = { Accept: XML, Authorization: basic(`${sandbox.apiKey}:`) };
		expect((await raw('GET', '/contacts/count', headers)).status).toBe(200);
		expect(needed()).toEqual(['colon behind the key']);
	});

	it('have a key whose last character is a colon', async () => {
		sandbox.addKey('a key that ends in:', ['GET']);
		const headers = { Accept: XML, Authorization: basic('a key that ends in:') };
		expect((await raw('GET', '/ping', headers)).status).toBe(200);
		expect(needed()).toEqual([]);
	});

	it('compress what they send', async () => {
		const headers = {
			...authorization(),
			Accept: XML,
			'Content-Type': XML,
			'Content-Encoding': 'gzip',
			'Accept-Encoding': 'gzip',
		};
		const body = gzipSync('<contact><external_id>Ü</external_id></contact>');
		const reply = await raw('POST', '/contacts/email/ada%40example.com', headers, body);
		expect(reply.status).toBe(201);
		expect(stored('ada@example.com')?.externalId).toBe('Ü');
		expect(needed()).toEqual(['compressed body']);
	});

	it.each([[{}], [{ Accept: '*/*' }]])(
		'ask for nothing particular and get XML: %j',
		async (accept) => {
			const reply = await raw('GET', '/contacts/fields/custom', { ...authorization(), ...accept });
			expect(reply).toMatchObject({ status: 200, type: XML });
			expect(needed()).toEqual(['no particular Accept']);
		},
	);

	it('create from JSON, ask for JSON, and get XML', async () => {
		const headers = {
			...authorization(),
			Accept: PLAIN_JSON,
			'Content-Type': 'application/vnd.maileon.api+json',
		};
		const body = '{"email":"ada@example.com","standard_fields":{},"custom_fields":{"VIP":true}}';
		const path = '/contacts/email/ada%40example.com?permission=1&sync_mode=1&doi=true&doiplus=true';
		expect(await raw('POST', path, headers, body)).toMatchObject({ status: 201, type: XML });
		expect(needed()).toEqual(['identifier of the path in the body']);
	});
});

it('names each leniency once, however often a request needs it', async () => {
	const body = contact('', '', field('VIP', '1'), preference('1'));
	await php('POST', '/contacts/email/ada%40example.com/?src=&subscription_page=', document(body));
	expect(needed()).toEqual(['trailing slash', 'empty query value', 'boolean as 0 or 1']);
});

it('finds nothing to overlook in a request that keeps to the documentation', async () => {
	const headers = {
		Accept: `${XML}; charset=utf-8`,
		'Content-Type': `${XML}; charset=utf-8`,
		Authorization: basic(sandbox.apiKey),
	};
	const query = 'permission=1&sync_mode=1&src=form&doi=true&doimailing=doi-key-2';
	const body = contact(
		'<external_id>K-1</external_id>',
		field('CITY', 'Bonn'),
		field('VIP', 'true'),
	);
	await raw('POST', `/contacts/email/ada%40example.com?${query}`, headers, body);
	expect(sandbox.requests).toMatchObject([{ status: 201, leniencies: [] }]);
});
