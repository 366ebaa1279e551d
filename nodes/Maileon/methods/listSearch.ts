/**
 * The lists behind the "From List" mode of resource locators.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { locatedText } from '../input/locator';
import { customFields } from '../maileon/endpoints/fields';
import { preferenceCategories, preferences } from '../maileon/endpoints/preferences';
import { customFieldsIn } from '../transport/lookups';
import type { MaileonAnswer } from '../transport/client';
import { readManyDefinitions } from '../transport/definitions';
import type { MaileonRequest } from '../maileon/request';
import { connect } from './connection';
import { lookupError } from './failures';
import { customFieldLabel } from './fieldTypes';

/** Custom fields of the account, by name. */
export async function searchCustomFields(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const request = customFields.getMany.request();
	return await search(this, request, filter, (answer) =>
		customFieldsIn(answer, request).map(({ name, type }) => ({
			name: customFieldLabel(name, type),
			value: name,
		})),
	);
}

/** Preference categories of the account, by name. */
export async function searchPreferenceCategories(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const request = preferenceCategories.getMany.request();
	return await search(this, request, filter, (answer) =>
		readManyDefinitions(answer, request, 'preference_category').map(listEntry),
	);
}

/** Preferences of the category that is chosen in the node, by name. */
export async function searchPreferences(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchPreferencesOf(this, 'category', filter);
}

/** Preferences of the category that the same entry of a contact's preferences names, by name. */
export async function searchPreferencesOfEntry(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchPreferencesOf(this, '&category', filter);
}

/** @param parameter the category; with "&" before it, the one beside the parameter that asks */
async function searchPreferencesOf(
	context: ILoadOptionsFunctions,
	parameter: string,
	filter: string | undefined,
): Promise<INodeListSearchResult> {
	const category = locatedText(context.getCurrentNodeParameter(parameter));
	if (category === '') return { results: [] };
	const request = preferences.getMany.request({ category });
	return await search(context, request, filter, (answer) =>
		readManyDefinitions(answer, request, 'preference').map(listEntry),
	);
}

function listEntry({ name, description }: { name: string; description: string | null }) {
	return { name, value: name, ...(description && { description }) };
}

/** Reads a list that comes in one answer, and keeps the entries that match; none without a credential. */
async function search(
	context: ILoadOptionsFunctions,
	request: MaileonRequest,
	filter: string | undefined,
	entriesOf: (answer: MaileonAnswer) => INodeListSearchItems[],
): Promise<INodeListSearchResult> {
	try {
		const client = await connect(context);
		return { results: client ? matching(entriesOf(await client.send(request)), filter) : [] };
	} catch (error) {
		throw lookupError(context, error);
	}
}

/** The entries whose name contains the text, in alphabetical order. */
export function matching(entries: INodeListSearchItems[], filter?: string): INodeListSearchItems[] {
	return containing(entries, filter).sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** The entries whose name contains the text, in their own order. */
export function containing(entries: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return entries.filter(({ name }) => name.toLowerCase().includes(wanted));
}
