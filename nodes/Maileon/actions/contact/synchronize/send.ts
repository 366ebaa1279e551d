/**
 * Sends contacts by Synchronize and hands each outcome back to the item that it belongs to.
 */
import type { IDataObject } from 'n8n-workflow';

import { contactToJson } from '../../../maileon/contact/contact';
import type { RefusedContact } from '../../../maileon/contact/matching';
import { synchronizeQuery, type SynchronizeSettings } from '../../../maileon/contact/query';
import {
	isReport,
	readSynchronizationReport,
	type InvalidContact,
	type SynchronizationReport,
} from '../../../maileon/contact/report';
import { contacts } from '../../../maileon/endpoints/contacts';
import { uselessAnswer, xmlRoot } from '../../../transport/answers';
import type { MaileonClient } from '../../../transport/client';
import { MaileonFailure } from '../../../transport/failure';
import { errorRow } from '../../../run/failures';
import type { BatchOutcome, BatchRow } from '../../../run/perBatch';
import type { Tally } from '../../../run/rows';
import { RefusedBatch, refusedFacts, refusedOf, type Batch } from './explain';
import { LEAVE_UNCHANGED, type Output } from './parameters';

export interface SendContactsOptions {
	output: Output;
	retries: number;
	timeout: number;
	/** Whether refused contacts are rows of the error branch, whatever the output. */
	refusedLeaveByErrorBranch: boolean;
	ignoredKeysOf(item: number): readonly string[];
}

/**
 * Sends one batch; gives the rows of the chosen output.
 * @param xml the document of the whole batch, in UTF-8
 * @throws RefusedBatch when Maileon refused the batch because of invalid contacts
 * @throws MaileonFailure when the request failed, or the answer is no report
 */
export async function sendContacts(
	client: MaileonClient,
	batch: Batch,
	xml: Buffer,
	options: SendContactsOptions,
): Promise<BatchOutcome> {
	const [first] = batch;
	if (!first) return { rows: [], counts: {} };
	const { settings } = first.payload.group;
	const report = await synchronizeBatch(client, xml, settings, options);
	const refused = refusedOf(batch, report);
	const failed = options.output === 'report' ? undefined : failedOf(batch, refused);
	return {
		rows: rowsOf(batch, report, refused, options),
		counts: countsOf(report, refused),
		tally: tallyOf(report, settings, refused.length - (failed?.size ?? 0)),
		...(failed && { failed }),
	};
}

/**
 * The contacts that Maileon did not take although it took their batch. Where reports come out, none is
 * told apart: a report stays true only if nothing of its batch is sent again.
 */
function failedOf(batch: Batch, refused: readonly RefusedContact[]): Map<number, 'refused'> {
	const failed = new Map<number, 'refused'>();
	for (const { index = -1 } of refused) {
		const sent = batch[index];
		if (sent) failed.set(sent.sequence, 'refused');
	}
	return failed;
}

function tallyOf(
	report: SynchronizationReport,
	{ syncMode, reimportUnsubscribedContacts }: SynchronizeSettings,
	refused: number,
): Tally {
	return {
		refused,
		unchanged: syncMode === LEAVE_UNCHANGED ? (report.count_existing_contacts ?? 0) : 0,
		unsubscribed: reimportUnsubscribedContacts ? 0 : (report.count_unsubscribed_contacts ?? 0),
	};
}

function rowsOf(
	batch: Batch,
	report: SynchronizationReport,
	refused: readonly RefusedContact[],
	options: SendContactsOptions,
): BatchRow[] {
	const errorRows = options.refusedLeaveByErrorBranch
		? refused.map((contact) => refusedRow(batch, contact))
		: [];
	switch (options.output) {
		case 'report':
			return [reportRow(batch, report, refused, options), ...errorRows];
		case 'invalidContacts':
			return options.refusedLeaveByErrorBranch
				? errorRows
				: refused.map((contact) => invalidRow(batch, contact));
		case 'contacts':
			return [...contactRows(batch, refused, options), ...errorRows];
	}
}

function countsOf(report: SynchronizationReport, refused: readonly RefusedContact[]): IDataObject {
	return {
		existing: report.count_existing_contacts,
		new: report.count_new_contacts,
		invalid: report.count_invalid_contacts,
		unsubscribed: report.count_unsubscribed_contacts,
		unmatched: unmatchedCount(refused),
	};
}

function unmatchedCount(refused: readonly RefusedContact[]): number {
	return refused.filter(({ index }) => index === undefined).length;
}

