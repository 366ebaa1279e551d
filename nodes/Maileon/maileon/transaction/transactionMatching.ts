/**
 * Which of the sent transactions a report is about.
 * Rests on "Create Transactions": one report for each transaction. Neither their order nor which
 * identifiers they name is documented.
 */
import type { Identifiers } from '../contact/contact';
import { emailKey } from '../contact/identity';
import type { Transaction } from './transaction';
import type { TransactionReport } from './transactionReport';

export type SentTransaction = Pick<Transaction, 'contact' | 'content'>;

/**
 * Finds the report of each transaction. Where there is one for each and nothing that they name
 * contradicts it, they are in the order of the transactions. Otherwise the k-th report that names a
 * contact belongs to its k-th transaction, where the contact has as many reports as transactions. Better
 * no report than the wrong one.
 * @returns for each transaction the index of its report, or undefined
 */
export function matchReports(
	reports: readonly TransactionReport[],
	transactions: readonly SentTransaction[],
): Array<number | undefined> {
	const sent = transactions.map(({ contact, content }) => namesOf(contact, content.transaction_id));
	const reported = reportedNames(reports, sent);
	if (isInOrder(reported, sent)) return transactions.map((_transaction, index) => index);
	const links = new Links(reported, sent);
	links.linkByTransactionId();
	links.linkByContact();
	if (reports.length === transactions.length) links.linkRest();
	return links.reportOf;
}

/** The identifiers of contacts, the strongest first: several contacts can share an email. */
const CONTACT_KEYS = ['id', 'externalId', 'email'] as const;
const KEYS = ['transactionId', ...CONTACT_KEYS] as const;

/** What tells which transaction is meant. */
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
 * Whether a report can be about a transaction. The strongest name that both have decides; one that was not
 * sent counts only as the Maileon ID, since Maileon may know a contact by another email than the one
 * that was sent. A report that names another transaction, or only somebody else, is not about this one.
 */
function fits({ known, further }: Reported, sent: Names): boolean {
	if (known.transactionId !== undefined && known.transactionId !== sent.transactionId) return false;
	const id = known.id ?? further.id;
	if (id !== undefined && sent.id !== undefined) return id === sent.id;
	const common = CONTACT_KEYS.find((key) => known[key] !== undefined && sent[key] !== undefined);
	if (common) return known[common] === sent[common];
	return CONTACT_KEYS.every(
		(key) => known[key] === undefined && (further[key] === undefined || sent[key] === undefined),
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

/** Indexes of transactions and of reports that may belong together. */
interface Group {
	transactions: number[];
	reports: number[];
}

/** Links reports to transactions, the most certain first; what is linked stays so. */
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
			if (group.transactions.length === 1) this.link(group);
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
			rest.transactions.map((index) =>
				JSON.stringify({ ...this.sent[index], transactionId: null }),
			),
		);
		if (contacts.size === 1) this.link(rest);
	}

	private rest(): Group {
		return {
			transactions: [...this.sent.keys()].filter((index) => this.reportOf[index] === undefined),
			reports: [...this.reported.keys()].filter((report) => !this.linked.has(report)),
		};
	}

	private groups(
		keyOf: (names: Names) => string | undefined,
		{ transactions, reports } = this.rest(),
	) {
		const groups = new Map<string, Group>();
		const add = (side: keyof Group, index: number, names: Names = {}) => {
			const key = keyOf(names);
			if (key === undefined) return;
			const group = groups.get(key) ?? { transactions: [], reports: [] };
			groups.set(key, group);
			group[side].push(index);
		};
		for (const index of transactions) add('transactions', index, this.sent[index]);
		for (const report of reports) add('reports', report, this.reported[report]?.known);
		return groups.values();
	}

	private haveAll({ transactions, reports }: Group, key: keyof Names): boolean {
		return (
			transactions.every((index) => this.sent[index]?.[key] !== undefined) &&
			reports.every((report) => this.reported[report]?.known[key] !== undefined)
		);
	}

	/** Links the k-th report to the k-th transaction, if there is one for each and all can be right. */
	private link({ transactions, reports }: Group): void {
		if (transactions.length !== reports.length) return;
		const pairs = transactions.map((index, k) => ({ index, report: reports[k] ?? -1 }));
		const areRight = pairs.every(({ index, report }) => {
			const names = this.reported[report];
			return names !== undefined && fits(names, this.sent[index] ?? {});
		});
		if (!areRight) return;
		for (const { index, report } of pairs) {
			this.reportOf[index] = report;
			this.linked.add(report);
		}
	}
}

/**
 * Tells which names mean the same contact: those that stand together, in a transaction or in a report.
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
