import type { Identifiers } from '../../../nodes/Maileon/maileon/contact/contact';
import { matchReports } from '../../../nodes/Maileon/maileon/transaction/transactionMatching';
import type { TransactionReport } from '../../../nodes/Maileon/maileon/transaction/transactionReport';

const about = (contact?: Record<string, unknown>, transactionId?: string): TransactionReport => ({
	queued: true,
	...(contact && { contact }),
	...(transactionId !== undefined && { transaction_id: transactionId }),
});
const match = (reports: readonly TransactionReport[], sent: readonly Identifiers[]) =>
	matchReports(
		reports,
		sent.map((contact) => ({ contact, content: {} })),
	);

const a = { email: 'a@x' };
const b = { email: 'b@x' };
const c = { email: 'c@x' };

describe('reports in the order of the events', () => {
	test('also for many events of one contact, and where some name nobody', () => {
		const ada = { email: 'ada@example.com' };
		const reports = [about({ id: 1, email: 'Ada@Example.com' }), about(), about(ada)];
		expect(match(reports, [ada, ada, ada])).toEqual([0, 1, 2]);
	});

	test('that name nothing that was sent', () => {
		expect(match([about(), about({ id: 2 }), about({ id: 1 })], [a, b, a])).toEqual([0, 1, 2]);
		expect(match([about({ email: '' }), about({ email: 'A@X' })], [b, a])).toEqual([0, 1]);
	});

	test('that name another identifier beside the one that was sent', () => {
		const sent = [
			{ external_id: 'A', email: 'new@x' },
			{ external_id: 'B', email: 'b@x' },
		];
		const reports = [
			about({ external_id: 'A', email: 'old@x' }),
			about({ external_id: 'Z', ...b }),
		];
		expect(match(reports, sent)).toEqual([0, 1]);
	});

	test('the only report of the only event is its own, whatever it names', () => {
		expect(match([about({ email: 'z@x' })], [a])).toEqual([0]);
	});
});

describe('reports in another order', () => {
	test('the k-th that names a contact belongs to its k-th event', () => {
		expect(match([about(b), about(a), about(a)], [a, b, a])).toEqual([1, 0, 2]);
		expect(match([about(a), about(a), about(b), about(b)], [a, b, b, a])).toEqual([0, 2, 3, 1]);
	});

	test('are seen through by any identifier', () => {
		const sent = [a, { external_id: 'B' }, { id: 3 }];
		const reports = [
			about({ id: 3, email: 'c@x' }),
			about({ email: 'A@X' }),
			about({ external_id: 'B' }),
		];
		expect(match(reports, sent)).toEqual([1, 2, 0]);
		expect(match([about({ id: 1 }), about(a)], [a, { id: 1 }])).toEqual([1, 0]);
	});

	test('contacts that share an email are told apart by what is stronger', () => {
		const sent = [
			{ external_id: 'A', ...c },
			{ external_id: 'B', ...c },
		];
		const reports = [about({ external_id: 'B', ...c }), about({ external_id: 'A', ...c })];
		expect(match(reports, sent)).toEqual([1, 0]);
		expect(match([about({ id: 2, ...c }), about({ id: 1, ...c })], [{ id: 1 }, { id: 2 }])).toEqual(
			[1, 0],
		);
	});

	test('one contact that was sent under two names is still one', () => {
		const contact = { external_id: 'A', ...a };
		const reports = [about(b), about(contact), about(contact)];
		expect(match(reports, [{ external_id: 'A' }, a, b])).toEqual([1, 2, 0]);
	});

	test('what is left over of one contact is its own', () => {
		expect(match([about(b), about({ id: 1 }), about()], [a, b, a])).toEqual([1, 0, 2]);
		expect(match([about(b), about(a), about()], [a, a, b])).toEqual([1, 2, 0]);
	});

	test('what is left over of several contacts stays unlinked', () => {
		const reports = [about(b), about({ id: 1 }), about({ id: 3 })];
		expect(match(reports, [a, b, c])).toEqual([undefined, 0, undefined]);
	});

	test('what names somebody else stays unlinked', () => {
		expect(match([about(b), about(a), about({ email: 'z@x' })], [a, b, c])).toEqual([
			1,
			0,
			undefined,
		]);
		expect(match([about(b), about(a)], [a, a])).toEqual([undefined, undefined]);
	});

	test('one contact with two Maileon IDs shows that the order differs', () => {
		const reports = [about({ id: 2 }), about({ id: 1 }), about({ id: 1 })];
		expect(match(reports, [a, b, a])).toEqual([undefined, undefined, undefined]);
		expect(match([about({ id: 1 }), about({ id: 1 })], [a, b])).toEqual([undefined, undefined]);
	});

	test('events of one contact are told apart by the transaction ID that was sent', () => {
		const sent = ['T1', 'T2', 'T3'].map((id) => ({ contact: a, content: { transaction_id: id } }));
		const of = (...ids: string[]) => ids.map((id) => about(a, id));
		expect(matchReports(of('T3', 'T1', 'T2'), sent)).toEqual([1, 2, 0]);
		expect(matchReports([about({}, 'T2'), about({}, 'T1'), about()], sent)).toEqual([1, 0, 2]);
		expect(matchReports(of('T2'), sent)).toEqual([undefined, 0, undefined]);
		expect(matchReports(of('made', 'by', 'Maileon'), sent)).toEqual([0, 1, 2]);
	});

	test('a transaction ID that was sent twice does not overrule the contact', () => {
		const sent = [a, b].map((contact) => ({ contact, content: { transaction_id: 7 } }));
		expect(matchReports([about(b, '7'), about(a, '7')], sent)).toEqual([1, 0]);
	});
});

describe('another number of reports than events', () => {
	test('links contacts that have as many reports as events', () => {
		expect(match([about(c), about(b), about(a)], [a, b, b, c])).toEqual([
			2,
			undefined,
			undefined,
			0,
		]);
		expect(match([about(a), about(b), about(b), about(b)], [a, b])).toEqual([0, undefined]);
		expect(match([], [a, b])).toEqual([undefined, undefined]);
		expect(match([about()], [a, b])).toEqual([undefined, undefined]);
	});

	test('takes no empty name for one', () => {
		expect(match([about({ email: '' }), about({ email: 'A@x' })], [{ email: '' }, a, {}])).toEqual([
			undefined,
			1,
			undefined,
		]);
	});

	test('takes no report for a contact that something in it speaks against', () => {
		const sent = [{ id: 1, ...a }, { id: 2, ...b }, { id: 3 }];
		expect(match([about({ id: 9, ...a }), about({ id: 2, ...b })], sent)).toEqual([
			undefined,
			1,
			undefined,
		]);
	});
});
