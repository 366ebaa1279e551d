import type { IDataObject } from 'n8n-workflow';

import { links, tellingPart, type RunResult, type TestItem } from '../support/engine';
import { byName, fromList, operationTests, rows } from '../support/operations';

const { sandbox, run } = operationTests();

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const JSON_CONTENT = { contentSource: 'json', contentJson: '={{ $json.content }}' };
const BY_EMAIL = { transactionType: fromList('42'), email: '={{ $json.email }}' };

beforeEach(() => {
	for (const [email, externalId] of [
		[ADA, '00123'],
		[BOB, 'B/2'],
	] as const) {
		const { contacts } = sandbox().account;
		const contact = contacts.create(new Date(0));
		contacts.setEmail(contact, email);
		contacts.setExternalId(contact, externalId);
		contact.permission = 4;
	}
});

/** One column of the mapper as n8n saves it. */
function attribute(id: string, attributeType: string, required = false): IDataObject {
	return {
		id,
		displayName: id,
		attributeType,
		required,
		type: attributeType === 'boolean' ? 'boolean' : 'string',
		display: true,
		defaultMatch: false,
	};
}

const ORDER_SCHEMA = [
	attribute('order.id', 'string', true),
	attribute('order.total', 'float'),
	attribute('order.count', 'integer'),
	attribute('order.express', 'boolean'),
	attribute('order.day', 'date'),
	attribute('order.date', 'timestamp'),
	attribute('order.items', 'json'),
];

function mapper(value: IDataObject | null, schema: IDataObject[] = ORDER_SCHEMA): IDataObject {
	const mappingMode = value === null ? 'autoMapInputData' : 'defineBelow';
	return { mappingMode, value, matchingColumns: [], schema };
}

async function send(
	parameters: IDataObject,
	items: TestItem[] = [{}],
	onError?: 'continueRegularOutput' | 'continueErrorOutput',
): Promise<RunResult> {
	return await run('transaction.send', parameters, { items, onError });
}

const posts = () => sandbox().requests.filter(({ method }) => method === 'POST');
const bodies = () => posts().map(({ body }) => JSON.parse(body) as IDataObject[]);
const ofContacts = (...emails: string[]) =>
	emails.map((email, index) => ({ email, content: { 'order.id': `A-${index}` } }));

