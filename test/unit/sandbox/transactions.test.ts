import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Client } from '../../support/sandboxClient';
import { clientOf, JSON_BODY, PLAIN_JSON, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	for (const [email, permission] of [
		['ada@example.com', 4],
		['bob@example.com', 1],
	] as const) {
		await call('POST', `/contacts/email/${encodeURIComponent(email)}?permission=${permission}`, {
			body: '{"external_id":"K-1"}'.replace('K-1', email.slice(0, 3)),
			type: JSON_BODY,
		});
	}
});

const send = async (transactions: unknown, query = '') =>
	await call('POST', `/transactions${query}`, {
		body: JSON.stringify(transactions),
		type: PLAIN_JSON,
		accept: PLAIN_JSON,
	});
const readJson = async (path: string) => await call('GET', path, { accept: PLAIN_JSON });

interface ReportEntry {
	queued: boolean;
	message?: string;
	transaction_id?: string;
	contact: Record<string, unknown>;
}
const reports = (text: string) => (JSON.parse(text) as { reports: ReportEntry[] }).reports;

const contact = { email: 'ada@example.com' };
const order = (content: Record<string, unknown>) => [
	{ type: 42, contact, content: { 'order.id': 'A', ...content } },
];

describe('sending', () => {
	it('queues valid transactions and reports each', async () => {
		const reply = await send([
			{ typeName: 'shop_order', contact: { external_id: 'ada' }, content: { 'order.id': 'A-77' } },
			{ type: 42, contact: { id: 9 }, content: { 'order.id': 'A-78' } },
			{
				type: 43,
				import: { contact: { email: 'new@example.org', external_id: 'N', permission: 2 } },
				content: { subject: 'Hello' },
			},
		]);
		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toContain('application/json');
		expect(reports(reply.text)).toEqual([
			{
				contact: {
					id: 1001,
					external_id: 'ada',
					email: 'ada@example.com',
					permission: 4,
					created: false,
				},
				queued: true,
			},
			{ contact: { id: 9 }, queued: false, message: 'the contact does not exist' },
			{
				contact: {
					id: 1003,
					external_id: 'N',
					email: 'new@example.org',
					permission: 2,
					created: true,
				},
				queued: true,
			},
		]);
		expect(sandbox.mails).toMatchObject([
			{ kind: 'transaction', email: 'ada@example.com', transactionType: 'shop_order' },
			{ kind: 'transaction', email: 'new@example.org', transactionType: 'support_ticket' },
		]);
	});

	it('sends no mail without a permission, and imports nobody twice', async () => {
		const known = { contact: { email: 'bob@example.com', permission: 4 } };
		const fresh = { contact: { email: 'n@example.org', permission: 1 } };
		const reply = await send(
			[known, fresh, fresh].map((each) => ({ type: 43, import: each, content: {} })),
		);
		expect(
			reports(reply.text).map((each) => [each.contact.permission, each.contact.created]),
		).toEqual([
			[1, false],
			[1, true],
			[1, false],
		]);
		expect(sandbox.mails).toEqual([]);
	});

	it.each<[string, Record<string, unknown>]>([
		['a long string', { 'order.id': 'x'.repeat(1001) }],
		['a number as string', { 'order.id': 5 }],
		['a string as float', { 'order.total': '19.9' }],
		['a fraction as integer', { 'order.count': 1.5 }],
		['an integer beyond 32 bit', { 'order.count': 2147483648 }],
		['a string as boolean', { 'order.express': 'true' }],
		['a time as date', { 'order.day': '2025-03-01 10:00:00' }],
		['a date as timestamp', { 'order.date': '2025-03-01' }],
		['an ISO time as timestamp', { 'order.date': '2025-03-01T10:15:00Z' }],
		['null', { 'order.total': null }],
		['an unknown attribute', { colour: 'blue' }],
		['a nested object for a dotted name', { order: { total: 5 } }],
	])('does not queue %s', async (_what, content) => {
		const [report] = reports((await send(order(content))).text);
		expect(report).toMatchObject({ queued: false, message: expect.stringContaining('attribute') });
	});

	it('queues every documented value', async () => {
		const content = {
			'order.total': 19.9,
			'order.count': -2147483648,
			'order.express': false,
			'order.day': '2025-03-01',
			'order.date': '2025-03-01 10:15:00',
			'order.weight': 1e300,
			'order.items': [{ sku: 'S1', qty: 2 }],
		};
		expect(reports((await send(order(content))).text)[0]?.queued).toBe(true);
	});

	it('takes longer strings for types that only store', async () => {
		const text = (length: number) => [{ type: 44, contact, content: { text: 'x'.repeat(length) } }];
		expect(reports((await send(text(64_000))).text)[0]?.queued).toBe(true);
		expect(reports((await send(text(64_001))).text)[0]?.queued).toBe(false);
	});

	it('wants required attributes and known types', async () => {
		const reply = await send([
			{ type: 42, contact, content: {} },
			{ type: 7, contact },
			{ typeName: 'none', contact },
		]);
		expect(reports(reply.text).map(({ queued }) => queued)).toEqual([false, false, false]);
	});

	it('answers 400 when invalid ones are not to be ignored, and queues nothing', async () => {
		const valid = order({});
		const query = '?ignore_invalid_transactions=false';
		expect((await send([...valid, { type: 7, contact }], query)).status).toBe(400);
		expect(sandbox.account.transactions).toHaveLength(0);
		sandbox.variants.queueDespiteRefusal = true;
		expect((await send([...valid, { type: 7, contact }], query)).status).toBe(400);
		expect(sandbox.account.transactions).toHaveLength(1);
		expect((await send(valid, query)).status).toBe(200);
	});

	it.each<[string, unknown]>([
		['an object', order({})[0]],
		['a wrong spelling of typeName', [{ type_name: 'shop_order', contact }]],
		['a wrong spelling of type', [{ typeid: 42, contact }]],
		['no type', [{ contact }]],
		['no contact', [{ type: 42 }]],
		['an empty contact', [{ type: 42, contact: {} }]],
		['a contact of nulls', [{ type: 42, contact: { id: null, external_id: null, email: null } }]],
		['a wrong permission', [{ type: 42, contact: { ...contact, permission: 7 } }]],
		['a permission as object', [{ type: 42, contact: { ...contact, permission: { code: 1 } } }]],
		['an import with a null permission', [{ type: 42, import: { contact, permission: null } }]],
		['an import without permission', [{ type: 42, import: { contact } }]],
		['an import without contact', [{ type: 42, import: contact }]],
		['a type as text', [{ type: '42', contact }]],
		[
			'an attachment without type',
			[{ type: 42, contact, attachments: [{ filename: 'a', data: '' }] }],
		],
		[
			'an attachment that is not Base64',
			[{ type: 42, contact, attachments: [{ filename: 'a', mimetype: 'a/b', data: 'ä' }] }],
		],
	])('refuses %s', async (_what, body) => {
		expect((await send(body)).status).toBe(400);
	});

	it.each(['?release=true', '?ignore_invalid_transactions=1'])('refuses %s', async (query) => {
		expect((await send(order({}), query)).status).toBe(400);
	});

	it('refuses other media types', async () => {
		const body = JSON.stringify(order({}));
		expect(
			(await call('POST', '/transactions', { body, type: JSON_BODY, accept: PLAIN_JSON })).status,
		).toBe(415);
		expect((await call('POST', '/transactions', { body, type: PLAIN_JSON })).status).toBe(406);
	});

	it('takes 9,000,000 bytes and no more', async () => {
		const attachments = [{ filename: 'a.bin', mimetype: 'application/octet-stream', data: '' }];
		const frame = JSON.stringify([{ ...order({})[0], attachments }]).length;
		const sendBytes = async (bytes: number) => {
			const data = 'AAAA'.repeat(Math.floor((bytes - frame) / 4));
			const body = JSON.stringify([
				{ ...order({})[0], attachments: [{ ...attachments[0], data }] },
			]);
			return await call('POST', '/transactions', {
				body: body.padEnd(bytes, ' '),
				type: PLAIN_JSON,
				accept: PLAIN_JSON,
			});
		};
		expect((await sendBytes(9_000_000)).status).toBe(200);
		expect((await sendBytes(9_000_001)).status).toBe(413);
		sandbox.variants.transactionsTooLargeStatus = 400;
		expect((await sendBytes(9_000_001)).status).toBe(400);
	});

	it('plays each form of the report', async () => {
		Object.assign(sandbox.variants, { singleReport: 'object', queuedMessage: 'empty' });
		const answer = JSON.parse((await send(order({}))).text) as { reports: ReportEntry };
		expect(answer.reports).toMatchObject({ queued: true, message: '' });
	});
});

