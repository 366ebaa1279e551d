/** The types of mailings (documentation: get mailings by types). */
export const MAILING_TYPES = ['doi', 'regular', 'trigger', 'trigger_template'] as const;
export type MailingType = (typeof MAILING_TYPES)[number];

/** The states of mailings (documentation: get mailings by states). */
export const MAILING_STATES = [
	'draft',
	'failed',
	'queued',
	'checks',
	'blacklist',
	'preparing',
	'sending',
	'canceled',
	'paused',
	'done',
	'archiving',
	'archived',
	'released',
	'scheduled',
] as const;
export type MailingState = (typeof MAILING_STATES)[number];

/** What a link in a mailing leads to (documentation: get clicks). */
export const LINK_TYPES = [
	'STANDARD',
	'ONLINE_VERSION',
	'DOI_CONFIRMATION',
	'ICAL',
	'PROPERTY_UPDATE',
	'DOWNLOAD',
] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** A tracked link of a mailing. */
export interface MailingLink {
	id: number;
	type: LinkType;
	/** Null unless the type is `STANDARD`. */
	url: string | null;
	tags: string[];
}

/** A mailing as the sandbox keeps it. */
export interface Mailing {
	readonly id: number;
	name: string;
	subject: string;
	type: MailingType;
	state: MailingState;
	/** Of DOI mailings; they can be used while they are released. */
	doiKey?: string;
	/** Of trigger mailings that go out when a contact event comes in. */
	transactionTypeId?: number;
	/** Called keywords by the lists. */
	tags: string[];
	creator: string;
	scheduleTime: Date | null;
	inTrash: boolean;
	links: MailingLink[];
}

/** A mailing can be changed as a draft only. */
export function isSealed(mailing: Mailing): boolean {
	return mailing.state !== 'draft';
}

/** Everything but the ID and the name has a default. */
export type MailingSettings = Partial<Omit<Mailing, 'id' | 'links'>> & { name: string };

/** A mailing with the defaults of the account. */
export function newMailing(id: number, settings: MailingSettings): Mailing {
	return {
		subject: settings.name,
		type: 'regular',
		state: 'draft',
		tags: [],
		creator: 'admin@example.com',
		scheduleTime: null,
		inTrash: false,
		...settings,
		id,
		links: [],
	};
}

/** A link without its ID. */
export type NewLink = Partial<Omit<MailingLink, 'id'>>;

/** Adds a link; only standard links have a URL. */
export function addLink(mailing: Mailing, id: number, link: NewLink): MailingLink {
	const type = link.type ?? 'STANDARD';
	const url = type === 'STANDARD' ? (link.url ?? `https://shop.example.com/${id}`) : null;
	const added: MailingLink = { id, type, url, tags: link.tags ?? [] };
	mailing.links.push(added);
	return added;
}

const CONFIRMATION: NewLink[] = [{ type: 'DOI_CONFIRMATION' }];
const NEWSLETTER: NewLink[] = [
	{ url: 'https://shop.example.com/offer', tags: ['offer', 'shop'] },
	{ url: 'https://shop.example.com/news', tags: ['news'] },
	{ type: 'ONLINE_VERSION' },
];
const ORDER: NewLink[] = [{ url: 'https://shop.example.com/order', tags: ['order'] }];

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
			{ name: 'Spring sale', subject: 'Spring is here', tags: ['sale', 'spring'], ...sent },
			NEWSLETTER,
		),
		withLinks(22, { name: 'Summer sale, draft', tags: ['sale'] }, NEWSLETTER),
		withLinks(
			31,
			{ name: 'Order confirmation', type: 'trigger', state: 'released', transactionTypeId: 42 },
			ORDER,
		),
		withLinks(
			32,
			{ name: 'Ticket received', type: 'trigger', state: 'released', transactionTypeId: 43 },
			[],
		),
	];
}