describe('Fill Transaction ID', () => {
	const FILL = { fillTransactionId: true };
	const ORDER_WITH_ID = [...ORDER_SCHEMA, attribute('transaction_id', 'string')];
	const sentIds = () =>
		bodies().flatMap((body) =>
			body.map(({ content }) => (content as IDataObject | undefined)?.transaction_id),
		);

	it('makes the ID of execution, node, run and item, and gives it with the item', async () => {
		const parameters = { ...BY_EMAIL, ...JSON_CONTENT, options: FILL };
		const { main, hints } = await send(parameters, ofContacts(ADA, BOB));
		expect(sentIds()).toEqual(['1-node-0-0', '1-node-0-1']);
		expect(rows(main).map((row) => row.transaction_id)).toEqual(sentIds());
		expect(posts()[0]?.rawUrl).toBe('/1.0/transactions?ignore_invalid_transactions=true');
		expect(hints).toEqual([]);
	});

	it('gives it although the report does not', async () => {
		sandbox().fail({
			path: '/transactions',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ reports: [{ queued: true, contact: { email: ADA } }] }),
		});
		const { main } = await send({ ...BY_EMAIL, ...JSON_CONTENT, options: FILL }, ofContacts(ADA));
		expect(rows(main)[0]?.transaction_id).toBe('1-node-0-0');
	});

	it('leaves an ID that an item gives, and fills one that is empty', async () => {
		const contents = [{ transaction_id: 'A-77' }, { transaction_id: '' }, { transaction_id: null }];
		const items = contents.map((content) => ({
			email: ADA,
			content: { 'order.id': 'A', ...content },
		}));
		await send({ ...BY_EMAIL, ...JSON_CONTENT, options: FILL }, items);
		expect(sentIds()).toEqual(['A-77', '1-node-0-1', '1-node-0-2']);
	});

	it('fills mapped attributes, also where the type requires an ID', async () => {
		const value = { 'order.id': '={{ $json.order }}', transaction_id: '={{ $json.id }}' };
		const schema = [...ORDER_SCHEMA, attribute('transaction_id', 'string', true)];
		const items = [{ id: 'A-77' }, { id: '' }, {}].map((one) => ({
			email: ADA,
			order: 'A',
			...one,
		}));
		const parameters = { ...BY_EMAIL, content: mapper(value, schema), options: FILL };
		const { error } = await send(parameters, items);
		expect(error).toBeUndefined();
		expect(sentIds()).toEqual(['A-77', '1-node-0-1', '1-node-0-2']);
	});

	it('fills attributes that are matched by name', async () => {
		const parameters = { ...BY_EMAIL, content: mapper(null, ORDER_WITH_ID), options: FILL };
		await send(parameters, [{ email: ADA, order_id: 'A' }]);
		expect(sentIds()).toEqual(['1-node-0-0']);
	});

	it.each([
		['no such attribute', ORDER_SCHEMA],
		['an attribute that takes no text', [...ORDER_SCHEMA, attribute('transaction_id', 'integer')]],
	])('tells of a type that has %s, and fills none', async (_what, schema) => {
		const content = mapper({ 'order.id': 'A' }, schema);
		const { hints } = await send({ ...BY_EMAIL, content, options: FILL }, ofContacts(ADA, BOB));
		expect(sentIds()).toEqual([undefined, undefined]);
		expect(hints).toMatchObject([
			{
				message:
					'No transaction ID was filled in for the transaction type 42, which has no attribute transaction_id for text. Add the attribute to the type in Maileon, then choose the type in the node again.',
			},
		]);
	});

	it('does not go with an ID that Maileon generates', async () => {
		const options = { ...FILL, generateTransactionId: true };
		const { error } = await send({ ...BY_EMAIL, ...JSON_CONTENT, options }, ofContacts(ADA));
		expect(error).toMatchObject({
			message: 'Generate Transaction ID and Fill Transaction ID cannot both be on.',
		});
		expect(posts()).toEqual([]);
	});

	it('is named where it is unclear what became of a transaction', async () => {
		sandbox().fail({ path: '/transactions', breakConnection: 'after' });
		const parameters = { ...BY_EMAIL, ...JSON_CONTENT, options: FILL };
		const { main } = await send(parameters, ofContacts(ADA), 'continueRegularOutput');
		expect(rows(main)).toMatchObject([
			{
				error: {
					description: expect.stringMatching(
						/check before sending it again, .*\. Its transaction ID is 1-node-0-0\.$/,
					),
				},
			},
		]);
	});
});

