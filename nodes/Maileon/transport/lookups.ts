/**
 * Small reads that the editor and the operations need.
 */
import { readCustomFields, type CustomField } from '../maileon/contact/customFields';
import { customFields } from '../maileon/endpoints/fields';
import { preferenceCategories } from '../maileon/endpoints/preferences';
import type { MaileonAnswer, MaileonClient } from './client';
import { MaileonFailure } from './failure';
import { listRoot, xmlRoot, type AnsweredRequest } from './answers';
import { readManyDefinitions } from './definitions';

/**
 * The custom fields of the account (`GET /contacts/fields/custom`), or undefined when the key may
 * not read.
 * @throws MaileonFailure for everything else
 */
export async function fetchCustomFields(client: MaileonClient): Promise<CustomField[] | undefined> {
	const request = customFields.getMany.request();
	const answer = await client.send(request).catch(unlessForbidden);
	return answer && readCustomFields(xmlRoot(answer, request));
}

/**
 * The names of the account's preference categories (`GET /contacts/preference_categories`); none when
 * the key may not read.
 * @throws MaileonFailure for everything else
 */
export async function fetchPreferenceCategories(client: MaileonClient): Promise<string[]> {
	const request = preferenceCategories.getMany.request();
	const answer = await client.send(request).catch(unlessForbidden);
	if (!answer) return [];
	return readManyDefinitions(answer, request, 'preference_category').map(({ name }) => name);
}

/**
 * The custom fields that an answer holds; none where it has no body.
 * @throws MaileonFailure when it holds something else
 */
export function customFieldsIn(answer: MaileonAnswer, request: AnsweredRequest): CustomField[] {
	const root = listRoot(answer, request);
	return root ? readCustomFields(root) : [];
}

function unlessForbidden(error: unknown): undefined {
	if (error instanceof MaileonFailure && error.facts.status === 403) return undefined;
	throw error;
}
