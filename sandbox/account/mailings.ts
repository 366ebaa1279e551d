import type { Variants } from '../variants';
import type { Check, CheckName } from './checks';
import type { Dispatching } from './dispatching';
import type { Editor } from './mediaTemplates';
import type { Schedule } from './schedule';

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

export const SPEED_LEVELS = ['low', 'medium', 'high', 'supersonic'] as const;
export const TRACKING_STRATEGIES = [
	'none',
	'anonymous',
	'single-recipient',
	'highest-permission',
] as const;

/** The value that stands for no limit on the number of contacts. */
export const NO_CONTACTS_LIMIT = 2_147_483_647;

/** Where answers to a mailing go. */
export interface ReplyTo {
	active: boolean;
	/** Maileon handles them itself. */
	auto: boolean;
	customEmail: string | null;
}

/** A file that goes along with a mailing. */
export interface Attachment {
	readonly id: number;
	filename: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
	readonly created: Date;
	updated: Date;
}

/** A mailing as the sandbox keeps it. */
export interface Mailing {
	readonly id: number;
	name: string;
	subject: string;
	type: MailingType;
	state: MailingState;
	editor: Editor;
	previewText: string | null;
	sender: string;
	senderAlias: string | null;
	recipientAlias: string | null;
	html: string;
	text: string;
	/** Path of the template. */
	template: string;
	/** How often RSS content was filled in. */
	rssFillings: number;
	locale: string;
	/** Called keywords by the lists. */
	tags: string[];
	speedLevel: (typeof SPEED_LEVELS)[number];
	trackingStrategy: (typeof TRACKING_STRATEGIES)[number];
	/** Contacts without a permission get it too. */
	ignorePermission: boolean;
	/** Target group and filter are deleted after the sendout. */
	cleansUp: boolean;
	/** Whether the checks of the account come before the sendout. */
	isChecked: boolean;
	contactsLimit: number;
	targetGroupId: number;
	updatesTargetGroup: boolean;
	/** Of DOI mailings; they can be used while they are released. */
	doiKey?: string;
	replyTo: ReplyTo;
	properties: ReadonlyMap<string, string>;
	attachments: readonly Attachment[];
	schedule: Schedule | null;
	/** Of trigger mailings. */
	dispatching: Dispatching | null;
	blacklistIds: ReadonlySet<number>;
	checks: Map<CheckName, Check>;
	creator: string;
	/** When it went out or is to go out, as lists show it. */
	scheduleTime: Date | null;
	inTrash: boolean;
	links: MailingLink[];
	/** When the next thing happens to it by itself, in epoch milliseconds. */
	due: number | null;
}

/** Whether nothing of a mailing can be changed any more: it is no draft. */
export function isSealed(mailing: Mailing, variants: Variants): boolean {
	if (mailing.state === 'scheduled' && mailing.schedule !== null) {
		return variants.scheduledMailing === 'sealed';
	}
	return mailing.state !== 'draft';
}

/** Notes that the content was changed: a mailing that has a schedule will not go out any more. */
export function noteNewContent({ schedule }: Mailing): void {
	if (schedule?.state === 'scheduled') schedule.contentChanged = true;
}

/** What an account gives to each new mailing. */
export type MailingDefaults = Pick<
	Mailing,
	| 'editor'
	| 'sender'
	| 'senderAlias'
	| 'template'
	| 'locale'
	| 'speedLevel'
	| 'trackingStrategy'
	| 'targetGroupId'
>;

/** The defaults with which an account starts. */
export const MAILING_DEFAULTS: Readonly<MailingDefaults> = {
	editor: 'cms2',
	sender: 'newsletter@news.example.com',
	senderAlias: 'Example Shop',
	template: 'default folder/Newsletter',
	locale: 'en',
	speedLevel: 'medium',
	trackingStrategy: 'highest-permission',
	targetGroupId: 1,
};

/** Everything but the ID and the name has a default. */
export type MailingSettings = Partial<Omit<Mailing, 'id' | 'links'>> & { name: string };

/** A mailing with the defaults of the account. */
export function newMailing(
	id: number,
	settings: MailingSettings,
	defaults: MailingDefaults = MAILING_DEFAULTS,
): Mailing {
	return {
		subject: settings.name,
		type: 'regular',
		state: 'draft',
		previewText: null,
		recipientAlias: null,
		html: '',
		text: '',
		rssFillings: 0,
		tags: [],
		ignorePermission: false,
		cleansUp: false,
		isChecked: true,
		contactsLimit: NO_CONTACTS_LIMIT,
		updatesTargetGroup: true,
		replyTo: { active: true, auto: true, customEmail: null },
		properties: new Map(),
		attachments: [],
		schedule: null,
		dispatching: null,
		blacklistIds: new Set(),
		checks: new Map(),
		creator: 'admin@example.com',
		scheduleTime: null,
		inTrash: false,
		due: null,
		...defaults,
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
