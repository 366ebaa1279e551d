/**
 * Lists of the account that mailings draw on.
 */
import { mailingValues } from '../maileon/endpoints/mailingValues';
import { mailingAudience, mailings } from '../maileon/endpoints/mailings';
import type { Endpoint } from '../maileon/endpoints/endpoint';
import {
	BLACKLIST_PAGE,
	readMailingBlacklists,
	type MailingBlacklist,
} from '../maileon/mailing/blacklists';
import {
	LARGEST_MAILING_PAGE,
	MAILING_TYPES,
	mailingListQuery,
	readMailings,
	type ListedMailing,
} from '../maileon/mailing/mailings';
import {
	readTargetGroups,
	TARGET_GROUP_PAGE,
	type TargetGroup,
} from '../maileon/mailing/targetGroups';
import { readTemplates, type MailingTemplate } from '../maileon/mailing/templates';
import { readValue } from '../maileon/mailing/values';
import type { MaileonRequest } from '../maileon/request';
import type { XmlElement } from '../maileon/xml/read';
import { listRoot, uselessAnswer } from './answers';
import type { MaileonClient } from './client';
import { MaileonFailure } from './failure';
import { unlessNotApplicable } from './mailings';
import { readPages } from './pages';
import { sideBySide } from './sideBySide';

/**
 * All mailings of the account, the newest first.
 * @throws MaileonFailure
 */
export async function fetchMailings(client: MaileonClient): Promise<ListedMailing[]> {
	return await ofKnownTypes(async (types) => await fetchMailingsOfTypes(client, types));
}

/**
 * Reads with every type of mailings. Sources disagree on the last one: where Maileon does not know it, the
 * others are asked for.
 */
export async function ofKnownTypes<T>(read: (types: readonly string[]) => Promise<T>): Promise<T> {
	return await read(MAILING_TYPES).catch(async (error: unknown) => {
		if (error instanceof MaileonFailure && error.facts.status === 400)
			return await read(MAILING_TYPES.slice(0, -1));
		throw error;
	});
}

async function fetchMailingsOfTypes(
	client: MaileonClient,
	types: readonly string[],
): Promise<ListedMailing[]> {
	const request = mailings.getManyByTypes.request({}, mailingListQuery(types));
	return await readAll(client, request, LARGEST_MAILING_PAGE, readMailings);
}

/** A DOI mailing, and the key by which it is asked for. */
export interface DoiMailing extends ListedMailing {
	key: string;
}

/**
 * The DOI mailings of the account that have a key, the newest first. Maileon tells the key of one mailing
 * at a time.
 * @throws MaileonFailure
 */
export async function fetchDoiMailings(client: MaileonClient): Promise<DoiMailing[]> {
	const found = await sideBySide(await fetchMailingsOfTypes(client, ['doi']), async (mailing) => ({
		...mailing,
		key: await fetchDoiKey(client, mailing.id),
	}));
	return found.filter(({ key }) => key !== '');
}

async function fetchDoiKey(client: MaileonClient, id: string): Promise<string> {
	const answer = await unlessNotApplicable(
		async () => await client.send(mailingValues.doiKey.get.request({ id })),
	);
	const key = answer && readValue(answer.answer, 'doiKey');
	return typeof key === 'string' ? key.trim() : '';
}

/** @throws MaileonFailure */
export async function fetchTargetGroups(client: MaileonClient): Promise<TargetGroup[]> {
	const request = mailingAudience.getTargetGroups.request();
	return await readAll(client, request, TARGET_GROUP_PAGE, readTargetGroups);
}

/** @throws MaileonFailure */
export async function fetchMailingBlacklists(client: MaileonClient): Promise<MailingBlacklist[]> {
	const request = mailingAudience.getBlacklists.request();
	return await readAll(client, request, BLACKLIST_PAGE, readMailingBlacklists);
}

/**
 * The templates of one of the lists of the media library.
 * @throws MaileonFailure
 */
export async function fetchTemplates(
	client: MaileonClient,
	list: Endpoint,
): Promise<MailingTemplate[]> {
	const request = list.request();
	const answer = await client.send(request);
	const templates = readTemplates(answer.answer);
	if (!templates) throw uselessAnswer(answer, request, 'It holds no list.');
	return templates;
}

async function readAll<T extends { id: string }>(
	client: MaileonClient,
	request: MaileonRequest,
	pageSize: number,
	read: (root: XmlElement) => T[],
): Promise<T[]> {
	const { entries } = await readPages(
		client,
		request,
		{ pageSize, limit: Infinity },
		{
			entriesOf: (answer) => {
				const root = listRoot(answer, request);
				return root ? read(root) : [];
			},
			keyOf: ({ id }) => id,
		},
	);
	return entries;
}