async function synchronizeBatch(
	client: MaileonClient,
	content: Buffer,
	settings: SynchronizeSettings,
	{ retries, timeout }: SendContactsOptions,
): Promise<SynchronizationReport> {
	const request = {
		...contacts.synchronize.request({}, synchronizeQuery(settings), content),
		timeout,
	};
	const answer = await client.send(request, { retries }).catch((error: unknown) => {
		throw refusedByStatus(error) ?? error;
	});
	const root = xmlRoot(answer, request);
	if (!isReport(root))
		throw uselessAnswer(answer, request, `It holds <${root.name}> instead of a report.`);
	const report = readSynchronizationReport(root);
	if (!report.success && !settings.ignoreInvalidContacts)
		throw new RefusedBatch(report, answer.status);
	return report;
}

function refusedByStatus(error: unknown): RefusedBatch | undefined {
	if (!(error instanceof MaileonFailure)) return undefined;
	const { answer, status } = error.facts;
	if (answer?.kind !== 'xml' || !isReport(answer.root)) return undefined;
	return new RefusedBatch(readSynchronizationReport(answer.root), status ?? 0);
}

function reportRow(
	batch: Batch,
	report: SynchronizationReport,
	refused: readonly RefusedContact[],
	{ ignoredKeysOf }: SendContactsOptions,
): BatchRow {
	const items = [...new Set(batch.map(({ item }) => item))];
	const unmatched = unmatchedCount(refused);
	const ignored = new Set([...new Set(items.map(ignoredKeysOf))].flat());
	return {
		json: {
			...(report as unknown as IDataObject),
			...(unmatched > 0 && { count_unmatched_contacts: unmatched }),
			...(ignored.size > 0 && { ignored_fields: [...ignored] }),
		},
		items,
		sequence: batch[0]?.sequence ?? 0,
		ofRequest: true,
	};
}

/** A refused contact as a row of the error branch. */
function refusedRow(batch: Batch, { entry, index = -1 }: RefusedContact): BatchRow {
	const sent = batch[index];
	const facts = refusedFacts(entry, sent?.payload.contact);
	return { json: errorRow(facts, sent?.item ?? 0).json, ...placeOf(batch, sent) };
}

function invalidRow(batch: Batch, { entry, index = -1 }: RefusedContact): BatchRow {
	const sent = batch[index];
	return {
		json: {
			...(entry as unknown as IDataObject),
			...(sent && { contact: contactToJson(sent.payload.contact) as IDataObject }),
		},
		...placeOf(batch, sent),
	};
}

/** Where the row of a contact belongs: beside its item, or behind the batch where that is not known. */
function placeOf(
	batch: Batch,
	sent: Batch[number] | undefined,
): Pick<BatchRow, 'items' | 'sequence'> {
	return sent
		? { items: [sent.item], sequence: sent.sequence }
		: { items: [], sequence: batch[batch.length - 1]?.sequence ?? 0 };
}

/** A row for each contact, except for refused ones that leave by the error branch. */
function contactRows(
	batch: Batch,
	refused: readonly RefusedContact[],
	{ refusedLeaveByErrorBranch, ignoredKeysOf }: SendContactsOptions,
): BatchRow[] {
	const entryOf = new Map(refused.map(({ entry, index }) => [index, entry]));
	const rows = batch.flatMap((sent, index): BatchRow[] => {
		const entry = entryOf.get(index);
		if (entry && refusedLeaveByErrorBranch) return [];
		const ignored = ignoredKeysOf(sent.item);
		const json = {
			...(contactToJson(sent.payload.contact) as IDataObject),
			...statusOf(entry),
			...(ignored.length > 0 && { ignored_fields: [...ignored] }),
		};
		return [{ json, ...placeOf(batch, sent) }];
	});
	if (refusedLeaveByErrorBranch) return rows;
	const unmatched = refused.filter(({ index }) => index === undefined);
	return [
		...rows,
		...unmatched.map(({ entry }) => ({
			json: { ...(entry as unknown as IDataObject), status: 'invalid' },
			...placeOf(batch, undefined),
		})),
	];
}

/** Maileon does not say which of the valid contacts it left unchanged, so all of them are accepted. */
function statusOf(entry: InvalidContact | undefined): IDataObject {
	if (!entry) return { status: 'accepted' };
	const { error, errors } = entry;
	return {
		status: 'invalid',
		error: { ...error } as IDataObject,
		...(errors && { errors: errors as unknown as IDataObject[] }),
	};
}
