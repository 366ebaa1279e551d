import fc from 'fast-check';

import type { Identifiers } from '../../../nodes/Maileon/maileon/contact/contact';
import {
	matchReports,
	type SentTransaction,
} from '../../../nodes/Maileon/maileon/transaction/transactionMatching';
import type { TransactionReport } from '../../../nodes/Maileon/maileon/transaction/transactionReport';
import { check } from '../../support/propertySettings';

type Part = keyof Identifiers;

const identifiers = (person: number, parts: readonly Part[]): Identifiers => {
	const all = { id: person, external_id: `K-${person}`, email: `p${person}@example.com` };
	return Object.fromEntries(parts.map((part) => [part, all[part]]));
};

/** One event of a call, and how it stands in the answer. */
interface Sending {
	person: number;
	sentBy: readonly Part[];
	namedBy: readonly Part[];
	/** The answer is in the order of these. */
	place: number;
}

const ways: ReadonlyArray<readonly Part[]> = [
	['email'],
	['external_id'],
	['id'],
	['external_id', 'email'],
];
const anyParts = fc.subarray<Part>(['id', 'external_id', 'email']);

function sendings(
	sentBy: fc.Arbitrary<readonly Part[]>,
	namedBy: fc.Arbitrary<readonly Part[]>,
): fc.Arbitrary<Sending[]> {
	const person = fc.integer({ min: 1, max: 4 });
	return fc.array(fc.record({ person, sentBy, namedBy, place: fc.nat() }), { maxLength: 12 });
}

/** All events of a call name their contacts in the same way, as the parameters of a run have it. */
const alike = (namedBy: (way: readonly Part[]) => fc.Arbitrary<readonly Part[]>) =>
	fc.constantFrom(...ways).chain((way) => sendings(fc.constant(way), namedBy(way)));

const events = (list: readonly Sending[]): SentTransaction[] =>
	list.map(({ person, sentBy }) => ({ contact: identifiers(person, sentBy), content: {} }));

const reportOf = ({ person, namedBy }: Sending): TransactionReport => ({
	queued: true,
	...(namedBy.length > 0 && { contact: { ...identifiers(person, namedBy) } }),
});

/** The sendings in the order of the answer, which is free but for the events of one person. */
function answered(list: readonly Sending[]): number[] {
	const ofPerson = new Map<number, number[]>();
	list.forEach(({ person }, index) =>
		ofPerson.set(person, [...(ofPerson.get(person) ?? []), index]),
	);
	return [...list]
		.sort((one, other) => one.place - other.place)
		.map(({ person }) => ofPerson.get(person)?.shift() ?? -1);
}

/** Which event each report was given to, as an answer in that order has it. */
function found(list: readonly Sending[], order: readonly number[]): Array<number | undefined> {
	const reports = order.flatMap((index) => list[index] ?? []).map(reportOf);
	return matchReports(reports, events(list)).map((report) =>
		report === undefined ? undefined : order[report],
	);
}

const own = (list: readonly Sending[]) => list.map((_sending, index) => index);

test('in the order of the events, every event gets its own report, whatever the reports name', () => {
	check(
		'reports in order',
		fc.property(
			alike(() => anyParts),
			(list) => {
				expect(found(list, own(list))).toEqual(own(list));
			},
		),
	);
});

test('in any order, every event gets its own report where the reports name what was sent', () => {
	const naming = (way: readonly Part[]) =>
		fc.tuple(fc.constantFrom(...way), anyParts).map(([part, more]) => [...more, part]);
	check(
		'reports that name what was sent, in any order',
		fc.property(alike(naming), (list) => {
			expect(found(list, answered(list))).toEqual(own(list));
		}),
	);
	const whole = fc.constant<readonly Part[]>(['id', 'external_id', 'email']);
	check(
		'reports that name all, in any order',
		fc.property(sendings(fc.constantFrom(...ways), whole), (list) => {
			expect(found(list, answered(list))).toEqual(own(list));
		}),
	);
});

test('in any order, and whatever is missing, no report goes to somebody whom it does not mean', () => {
	check(
		'reports with missing parts, in any order',
		fc.property(sendings(fc.constantFrom(...ways), anyParts), (list) => {
			const order = answered(list);
			const sent = new Set(
				events(list).flatMap(({ contact }) => Object.values(contact) as unknown[]),
			);
			const wrong = found(list, order).filter((event, index) => {
				if (event === undefined || list[event]?.person === list[index]?.person) return false;
				const named = Object.values(reportOf(list[event] as Sending).contact ?? {});
				const saysNothing = named.every((name) => !sent.has(name));
				return !saysNothing || order[index] !== event;
			});
			expect(wrong).toEqual([]);
		}),
	);
});

test('in any order at all, the transaction IDs that were sent tell', () => {
	const named = fc.tuple(fc.constantFrom(...ways), anyParts);
	check(
		'reports with transaction IDs',
		fc.property(
			named.chain(([way, parts]) => sendings(fc.constant(way), fc.constant(parts))),
			(list) => {
				const sent = events(list).map((event, index) => ({
					...event,
					content: { transaction_id: `T-${index}` },
				}));
				const order = own(list).sort(
					(one, other) => (list[one]?.place ?? 0) - (list[other]?.place ?? 0),
				);
				const reports = order.flatMap((index) => ({
					...reportOf(list[index] as Sending),
					transaction_id: `T-${index}`,
				}));
				const matched = matchReports(reports, sent);
				expect(matched.map((report) => order[report ?? -1])).toEqual(own(list));
			},
		),
	);
});

test('whatever the answer, no report is given twice or against a name in it', () => {
	const contact = fc.record(
		{
			id: fc.integer({ min: 1, max: 3 }),
			email: fc.constantFrom('a@x', 'b@x', 'z@x'),
			external_id: fc.constantFrom('A', 'B', 'Z'),
		},
		{ requiredKeys: [] },
	);
	check(
		'any reports',
		fc.property(fc.array(contact), fc.array(contact), (sent, reported) => {
			const reports = reported.map((named) => ({ queued: true, contact: named }));
			const matched = matchReports(
				reports,
				sent.map((one) => ({ contact: one, content: {} })),
			);
			expect(matched).toHaveLength(sent.length);
			const used = matched.filter((index) => index !== undefined);
			expect(new Set(used).size).toBe(used.length);
			if (sent.length === 1 && reports.length === 1) return;
			matched.forEach((index, event) => {
				const names: Identifiers = reported[index ?? -1] ?? {};
				const common = (['id', 'external_id', 'email'] as const).filter(
					(part) => names[part] !== undefined && sent[event]?.[part] !== undefined,
				);
				const agrees = common.some((part) => names[part] === sent[event]?.[part]);
				expect(common.length === 0 || agrees).toBe(true);
			});
		}),
	);
});
