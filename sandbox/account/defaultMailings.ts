import { newCheck } from './checks';
import { onEvent } from './dispatching';
import type { Mailing, MailingSettings, MailingState, NewLink } from './mailings';
import { addLink, newMailing } from './mailings';
import type { MediaTemplate } from './mediaTemplates';
import { newTemplate } from './mediaTemplates';
import type { MailingBlacklist, TargetGroup } from './targetGroups';

const CONFIRMATION: NewLink[] = [{ type: 'DOI_CONFIRMATION' }];
const NEWSLETTER: NewLink[] = [
	{ url: 'https://shop.example.com/offer', tags: ['offer', 'shop'] },
	{ url: 'https://shop.example.com/news', tags: ['news'] },
	{ type: 'ONLINE_VERSION' },
];
const ORDER: NewLink[] = [{ url: 'https://shop.example.com/order', tags: ['order'] }];

const NEWSLETTER_CONTENT = {
	html: '<html><body><h1>News</h1><p><a href="https://shop.example.com/offer">Offer</a> <a href="https://shop.example.com/news">News</a></p></body></html>',
	text: 'News\n\nhttps://shop.example.com/offer\nhttps://shop.example.com/news\n',
};
/** In the user interface these checks were run already. */
const CHECKED = new Map((['bounce', 'image', 'link'] as const).map((name) => [name, newCheck(0)]));

/** The mailings with which an account starts. */
export function defaultMailings(): Mailing[] {
	const withLinks = (id: number, settings: MailingSettings, links: NewLink[]) => {
		const mailing = newMailing(id, settings);
		links.forEach((link, index) => addLink(mailing, 9000 + 10 * id + index, link));
		return mailing;
	};
	const doi = (id: number, name: string, doiKey: string, state: MailingState) =>
		withLinks(id, { name, type: 'doi', doiKey, state, subject: 'Please confirm' }, CONFIRMATION);
	const sent = { state: 'done', scheduleTime: new Date(Date.UTC(2026, 2, 2, 8)) } as const;
	return [
		doi(11, 'Confirm your address', 'default-doi', 'released'),
		doi(12, 'Confirm your address, shop', 'doi-key-2', 'released'),
		doi(13, 'Confirm your address, old', 'retired-doi', 'archived'),
		withLinks(
			21,
			{
				name: 'Spring sale',
				subject: 'Spring is here',
				tags: ['sale', 'spring'],
				...sent,
				...NEWSLETTER_CONTENT,
			},
			NEWSLETTER,
		),
		withLinks(
			22,
			{
				name: 'Summer sale, draft',
				tags: ['sale'],
				checks: new Map(CHECKED),
				...NEWSLETTER_CONTENT,
			},
			NEWSLETTER,
		),
		withLinks(
			31,
			{ name: 'Order confirmation', type: 'trigger', state: 'released', dispatching: onEvent(42) },
			ORDER,
		),
		withLinks(
			32,
			{ name: 'Ticket received', type: 'trigger', state: 'released', dispatching: onEvent(43) },
			[],
		),
	];
}

/** The target groups with which an account starts, on its contact filters. */
export function defaultTargetGroups(created: Date): TargetGroup[] {
	const author = 'admin@example.com';
	return [
		{ id: 1, name: 'All contacts', type: 'regular', contactFilterId: 1, author, created },
		{ id: 2, name: 'Double opt-in', type: 'regular', contactFilterId: 2, author, created },
		{ id: 3, name: 'Test readers', type: 'test', contactFilterId: 4, author, created },
		{ id: 4, name: 'Approvers', type: 'approval', contactFilterId: 4, author, created },
		{ id: 5, name: 'Nobody', type: 'regular', contactFilterId: 5, author, created },
	];
}

/** The mailing blacklists with which an account starts. */
export function defaultBlacklists(created: Date): MailingBlacklist[] {
	const author = 'admin@example.com';
	return [
		{ id: 1, name: 'Competitors', created, author, expressions: ['*@competitor.example'] },
		{ id: 2, name: 'Press', created, author, expressions: ['press@example.com'] },
	];
}

/** The templates with which an account starts; the last of each editor is shared by several accounts. */
export function defaultTemplates(created: Date): MediaTemplate[] {
	const content = (words: string, markup = '') => ({
		html: `<html><body><div${markup}><h1>${words}</h1></div></body></html>`,
		text: `${words}\n`,
	});
	const block = ' data-cms2-block="main"';
	return [
		newTemplate('default folder/Newsletter', 'cms1', created, content('Our newsletter')),
		newTemplate('default folder/Invitation', 'cms1', created, content('You are invited')),
		newTemplate('/shared/Announcement', 'cms1', created, content('To all of you')),
		newTemplate('default folder/Newsletter', 'cms2', created, content('Our newsletter', block)),
		newTemplate('default folder/Product news', 'cms2', created, content('What is new', block)),
		newTemplate('/shared/Greeting', 'cms2', created, content('Season’s greetings', block)),
	];
}
