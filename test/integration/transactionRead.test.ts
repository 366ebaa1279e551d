import type { IDataObject } from 'n8n-workflow';

import { links } from '../support/engine';
import { byName, fromList, operationTests, rows } from '../support/operations';

const { sandbox, run, wire } = operationTests();

const SHOP = { transactionType: fromList('42') };

/** Puts a transaction into the account, as if it had been sent at that time. */
function store(id: string, received = new Date(), typeId = 42): void {
	const { account } = sandbox();
	account.transactions.push({
		txId: account.nextId(),
		typeId,
		contactId: 815,
		email: 'ada@example.com',
		content: { 'order.total': 19.9, transaction_id: id },
		attachments: 0,
		received,
	});
}

const stored = () => sandbox().account.transactions.map(({ content }) => content.transaction_id);

describe('get many', () => {
	it('lists the latest of a type', async () => {
		for (const id of ['1', '2', '3']) store(id);
		const result = await run('transaction.getMany', { ...SHOP, limit: 2 });
		expect(rows(result.main)).toMatchObject([
			{
				contactId: 815,
				email: 'ada@example.com',
				tx: { transaction_id: '3', 'order.total': 19.9 },
			},
			{ tx: { transaction_id: '2' } },
		]);
		expect(links(result.main)).toEqual([[0], [0]]);
		expect(wire()).toEqual([['GET', '/1.0/transactions?type_id=42&count=2']]);
		expect(sandbox().requests[0]?.headers.accept).toBe('application/json');
	});

	it('asks for the ID of a type once, where its name is given', async () => {
		const result = await run(
			'transaction.getMany',
			{ transactionType: byName('shop_order'), options: { minExcludedTransactionId: 7 } },
			{ items: [{}, {}, {}] },
		);
		expect(result.main).toEqual([]);
		expect(wire().map(([, url]) => url)).toEqual([
			'/1.0/transactions/types/shop_order',
			...Array.from(
				{ length: 3 },
				() => '/1.0/transactions?type_id=42&count=50&min_excluded_transaction_id=7',
			),
		]);
	});

	it.each([
		[{ limit: 2001 }, 'Limit must be a whole number from 1 to 2000, but is "2001".'],
		[{ limit: 0 }, 'Limit must be a whole number from 1 to 2000, but is "0".'],
		[
			{ options: { minExcludedTransactionId: -1 } },
			'Only After ID must be a whole number from 0 to 9007199254740991, but is "-1".',
		],
	])('refuses %j before it is sent', async (parameters, message) => {
		const result = await run('transaction.getMany', { ...SHOP, ...parameters });
		expect(result.error?.message).toBe(message);
		expect(wire()).toEqual([]);
	});

	it('names a type that does not exist', async () => {
		const result = await run('transaction.getMany', { transactionType: byName('none_such') });
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the transaction type "none_such".',
			httpCode: '404',
		});
	});

	it.each(['{"txId":1}', '<transactions/>', 'text'])('takes %s for no list', async (body) => {
		sandbox().fail({ method: 'GET', status: 200, body });
		const result = await run('transaction.getMany', SHOP);
		expect(result.error?.message).toBe('Unexpected response from Maileon.');
	});

	it('takes no answer for an empty list', async () => {
		sandbox().fail({ method: 'GET', status: 204 });
		expect((await run('transaction.getMany', SHOP)).main).toEqual([]);
	});
});

describe('get', () => {
	it('gives the content by an ID that needs care', async () => {
		store('T/1 ü?');
		const result = await run('transaction.get', { ...SHOP, transactionId: 'T/1 ü?' });
		expect(rows(result.main)).toEqual([
			{
				transaction_id: 'T/1 ü?',
				content: { transaction_id: 'T/1 ü?', 'order.total': 19.9 },
			},
		]);
		expect(wire()).toEqual([['GET', '/1.0/transactions/42/transaction_id/T%2F1%20%C3%BC%3F']]);
	});

	it.each<[string, IDataObject[]]>([
		['nothing', []],
		['emptyItem', [{}]],
	])('gives what is chosen where there is none: %s', async (ifNotFound, expected) => {
		const result = await run('transaction.get', { ...SHOP, transactionId: 'x', ifNotFound });
		expect(rows(result.main)).toEqual(expected);
	});

	it('says what was not found', async () => {
		const result = await run('transaction.get', { ...SHOP, transactionId: 'x' });
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the transaction "x" of the transaction type with ID 42.',
			httpCode: '404',
		});
	});
});

describe('delete', () => {
	it('deletes by ID', async () => {
		for (const id of ['1', '2']) store(id);
		const result = await run(
			'transaction.delete',
			{ transactionType: byName('shop_order'), transactionId: '={{ $json.id }}' },
			{ items: [{ id: 1 }, { id: 'none' }], onError: 'continueErrorOutput' },
		);
		expect(rows(result.main)).toEqual([{ deleted: true, transaction_id: '1' }]);
		expect(links(result.errors)).toEqual([[1]]);
		expect(stored()).toEqual(['2']);
		expect(wire()).toContainEqual(['DELETE', '/1.0/transactions/42/transaction_id/1']);
	});
});

describe('delete many', () => {
	const DAY_2 = Date.UTC(2026, 0, 2);

	it.each(['2026-01-02T00:00:00Z', '={{ new Date(Date.UTC(2026, 0, 2)) }}'])(
		'deletes what is older than %s',
		async (before) => {
			store('old', new Date(DAY_2 - 1));
			store('new', new Date(DAY_2));
			store('other', new Date(0), 43);
			const result = await run('transaction.deleteMany', {
				...SHOP,
				before,
				confirmation: '42',
			});
			expect(rows(result.main)).toEqual([{ deleted: true, type_id: 42, before_timestamp: DAY_2 }]);
			expect(stored()).toEqual(['new', 'other']);
			expect(wire()).toEqual([
				['DELETE', `/1.0/transactions?type_id=42&before_timestamp=${DAY_2}`],
			]);
		},
	);

	it.each([
		'={{ "" }}',
		'={{ null }}',
		'={{ undefined }}',
		'={{ "soon" }}',
		'={{ 1735689600000 }}',
	])('deletes nothing for %s', async (before) => {
		store('kept', new Date(0));
		const result = await run('transaction.deleteMany', {
			...SHOP,
			before,
			confirmation: '42',
		});
		expect(result.error?.message).toMatch(/^Before(:| is empty)/);
		expect(wire()).toEqual([]);
	});

	it('deletes nothing unless the type was typed', async () => {
		store('kept', new Date(0));
		const before = '2026-01-02';
		const result = await run('transaction.deleteMany', { ...SHOP, before, confirmation: '43' });
		expect(result.error?.message).toBe(
			'"Type the Transaction Type to Confirm" is not filled in correctly.',
		);
		expect(wire()).toEqual([]);
	});

	it('is not run by n8n without a time', async () => {
		await expect(
			run('transaction.deleteMany', { ...SHOP, before: '', confirmation: '42' }),
		).rejects.toThrow();
		expect(wire()).toEqual([]);
	});
});
