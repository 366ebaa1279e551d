import {
	takesTransactionId,
	transactionIds,
	withTransactionId,
} from '../../../../nodes/Maileon/actions/transaction/send/fillTransactionId';
import { fakeNode, type FakeNodeOptions } from '../../../support/fakeRun';

const idOf = (item: number, options: Partial<FakeNodeOptions> = {}) =>
	transactionIds(fakeNode({ items: [], executionId: '1234', ...options }))(item);

describe('the ID of an item', () => {
	it('is the same whenever the execution runs', () => {
		expect([idOf(17), idOf(17)]).toEqual(['1234-node-0-17', '1234-node-0-17']);
	});

	it.each<[string, string]>([
		['execution', idOf(17, { executionId: '1235' })],
		['node', idOf(17, { settings: { id: 'other' } })],
		['run of the node, as in a loop', idOf(17, { runIndex: 1 })],
		['item', idOf(18)],
	])('is another for another %s', (_what, other) => {
		expect(other).not.toBe(idOf(17));
	});

	it('does not exist without an execution', () => {
		expect(() => idOf(0, { executionId: '' })).toThrow(
			expect.objectContaining({
				message: expect.stringContaining('no execution ID') as string,
				details: {
					description: 'Turn Fill Transaction ID off, or save the workflow and run it again.',
					field: 'fillTransactionId',
				},
			}),
		);
	});
});

describe('withTransactionId', () => {
	it.each([undefined, null, ''])('fills in an ID in place of %j', (given) => {
		expect(withTransactionId({ transaction_id: given, total: 1 }, 'X')).toEqual({
			transaction_id: 'X',
			total: 1,
		});
	});

	it.each(['A-77', 0, 7])('leaves %j', (given) => {
		expect(withTransactionId({ transaction_id: given }, 'X')).toEqual({ transaction_id: given });
	});
});

describe('takesTransactionId', () => {
	const type = (name: string, kind: string) => [{ name, type: kind, required: false }];

	it.each([
		['attributes that are not known', undefined, true],
		['the attribute for text', type('transaction_id', 'string'), true],
		['the attribute for numbers', type('transaction_id', 'integer'), false],
		['other attributes', type('order.id', 'string'), false],
		['no attributes', [], false],
	])('%s', (_what, attributes, takes) => {
		expect(takesTransactionId(attributes)).toBe(takes);
	});
});
