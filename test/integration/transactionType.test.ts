import { callMethod, links } from '../support/engine';
import { byName, fromList, operationTests, rows } from '../support/operations';

const { sandbox, run, list, wire, credentials } = operationTests();

const type = (id: number) => sandbox().account.transactionTypes.get(id);
const addTypes = (count: number) => {
	for (let index = 0; index < count; index++)
		sandbox().account.addTransactionType(`type_${String(index).padStart(3, '0')}`, []);
};

describe('create', () => {
	it('sends what is documented', async () => {
		const result = await run('transactionType.create', {
			name: 'shop.basket_2',
			attributes: {
				attribute: [
					{ name: 'basket.id', type: 'string', required: true, description: 'Number & more' },
					{ name: 'items', type: 'json', required: false, description: '' },
				],
			},
			options: { archivingDuration: 30, description: 'Größe <x>', storeOnly: true },
		});
		const created = [...sandbox().account.transactionTypes.values()].pop();
		expect(rows(result.main)).toEqual([{ id: created?.id, name: 'shop.basket_2' }]);
		expect(wire()).toEqual([
			[
				'POST',
				'/1.0/transactions/types',
				'<?xml version="1.0" encoding="UTF-8"?><transaction_type><name>shop.basket_2</name>' +
					'<description>Größe &lt;x&gt;</description><archivingDuration>30</archivingDuration>' +
					'<storeOnly>true</storeOnly><attributes><attribute><name>basket.id</name><type>string</type>' +
					'<required>true</required><description>Number &amp; more</description></attribute>' +
					'<attribute><name>items</name><type>json</type><required>false</required></attribute>' +
					'</attributes></transaction_type>',
			],
		]);
		expect(created).toMatchObject({ description: 'Größe <x>', archivingDuration: 30 });
	});

	it.each([
		[{ name: 'shop order' }, 'Name must start with a letter'],
		[{ name: 'abc', attributes: { attribute: [{ name: ' ' }] } }, 'Attribute 1 has no name'],
		[
			{ name: 'abc', attributes: { attribute: [{ name: 'a' }, { name: 'a' }] } },
			'Attribute "a" is listed twice',
		],
		[{ name: 'abc', options: { archivingDuration: -1 } }, 'Archiving Duration (Days) must be'],
		[{ name: 'abc', options: { description: 'x'.repeat(1001) } }, 'Description must not be longer'],
	])('refuses %j before it is sent', async (parameters, message) => {
		const result = await run('transactionType.create', parameters);
		expect(result.error?.message).toContain(message);
		expect(wire()).toEqual([]);
	});

	it('says that the name may be in use', async () => {
		const result = await run('transactionType.create', { name: 'shop_order' });
		expect(result.error).toMatchObject({
			description: 'The account may have a type of this name already.',
			httpCode: '400',
		});
	});
});

describe('get and count', () => {
	it.each([fromList('42'), byName('shop_order')])('reads a type', async (transactionType) => {
		sandbox().variants.requiredElement = 'mandatory';
		const result = await run('transactionType.get', { transactionType });
		expect(rows(result.main)).toMatchObject([
			{
				id: 42,
				name: 'shop_order',
				archivingDuration: 30,
				storeOnly: false,
				attributes: [{ name: 'order.id', type: 'string', required: true }, ...Array(8).fill({})],
			},
		]);
	});

	it('goes on without a type where that is chosen', async () => {
		const given = { transactionType: byName('none_such'), ifNotFound: 'nothing' };
		const result = await run('transactionType.get', given);
		expect([result.main, result.error]).toEqual([[], undefined]);
	});

	it('counts', async () => {
		expect(rows((await run('transactionType.count', {})).main)).toEqual([{ count: 3 }]);
	});
});