describe('on the wire', () => {
	it('is what is documented', async () => {
		const result = await send({ ...BY_EMAIL, ...JSON_CONTENT }, ofContacts(ADA));
		expect(result.error).toBeUndefined();
		const [{ method, rawUrl, headers, body } = {}] = sandbox().requests;
		expect([method, rawUrl]).toEqual([
			'POST',
			'/1.0/transactions?ignore_invalid_transactions=true',
		]);
		expect(headers).toMatchObject({
			accept: 'application/json',
			'content-type': 'application/json',
			authorization: `Basic ${Buffer.from(sandbox().apiKey).toString('base64')}`,
		});
		expect(body).toBe(`[{"type":42,"contact":{"email":"${ADA}"},"content":{"order.id":"A-0"}}]`);
		expect(sandbox().requests).toHaveLength(1);
	});

	it('generates transaction IDs where that is asked for', async () => {
		const options = { generateTransactionId: true };
		const result = await send({ ...BY_EMAIL, ...JSON_CONTENT, options }, ofContacts(ADA, BOB));
		expect(posts()[0]?.rawUrl).toBe(
			'/1.0/transactions?ignore_invalid_transactions=true&generate_transaction_id=true',
		);
		const ids = result.main.map(({ json }) => json.transaction_id);
		expect(new Set(ids).size).toBe(2);
		expect(ids).toEqual([expect.stringMatching(/.{8,}/), expect.stringMatching(/.{8,}/)]);
	});

	it('asks for IDs where an item asks for them, and repeats as often as it says', async () => {
		const options = {
			generateTransactionId: '={{ $json.generate }}',
			retries: '={{ $json.tries }}',
		};
		const items = ofContacts(ADA, BOB, ADA, BOB).map((one, n) => ({
			...one,
			generate: n % 2 === 1,
			tries: 3,
		}));
		const { main } = await send({ ...BY_EMAIL, ...JSON_CONTENT, options }, items);
		expect(posts().map(({ rawUrl }) => rawUrl.includes('generate_transaction_id=true'))).toEqual([
			false,
			true,
		]);
		expect(links(main)).toEqual([[0], [1], [2], [3]]);
		expect(rows(main).map(({ transaction_id: id }) => typeof id === 'string')).toEqual([
			false,
			true,
			false,
			true,
		]);
	});

	it('holds no character that XML cannot hold', async () => {
		const dirty = (text: string) => `\u0000${text}\ud800`;
		const content = { 'order.id': dirty('A-1'), 'order.items': [{ [dirty('sku')]: dirty('S') }] };
		for (const further of [JSON_CONTENT, { content: mapper({ 'order.id': '={{ $json.id }}' }) }])
			await send({ ...BY_EMAIL, ...further }, [{ email: dirty(ADA), content, id: dirty('A-1') }]);
		expect(posts().map(({ body }) => body)).toEqual([
			`[{"type":42,"contact":{"email":"${ADA}"},"content":{"order.id":"A-1","order.items":[{"sku":"S"}]}}]`,
			`[{"type":42,"contact":{"email":"${ADA}"},"content":{"order.id":"A-1"}}]`,
		]);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['a type by ID', { transactionType: { __rl: true, mode: 'id', value: '42' } }, { type: 42 }],
		['a type by name', { transactionType: byName('shop_order') }, { typeName: 'shop_order' }],
		['a type by expression', { transactionType: '={{ "42" }}' }, { type: 42 }],
		[
			'an external ID',
			{ identifyBy: 'externalId', externalId: '00123' },
			{ contact: { external_id: '00123' } },
		],
		['a Maileon ID', { identifyBy: 'maileonId', contactId: '1001' }, { contact: { id: 1001 } }],
		[
			'an import by email',
			{ import: true, permission: 2, newContactExternalId: 'N-1' },
			{
				contact: undefined,
				import: { contact: { email: ADA, external_id: 'N-1', permission: 2 } },
			},
		],
		[
			'an import by external ID',
			{
				identifyBy: 'externalId',
				externalId: 'N-2',
				import: true,
				newContactEmail: ' n@example.org ',
			},
			{
				contact: undefined,
				import: { contact: { external_id: 'N-2', email: 'n@example.org', permission: 1 } },
			},
		],
		[
			'no import by Maileon ID',
			{ identifyBy: 'maileonId', contactId: '1001', import: true },
			{ contact: { id: 1001 }, import: undefined },
		],
		['no content', { contentJson: '{}' }, { content: undefined }],
	])('knows %s', async (_what, parameters, expected) => {
		const given = { ...BY_EMAIL, ...JSON_CONTENT, ...parameters };
		await send(given, ofContacts(ADA), 'continueRegularOutput');
		const [[sent] = []] = bodies();
		expect(sent).toEqual({
			...{ type: 42, contact: { email: ADA }, content: { 'order.id': 'A-0' } },
			...('typeName' in expected && { type: undefined }),
			...expected,
		});
	});
});

