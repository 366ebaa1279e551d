/**
 * What a create or an update of one contact gives: its row, or a refusal.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Identifiers } from '../maileon/contact';
import { isReport, readUpdateReport, type UpdateReport } from '../maileon/report';
import { readWriteAnswer } from '../transport/answers';
import type { MaileonClient, SendOptions } from '../transport/client';
import { MaileonFailure } from '../transport/failure';
import type { MaileonRequest } from '../transport/request';
import { ExplainedRefusal } from './failures';

export interface Write {
	request: MaileonRequest;
	/** Identifiers that are sent. */
	sent: Identifiers;
	/** Input keys that belong to no field; told in the row, so that nobody misses them. */
	ignoredKeys: readonly string[];
}

/**
 * Writes one contact and returns its row: the identifiers that were sent, and what Maileon answered.
 * @throws ExplainedRefusal when Maileon reports that it did not work, whatever the status
 * @throws MaileonFailure when the request failed, or the answer is not Maileon's
 */
export async function sendWrite(
	client: MaileonClient,
	{ request, sent, ignoredKeys }: Write,
	options: SendOptions,
): Promise<IDataObject> {
	const answer = await client.send(request, options).catch((error: unknown) => {
		throw reportedRefusal(error) ?? error;
	});
	const result = readWriteAnswer(answer, request);
	if (result.report && !result.report.success) throw refusedWrite(result.report, answer.status);
	return {
		success: true,
		...(sent as IDataObject),
		...(result as IDataObject),
		...(ignoredKeys.length > 0 && { ignored_fields: [...ignoredKeys] }),
	};
}

/** A status of refusal that comes with Maileon's report: the report says more. */
function reportedRefusal(error: unknown): ExplainedRefusal | undefined {
	if (!(error instanceof MaileonFailure)) return undefined;
	const { answer, status } = error.facts;
	if (answer?.kind !== 'xml' || !isReport(answer.root)) return undefined;
	return refusedWrite(readUpdateReport(answer.root), status);
}

function refusedWrite({ error }: UpdateReport, status?: number): ExplainedRefusal {
	return new ExplainedRefusal({
		message: `Maileon refused the contact: ${error?.message ?? 'no reason was given'}`,
		description: [error?.description, error?.field && `Field: ${error.field}.`]
			.filter(Boolean)
			.join(' '),
		http_status: status,
		code: error?.code,
		field: error?.field ?? undefined,
	});
}