describe('get many', () => {
	it('reads every page', async () => {
		addTypes(230);
		const result = await run('transactionType.getMany', { returnAll: true });
		expect(result.main).toHaveLength(233);
		expect(new Set(rows(result.main).map(({ id }) => id)).size).toBe(233);
		expect(wire().map(([, url]) => url)).toEqual(
			[1, 2, 3].map((page) => `/1.0/transactions/types?page_index=${page}&page_size=100`),
		);
	});

	it('reads no more than is asked for', async () => {
		addTypes(230);
		const result = await run('transactionType.getMany', { limit: 2 });
		expect(rows(result.main).map(({ name }) => name)).toEqual(['shop_order', 'support_ticket']);
		expect(wire().map(([, url]) => url)).toEqual([
			'/1.0/transactions/types?page_index=1&page_size=2',
		]);
	});

	it('ends where a server without paging says the same again', async () => {
		const body =
			'<transaction_types><transaction_type><id>1</id><name>abc</name></transaction_type></transaction_types>';
		sandbox().fail({ method: 'GET', status: 200, body, times: 5 });
		const result = await run('transactionType.getMany', { returnAll: true });
		expect(rows(result.main)).toEqual([{ id: 1, name: 'abc', attributes: [] }]);
		expect(wire()).toHaveLength(2);
	});
});

describe('update', () => {
	it('adds attributes to those that are there', async () => {
		const result = await run('transactionType.update', {
			transactionType: byName('support_ticket'),
			attributes: {
				attribute: [
					{ name: 'urgent', type: 'boolean', required: true },
					{ name: 'subject', type: 'string' },
				],
			},
		});
		expect(rows(result.main)).toEqual([
			{ id: 43, name: 'support_ticket', added_attributes: ['urgent'] },
		]);
		expect(wire()).toEqual([
			['GET', '/1.0/transactions/types/support_ticket'],
			[
				'PUT',
				'/1.0/transactions/types/43',
				'<?xml version="1.0" encoding="UTF-8"?><transaction_type><name>support_ticket</name>' +
					'<description>Tickets</description><storeOnly>false</storeOnly><attributes>' +
					'<attribute><name>subject</name><type>string</type><required>false</required></attribute>' +
					'<attribute><name>urgent</name><type>boolean</type><required>true</required></attribute>' +
					'</attributes></transaction_type>',
			],
		]);
	});

	it('changes what is given and keeps the rest', async () => {
		const before = type(42);
		const result = await run('transactionType.update', {
			transactionType: fromList('42'),
			updateFields: { newName: 'order_placed', archivingDuration: 0 },
		});
		expect(rows(result.main)).toEqual([{ id: 42, name: 'order_placed', added_attributes: [] }]);
		expect(type(42)).toMatchObject({
			name: 'order_placed',
			description: 'Orders',
			archivingDuration: null,
		});
		expect(type(42)?.attributes).toEqual(before?.attributes);
	});

	it('loses nothing when several items change one type', async () => {
		await run(
			'transactionType.update',
			{
				transactionType: fromList('43'),
				attributes: { attribute: [{ name: '={{ $json.name }}', type: 'string' }] },
			},
			{ items: ['one', 'two', 'three'].map((name) => ({ name })) },
		);
		expect(type(43)?.attributes.map(({ name }) => name)).toEqual([
			'subject',
			'one',
			'two',
			'three',
		]);
	});

	it('changes nothing where there is nothing to change, or it cannot be', async () => {
		const transactionType = fromList('43');
		const nothing = await run('transactionType.update', { transactionType });
		expect(nothing.error?.message).toBe('There is nothing to update.');
		const other = await run('transactionType.update', {
			transactionType,
			attributes: { attribute: [{ name: 'subject', type: 'json' }] },
		});
		expect(other.error?.message).toBe(
			'The type already has an attribute "subject" with the type string.',
		);
		expect(wire().filter(([method]) => method === 'PUT')).toEqual([]);
	});
});

