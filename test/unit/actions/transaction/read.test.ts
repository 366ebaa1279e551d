import type { IDataObject } from 'n8n-workflow';

import { deleteManyTransactions } from '../../../../nodes/Maileon/actions/transaction/deleteMany';
import { getTransaction } from '../../../../nodes/Maileon/actions/transaction/get';
import { getManyTransactions } from '../../../../nodes/Maileon/actions/transaction/getMany';
import type { Operation } from '../../../../nodes/Maileon/run/operation';
import { answerOf, fakeClient, fakeNode, runOnce } from '../../../support/fakeRun';

const TYPE = { transactionType: { __rl: true, mode: 'id', value: '42' } };

async function run(operation: Operation, parameters: Record<string, unknown>, answer = '') {
	const client = fakeClient(() => answerOf(answer));
	const items = [{ json: {} }];
	const node = fakeNode({ items, parameters: { ...TYPE, ...parameters }, continues: true });
	const rows = await runOnce(operation, node, client);
	return { rows: rows.map(({ json }) => json), sent: client.requests };
}

const errorIn = ([row]: IDataObject[]) => row?.error as IDataObject;

describe('the content of a transaction', () => {
	it('is an object', async () => {
		const { rows } = await run(getTransaction, { transactionId: 'A-1' }, '{"total":5}');
		expect(rows).toEqual([{ transaction_id: 'A-1', content: { total: 5 } }]);
	});

	it.each(['', 'null', '[1]', '"text"', '5', '<content/>', 'nothing'])(
		'is not %j',
		async (answer) => {
			const { rows } = await run(getTransaction, { transactionId: 'A-1' }, answer);
			expect(errorIn(rows)).toMatchObject({
				message: 'Unexpected response from Maileon.',
				description: expect.stringContaining('It holds no content of a transaction.') as string,
			});
		},
	);
});

describe('a list of transactions', () => {
	it.each<[string, IDataObject[]]>([
		['', []],
		['[]', []],
		['[{"txId":1}]', [{ txId: 1 }]],
	])('is %j', async (answer, expected) => {
		expect((await run(getManyTransactions, {}, answer)).rows).toEqual(expected);
	});

	it.each(['{}', 'null', '<transactions/>', 'nothing'])('is not %j', async (answer) => {
		const { rows } = await run(getManyTransactions, {}, answer);
		expect(errorIn(rows)).toMatchObject({
			description: expect.stringContaining('It is no list of transactions.') as string,
		});
	});
});

describe('the time before which transactions are deleted', () => {
	it.each([undefined, null, ''])('cannot be %j, which would mean all', async (before) => {
		const { rows, sent } = await run(deleteManyTransactions, {
			before: () => before,
			confirmation: '42',
		});
		expect(errorIn(rows)).toEqual({
			message: 'Before is empty.',
			description:
				'Enter the time before which transactions are deleted. Without one, Maileon would delete them all.',
			field: 'before',
		});
		expect(sent).toEqual([]);
	});

	it('has to be a time', async () => {
		const { rows, sent } = await run(deleteManyTransactions, {
			before: 'soon',
			confirmation: '42',
		});
		expect(errorIn(rows)).toMatchObject({
			message: expect.stringMatching(/^Before: /) as string,
			field: 'before',
		});
		expect(sent).toEqual([]);
	});
});
