import type { IExecuteFunctions } from 'n8n-workflow';

import { Parameters } from '../../../nodes/Maileon/input/parameters';
import {
	readTypeReference,
	TypeIds,
	typeSubject,
} from '../../../nodes/Maileon/input/transactionTypes';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { answerOf, fakeClient } from '../../support/fakeRun';
import { refusalOf } from '../../support/refusals';

const PROPERTY = {
	displayName: 'Transaction Type',
	name: 'transactionType',
	type: 'resourceLocator',
	default: '',
} as const;

function read(given: unknown) {
	const node = { getNodeParameter: () => given } as unknown as IExecuteFunctions;
	return readTypeReference(new Parameters(node, [PROPERTY]).ofItem(0));
}

describe('the type that an item names', () => {
	test.each<[unknown, object]>([
		[{ mode: 'list', value: '42' }, { id: 42 }],
		[{ mode: 'name', value: ' order.placed ' }, { name: 'order.placed' }],
		[42, { id: 42 }],
		['order', { name: 'order' }],
	])('%j', (given, reference) => {
		expect(read(given)).toEqual(reference);
	});

	test.each(['order placed', '4a', '9'.repeat(17)])('is not %j', (value) => {
		const refusal = refusalOf(() => read({ mode: 'name', value }));
		expect(refusal.message).toBe('Transaction Type must be the ID or the name of a type.');
		expect(refusal.details).toEqual({
			description: 'An ID is a number; a name starts with a letter and contains no spaces.',
			field: 'transactionType',
		});
	});

	test('is called by what the item gave', () => {
		expect(typeSubject({ id: 42 }).what).toBe('transaction type with ID 42');
		expect(typeSubject({ name: 'order' }).what).toBe('transaction type "order"');
	});
});

describe('the ID of a type', () => {
	const typed = (id: string) =>
		fakeClient(() => answerOf(`<transaction_type>${id}<name>order</name></transaction_type>`));

	test('is asked for once a run for each name, and never where it is known', async () => {
		const client = typed('<id>42</id>');
		const ids = new TypeIds();
		const asking = ['order', 'order', 'other'].map(
			async (name) => await ids.of(client, { name }, { timeout: 5, retries: 0 }),
		);
		expect(await Promise.all([...asking, ids.of(client, { id: 7 }, {})])).toEqual([42, 42, 42, 7]);
		expect(client.requests.map(({ path, timeout }) => [path.at(-1), timeout])).toEqual([
			['order', 5],
			['other', 5],
		]);
	});

	test('is missed where Maileon tells a type without one', async () => {
		const asking = new TypeIds().of(typed(''), { name: 'order' }, {});
		await expect(asking).rejects.toBeInstanceOf(MaileonFailure);
		await expect(asking).rejects.toMatchObject({
			facts: { kind: 'answer', detail: 'It holds a type without an ID.' },
		});
	});
});
