/**
 * Small reads that the editor and the operations need.
 */
import { readCustomFields, type CustomField } from '../maileon/customFields';
import type { MaileonClient } from './client';
import { MaileonFailure } from './failure';
import { xmlRoot } from './answers';

/**
 * The custom fields of the account (`GET /contacts/fields/custom`), or undefined when the key may
 * not read.
 * @throws MaileonFailure for everything else
 */
export async function fetchCustomFields(client: MaileonClient): Promise<CustomField[] | undefined> {
	const request = { method: 'GET', path: ['contacts', 'fields', 'custom'] } as const;
	const answer = await client.send(request).catch(unlessForbidden);
	return answer && readCustomFields(xmlRoot(answer, request, 'custom_fields'));
}

function unlessForbidden(error: unknown): undefined {
	if (error instanceof MaileonFailure && error.facts.status === 403) return undefined;
	throw error;
}
