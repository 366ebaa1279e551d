import type { MailingBlacklist } from '../../account/targetGroups';
import type { Answer } from '../../server/answer';
import { empty, xml } from '../../server/answer';
import { notFound } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { pageOf, pagingQuery } from '../paging';
import { findDraft, findMailing, setAnswer } from './mailing';

const ONE = '/mailings/:mailingId/mailingblacklists/:blacklistId';

/** Mailing blacklists: those of the account, and those of one mailing (documentation: … mailing blacklist …). */
export const blacklistRoutes: Route[] = [
	{ method: 'POST', path: ONE, run: add },
	{ method: 'DELETE', path: ONE, run: remove },
	{
		method: 'GET',
		path: '/mailings/:mailingId/mailingblacklists',
		endsInSlash: true,
		run: (call) => {
			const { blacklistIds } = findMailing(call);
			const lists = [...call.account.mailingBlacklists.values()];
			return listAnswer(lists.filter(({ id }) => blacklistIds.has(id)));
		},
	},
	{
		method: 'GET',
		path: '/mailingblacklists',
		query: pagingQuery(),
		run: (call) => {
			const page = pageOf(call, [...call.account.mailingBlacklists.values()]);
			return listAnswer(page.items, page.headers);
		},
	},
	{
		method: 'GET',
		path: '/mailingblacklists/:blacklistId',
		run: (call) => xml(200, blacklistElement(findBlacklist(call))),
	},
];

function listAnswer(lists: readonly MailingBlacklist[], headers?: Answer['headers']): Answer {
	return xml(200, parentElement('mailing_blacklists', lists.map(blacklistElement)), headers);
}

function blacklistElement({ id, name, created, author }: MailingBlacklist): string {
	return parentElement('mailing_blacklist', [
		textElement('id', id),
		textElement('name', name),
		textElement('created_time', created.getTime()),
		textElement('created_user', author),
	]);
}

function findBlacklist({ account, path }: Call): MailingBlacklist {
	const id = path.blacklistId ?? '';
	const found = /^\d{1,15}$/.test(id) ? account.mailingBlacklists.get(Number(id)) : undefined;
	if (!found) throw notFound(`mailing blacklist ${id} isn't found`);
	return found;
}

function add(call: Call): Answer {
	const mailing = findDraft(call);
	mailing.blacklistIds = new Set([...mailing.blacklistIds, findBlacklist(call).id]);
	return setAnswer(call);
}

function remove(call: Call): Answer {
	const mailing = findDraft(call);
	const { id } = findBlacklist(call);
	if (!mailing.blacklistIds.has(id) && call.variants.deleteUnknown === 'notFound') {
		throw notFound(`mailing ${mailing.id} has no mailing blacklist ${id}`);
	}
	mailing.blacklistIds = new Set([...mailing.blacklistIds].filter((each) => each !== id));
	return empty(call.variants.deleteStatus);
}
