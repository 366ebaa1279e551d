/**
 * The lists of the editor about mailings.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { mailingTemplates } from '../maileon/endpoints/mailings';
import type { ListedMailing } from '../maileon/mailing/mailings';
import type { TargetGroup } from '../maileon/mailing/targetGroups';
import type { MailingTemplate } from '../maileon/mailing/templates';
import type { MaileonClient } from '../transport/client';
import {
	fetchDoiMailings,
	fetchMailingBlacklists,
	fetchMailings,
	fetchTargetGroups,
	fetchTemplates,
	type DoiMailing,
} from '../transport/mailingLists';
import { connect } from './connection';
import { lookupError } from './failures';
import { containing, matching } from './listSearch';

/** Mailings of the account, the newest first, by what a person typed of their name. */
export async function searchMailings(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const found = await listed(this, fetchMailings, mailingEntry);
	return { results: containing(found, filter) };
}

/** Keys of the DOI mailings of the account. */
export async function searchDoiKeys(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(await listed(this, fetchDoiMailings, doiEntry), filter) };
}

/** Target groups of the account, by name. */
export async function searchTargetGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(await listed(this, fetchTargetGroups, groupEntry), filter) };
}

/** Mailing blacklists of the account, by name. */
export async function searchMailingBlacklists(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const found = await listed(this, fetchMailingBlacklists, ({ id, name }) => named(name, id, []));
	return { results: matching(found, filter) };
}

/** Templates for mailings that are made with CMS1. */
export async function searchMailingTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const fetchAll = async (client: MaileonClient) =>
		await fetchTemplates(client, mailingTemplates.getMany);
	return { results: matching(await listed(this, fetchAll, templateEntry), filter) };
}

/** Templates for mailings that are made with CMS2. */
export async function searchCms2Templates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const fetchAll = async (client: MaileonClient) =>
		await fetchTemplates(client, mailingTemplates.getManyCms2);
	return { results: matching(await listed(this, fetchAll, templateEntry), filter) };
}

/** The entries of a list; none without a credential. */
async function listed<T>(
	context: ILoadOptionsFunctions,
	fetchAll: (client: MaileonClient) => Promise<T[]>,
	entryOf: (thing: T) => INodeListSearchItems,
): Promise<INodeListSearchItems[]> {
	try {
		const client = await connect(context);
		return client ? (await fetchAll(client)).map(entryOf) : [];
	} catch (error) {
		throw lookupError(context, error);
	}
}

function mailingEntry({ id, name, state, type }: ListedMailing): INodeListSearchItems {
	return named(name, id, [type, state]);
}

function groupEntry({ id, name, type, contacts }: TargetGroup): INodeListSearchItems {
	const size = contacts && `${contacts} ${contacts === '1' ? 'contact' : 'contacts'}`;
	return named(name, id, [type, size]);
}

function named(
	name: string,
	id: string,
	facts: ReadonlyArray<string | undefined>,
): INodeListSearchItems {
	const about = [`ID ${id}`, ...facts].filter(Boolean).join(', ');
	return { name: `${name || 'Unnamed'} (${about})`, value: id };
}

function doiEntry({ key, name, state }: DoiMailing): INodeListSearchItems {
	const about = [name, state].filter(Boolean).join(', ');
	return { name: about ? `${key} (${about})` : key, value: key };
}

function templateEntry({ path, name }: MailingTemplate): INodeListSearchItems {
	return { name: path.endsWith(name) ? path : `${name} (${path})`, value: path };
}
