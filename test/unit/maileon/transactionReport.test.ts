import fc from 'fast-check';

import { readAnswer } from '../../../nodes/Maileon/maileon/answer';
import {
	matchReports,
	readTransactionReports,
	type TransactionReport,
} from '../../../nodes/Maileon/maileon/transactionReport';

const read = (value: unknown) => readTransactionReports(readAnswer(JSON.stringify(value)));

describe('reading reports', () => {
	const report = { contact: { id: 815 }, queued: true, transaction_id: '5f1c' };

	it.each<[string, unknown]>([
		['a list', { reports: [report] }],
		['an object instead of a list', { reports: report }],
		['a list without a wrapper', [report]],
		['a report without a wrapper', report],
	])('takes %s', (_what, body) => {
		expect(read(body)).toEqual([report]);
	});

	it('drops empty parts and keeps unknown ones', () => {
		expect(
			read({
				reports: [{ queued: 'false', message: '', transaction_id: null, contact: null, more: 1 }],
			}),
		).toEqual([{ queued: false, more: 1 }]);
		expect(read({ reports: [{ queued: 'TRUE', transaction_id: 5 }] })).toEqual([
			{ queued: true, transaction_id: '5' },
		]);
	});

	it('keeps what was not queued apart, with its reason', () => {
		expect(
			read([
				{ queued: false, message: 'unknown contact', transaction_id: '', contact: { id: 1 } },
				{ queued: 'no', message: 7 },
				{ queued: true, message: null },
			]),
		).toEqual([
			{ queued: false, message: 'unknown contact', contact: { id: 1 } },
			{ queued: false, message: '7' },
			{ queued: true },
		]);
	});

	it('finds none where there is no answer', () => {
		expect(readTransactionReports(undefined)).toBeUndefined();
	});

	it('takes an empty list as one without reports', () => expect(read({ reports: [] })).toEqual([]));

	it.each<[string, unknown]>([
		['an object without reports', { ok: true }],
		['reports that are none', { reports: ['queued'] }],
		['a report that does not say whether it was queued', { reports: [{ contact: { id: 1 } }] }],
		['a number', 5],
		['null', null],
	])('finds none in %s', (_what, body) => expect(read(body)).toBeUndefined());

	it.each(['', '<error><message>no</message></error>', 'text', '{"reports":['])(
		'finds none in %j',
		(body) => expect(readTransactionReports(readAnswer(body))).toBeUndefined(),
	);
});

const about = (contact?: Record<string, unknown>): TransactionReport => ({
	queued: true,
	...(contact && { contact }),
});

describe('matching reports', () => {
	it('goes by position, also for many events of one contact', () => {
		const ada = { email: 'ada@example.com' };
		const reports = [about({ id: 1, email: 'Ada@Example.com' }), about(), about(ada)];
		expect(matchReports(reports, [ada, ada, ada])).toEqual([0, 1, 2]);
	});

	it('sees through another order, where contacts tell', () => {
		const sent = [{ email: 'a@x' }, { external_id: 'B' }, { id: 3 }];
		const reports = [
			about({ id: 3, email: 'c@x' }),
			about({ email: 'A@X' }),
			about({ external_id: 'B' }),
		];
		expect(matchReports(reports, sent)).toEqual([1, 2, 0]);
	});

	it('stays with the position where the order cannot be told', () => {
		const sent = [{ email: 'a@x' }, { email: 'a@x' }];
		expect(matchReports([about({ email: 'b@x' }), about({ email: 'a@x' })], sent)).toEqual([0, 1]);
	});

	it('takes no contact without a name for another, and no empty name for one', () => {
		const sent = [{ email: '' }, { email: 'a@x' }, {}];
		expect(matchReports([about({ email: '' }), about({ email: 'A@x' })], sent)).toEqual([
			undefined,
			1,
			undefined,
		]);
		expect(matchReports([about({ email: 'a@x' }), about()], sent)).toEqual([
			undefined,
			0,
			undefined,
		]);
	});

	it('takes no report for a contact that something in it speaks against', () => {
		const sent = [{ id: 1, email: 'a@x' }, { id: 2, email: 'b@x' }, { id: 3 }];
		const reports = [about({ id: 9, email: 'a@x' }), about({ id: 2, email: 'b@x' })];
		expect(matchReports(reports, sent)).toEqual([undefined, 1, undefined]);
	});

	it('stays with the position where only some can be told', () => {
		const sent = [{ email: 'a@x' }, { email: 'b@x' }, { email: 'c@x' }];
		const reports = [about({ email: 'b@x' }), about({ email: 'a@x' }), about({ email: 'z@x' })];
		expect(matchReports(reports, sent)).toEqual([0, 1, 2]);
	});

	it('goes by unique contacts where the numbers differ', () => {
		const sent = [{ email: 'a@x' }, { email: 'b@x' }, { email: 'b@x' }, { email: 'c@x' }];
		const reports = [about({ email: 'c@x' }), about({ email: 'b@x' }), about({ email: 'a@x' })];
		expect(matchReports(reports, sent)).toEqual([2, undefined, undefined, 0]);
		expect(matchReports([], sent)).toEqual([undefined, undefined, undefined, undefined]);
		expect(matchReports([about()], sent)).toEqual([undefined, undefined, undefined, undefined]);
	});

	it('finds the own report of each in any order, where all contacts differ', () => {
		const permutation = fc
			.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 30 })
			.chain((ids) =>
				fc.tuple(
					fc.constant(ids),
					fc.shuffledSubarray(ids, { minLength: ids.length, maxLength: ids.length }),
				),
			);
		fc.assert(
			fc.property(permutation, fc.nat({ max: 30 }), ([ids, shuffled], kept) => {
				const sent = ids.map((id) => ({ external_id: `K-${id}` }));
				const reported = shuffled.slice(0, kept);
				const reports = reported.map((id) => about({ external_id: `K-${id}` }));
				const found = matchReports(reports, sent);
				found.forEach((index, own) =>
					expect(index === undefined ? undefined : reported[index]).toBe(
						reported.includes(ids[own] ?? 0) ? ids[own] : undefined,
					),
				);
			}),
		);
	});

	it('never gives one report to two events', () => {
		const contact = fc.record(
			{
				id: fc.integer({ min: 1, max: 3 }),
				email: fc.constantFrom('a@x', 'b@x'),
				external_id: fc.constantFrom('A', 'B'),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.array(contact), fc.array(contact), (sent, reported) => {
				const found = matchReports(reported.map(about), sent);
				const used = found.filter((index) => index !== undefined);
				expect(found).toHaveLength(sent.length);
				expect(new Set(used).size).toBe(used.length);
			}),
		);
	});
});