describe('content by fields', () => {
	const values = {
		'order.id': '={{ $json.id }}',
		'order.total': '={{ $json.total }}',
		'order.count': '={{ $json.count }}',
		'order.express': '={{ $json.express }}',
		'order.day': '={{ $json.day }}',
		'order.date': '={{ $json.date }}',
		'order.items': '={{ $json.items }}',
	};
	const item = {
		email: ADA,
		id: '00420',
		total: '19,90',
		count: '3',
		express: 'yes',
		day: '31.12.2026',
		date: '2026-12-31T18:30:00+05:00',
		items: [{ sku: 'S1', qty: 2 }],
	};
	const content = {
		'order.id': '00420',
		'order.total': 19.9,
		'order.count': 3,
		'order.express': true,
		'order.day': '2026-12-31',
		'order.date': '2026-12-31 18:30:00',
		'order.items': [{ sku: 'S1', qty: 2 }],
	};

	it.each<[string, IDataObject[]]>([
		['the saved columns', ORDER_SCHEMA],
		['the account, where none are saved', []],
	])('has the types of %s', async (_what, schema) => {
		const result = await send({ ...BY_EMAIL, content: mapper(values, schema) }, [item]);
		expect(result.error).toBeUndefined();
		expect(bodies()).toMatchObject([[{ content }]]);
		expect(sandbox().requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			...(schema.length === 0 ? ['GET /transactions/types/42'] : []),
			'POST /transactions',
		]);
	});

	it('is mapped by the names of input keys, and says what was not sent', async () => {
		const input = {
			email: ADA,
			'Order ID': 'A-1',
			order_total: 5,
			'order.items': '[1]',
			colour: 'blue',
		};
		for (const schema of [ORDER_SCHEMA, []]) {
			const result = await send({ ...BY_EMAIL, content: mapper(null, schema) }, [input]);
			expect(rows(result.main)).toMatchObject([{ queued: true, ignored_fields: ['colour'] }]);
			expect(result.hints).toMatchObject([
				{ message: expect.stringContaining('no attribute of this name: "colour"') },
			]);
		}
		const expected = { 'order.id': 'A-1', 'order.total': 5, 'order.items': [1] };
		expect(bodies().map(([sent]) => sent?.content)).toEqual([expected, expected]);
	});

	const WHOLE: ReadonlyArray<[string, unknown]> = [
		['the values', { ...mapper({}, []), value: '={{ $json.fields }}' }],
		['the mapper', '={{ $json.fields }}'],
	];

	// n8n 2.x leaves an expression that stands for the whole mapper as its text, which is refused in words.
	it.each(tellingPart(WHOLE, 1))(
		'takes %s from one expression, or refuses it in words',
		async (_what, given) => {
			const fields = { 'order.id': 'A-1' };
			const items = [fields, JSON.stringify(fields), [fields], undefined, null, 'A-1'];
			const { main } = await send(
				{ ...BY_EMAIL, content: given as IDataObject },
				items.map((one) => ({ email: ADA, fields: one })),
				'continueRegularOutput',
			);
			expect(bodies()).toMatchObject([[{ content: fields }, { content: fields }]]);
			const words = expect.stringMatching(
				/^Attributes must be an object of names and values, but /,
			);
			expect(rows(main)).toMatchObject([
				{ queued: true },
				{ queued: true },
				...[2, 3, 4, 5].map(() => ({ error: { message: words, field: 'content' } })),
			]);
		},
	);

	it('refuses JSON that an expression does not give', async () => {
		const { main } = await send(
			{ ...BY_EMAIL, ...JSON_CONTENT },
			[{ email: ADA }, ...ofContacts(ADA)],
			'continueRegularOutput',
		);
		expect(rows(main)).toMatchObject([
			{ error: { message: 'Content (JSON): its expression gives nothing.', field: 'contentJson' } },
			{ queued: true },
		]);
		expect(bodies()).toHaveLength(1);
	});

	it('leaves out what has no value', async () => {
		await send({ ...BY_EMAIL, content: mapper(values) }, [
			{ ...item, total: null, count: '', express: undefined, day: ' ', date: undefined },
		]);
		expect(Object.keys((bodies()[0]?.[0]?.content ?? {}) as object)).toEqual([
			'order.id',
			'order.items',
		]);
	});

	it('differs with the type of each item', async () => {
		const result = await send(
			{
				transactionType: { __rl: true, mode: 'name', value: '={{ $json.type }}' },
				email: ADA,
				content: mapper({ 'order.id': '={{ $json.id }}', subject: '={{ $json.subject }}' }),
			},
			[
				{ type: 'shop_order', id: 1 },
				{ type: 'support_ticket', subject: 2 },
				{ type: 'shop_order', id: 3 },
			],
		);
		expect(rows(result.main).map(({ queued }) => queued)).toEqual([true, true, true]);
		expect(bodies()).toEqual([
			[
				{ typeName: 'shop_order', contact: { email: ADA }, content: { 'order.id': '1' } },
				{ typeName: 'support_ticket', contact: { email: ADA }, content: { subject: '2' } },
				{ typeName: 'shop_order', contact: { email: ADA }, content: { 'order.id': '3' } },
			],
		]);
		expect(sandbox().requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
	});

	it('needs no reading right where columns are saved or mapped manually', async () => {
		sandbox().addKey('write-only', ['POST']);
		const sendWith = async (content: IDataObject) =>
			await run(
				'transaction.send',
				{ ...BY_EMAIL, content },
				{ items: [{ email: ADA, 'order.id': 'A-1' }], apiKey: 'write-only' },
			);
		for (const content of [
			mapper({ 'order.id': 'A-1' }),
			mapper({ 'order.id': 'A-1' }, []),
			mapper(null),
		])
			expect(rows((await sendWith(content)).main)).toMatchObject([{ queued: true }]);
		const { error } = await sendWith(mapper(null, []));
		expect(error).toMatchObject({ message: expect.stringContaining('may not read') });
	});
});

