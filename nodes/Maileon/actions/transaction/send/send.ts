/**
 * Sends transactions and hands each report back to the item that it belongs to.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Identifiers } from '../../../maileon/contact/contact';
import { transactions } from '../../../maileon/endpoints/transactions';
import {
	transactionsBody,
	transactionText,
	type Transaction,
} from '../../../maileon/transaction/transaction';
import { matchReports } from '../../../maileon/transaction/transactionMatching';
import { counted, sentence } from '../../../maileon/phrases';
import {
	readTransactionReports,
	type TransactionReport,
} from '../../../maileon/transaction/transactionReport';
import { readAttachments } from '../../../input/attachments';
import { errorRow, factsOf, type ErrorFacts } from '../../../run/failures';
import { tell } from '../../../run/hints';
import type { BatchOutcome, BatchRow, Sent } from '../../../run/perBatch';
import { uselessAnswer } from '../../../transport/answers';
import type { MaileonClient } from '../../../transport/client';
import { MaileonFailure, type Outcome } from '../../../transport/failure';
import { ExplainedRefusal } from '../../../transport/refusal';
import { NotQueued, withFilledId } from './explain';
import type { PlannedTransaction, SendOptions } from './plan';

type Batch = ReadonlyArray<Sent<PlannedTransaction>>;

/**
 * Sends one batch and returns a row for each transaction, in their order. One that was not queued is an
 * error row, and the failure of the batch.
 * @throws NotQueued without "continue", when a file cannot be read
 * @throws MaileonFailure when the request failed, or the answer holds no reports
 */
export async function sendTransactions(
	node: IExecuteFunctions,
	client: MaileonClient,
	batch: Batch,
): Promise<BatchOutcome> {
	const [first] = batch;
	if (!first) return { rows: [] };
	const { ready, rows } = await readFiles(node, batch);
	const failed = new Map<number, Outcome>();
	for (const { sequence } of rows) failed.set(sequence, 'refused');
	if (ready.length === 0) return { rows, failed };
	const { reports, status } = await post(
		client,
		ready.map(({ text }) => text),
		first.payload.options,
	);
	const results = resultsOf(
		ready.map(({ sent }) => sent),
		reports,
		status,
	);
	tellUnlinked(node, results, reports.length, ready.length);
	const refused = results.flatMap(({ items, facts, isUnclear }) =>
		facts ? [{ item: items[0], facts, isUnclear }] : [],
	);
	for (const { items, sequence, facts, isUnclear } of results)
		if (facts && items.length > 0) failed.set(sequence, isUnclear ? 'unclear' : 'refused');
	return {
		rows: [...rows, ...results.map(rowOf)],
		failed,
		...(refused.length > 0 && {
			failure: new NotQueued(refused, results.length - refused.length),
		}),
	};
}

/** Reads the attached files. A transaction whose file cannot be read fails alone. */
async function readFiles(node: IExecuteFunctions, batch: Batch) {
	const ready: Array<{ sent: Sent<PlannedTransaction>; text: string }> = [];
	const rows: BatchRow[] = [];
	for (const sent of batch) {
		const { payload, item, sequence } = sent;
		let refusal: unknown;
		const files = await readAttachments(node, item, payload.attachments).catch((error: unknown) => {
			refusal = error;
		});
		if (files) {
			ready.push({ sent, text: transactionText(payload.transaction, files) });
			continue;
		}
		const facts = factsOf(refusal, {}, payload.transaction.contact);
		if (!node.continueOnFail()) throw new NotQueued([{ item, facts }], 0);
		rows.push({ json: errorRow(facts, item).json, items: [item], sequence });
	}
	return { ready, rows };
}

/**
 * Invalid transactions are always ignored: the valid ones are queued whatever the others are, and the
 * report says what became of each. Whether Maileon queues anything of a request that it refuses
 * as a whole is not documented.
 */
async function post(
	client: MaileonClient,
	texts: readonly string[],
	{ generateTransactionId, retries, timeout }: SendOptions,
): Promise<{ reports: TransactionReport[]; status: number }> {
	const query = [
		['ignore_invalid_transactions', true],
		['generate_transaction_id', generateTransactionId || undefined],
	] as const;
	const request = { ...transactions.send.request({}, query, transactionsBody(texts)), timeout };
	let refusal: { reports: TransactionReport[]; status: number } | undefined;
	const answer = await client.send(request, { retries }).catch((error: unknown) => {
		refusal = reportsOfFailure(error);
		if (!refusal) throw error;
	});
	if (refusal) return refusal;
	const reports = readTransactionReports(answer?.answer);
	if (answer && reports) return { reports, status: answer.status };
	throw answer ? uselessAnswer(answer, request, 'It holds no reports.') : new Error('No answer');
}

