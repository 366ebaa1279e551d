/**
 * Which of the events that were sent a report speaks of.
 * Rests on "Create Transactions": one report for each transaction. Neither their order nor which
 * identifiers they name is documented.
 */
import type { Identifiers } from '../contact/contact';
import { emailKey } from '../contact/identity';
import type { Transaction } from './transaction';
import type { TransactionReport } from './transactionReport';

export type SentEvent = Pick<Transaction, 'contact' | 'content'>;

/**
 * Finds the report of each event. Where there is one for each and nothing that they name speaks
 * against it, they are in the order of the events. Otherwise the k-th report that names a contact
 * belongs to its k-th event, where the contact has as many reports as events. Better no report than
 * the wrong one.
 * @returns for each event the index of its report, or undefined
 */
export function matchReports(
	reports: readonly TransactionReport[],
	events: readonly SentEvent[],
): Array<number | undefined> {
	const sent = events.map(({ contact, content }) => namesOf(contact, content.transaction_id));
	const reported = reportedNames(reports, sent);
	if (isInOrder(reported, sent)) return events.map((_event, index) => index);
	const links = new Links(reported, sent);
	links.linkByTransactionId();
	links.linkByContact();
	if (reports.length === events.length) links.linkRest();
	return links.reportOf;
}

/** The identifiers of contacts, the strongest first: several contacts can share an email. */
const CONTACT_KEYS = ['id', 'externalId', 'email'] as const;
const KEYS = ['transactionId', ...CONTACT_KEYS] as const;

/** What tells which event is meant. */
type Names = Partial<Record<(typeof KEYS)[number], string>>;

function namesOf(contact: Identifiers | Record<string, unknown>, transactionId: unknown): Names {
	const email = nameOf(contact.email);
	return {
		id: nameOf(contact.id),
		externalId: nameOf(contact.external_id),
		email: email === undefined ? undefined : emailKey(email),
		transactionId: nameOf(transactionId),
	};
}

function nameOf(value: unknown): string | undefined {
	return typeof value === 'number' || (typeof value === 'string' && value !== '')
		? String(value)
		: undefined;
}

/** What a report names: of that which was sent, and further, such as an ID that Maileon made. */
interface Reported {
	known: Names;
	further: Names;
}

function reportedNames(
	reports: readonly TransactionReport[],
	sent: readonly Names[],
): readonly Reported[] {
	const sentNames = KEYS.map((key) => ({ key, values: new Set(sent.map((names) => names[key])) }));
	return reports.map(({ contact, transaction_id: transactionId }) => {
		const names = namesOf(contact ?? {}, transactionId);
		const reported: Reported = { known: {}, further: {} };
		for (const { key, values } of sentNames)
			reported[values.has(names[key]) ? 'known' : 'further'][key] = names[key];
		return reported;
	});
}

/**
 * Whether a report can be about an event. The strongest name that both have decides; one that was not
 * sent counts only as the Maileon ID, since Maileon may know a contact by another email than the one
 * that was sent. A report that names another event, or somebody else only, is not about this one.
 */
function fits({ known, further }: Reported, event: Names): boolean {
	if (known.transactionId !== undefined && known.transactionId !== event.transactionId)
		return false;
	const id = known.id ?? further.id;
	if (id !== undefined && event.id !== undefined) return id === event.id;
	const common = CONTACT_KEYS.find((key) => known[key] !== undefined && event[key] !== undefined);
	if (common) return known[common] === event[common];
	return CONTACT_KEYS.every(
		(key) => known[key] === undefined && (further[key] === undefined || event[key] === undefined),
	);
}

function isInOrder(reported: readonly Reported[], sent: readonly Names[]): boolean {
	if (reported.length !== sent.length) return false;
	const isOnly = sent.length === 1;
	const allFit = reported.every((report, index) => fits(report, sent[index] ?? {}));
	return isOnly || (allFit && isOneIdEach(reported, sent));
}

/** Whether each contact has one Maileon ID, and each ID one contact, if the order is the same. */
function isOneIdEach(reported: readonly Reported[], sent: readonly Names[]): boolean {
	const seen = new Map<string, string>();
	const isConstant = (what: string, value: string | undefined) => {
		if (value === undefined) return true;
		const former = seen.get(what) ?? value;
		seen.set(what, former);
		return former === value;
	};
	return reported.every(({ further: { id } }, index) => {
		const { externalId, email } = sent[index] ?? {};
		const contact = JSON.stringify([externalId, email]);
		return (
			id === undefined ||
			(isConstant(`ID of ${contact}`, id) &&
				isConstant(`external ID of ${id}`, externalId) &&
				isConstant(`email of ${id}`, email))
		);
	});
}

