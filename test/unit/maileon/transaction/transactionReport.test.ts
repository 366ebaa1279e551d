import { readAnswer } from '../../../../nodes/Maileon/maileon/answer';
import { readTransactionReports } from '../../../../nodes/Maileon/maileon/transaction/transactionReport';

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
