import {
	explainAll,
	explainEach,
	NotQueued,
	withFilledId,
} from '../../../../nodes/Maileon/actions/transaction/send/explain';
import type { PlannedTransaction } from '../../../../nodes/Maileon/actions/transaction/send/plan';
import type { Sent } from '../../../../nodes/Maileon/run/perBatch';
import { MaileonFailure } from '../../../../nodes/Maileon/transport/failure';

const OPTIONS = { generateTransactionId: false, retries: 3, timeout: 1_000 };

/** Transactions that were sent together, of `1@x.de`, `2@x.de` and so on. */
function batchOf(count: number, filledId?: string): Array<Sent<PlannedTransaction>> {
	return Array.from({ length: count }, (_, item) => ({
		item,
		sequence: item,
		payload: {
			transaction: { type: { id: 42 }, contact: { email: `${item + 1}@x.de` }, content: {} },
			attachments: [],
			ignoredKeys: [],
			filledId,
			options: OPTIONS,
		},
	}));
}

const failed = (outcome: 'refused' | 'unclear', status: number) =>
	new MaileonFailure({ kind: 'status', outcome, method: 'POST', status, canSendMail: true });

const refusal = (item: number | undefined, description?: string, further: object = {}) => ({
	item,
	facts: {
		message: 'No such contact.',
		...(description !== undefined && { description }),
		...(item !== undefined && { contact: { email: `${item + 1}@x.de` } }),
		...further,
	},
});

describe('the ID that was filled in', () => {
	it('is told with what else is said', () => {
		const filled = { filledId: 'T-1' } as PlannedTransaction;
		expect(withFilledId({ message: 'No.', description: 'Wait.' }, filled)).toEqual({
			message: 'No.',
			description: 'Wait. Its transaction ID is T-1.',
		});
		expect(withFilledId({ message: 'No.' }, filled)).toEqual({
			message: 'No.',
			description: 'Its transaction ID is T-1.',
		});
	});

	it.each([
		['unclear', 500, 'T-1', true],
		['unclear', 500, undefined, false],
		['refused', 400, 'T-1', false],
	] as const)('is told of what is %s (%d, %s): %s', (outcome, status, filledId, isTold) => {
		const [facts] = explainEach(batchOf(1, filledId), failed(outcome, status));
		expect(facts?.contact).toEqual({ email: '1@x.de' });
		expect(facts?.description?.includes('Its transaction ID is') ?? false).toBe(isTold);
	});

	it('is not told where nothing was sent', () => {
		const [facts] = explainEach(batchOf(1, 'T-1'), new Error('n8n broke'));
		expect(facts).toEqual({ message: 'n8n broke.', contact: { email: '1@x.de' } });
	});
});

describe('a request that fails', () => {
	it.each([
		[0, 'No transaction was sent before this request.'],
		[1, 'Before this request, 1 other transaction was queued: do not send it again.'],
		[2, 'Before this request, 2 other transactions were queued: do not send them again.'],
	])('says that %d were queued before', (done, words) => {
		const told = explainAll(batchOf(2), failed('unclear', 500), done);
		expect(told.description).toContain('a second mail could go out');
		expect(told.description?.endsWith(` ${words}`)).toBe(true);
		expect(explainAll(batchOf(2), new Error('n8n broke'), done).description).toBe(words);
	});
});

describe('transactions that Maileon did not queue', () => {
	it('are told like a failure of their own where there is one', () => {
		const error = new NotQueued([refusal(1, 'Look it up.', { http_status: 400 })], 0);
		expect(explainAll(batchOf(2), error, 0)).toEqual({
			message: 'No such contact.',
			description: 'Look it up. Maileon reports no transaction of this run as queued.',
			contact: { email: '2@x.de' },
			http_status: 400,
		});
		expect(explainAll(batchOf(2), new NotQueued([refusal(1)], 1), 2).description).toBe(
			'In this run, 3 other transactions were queued: do not send them again.',
		);
	});

	it('are listed, with the advice that is the same for all', () => {
		const refused = [refusal(0, 'Look it up.'), refusal(2, 'Look it up.')];
		expect(explainAll(batchOf(3), new NotQueued(refused, 1), 0)).toStrictEqual({
			message: 'Maileon did not queue 2 of 3 transactions.',
			description:
				'item 1 (email 1@x.de): No such contact; item 3 (email 3@x.de): No such contact. Look it up. In this run, 1 other transaction was queued: do not send it again.',
		});
	});

	it('have no advice in common where it differs, or where there is none', () => {
		const listed =
			'item 1 (email 1@x.de): No such contact; item 2 (email 2@x.de): No such contact. Maileon reports no transaction of this run as queued.';
		for (const advice of ['Ask them.', undefined])
			expect(
				explainAll(batchOf(2), new NotQueued([refusal(0, advice), refusal(1)], 0), 0).description,
			).toBe(listed);
	});

	it('have the status that they were refused with', () => {
		const refused = [refusal(0, '', { http_status: 400 }), refusal(1, '', { http_status: 400 })];
		expect(explainAll(batchOf(2), new NotQueued(refused, 0), 0).http_status).toBe(400);
	});

	it.each([
		[[{ isUnclear: true }, { isUnclear: true }], 'became of 2 of 3 transactions.'],
		[[{ isUnclear: true }, {}], 'became of 1 of 3 transactions, and did not queue 1.'],
	])('may be unclear: %j', (facts, words) => {
		const refused = facts.map((one, item) => ({ ...refusal(item), ...one }));
		expect(explainAll(batchOf(3), new NotQueued(refused, 0), 0).message).toBe(
			`Maileon does not say what ${words}`,
		);
	});

	it('are counted from the eleventh on, and may belong to no item', () => {
		const refused = [undefined, ...Array.from({ length: 11 }, (_, item) => item)].map((item) =>
			refusal(item),
		);
		const told = explainAll(batchOf(12), new NotQueued(refused, 0), 0);
		expect(told.message).toBe('Maileon did not queue 12 of 12 transactions.');
		expect(told.description).toMatch(/^unknown item \(\): No such contact; item 1 \(/);
		expect(told.description).toContain('; item 9 (email 9@x.de): No such contact; and 2 more. ');
		expect(told.description).not.toContain('item 10 ');
		const ten = refused.slice(0, 10);
		expect(explainAll(batchOf(10), new NotQueued(ten, 0), 0).description).not.toContain(' more');
	});
});