describe('transaction IDs', () => {
	it('are given or generated', async () => {
		const query = '?generate_transaction_id=true';
		const given = reports((await send(order({ transaction_id: 'T-1' }), query)).text);
		expect(given[0]?.transaction_id).toBe('T-1');
		const [generated] = reports((await send(order({}), query)).text);
		expect(generated?.transaction_id).toMatch(/.{8,}/);
		const id = encodeURIComponent(generated?.transaction_id ?? '');
		expect(JSON.parse((await readJson(`/transactions/42/transaction_id/${id}`)).text)).toEqual({
			'order.id': 'A',
			transaction_id: generated?.transaction_id,
		});
		expect(reports((await send(order({}))).text)[0]).not.toHaveProperty('transaction_id');
	});

	it('find and delete transactions', async () => {
		await send(order({ transaction_id: 'T/1' }));
		const path = '/transactions/42/transaction_id/T%2F1';
		expect((await readJson(path)).status).toBe(200);
		expect((await call('DELETE', path)).status).toBe(200);
		expect((await readJson(path)).status).toBe(404);
		expect((await call('DELETE', path)).status).toBe(404);
		expect((await readJson('/transactions/43/transaction_id/x')).status).toBe(400);
	});
});

describe('latest and old ones', () => {
	it('lists the latest, newest first', async () => {
		for (const id of ['1', '2', '3']) await send(order({ 'order.id': id }));
		const read = async (query: string) =>
			JSON.parse((await readJson(`/transactions?type_id=42${query}`)).text) as Array<{
				txId: number;
				tx: object;
			}>;
		const all = await read('');
		expect(all.map(({ tx }) => tx)).toEqual(['3', '2', '1'].map((id) => ({ 'order.id': id })));
		expect(all[0]).toMatchObject({ contactId: 1001, email: 'ada@example.com' });
		expect(await read('&count=1')).toEqual(all.slice(0, 1));
		expect(await read(`&min_excluded_transaction_id=${all[1]?.txId}`)).toEqual(all.slice(0, 1));
		for (const query of ['', '?type_id=42&count=2001', '?type_id=42&count=0']) {
			expect((await readJson(`/transactions${query}`)).status).toBe(400);
		}
	});

	it('deletes those before a time, without one all', async () => {
		const at = (day: number) => () => new Date(Date.UTC(2026, 0, day));
		sandbox.account.now = at(1);
		await send(order({}));
		sandbox.account.now = at(3);
		await send([...order({}), { type: 43, contact, content: {} }]);
		const remove = async (query: string) => (await call('DELETE', `/transactions${query}`)).status;
		expect(await remove(`?type_id=42&before_timestamp=${Date.UTC(2026, 0, 2)}`)).toBe(200);
		expect(sandbox.account.transactions).toHaveLength(2);
		expect(await remove('')).toBe(400);
		expect(await remove('?type_id=42&before_timestamp=9223372036854775808')).toBe(400);
		expect(await remove('?type_id=42&before_timestamp=9223372036854775807')).toBe(200);
		expect(sandbox.account.transactions).toMatchObject([{ typeId: 43 }]);
	});
});

