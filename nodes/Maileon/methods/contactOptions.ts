/**
 * The choices of the account for operations on contacts.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import {
	MOST_FILTERS,
	readContactFilters,
	type ContactFilter,
} from '../maileon/contact/contactFilters';
import { contactFilters } from '../maileon/endpoints/contactFilters';
import { ALL } from '../input/fieldSelection';
import { listRoot } from '../transport/answers';
import type { MaileonClient } from '../transport/client';
import { fetchCustomFields, fetchPreferenceCategories } from '../transport/lookups';
import { readPages } from '../transport/pages';
import { connect } from './connection';
import { lookupError } from './failures';
import { customFieldLabel } from './fieldTypes';
import { matching } from './listSearch';

/** Custom fields to return, and all of them as one choice. */
export async function getCustomFieldOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const fields = (await lookUp(this, fetchCustomFields)) ?? [];
	const names = fields.map(({ name, type }) => ({
		name: customFieldLabel(name, type),
		value: name,
	}));
	return [{ name: 'All Fields', value: ALL }, ...matching(names)];
}

/** Preference categories to return, and all of them as one choice. */
export async function getPreferenceCategoryOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const names = (await lookUp(this, fetchPreferenceCategories)) ?? [];
	return [
		{ name: 'All Categories', value: ALL },
		...matching(names.map((name) => ({ name, value: name }))),
	];
}

/** Contact filters of the account, by name. */
export async function searchContactFilters(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const filters = (await lookUp(this, fetchContactFilters)) ?? [];
	return { results: matching(filters.map(filterEntry), filter) };
}

async function fetchContactFilters(client: MaileonClient): Promise<ContactFilter[]> {
	const request = contactFilters.getMany.request();
	const paging = { pageSize: MOST_FILTERS, limit: Infinity };
	const { entries } = await readPages(client, request, paging, {
		entriesOf: (answer) => {
			const root = listRoot(answer, request);
			return root ? readContactFilters(root) : [];
		},
		keyOf: ({ id }) => id,
	});
	return entries;
}

function filterEntry({ id, name, contacts }: ContactFilter): INodeListSearchItems {
	const size =
		contacts === undefined ? '' : `, ${contacts} ${contacts === '1' ? 'contact' : 'contacts'}`;
	return { name: `${name} (ID ${id}${size})`, value: id };
}

/** What the account answers; undefined as long as no credential is chosen. */
async function lookUp<T>(
	context: ILoadOptionsFunctions,
	read: (client: MaileonClient) => Promise<T>,
): Promise<T | undefined> {
	try {
		const client = await connect(context);
		return client && (await read(client));
	} catch (error) {
		throw lookupError(context, error);
	}
}