/** Indexes of events and of reports that may belong together. */
interface Group {
	events: number[];
	reports: number[];
}

/** Links reports to events, from the most certain on; what is linked stays so. */
class Links {
	readonly reportOf: Array<number | undefined>;
	private readonly linked = new Set<number>();

	constructor(
		private readonly reported: readonly Reported[],
		private readonly sent: readonly Names[],
	) {
		this.reportOf = sent.map(() => undefined);
	}

	/** A transaction ID that was sent need not be unique, but where it is, it is certain. */
	linkByTransactionId(): void {
		for (const group of this.groups(({ transactionId }) => transactionId))
			if (group.events.length === 1) this.link(group);
	}

	linkByContact(): void {
		const contactOf = contactsOf([...this.sent, ...this.reported.map(({ known }) => known)]);
		for (const contact of this.groups(contactOf)) {
			const key = CONTACT_KEYS.find((each) => this.haveAll(contact, each));
			if (key) for (const group of this.groups((names) => names[key], contact)) this.link(group);
			else this.link(contact);
		}
	}

	/** What is left over belongs together where it is all about one contact. */
	linkRest(): void {
		const rest = this.rest();
		const contacts = new Set(
			rest.events.map((event) => JSON.stringify({ ...this.sent[event], transactionId: null })),
		);
		if (contacts.size === 1) this.link(rest);
	}

	private rest(): Group {
		return {
			events: [...this.sent.keys()].filter((event) => this.reportOf[event] === undefined),
			reports: [...this.reported.keys()].filter((report) => !this.linked.has(report)),
		};
	}

	private groups(keyOf: (names: Names) => string | undefined, { events, reports } = this.rest()) {
		const groups = new Map<string, Group>();
		const add = (side: keyof Group, index: number, names: Names = {}) => {
			const key = keyOf(names);
			if (key === undefined) return;
			const group = groups.get(key) ?? { events: [], reports: [] };
			groups.set(key, group);
			group[side].push(index);
		};
		for (const event of events) add('events', event, this.sent[event]);
		for (const report of reports) add('reports', report, this.reported[report]?.known);
		return groups.values();
	}

	private haveAll({ events, reports }: Group, key: keyof Names): boolean {
		return (
			events.every((event) => this.sent[event]?.[key] !== undefined) &&
			reports.every((report) => this.reported[report]?.known[key] !== undefined)
		);
	}

	/** Links the k-th report to the k-th event, if there is one for each and all can be right. */
	private link({ events, reports }: Group): void {
		if (events.length !== reports.length) return;
		const pairs = events.map((event, k) => ({ event, report: reports[k] ?? -1 }));
		const areRight = pairs.every(({ event, report }) => {
			const names = this.reported[report];
			return names !== undefined && fits(names, this.sent[event] ?? {});
		});
		if (!areRight) return;
		for (const { event, report } of pairs) {
			this.reportOf[event] = report;
			this.linked.add(report);
		}
	}
}

/**
 * Tells which names mean the same contact: those that stand together, in an event or in a report.
 * @returns what stands for the contact that names mean; undefined where they mean none
 */
function contactsOf(all: readonly Names[]): (names: Names) => string | undefined {
	const representatives = new Map<string, string>();
	const find = (name: string): string => {
		let current = name;
		for (let next = representatives.get(current); next; next = representatives.get(current)) {
			representatives.set(current, representatives.get(next) ?? next);
			current = next;
		}
		return current;
	};
	for (const names of all) {
		const [first = '', ...others] = contactNames(names);
		for (const other of others) {
			const [root, otherRoot] = [find(first), find(other)];
			if (root !== otherRoot) representatives.set(otherRoot, root);
		}
	}
	return (names) => {
		const [name] = contactNames(names);
		return name === undefined ? undefined : find(name);
	};
}

function contactNames(names: Names): string[] {
	return CONTACT_KEYS.flatMap((key) => (names[key] === undefined ? [] : `${key} ${names[key]}`));
}