describe('types', () => {
	const types = '/transactions/types';

	it('are listed in pages of 10', async () => {
		for (let i = 0; i < 9; i++) sandbox.account.addTransactionType(`type_${i}`, []);
		const reply = await call('GET', types);
		expect(reply.headers.get('x-pages')).toBe('2');
		expect([...reply.text.matchAll(/<transaction_type>/g)]).toHaveLength(10);
		expect(valueOf((await call('GET', `${types}/count`)).text, 'count')).toBe('12');
		expect((await call('GET', `${types}?page_index=2&page_size=10`)).text).toContain('type_8');
	});

	it('are found by ID and by name', async () => {
		const byId = await call('GET', `${types}/42`);
		expect(byId.text).toMatch(
			/<attribute><id>\d+<\/id><name>order.id<\/name><description>Number of the order<\/description><type>string<\/type><required>true<\/required><\/attribute>/,
		);
		expect((await call('GET', `${types}/shop_order`)).text).toBe(byId.text);
		sandbox.variants.requiredElement = 'mandatory';
		expect((await call('GET', `${types}/42`)).text).toContain('<mandatory>true</mandatory>');
		expect((await call('GET', `${types}/none`)).status).toBe(404);
	});

	const type = (name: string, attributes: string, further = '') =>
		`<transaction_type><name>${name}</name>${further}<attributes>${attributes}</attributes></transaction_type>`;
	const attribute = (name: string, kind = 'string') =>
		`<attribute><name>${name}</name><type>${kind}</type><required>true</required></attribute>`;

	it('are created from XML and from an example', async () => {
		const body = type(
			'shop.basket_2',
			attribute('basket.id') + attribute('items', 'json'),
			'<storeOnly>true</storeOnly><archivingDuration>30</archivingDuration>',
		);
		const created = await call('POST', types, { body });
		expect(created.status).toBe(201);
		const read = await call('GET', `${types}/${valueOf(created.text, 'id')}`);
		expect(read.text).toContain(
			'<archivingDuration>30</archivingDuration><storeOnly>true</storeOnly>',
		);
		const example = { name: 'from_example', content: { 'order.id': 'A', total: 1.5, list: [] } };
		const derived = await call('POST', types, { body: JSON.stringify(example), type: PLAIN_JSON });
		expect(derived.status).toBe(201);
		expect(
			sandbox.account.transactionTypes
				.get(Number(valueOf(derived.text, 'id')))
				?.attributes.map(({ name, type: kind }) => [name, kind]),
		).toEqual([
			['order.id', 'string'],
			['total', 'double'],
			['list', 'json'],
		]);
	});

	it.each([
		['a name with a blank', type('shop order', '')],
		['a name that starts with a digit', type('1shop', '')],
		['a level of 33 characters', type('x'.repeat(33), '')],
		['a short name', type('ab', '')],
		['a name in use', type('shop_order', '')],
		[
			'an attribute with an ID',
			type('abc', attribute('abc').replace('<name>', '<id>1</id><name>')),
		],
		['an unknown attribute type', type('abc', attribute('abc', 'number'))],
		['an attribute twice', type('abc', attribute('abc') + attribute('abc'))],
		['an attribute without type', type('abc', '<attribute><name>abc</name></attribute>')],
		['a long description', type('abc', '', `<description>${'x'.repeat(1001)}</description>`)],
		['a wrong flag', type('abc', '', '<storeOnly>1</storeOnly>')],
	])('refuse %s', async (_what, body) => {
		expect((await call('POST', types, { body })).status).toBe(400);
	});

	it('grow, but keep their attributes', async () => {
		const subject = '<attribute><name>subject</name></attribute>';
		const update = async (body: string) => (await call('PUT', `${types}/43`, { body })).status;
		expect(await update(type('support_ticket', attribute('new')))).toBe(400);
		expect(await update(type('ticket', subject + attribute('urgent', 'boolean')))).toBe(200);
		const read = await call('GET', `${types}/ticket`);
		expect(read.text).toContain('<name>urgent</name>');
		expect(read.text).toContain('<name>subject</name>');
	});

	it('go with their transactions', async () => {
		await send(order({}));
		expect((await call('DELETE', `${types}/shop_order`)).status).toBe(200);
		expect(sandbox.account.transactions).toEqual([]);
		expect((await call('DELETE', `${types}/42`)).status).toBe(404);
	});
});
