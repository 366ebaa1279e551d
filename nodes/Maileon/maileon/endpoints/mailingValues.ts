/**
 * The values of a mailing that are one XML element each, read and set by requests of their own.
 * Rests on the Mailings pages of the documentation, "Mailing – Get Subject" and its sisters.
 */
import { endpoint, type Endpoint } from './endpoint';

/** A value that can only be read. */
export interface ReadableValue {
	/** Name of the XML element. */
	element: string;
	get: Endpoint;
}

/** A value that can be read and set. */
export interface SettableValue extends ReadableValue {
	set: Endpoint;
}

const NO_MAILING = 'Check the ID or the name of the mailing.';
const SEALED =
	'Only drafts can be changed. Copy the mailing, and change the copy; a trigger or DOI mailing can be deactivated first.';

/** What to do about the statuses that mean the same for everything of a mailing. */
export const MAILING_ADVICE = { 404: NO_MAILING, 409: SEALED } as const;

function readable(path: string, element: string, articles: string | readonly string[]) {
	const get = endpoint(`GET /mailings/:id/${path}`, {
		articles,
		answer: 'document',
		advice: { 404: NO_MAILING },
	});
	return { element, get };
}

function settable(
	path: string,
	element: string,
	articles: { get: string; set: string },
	method: 'POST' | 'PUT' = 'POST',
): SettableValue {
	const set = endpoint(`${method} /mailings/:id/${path}`, {
		articles: articles.set,
		answer: 'confirmation',
		advice: MAILING_ADVICE,
	});
	return { ...readable(path, element, articles.get), set };
}

const both = (thing: string) => ({
	get: `Mailing – Get ${thing}`,
	set: `Mailing – Set ${thing}`,
});

/** Values that an update can set. */
export const mailingValues = {
	name: settable('name', 'name', both('Name')),
	subject: settable('contents/subject', 'subject', both('Subject')),
	previewText: settable('contents/previewtext', 'previewtext', {
		get: 'Get Preview Text',
		set: 'Set Preview Text',
	}),
	sender: settable('contents/sender', 'sender', both('Sender Address')),
	senderAlias: settable('contents/senderalias', 'senderalias', both('Sender Alias')),
	recipientAlias: settable('contents/recipientalias', 'recipientalias', both('Recipient Alias')),
	template: settable('template', 'templateId', { get: 'Get Template', set: 'Set Template' }, 'PUT'),
	locale: settable('settings/locale', 'locale', both('Locale')),
	tags: settable('settings/tags', 'tags', both('Tags')),
	speedLevel: settable('settings/speedlevel', 'speed_level', both('Speed Level')),
	trackingStrategy: settable(
		'settings/trackingstrategy',
		'tracking_strategy',
		both('Tracking Strategy'),
	),
	ignorePermission: settable(
		'settings/ignorepermission',
		'ignore_permission',
		both('“Ignore Permission” State'),
	),
	postSendoutCleanup: settable(
		'settings/post_sendout_cleanup',
		'cleanup',
		both('“Post Sendout Cleanup” State'),
	),
	contactsLimit: settable('settings/contacts_limit', 'contacts_limit', {
		get: 'Get limit on number of contacts',
		set: 'Set limit on number of contacts before sending mailing',
	}),
	targetGroupId: settable('targetgroupid', 'targetgroupid', both('Target Group Id')),
	targetGroupUpdate: settable('settings/targetgroup_update', 'targetgroup_update', {
		get: 'Mailing – Get Target Group Update status',
		set: 'Mailing – Enable Target Group Update',
	}),
	doiKey: settable('settings/doi_key', 'doi_key', both('DOI Mailing Key')),
} satisfies Record<string, SettableValue>;

export type MailingValue = keyof typeof mailingValues;

/** Values that Maileon sets itself. */
export const mailingFacts = {
	state: readable('state', 'state', 'Mailing – Get State'),
	type: readable('type', 'type', 'Mailing – Get Type'),
	sealed: readable('sealed', 'sealed', 'Mailing – Is Sealed'),
	author: readable('author', 'author', []),
	archiveUrl: readable('archiveurl', 'url', 'Get Mailing Archive URL'),
	reportUrl: readable('reporturl', 'url', 'Get Mailing Report URL'),
	domain: readable('domain/', 'domain', 'Mailing – Get Mailing Domain'),
	trackingDuration: readable(
		'settings/trackingduration',
		'tracking_duration',
		'Mailing – Get Tracking Duration',
	),
	archivalDuration: readable(
		'settings/archivalduration',
		'archival_duration',
		'Mailing – Get Archival Duration',
	),
	maxAttachmentSize: readable(
		'settings/maxattachmentsize',
		'max_attachment_size',
		'Mailing – Get Max Attachment Size',
	),
	maxContentSize: readable(
		'settings/maxcontentsize',
		'max_content_size',
		'Mailing – Get Max Content Size',
	),
	htmlSize: readable('contents/html/size', 'html_size', []),
	textSize: readable('contents/text/size', 'size', []),
} satisfies Record<string, ReadableValue>;

export type MailingFact = keyof typeof mailingFacts;
