/**
 * The list of mailings in the editor.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { mailings } from '../maileon/endpoints/mailings';
import {
	LARGEST_MAILING_PAGE,
	MAILING_TYPES,
	mailingListQuery,
	readMailings,
	type ListedMailing,
} from '../maileon/mailing/mailings';
import { listRoot } from '../transport/answers';
import type { MaileonClient } from '../transport/client';
import { MaileonFailure } from '../transport/failure';
import { readPages } from '../transport/pages';
import { connect } from './connection';
import { lookupError } from './failures';

/** Mailings of the account, the newest first, by what a person typed of their name. */
export async function searchMailings(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const client = await connect(this);
		if (!client) return { results: [] };
		const wanted = filter.trim().toLowerCase();
		const found = (await fetchMailings(client)).filter(({ id, name }) =>
			`${name} ${id}`.toLowerCase().includes(wanted),
		);
		return { results: found.map(entryOf) };
	} catch (error) {
		throw lookupError(this, error);
	}
}

/** Sources disagree on the last type: where Maileon does not know it, the others are asked for. */
async function fetchMailings(client: MaileonClient): Promise<ListedMailing[]> {
	return await readByTypes(client, MAILING_TYPES).catch(async (error: unknown) => {
		if (error instanceof MaileonFailure && error.facts.status === 400)
			return await readByTypes(client, MAILING_TYPES.slice(0, -1));
		throw error;
	});
}

async function readByTypes(
	client: MaileonClient,
	types: readonly string[],
): Promise<ListedMailing[]> {
	const request = mailings.getManyByTypes.request({}, mailingListQuery(types));
	const paging = { pageSize: LARGEST_MAILING_PAGE, limit: Infinity };
	const { entries } = await readPages(client, request, paging, {
		entriesOf: (answer) => {
			const root = listRoot(answer, request);
			return root ? readMailings(root) : [];
		},
		keyOf: ({ id }) => id,
	});
	return entries;
}

function entryOf({ id, name, state, type }: ListedMailing): INodeListSearchItems {
	const about = [`ID ${id}`, type, state].filter(Boolean).join(', ');
	return { name: `${name || 'Unnamed'} (${about})`, value: id };
}