describe('delete', () => {
	it.each([200, 204] as const)('removes types (%i)', async (status) => {
		sandbox().variants.deleteStatus = status;
		const result = await run(
			'transactionType.delete',
			{
				transactionType: { __rl: true, mode: 'id', value: '={{ $json.type }}' },
				confirmation: '42',
			},
			{ items: [{ type: 42 }, { type: 'none_such' }], onError: 'continueErrorOutput' },
		);
		expect(rows(result.main)).toEqual([{ deleted: true, id: 42 }]);
		expect(links(result.errors)).toEqual([[1]]);
		expect(type(42)).toBeUndefined();
	});

	const chosen = { __rl: true, mode: 'list', value: '42', cachedResultName: 'shop_order' };

	it.each([
		['the name that the list shows', chosen, 'shop_order'],
		['the ID of a type that was chosen from the list', chosen, '42'],
		['the name of a type given by name', byName('shop_order'), 'shop_order'],
	])('is confirmed by %s', async (_what, transactionType, confirmation) => {
		await run('transactionType.delete', { transactionType, confirmation });
		expect(type(42)).toBeUndefined();
	});

	it.each([
		['the name of another type', chosen, 'ticket'],
		['a name that the list does not show', { ...chosen, cachedResultName: '' }, 'shop_order'],
		['the name of a type given by ID', { ...chosen, mode: 'id' }, 'shop_order'],
		['nothing', chosen, 'yes'],
	])('is not confirmed by %s', async (_what, transactionType, confirmation) => {
		const result = await run('transactionType.delete', { transactionType, confirmation });
		expect(result.error?.message).toBe(
			'"Type the Transaction Type to Confirm" is not filled in correctly.',
		);
		expect(wire()).toEqual([]);
	});

	it('is not confirmed by the name of what was chosen before an expression was written', async () => {
		const result = await run(
			'transactionType.delete',
			{
				transactionType: { ...chosen, value: '={{ $json.type }}' },
				confirmation: 'shop_order',
			},
			{ items: [{ type: '43' }] },
		);
		expect(result.error?.description).toContain('Type "43" there.');
		expect(wire()).toEqual([]);
	});
});

describe('in the editor', () => {
	it('all types are listed, and found by what is typed', async () => {
		addTypes(150);
		expect(await list('searchTransactionTypes')).toHaveLength(153);
		expect(await list('searchTransactionTypes', {}, ' ORDER')).toEqual([
			{ name: 'shop_order', value: '42', description: 'Orders' },
		]);
	});

	const columns = async (transactionType: unknown) =>
		await callMethod('resourceMapping', 'getTransactionAttributes', {
			parameters: { transactionType } as never,
			credentials: credentials(),
		});

	it.each([fromList('42'), byName('shop_order')])('attributes are columns', async (chosen) => {
		const { fields, emptyFieldsNotice } = await columns(chosen);
		expect(fields).toHaveLength(9);
		expect(emptyFieldsNotice).toBeUndefined();
		expect(fields.slice(0, 4)).toMatchObject([
			{ id: 'order.id', displayName: 'order.id (Text)', required: true, type: 'string' },
			{ id: 'order.total', type: 'string', attributeType: 'float', required: false },
			{ id: 'order.count', type: 'string', attributeType: 'integer' },
			{ id: 'order.express', type: 'boolean', attributeType: 'boolean' },
		]);
		// All of them are offered, and none is what n8n compares items by.
		for (const field of fields)
			expect(field).toMatchObject({ display: true, defaultMatch: false, canBeUsedToMatch: false });
	});

	it('a type without attributes has no columns, and a notice says so', async () => {
		const id = sandbox().account.addTransactionType('visit', []);
		expect(await columns(fromList(String(id)))).toEqual({
			fields: [],
			emptyFieldsNotice:
				'This transaction type has no attributes: its transactions carry no content.',
		});
	});

	it('there are no columns before a type is chosen, and a notice says so', async () => {
		expect(await columns(fromList(''))).toEqual({
			fields: [],
			emptyFieldsNotice: 'Choose a transaction type first.',
		});
		expect(wire()).toEqual([]);
	});

	it('a key that may not read is told in words', async () => {
		sandbox().addKey('write-only', ['POST']);
		await expect(
			callMethod('listSearch', 'searchTransactionTypes', {
				credentials: { ...credentials(), apiKey: 'write-only' },
			}),
		).rejects.toThrow('The API key lacks the right for reading (GET).');
	});
});