describe('what cannot be built', () => {
	it.each<[string, IDataObject, IDataObject, string]>([
		[
			'no type',
			{ transactionType: { __rl: true, mode: 'id', value: '={{ "" }}' } },
			{},
			'Transaction Type is empty',
		],
		[
			'a type that is none',
			{ transactionType: '={{ "shop order" }}' },
			{},
			'must be the ID or the name',
		],
		['no email', { email: '={{ "" }}' }, {}, 'Email is empty.'],
		[
			'a Maileon ID that is none',
			{ identifyBy: 'maileonId', contactId: 'x' },
			{},
			'must be a number',
		],
		[
			'a permission that is none',
			{ import: true, permission: '={{ 7 }}' },
			{},
			'Permission must be one of',
		],
		[
			'content that is a list',
			{ contentSource: 'json', contentJson: '[]' },
			{},
			'must be a JSON object',
		],
		[
			'content that is no JSON',
			{ contentSource: 'json', contentJson: '{' },
			{},
			'is not valid JSON',
		],
		[
			'a value of another type',
			{},
			{ 'order.total': 'much' },
			'Attribute order.total: "much" is not a decimal number',
		],
		[
			'a missing required attribute',
			{},
			{ 'order.id': '={{ null }}' },
			'Attribute order.id has no value',
		],
		[
			'a missing file',
			{ options: { attachments: 'invoice' } },
			{},
			'The item has no file "invoice" to attach',
		],
	])('(%s) stops the run before anything is sent', async (_what, parameters, values, message) => {
		const given = {
			...BY_EMAIL,
			content: mapper({ 'order.id': 'A', ...values }),
			...parameters,
		};
		const result = await send(given, ofContacts(ADA));
		expect(result.error?.message).toContain(message);
		expect(result.error?.context?.itemIndex).toBe(0);
		expect(sandbox().requests).toHaveLength(0);
	});

	it('fails alone where the run goes on', async () => {
		const items = [
			{ email: ADA, count: 1 },
			{ email: ADA, count: 'many' },
			{ email: '', count: 3 },
			{ email: BOB, count: 4 },
		];
		const content = mapper({ 'order.id': 'A', 'order.count': '={{ $json.count }}' });
		const result = await send({ ...BY_EMAIL, content }, items, 'continueErrorOutput');
		expect(links(result.main)).toEqual([[0], [3]]);
		expect(links(result.errors)).toEqual([[1], [2]]);
		expect(rows(result.errors)).toMatchObject([
			{ error: { message: expect.stringContaining('"many"'), field: 'order.count' } },
			{ error: { message: 'Email is empty.', field: 'email' } },
		]);
		expect(bodies()[0]).toHaveLength(2);
	});

	it('fails with its type, where Maileon does not have that', async () => {
		const given = { ...BY_EMAIL, transactionType: byName('none_such'), content: mapper({}, []) };
		const result = await send(given, ofContacts(ADA), 'continueErrorOutput');
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: 'Maileon did not find the transaction type "none_such".',
					http_status: 404,
				},
			},
		]);
		expect(posts()).toHaveLength(0);
	});
});

