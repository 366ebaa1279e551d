/**
 * Sends transactions (contact events) and hands each report back to the item that it belongs to.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Identifiers } from '../../../maileon/contact/contact';
import { clause } from '../../../maileon/phrases';
import {
	transactionsBody,
	transactionText,
	type Transaction,
} from '../../../maileon/transaction/transaction';
import { matchReports } from '../../../maileon/transaction/transactionMatching';
import {
	readTransactionReports,
	type TransactionReport,
} from '../../../maileon/transaction/transactionReport';
import { uselessAnswer } from '../../../transport/answers';
import type { MaileonClient } from '../../../transport/client';
import { MaileonFailure, type Outcome as Certainty } from '../../../transport/failure';
import { transactions } from '../../../maileon/endpoints/transactions';
import { readAttachments, type PlannedAttachment } from '../../../input/attachments';
import { ExplainedRefusal } from '../../../transport/refusal';
import { describeContact, errorRow, factsOf, type ErrorFacts } from '../../../run/failures';
import { tell } from '../../../run/hints';
import type { BatchOutcome, BatchRow, Sent } from '../../../run/perBatch';

export interface PlannedEvent {
	transaction: Transaction;
	attachments: readonly PlannedAttachment[];
	/** Input keys that belong to no attribute; told in the row, so that nobody misses them. */
	ignoredKeys: readonly string[];
}

export interface SendEventsOptions {
	generateTransactionId: boolean;
	retries: number;
	/** Milliseconds. */
	timeout: number;
}

type Batch = ReadonlyArray<Sent<PlannedEvent>>;

interface RefusedEvent {
	/** Missing where the report could not be linked. */
	item?: number;
	facts: ErrorFacts;
	/** Whether no report could be linked to the event, so that it may be queued. */
	isUnclear?: boolean;
}

/** Maileon answered, and did not queue these events. */
export class RefusedEvents extends Error {
	constructor(
		readonly refused: readonly RefusedEvent[],
		readonly queued: number,
	) {
		super('Maileon did not queue every event');
		this.name = 'RefusedEvents';
	}
}

/**
 * Sends one batch and returns a row for each event, in their order. An event that was not queued is an
 * error row, and the failure of the batch.
 * @throws RefusedEvents without "continue", when a file cannot be read
 * @throws MaileonFailure when the request failed, or the answer holds no reports
 */
export async function sendEvents(
	node: IExecuteFunctions,
	client: MaileonClient,
	batch: Batch,
	options: SendEventsOptions,
): Promise<BatchOutcome> {
	const { ready, rows } = await writeEvents(node, batch);
	const failed = new Map<number, Certainty>();
	for (const { sequence } of rows) failed.set(sequence, 'refused');
	if (ready.length === 0) return { rows, failed };
	const { reports, status } = await postEvents(
		client,
		ready.map(({ text }) => text),
		options,
	);
	const outcomes = outcomesOf(
		ready.map(({ event }) => event),
		reports,
		status,
	);
	tellUnlinked(node, outcomes, reports.length, ready.length);
	const refused = outcomes.flatMap(({ items, facts, isUnclear }) =>
		facts ? [{ item: items[0], facts, isUnclear }] : [],
	);
	for (const { items, sequence, facts, isUnclear } of outcomes)
		if (facts && items.length > 0) failed.set(sequence, isUnclear ? 'unclear' : 'refused');
	return {
		rows: [...rows, ...outcomes.map(rowOf)],
		failed,
		...(refused.length > 0 && {
			failure: new RefusedEvents(refused, outcomes.length - refused.length),
		}),
	};
}

/** Reads the files that belong to events. An event whose file cannot be read fails alone. */
async function writeEvents(node: IExecuteFunctions, batch: Batch) {
	const ready: Array<{ event: Sent<PlannedEvent>; text: string }> = [];
	const rows: BatchRow[] = [];
	for (const event of batch) {
		const { payload, item, sequence } = event;
		let refusal: unknown;
		const files = await readAttachments(node, item, payload.attachments).catch((error: unknown) => {
			refusal = error;
		});
		if (files) {
			ready.push({ event, text: transactionText(payload.transaction, files) });
			continue;
		}
		const facts = factsOf(refusal, {}, payload.transaction.contact);
		if (!node.continueOnFail()) throw new RefusedEvents([{ item, facts }], 0);
		rows.push({ json: errorRow(facts, item).json, items: [item], sequence });
	}
	return { ready, rows };
}

/**
 * Invalid events are always to be ignored: the valid ones are queued whatever the others are, and the
 * report says of each what became of it. Whether Maileon queues anything of a request that it refuses
 * as a whole is not documented.
 */
