/**
 * Sends contacts by Synchronize and hands each outcome back to the item that it belongs to.
 */
import type { IDataObject } from 'n8n-workflow';

import { contactToJson } from '../../../maileon/contact/contact';
import { matchRefused } from '../../../maileon/contact/matching';
import { synchronizeQuery, type SynchronizeSettings } from '../../../maileon/contact/query';
import {
	isReport,
	readSynchronizationReport,
	type InvalidContact,
	type SynchronizationReport,
} from '../../../maileon/contact/report';
import { contacts } from '../../../maileon/endpoints/contacts';
import type { Utf8Text } from '../../../maileon/utf8Text';
import { CONTACTS_END } from '../../../maileon/xml/write';
import { uselessAnswer, xmlRoot } from '../../../transport/answers';
import type { MaileonClient } from '../../../transport/client';
import { MaileonFailure } from '../../../transport/failure';
import { errorRow } from '../../../run/failures';
import type { BatchOutcome, BatchRow, Sent } from '../../../run/perBatch';
import { RefusedBatch, refusedFacts } from './explain';
import type { Output } from './parameters';
import type { Sendable } from './plan';

type Batch = ReadonlyArray<Sent<Sendable>>;

export interface SendContactsOptions {
	output: Output;
	retries: number;
	timeout: number;
	/** Whether refused contacts of the output "Contacts" are rows of the error branch. */
	refusedLeaveByErrorBranch: boolean;
	ignoredKeysOf(item: number): readonly string[];
}

/**
 * Sends one batch; gives the rows of the chosen output.
 * @param xml the body up to the last contact of the batch
 * @throws RefusedBatch when Maileon refused the batch because of invalid contacts
 * @throws MaileonFailure when the request failed, or the answer is no report
 */
export async function sendContacts(
	client: MaileonClient,
	batch: Batch,
	xml: Utf8Text,
	options: SendContactsOptions,
): Promise<BatchOutcome> {
	const [first] = batch;
	if (!first) return { rows: [], counts: {} };
	const { settings } = first.payload.group;
	xml.append(CONTACTS_END);
	const report = await synchronizeBatch(client, xml.bytes, settings, options);
	const found = matchRefused(
		report.invalid_contacts,
		batch.map(({ payload }) => payload.contact),
		settings.identifyBy,
	);
	const refused = report.invalid_contacts.map((entry, index) => ({ entry, index: found[index] }));
	return {
		rows: rowsOf(batch, report, refused, options),
		counts: countsOf(report, refused),
		...(options.output === 'contacts' && { failed: failedOf(batch, refused) }),
	};
}

/** The contacts that Maileon did not take although it took their batch. */
function failedOf(batch: Batch, refused: readonly Refused[]): Map<number, 'refused'> {
	const failed = new Map<number, 'refused'>();
	for (const { index = -1 } of refused) {
		const sent = batch[index];
		if (sent) failed.set(sent.sequence, 'refused');
	}
	return failed;
}

function rowsOf(
	batch: Batch,
	report: SynchronizationReport,
	refused: readonly Refused[],
	options: SendContactsOptions,
): BatchRow[] {
	switch (options.output) {
		case 'report':
			return [reportRow(batch, report, refused, options)];
		case 'invalidContacts':
			return refused.map(({ entry, index }) => invalidRow(batch, entry, index));
		case 'contacts':
			return contactRows(batch, refused, options);
	}
}

function countsOf(report: SynchronizationReport, refused: readonly Refused[]): IDataObject {
	return {
		existing: report.count_existing_contacts,
		new: report.count_new_contacts,
		invalid: report.count_invalid_contacts,
		unsubscribed: report.count_unsubscribed_contacts,
		unmatched: unmatchedCount(refused),
	};
}

function unmatchedCount(refused: readonly Refused[]): number {
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
	if (!isReport(root)) throw uselessAnswer(answer, request, `It holds <${root.name}>, no report.`);
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

interface Refused {
	entry: InvalidContact;
	/** Index of the contact in the batch; undefined where no single one fits. */
	index: number | undefined;
}

function reportRow(
	batch: Batch,
	report: SynchronizationReport,
	refused: readonly Refused[],
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

function invalidRow(batch: Batch, entry: InvalidContact, index: number | undefined): BatchRow {
	const sent = index === undefined ? undefined : batch[index];
	return {
		json: {
			...(entry as unknown as IDataObject),
			...(sent && { contact: contactToJson(sent.payload.contact) as IDataObject }),
		},
		items: sent ? [sent.item] : [],
		sequence: sent?.sequence ?? afterBatch(batch),
	};
}

function afterBatch(batch: Batch): number {
	return batch[batch.length - 1]?.sequence ?? 0;
}

function contactRows(
	batch: Batch,
	refused: readonly Refused[],
	{ refusedLeaveByErrorBranch, ignoredKeysOf }: SendContactsOptions,
): BatchRow[] {
	const entryOf = new Map(refused.map(({ entry, index }) => [index, entry]));
	const rows = batch.map(({ payload, item, sequence }, index): BatchRow => {
		const entry = entryOf.get(index);
		const items = [item];
		if (entry && refusedLeaveByErrorBranch) {
			const facts = refusedFacts(entry, payload.contact);
			return { json: errorRow(facts, item).json, items, sequence };
		}
		const ignored = ignoredKeysOf(item);
		return {
			json: {
				...(contactToJson(payload.contact) as IDataObject),
				status: entry ? 'invalid' : 'synchronized',
				...(entry && { error: { ...entry.error } as IDataObject }),
				...(ignored.length > 0 && { ignored_fields: [...ignored] }),
			},
			items,
			sequence,
		};
	});
	const unmatched = refused.filter(({ index }) => index === undefined);
	return [
		...rows,
		...unmatched.map(({ entry }) => unmatchedRow(batch, entry, refusedLeaveByErrorBranch)),
	];
}

function unmatchedRow(batch: Batch, entry: InvalidContact, asErrorRow: boolean): BatchRow {
	const json = asErrorRow
		? errorRow(refusedFacts(entry), 0).json
		: { ...(entry as unknown as IDataObject), status: 'invalid' };
	return { json, items: [], sequence: afterBatch(batch) };
}