describe('what comes out', () => {
	it('is the report of each item, linked to it', async () => {
		const result = await send({ ...BY_EMAIL, ...JSON_CONTENT }, ofContacts(BOB, ADA, BOB));
		expect(rows(result.main)).toEqual(
			[
				{ id: 1002, external_id: 'B/2', email: BOB },
				{ id: 1001, external_id: '00123', email: ADA },
				{ id: 1002, external_id: 'B/2', email: BOB },
			].map((contact) => ({
				queued: true,
				contact: { ...contact, permission: 4, created: false },
			})),
		);
		expect(links(result.main)).toEqual([[0], [1], [2]]);
		expect(sandbox().mails).toHaveLength(3);
	});

	it('tells of a contact that was created', async () => {
		const given = { ...BY_EMAIL, ...JSON_CONTENT, import: true };
		const result = await send(given, ofContacts('new@example.org'));
		expect(rows(result.main)).toMatchObject([
			{ queued: true, contact: { email: 'new@example.org', permission: 1, created: true } },
		]);
		expect(sandbox().mails).toHaveLength(0);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'is an error row for what is not queued (%s)',
		async (onError) => {
			const given = { ...BY_EMAIL, ...JSON_CONTENT };
			const result = await send(given, ofContacts(ADA, 'nobody@example.com', BOB), onError);
			const refused = onError === 'continueErrorOutput' ? result.errors : result.main.slice(1, 2);
			expect(
				links([...result.main, ...result.errors])
					.flat()
					.sort(),
			).toEqual([0, 1, 2]);
			expect(links(refused)).toEqual([[1]]);
			expect(refused[0]?.json.error).toEqual({
				message: 'Maileon did not queue the transaction: the contact does not exist.',
				description: 'Turn on Create Contact If Missing.',
				contact: { email: 'nobody@example.com' },
			});
			expect(sandbox().account.transactions).toHaveLength(2);
		},
	);

	it('stops the run at what is not queued, and says what was', async () => {
		const given = { ...BY_EMAIL, ...JSON_CONTENT };
		const one = await send(given, ofContacts(ADA, 'nobody@example.com', BOB));
		expect(one.error).toMatchObject({
			message: 'Maileon did not queue the transaction: the contact does not exist.',
			description:
				'Turn on Create Contact If Missing. In this run, 2 other transactions were queued: do not send them again. Contact: email nobody@example.com. This is item 2 of 3.',
			context: { itemIndex: 1 },
		});
		const two = await send(given, ofContacts('x@example.com', ADA, 'y@example.com'));
		expect(two.error).toMatchObject({
			message: 'Maileon did not queue 2 of 3 transactions.',
			description:
				'item 1 (email x@example.com): Maileon did not queue the transaction: the contact does not exist; item 3 (email y@example.com): Maileon did not queue the transaction: the contact does not exist. Turn on Create Contact If Missing. In this run, 1 other transaction was queued: do not send it again. This is item 1 of 3.',
		});
	});

	it.each([200, 201, 202] as const)('is the same with status %i', async (status) => {
		Object.assign(sandbox().variants, {
			transactionsStatus: status,
			singleReport: 'object',
			queuedMessage: 'empty',
		});
		const result = await send({ ...BY_EMAIL, ...JSON_CONTENT }, ofContacts(ADA));
		expect(rows(result.main)).toEqual([
			{
				queued: true,
				contact: { id: 1001, external_id: '00123', email: ADA, permission: 4, created: false },
			},
		]);
	});
});

/** Lets Maileon answer the next sending with these reports. */
function answerWith(reports: unknown, status = 200): void {
	sandbox().fail({
		method: 'POST',
		path: '/transactions',
		status,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ reports }),
	});
}