/** A status of refusal can come with reports too: they say more. */
function reportsOfFailure(error: unknown) {
	if (!(error instanceof MaileonFailure)) return undefined;
	const { answer, status } = error.facts;
	const reports = readTransactionReports(answer);
	return reports && status !== undefined ? { reports, status } : undefined;
}

interface Result {
	items: readonly number[];
	sequence: number;
	/** What comes out of a transaction that was queued. */
	json?: IDataObject;
	/** Why it was not queued. */
	facts?: ErrorFacts;
	/** Whether no report could be linked to it, so that it may be queued. */
	isUnclear?: boolean;
}

function resultsOf(batch: Batch, reports: readonly TransactionReport[], status: number): Result[] {
	const found = matchReports(
		reports,
		batch.map(({ payload }) => payload.transaction),
	);
	const used = new Set(found);
	const linked = batch.map((sent, index): Result => {
		const reportIndex = found[index];
		const report = reportIndex === undefined ? undefined : reports[reportIndex];
		return { items: [sent.item], sequence: sent.sequence, ...resultOf(sent, report, status) };
	});
	const sequence = batch[batch.length - 1]?.sequence ?? 0;
	const unlinked = reports
		.filter((_report, index) => !used.has(index))
		.map((report): Result => ({ items: [], sequence, ...unlinkedResult(report, status) }));
	return [...linked, ...unlinked];
}

function resultOf(
	{ payload }: Sent<PlannedTransaction>,
	report: TransactionReport | undefined,
	status: number,
): Pick<Result, 'json' | 'facts' | 'isUnclear'> {
	const { contact } = payload.transaction;
	if (!report)
		return { facts: withFilledId(factsOf(NO_REPORT, {}, contact), payload), isUnclear: true };
	if (!report.queued) return { facts: refusedFacts(report, status, payload.transaction) };
	return {
		json: {
			...(payload.filledId !== undefined && { transaction_id: payload.filledId }),
			...(report as IDataObject),
			contact: { ...contact, ...report.contact } as IDataObject,
			...(payload.ignoredKeys.length > 0 && { ignored_fields: [...payload.ignoredKeys] }),
		},
	};
}

const NO_REPORT = new ExplainedRefusal({
	message: 'Maileon does not say what became of this transaction.',
	description:
		'None of the reports in its answer is certain to belong to this transaction. Check in Maileon before sending it again, since a second mail could go out.',
});

function unlinkedResult(report: TransactionReport, status: number): Pick<Result, 'json' | 'facts'> {
	return report.queued ? { json: report as IDataObject } : { facts: refusedFacts(report, status) };
}

function refusedFacts(
	{ message, contact }: TransactionReport,
	status: number,
	sent?: Transaction,
): ErrorFacts {
	const field = contact?.error_field;
	return factsOf(
		new ExplainedRefusal({
			message: `Maileon did not queue the transaction: ${sentence(message ?? 'no reason was given')}`,
			description: sent && adviceFor(sent, message),
			http_status: status >= 300 ? status : undefined,
			field: typeof field === 'string' ? field : undefined,
		}),
		{},
		sent?.contact ?? reportedIdentifiers(contact ?? {}),
	);
}

/** What to do about a contact that Maileon does not know; its words for that are not documented. */
function adviceFor({ contact, importPermission }: Transaction, message = ''): string | undefined {
	const isUnknown = /\bcontact\b/i.test(message) && /\b(no|not|unknown|missing)\b/i.test(message);
	if (!isUnknown || importPermission !== undefined) return undefined;
	return contact.id === undefined
		? 'Turn on Create Contact If Missing.'
		: 'Check the Maileon ID of the contact.';
}

function reportedIdentifiers({ id, email, external_id: externalId }: Record<string, unknown>) {
	const identifiers: Identifiers = {};
	if (typeof id === 'number' || typeof id === 'string') identifiers.id = id;
	if (typeof email === 'string') identifiers.email = email;
	if (typeof externalId === 'string') identifiers.external_id = externalId;
	return identifiers;
}

function rowOf({ items, sequence, json, facts }: Result): BatchRow {
	return { json: facts ? errorRow(facts, items[0] ?? 0).json : (json ?? {}), items, sequence };
}

function tellUnlinked(
	node: IExecuteFunctions,
	results: readonly Result[],
	reports: number,
	sent: number,
): void {
	const unlinked = results.filter(({ items }) => items.length === 0).length;
	const unclear = results.filter(({ isUnclear }) => isUnclear).length;
	if (unlinked === 0 && unclear === 0) return;
	tell(
		node,
		`Maileon answered with ${counted(reports, 'report')} for ${counted(sent, 'transaction')}. Reports were matched to items by their contacts: ${counted(unlinked, 'report')} could not be told apart and came out without a link to an item, and ${counted(unclear, 'transaction')} got no report.`,
	);
}