async function postEvents(
	client: MaileonClient,
	texts: readonly string[],
	{ generateTransactionId, retries, timeout }: SendEventsOptions,
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

interface Outcome {
	items: readonly number[];
	sequence: number;
	/** What comes out of an event that was queued. */
	json?: IDataObject;
	/** Why an event was not. */
	facts?: ErrorFacts;
	/** Whether no report could be linked to the event, so that it may be queued. */
	isUnclear?: boolean;
}

function outcomesOf(
	events: Batch,
	reports: readonly TransactionReport[],
	status: number,
): Outcome[] {
	const found = matchReports(
		reports,
		events.map(({ payload }) => payload.transaction),
	);
	const used = new Set(found);
	const linked = events.map((event, index): Outcome => {
		const reportIndex = found[index];
		const report = reportIndex === undefined ? undefined : reports[reportIndex];
		return { items: [event.item], sequence: event.sequence, ...outcomeOf(event, report, status) };
	});
	const sequence = events[events.length - 1]?.sequence ?? 0;
	const unlinked = reports
		.filter((_report, index) => !used.has(index))
		.map((report): Outcome => ({ items: [], sequence, ...unlinkedOutcome(report, status) }));
	return [...linked, ...unlinked];
}

function outcomeOf(
	{ payload }: Sent<PlannedEvent>,
	report: TransactionReport | undefined,
	status: number,
): Pick<Outcome, 'json' | 'facts' | 'isUnclear'> {
	const { contact } = payload.transaction;
	if (!report) return { facts: factsOf(NO_REPORT, {}, contact), isUnclear: true };
	if (!report.queued) return { facts: refusedFacts(report, status, contact) };
	return {
		json: {
			...(report as IDataObject),
			contact: { ...contact, ...report.contact } as IDataObject,
			...(payload.ignoredKeys.length > 0 && { ignored_fields: [...payload.ignoredKeys] }),
		},
	};
}

const NO_REPORT = new ExplainedRefusal({
	message: 'Maileon does not say what became of this event',
	description:
		'None of the reports in its answer is certain to belong to this event. Check in Maileon before sending the event again, since a second mail could go out.',
});

function unlinkedOutcome(
	report: TransactionReport,
	status: number,
): Pick<Outcome, 'json' | 'facts'> {
	return report.queued ? { json: report as IDataObject } : { facts: refusedFacts(report, status) };
}

function refusedFacts(
	{ message, contact }: TransactionReport,
	status: number,
	sent?: Identifiers,
): ErrorFacts {
	const field = contact?.error_field;
	return factsOf(
		new ExplainedRefusal({
			message: `Maileon did not queue the event: ${message ?? 'no reason was given'}`,
			http_status: status >= 300 ? status : undefined,
			field: typeof field === 'string' ? field : undefined,
		}),
		{},
		sent ?? reportedIdentifiers(contact ?? {}),
	);
}

function reportedIdentifiers({ id, email, external_id: externalId }: Record<string, unknown>) {
	const identifiers: Identifiers = {};
	if (typeof id === 'number' || typeof id === 'string') identifiers.id = id;
	if (typeof email === 'string') identifiers.email = email;
	if (typeof externalId === 'string') identifiers.external_id = externalId;
	return identifiers;
}

function rowOf({ items, sequence, json, facts }: Outcome): BatchRow {
	return { json: facts ? errorRow(facts, items[0] ?? 0).json : (json ?? {}), items, sequence };
}

function tellUnlinked(
	node: IExecuteFunctions,
	outcomes: readonly Outcome[],
	reports: number,
	events: number,
): void {
	const unlinked = outcomes.filter(({ items }) => items.length === 0).length;
	const unclear = outcomes.filter(({ isUnclear }) => isUnclear).length;
	if (unlinked === 0 && unclear === 0) return;
	tell(
		node,
		`Maileon answered with ${counted(reports, 'report')} for ${counted(events, 'event')}. Reports were given to items by their contacts: ${counted(unlinked, 'report')} could not be told apart and came out without a link to an item, and ${counted(unclear, 'event')} got no report.`,
	);
}

function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

const SUBJECT = {
	things: 'events',
	unclearMail:
		'Maileon may have accepted this event; check before sending it again, since a second mail could go out.',
};

/** What the error row of each event of a failed batch says. */
export function explainEvents(batch: Batch, error: unknown): ErrorFacts[] {
	return batch.map(({ payload }) => factsOf(error, SUBJECT, payload.transaction.contact));
}

/** What the error that stops the run says. */
export function explainAllEvents(batch: Batch, error: unknown, done: number): ErrorFacts {
	if (error instanceof RefusedEvents) return explainRefused(batch, error, done);
	const facts = factsOf(error, SUBJECT);
	const before =
		done === 0 ? 'No event was sent before this request.' : `Before this request, ${queued(done)}`;
	return { ...facts, description: [facts.description, before].filter(Boolean).join(' ') };
}

function explainRefused(batch: Batch, error: RefusedEvents, done: number): ErrorFacts {
	const { refused } = error;
	const count = done + error.queued;
	const progress =
		count === 0
			? 'Maileon reports no event of this run as queued.'
			: `In this run, ${queued(count)}`;
	const [first] = refused;
	if (first && refused.length === 1)
		return {
			...first.facts,
			description: [first.facts.description, progress].filter(Boolean).join(' '),
		};
	return {
		message: messageOf(refused, batch.length),
		description: `${listed(refused)} ${progress}`,
		...(first?.facts.http_status !== undefined && { http_status: first.facts.http_status }),
	};
}

function messageOf(refused: readonly RefusedEvent[], events: number): string {
	const unclear = refused.filter(({ isUnclear }) => isUnclear).length;
	const notQueued = refused.length - unclear;
	if (unclear === 0) return `Maileon did not queue ${notQueued} of ${events} events`;
	const doubt = `Maileon does not say what became of ${unclear} of ${events} events`;
	return notQueued === 0 ? doubt : `${doubt}, and did not queue ${notQueued}`;
}

function queued(count: number): string {
	return count === 1
		? '1 other event was queued: do not send it again.'
		: `${count} other events were queued: do not send them again.`;
}

const MOST_LISTED = 10;

function listed(refused: readonly RefusedEvent[]): string {
	const lines = refused.slice(0, MOST_LISTED).map(({ item, facts }) => {
		const who = describeContact(facts.contact ?? {});
		return `${item === undefined ? 'unknown item' : `item ${item}`} (${who}): ${clause(facts.message)}`;
	});
	const more = refused.length - lines.length;
	return `${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