describe('reports that are unusual', () => {
	const given = { ...BY_EMAIL, ...JSON_CONTENT };

	it('count, whatever the status', async () => {
		answerWith(
			[{ queued: true }, { queued: false, message: 'wrong', contact: { error_field: 'email' } }],
			400,
		);
		const result = await send(given, ofContacts(ADA, BOB), 'continueErrorOutput');
		expect(rows(result.main)).toEqual([{ queued: true, contact: { email: ADA } }]);
		expect(rows(result.errors).map(({ error }) => error)).toEqual([
			{
				message: 'Maileon did not queue the transaction: wrong.',
				http_status: 400,
				field: 'email',
				contact: { email: BOB },
			},
		]);
		answerWith({ queued: false }, 400);
		const stopped = await send(given, ofContacts(ADA));
		expect(stopped.error).toMatchObject({
			message: 'Maileon did not queue the transaction: no reason was given.',
			httpCode: '400',
		});
	});

	it('are found by contact where their order differs', async () => {
		answerWith([
			{ queued: true, contact: { email: BOB }, transaction_id: 'b' },
			{ queued: true, contact: { email: ADA }, transaction_id: 'a' },
		]);
		const result = await send(given, ofContacts(ADA, BOB));
		expect(rows(result.main).map((row) => row.transaction_id)).toEqual(['a', 'b']);
		expect(links(result.main)).toEqual([[0], [1]]);
	});

	it('are given to the transactions of a contact in their order', async () => {
		answerWith([
			{ queued: false, contact: { email: BOB }, message: 'no' },
			{ queued: true, contact: { email: ADA }, transaction_id: 'a1' },
			{ queued: true, contact: { email: ADA }, transaction_id: 'a2' },
		]);
		const result = await send(given, ofContacts(ADA, BOB, ADA), 'continueErrorOutput');
		expect(rows(result.main).map((row) => row.transaction_id)).toEqual(['a1', 'a2']);
		expect(links(result.main)).toEqual([[0], [2]]);
		expect(links(result.errors)).toEqual([[1]]);
		expect(result.hints).toEqual([]);
	});

	it('stay unlinked where they cannot be told apart, and are counted', async () => {
		const reports = [
			{ queued: true, contact: { email: BOB }, transaction_id: 'b' },
			{ queued: true, contact: { email: ADA }, transaction_id: 'a' },
			{ queued: false, contact: { email: 'other@example.org' }, message: 'no' },
		];
		const items = ofContacts(ADA, BOB, ADA, 'new@example.org');
		answerWith(reports);
		const result = await send(given, items, 'continueErrorOutput');
		expect(rows(result.main)).toEqual([
			{ queued: true, transaction_id: 'b', contact: { email: BOB } },
			{ queued: true, transaction_id: 'a', contact: { email: ADA } },
		]);
		expect(links(result.main)).toEqual([[1], []]);
		expect(links(result.errors)).toEqual([[0], [2], [3], []]);
		expect(rows(result.errors).map(({ error }) => (error as IDataObject).message)).toEqual([
			...Array.from({ length: 3 }, () => 'Maileon does not say what became of this transaction.'),
			'Maileon did not queue the transaction: no.',
		]);
		expect(result.hints).toMatchObject([
			{
				message:
					'Maileon answered with 3 reports for 4 transactions. Reports were matched to items by their contacts: 2 reports could not be told apart and came out without a link to an item, and 3 transactions got no report.',
			},
		]);
		answerWith(reports);
		const stopped = await send(given, items);
		expect(stopped.error).toMatchObject({
			message: 'Maileon does not say what became of 3 of 4 transactions, and did not queue 1.',
			description: expect.stringContaining('2 other transactions were queued'),
		});
	});

	it.each<[string, { status: number; body?: string }]>([
		['nothing', { status: 200 }],
		['something else', { status: 200, body: '{"ok":true}' }],
		['a web page', { status: 200, body: '<html><body>Hello</body></html>' }],
		['XML', { status: 200, body: '<report/>' }],
		['half an answer', { status: 200, body: '{"reports":[{"queued":tr' }],
	])('(%s) leave every transaction in doubt', async (_what, fault) => {
		sandbox().fail({ method: 'POST', ...fault });
		const result = await send(given, ofContacts(ADA, BOB), 'continueErrorOutput');
		expect(links(result.errors)).toEqual([[0], [1]]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					description: expect.stringContaining('since a second mail could go out'),
					contact: { email: ADA },
				},
			},
			{ error: { contact: { email: BOB } } },
		]);
		expect(posts()).toHaveLength(1);
	});
});

