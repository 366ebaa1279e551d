/**
 * What Maileon reports about transactions that were sent.
 * Rests on "Create Transactions" and the official clients. The order of the reports is not
 * documented, and one report can come without a list around it.
 */
import type { Answer } from './answer';
import type { Identifiers } from './contact';
import { emailKey } from './identity';
import { isRecord } from './records';
import { readBoolean } from './report';

export interface TransactionReport {
	queued: boolean;
	message?: string;
	transaction_id?: string;
	contact?: Record<string, unknown>;
	[other: string]: unknown;
}

/** The reports in an answer; undefined when it holds none. */
export function readTransactionReports(
	answer: Answer | undefined,
): TransactionReport[] | undefined {
	if (answer?.kind !== 'json') return undefined;
	const { value } = answer;
	const reports = isRecord(value) && 'reports' in value ? value.reports : value;
	const list: unknown[] = Array.isArray(reports) ? reports : [reports];
	const isComplete = list.every((report) => isRecord(report) && 'queued' in report);
	return isComplete ? list.filter(isRecord).map(readReport) : undefined;
}

function readReport(report: Record<string, unknown>): TransactionReport {
	const { queued, message, transaction_id: id, contact, ...others } = report;
	return {
		queued: typeof queued === 'boolean' ? queued : readBoolean(String(queued)),
		...(id !== undefined && id !== null && id !== '' && { transaction_id: String(id) }),
		...(message !== undefined &&
			message !== null &&
			message !== '' && { message: String(message) }),
		...(isRecord(contact) && { contact }),
		...others,
	};
}

/**
 * Finds the report of each transaction: by position where there are as many reports as transactions,
 * unless the contacts that they name show that they are the same in another order; else by the
 * contacts, where these are unique on both sides. Better no report than the wrong one.
 * @returns for each transaction the index of its report, or undefined
 */
export function matchReports(
	reports: readonly TransactionReport[],
	sent: readonly Identifiers[],
): Array<number | undefined> {
	const isOneToOne = reports.length === sent.length;
	if (isOneToOne && sent.every((contact, index) => mayBeAbout(reports[index], contact)))
		return sent.map((_contact, index) => index);
	const byContact = matchByContact(reports, sent);
	const isReordered = byContact.every((index) => index !== undefined);
	return isOneToOne && !isReordered ? sent.map((_contact, index) => index) : byContact;
}

const LOOKUPS: ReadonlyArray<(contact: Record<string, unknown>) => string | undefined> = [
	({ id }) => keyText(id),
	({ external_id: externalId }) => keyText(externalId),
	({ email }) => {
		const text = keyText(email);
		return text && emailKey(text);
	},
];

function keyText(value: unknown): string | undefined {
	return typeof value === 'number' || (typeof value === 'string' && value !== '')
		? String(value)
		: undefined;
}

/** Whether nothing that the report names speaks against the contact. */
function mayBeAbout(report: TransactionReport | undefined, sent: Identifiers): boolean {
	return LOOKUPS.every((lookup) => {
		const reported = lookup(report?.contact ?? {});
		const own = lookup({ ...sent });
		return reported === undefined || own === undefined || reported === own;
	});
}

function matchByContact(
	reports: readonly TransactionReport[],
	sent: readonly Identifiers[],
): Array<number | undefined> {
	const tables = LOOKUPS.map((lookup) => ({
		lookup,
		reports: uniqueIndexes(reports.map(({ contact }) => lookup(contact ?? {}))),
		sent: uniqueIndexes(sent.map((contact) => lookup({ ...contact }))),
	}));
	const taken = new Set<number>();
	return sent.map((contact, own) => {
		for (const { lookup, ...indexes } of tables) {
			const key = lookup({ ...contact });
			const found = key === undefined ? undefined : indexes.reports.get(key);
			if (key === undefined || found === undefined || taken.has(found)) continue;
			if (indexes.sent.get(key) !== own || !mayBeAbout(reports[found], contact)) continue;
			taken.add(found);
			return found;
		}
		return undefined;
	});
}

/** The index of each key that stands only once. */
function uniqueIndexes(keys: ReadonlyArray<string | undefined>): Map<string, number> {
	const indexes = new Map<string, number>();
	const repeated = new Set<string>();
	keys.forEach((key, index) => {
		if (key === undefined) return;
		if (indexes.has(key)) repeated.add(key);
		indexes.set(key, index);
	});
	for (const key of repeated) indexes.delete(key);
	return indexes;
}
