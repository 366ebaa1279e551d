/**
 * What Maileon reports about transactions that were sent.
 * Rests on "Create Transactions" and the official clients: one report can come without a list around
 * it.
 */
import type { Answer } from '../answer';
import { isRecord } from '../records';
import { readBoolean } from '../contact/report';

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