describe('sending again', () => {
	const given = { ...BY_EMAIL, ...JSON_CONTENT, options: { retries: 3, timeout: 1 } };
	const NOW = { 'retry-after': '0' };

	it.each([429, 503])('happens after %i', async (status) => {
		sandbox().fail({ method: 'POST', status, headers: NOW, times: 2 });
		const result = await send(given, ofContacts(ADA));
		expect(rows(result.main)).toMatchObject([{ queued: true }]);
		expect(posts()).toHaveLength(3);
	});

	it.each<[string, object]>([
		['a 502', { status: 502 }],
		['a 504', { status: 504 }],
		['a 500', { status: 500 }],
		['a broken connection', { breakConnection: 'after' }],
		['an answer that is cut', { truncate: true }],
		['a time-out', { never: true }],
	])('never happens after %s', async (_what, fault) => {
		sandbox().fail({ method: 'POST', ...fault });
		const result = await send(given, ofContacts(ADA));
		expect(result.error?.description).toContain('second mail could go out');
		expect(posts()).toHaveLength(1);
	});

	it('says what was queued by the requests before', async () => {
		const options = { ...given.options, batchSize: 2 };
		// The clock is first read when the first transaction is queued: the request after it fails.
		sandbox().account.now = () => {
			sandbox().fail({ method: 'POST', status: 500 });
			sandbox().account.now = () => new Date();
			return new Date();
		};
		const result = await send({ ...given, options }, ofContacts(ADA, BOB, ADA, BOB, ADA));
		expect(result.error?.description).toContain(
			'Before this request, 2 other transactions were queued: do not send them again.',
		);
		expect(result.error?.context?.itemIndex).toBe(2);
	});
});

describe('requests', () => {
	it('are cut by number, and a failed one fails its own transactions only', async () => {
		sandbox().fail({ method: 'POST', status: 400, body: '<error><message>no</message></error>' });
		const options = { batchSize: 2 };
		const given = { ...BY_EMAIL, ...JSON_CONTENT, options };
		const result = await send(given, ofContacts(ADA, BOB, ADA, BOB, ADA), 'continueErrorOutput');
		expect(bodies().map(({ length }) => length)).toEqual([2, 2, 1]);
		expect(links(result.errors)).toEqual([[0], [1]]);
		expect(links(result.main)).toEqual([[2], [3], [4]]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: 'Maileon refused the request: no.',
					description: 'None of the transactions of this request is known to be queued.',
					http_status: 400,
				},
			},
			{},
		]);
	});

	const file = (bytes: number, further: IDataObject = {}) => ({
		data: Buffer.alloc(bytes, 65).toString('base64'),
		mimeType: 'application/pdf',
		fileName: 'Rechnung ä.pdf',
		...further,
	});

	it('carry files of the items', async () => {
		const options = { attachments: ' invoice ,terms, invoice' };
		const result = await send({ ...BY_EMAIL, ...JSON_CONTENT, options }, [
			{
				json: { ...ofContacts(ADA)[0] },
				binary: {
					invoice: file(5),
					terms: { data: 'QQ==', mimeType: 'text/plain; charset=utf-8', fileExtension: 'txt' },
				},
			},
		]);
		expect(result.error).toBeUndefined();
		expect(bodies()[0]?.[0]?.attachments).toEqual([
			{ filename: 'Rechnung ä.pdf', mimetype: 'application/pdf', data: 'QUFBQUE=' },
			{ filename: 'terms.txt', mimetype: 'text/plain', data: 'QQ==' },
		]);
		expect(sandbox().account.transactions).toMatchObject([{ attachments: 2 }]);
	});

	it('stay within 9,000,000 bytes, files and brackets included', async () => {
		const options = { attachments: 'invoice' };
		const items = [2_200_000, 2_200_000, 2_200_000, 10, 6_740_000, 10].map((bytes) => ({
			json: { ...ofContacts(ADA)[0] },
			binary: { invoice: file(bytes) },
		}));
		const result = await send({ ...BY_EMAIL, ...JSON_CONTENT, options }, items);
		expect(result.error).toBeUndefined();
		expect(rows(result.main).every(({ queued }) => queued === true)).toBe(true);
		expect(links(result.main).flat()).toEqual([0, 1, 2, 3, 4, 5]);
		expect(posts().map(({ bodyBytes }) => bodyBytes <= 9_000_000)).toEqual([true, true]);
	});

	it('are refused before they are sent where one is too large, or a file empty', async () => {
		const options = { attachments: 'invoice' };
		const items = [file(6_750_000), file(3), { ...file(3), data: '' }].map((invoice) => ({
			json: { ...ofContacts(ADA)[0] },
			binary: { invoice },
		}));
		const given = { ...BY_EMAIL, ...JSON_CONTENT, options };
		const result = await send(given, items, 'continueErrorOutput');
		expect(links(result.main)).toEqual([[1]]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: expect.stringMatching(
						/^The transaction is too large: its request would have 9000\d{3} bytes/,
					),
					field: 'attachments',
				},
			},
			{ error: { message: 'The file "invoice" is empty.' } },
		]);
	});
});
