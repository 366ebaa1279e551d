/**
 * Sends a create or an update of one contact and makes its row.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Identifiers } from '../../../maileon/contact/contact';
import { readWriteAnswer } from '../../../transport/answers';
import type { MaileonClient, SendOptions } from '../../../transport/client';
import type { MaileonRequest } from '../../../maileon/request';

export interface Write {
	request: MaileonRequest;
	/** Identifiers that are sent. */
	sent: Identifiers;
	/** What the row tells besides. */
	facts?: IDataObject;
	/** Input keys that belong to no field; told in the row, so that nobody misses them. */
	ignoredKeys: readonly string[];
}

/**
 * Writes one contact and returns its row: the identifiers that were sent, and what Maileon answered.
 * @throws MaileonFailure when the request failed, when Maileon reports that it did not work, and when the
 *   answer is not Maileon's
 */
export async function sendWrite(
	client: MaileonClient,
	{ request, sent, facts, ignoredKeys }: Write,
	options: SendOptions,
): Promise<IDataObject> {
	const result = readWriteAnswer(await client.send(request, options), request);
	return {
		success: true,
		...(sent as IDataObject),
		...facts,
		...(result as IDataObject),
		...(ignoredKeys.length > 0 && { ignored_fields: [...ignoredKeys] }),
	};
}
