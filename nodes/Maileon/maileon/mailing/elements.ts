/**
 * THE TABLE of what can be set of a mailing, in the order in which it is set. Maileon's own side effects
 * decide it: a template resets HTML and text, so it comes before them, and the name comes last, since what was
 * begun by it is then found by it.
 * Rests on the pages "Mailing – Set …" of the documentation.
 */
import { mailingValues, type MailingValue } from '../endpoints/mailingValues';
import { mailingContents, mailingSettings } from '../endpoints/mailings';
import type { MaileonRequest } from '../request';
import { withoutLoneSurrogates } from '../text';
import type { PropertyChange } from './properties';
import { valueDocument, VALUE_FORMS } from './values';

/** HTML, and what Maileon does with it. */
export interface Html {
	html: string;
	/** Copies images that it refers to into Maileon. */
	grabImages: boolean;
	/** Rewrites links so that clicks are counted. */
	trackLinks: boolean;
}

/** What is to be set of a mailing. What is undefined stays as it is. */
export interface MailingChanges {
	/** Elements that are one value each, as they are written. */
	values: Readonly<Partial<Record<MailingValue, string>>>;
	/** Path of a template of the newer editor. */
	cms2Template?: string;
	html?: Html;
	text?: string;
	/** Where replies go; '' lets Maileon handle them. */
	replyTo?: string;
	/** IDs of mailing blacklists. */
	addedBlacklists: readonly string[];
	removedBlacklists: readonly string[];
	properties: readonly PropertyChange[];
	disableChecks: boolean;
}

/** One thing that is set by one request. */
export interface Setting {
	/** The name under which it comes out. */
	name: string;
	/** What messages call it. */
	what: string;
	/** What is done with it, as in "could not be set". */
	deed: string;
	/** Whether Maileon takes it for content, which a schedule does not outlive. */
	isContent: boolean;
	/** Whether 404 means that it is as it should be. */
	isRemoval?: boolean;
	/** @param id of the mailing */
	request(id: string): MaileonRequest;
}

/** A row of the table. */
export type MailingElement = {
	/** Name in the menu. */
	label: string;
} & (
	| { /** What is set of it; nothing where it stays as it is. */ settings: SettingsOf }
	/** What takes more than its own request: it is looked at first what is there, or a file is read. */
	| { kind: 'properties' | 'attachments' }
);

type SettingsOf = (changes: MailingChanges) => Setting[];

/** How an element is set by one request; undefined where it stays as it is. */
type RequestOf = (changes: MailingChanges) => Setting['request'] | undefined;

interface About {
	isContent: boolean;
	/** What messages call it, where that is not its name in the menu. */
	what?: string;
	deed?: string;
}

const CONTENT = { isContent: true } as const;
const NO_CONTENT = { isContent: false } as const;

/** @param name under which it comes out */
function single(label: string, name: string, about: About, requestOf: RequestOf): MailingElement {
	const { what = inSentence(label), deed = 'set', isContent } = about;
	return {
		label,
		settings: (changes) => {
			const request = requestOf(changes);
			return request ? [{ name, what, deed, isContent, request }] : [];
		},
	};
}

/** A name of the menu in the middle of a sentence. */
function inSentence(label: string): string {
	return label.replace(/\b\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase());
}

/** An element that is one value. */
function value(label: string, element: MailingValue, about: About): MailingElement {
	return single(label, VALUE_FORMS[element].key, about, ({ values: { [element]: text } }) =>
		text === undefined
			? undefined
			: (id) => mailingValues[element].set.request({ id }, [], valueDocument(element, text)),
	);
}

function blacklistSettings({ addedBlacklists, removedBlacklists }: MailingChanges): Setting[] {
	const about = (id: string) => ({ what: `mailing blacklist ${id}`, ...NO_CONTENT });
	return [
		...addedBlacklists.map((list) => ({
			...about(list),
			name: `blacklist ${list}`,
			deed: 'added',
			request: (id: string) => mailingSettings.addBlacklist.request({ id, blacklist_id: list }),
		})),
		...removedBlacklists.map((list) => ({
			...about(list),
			name: `blacklist ${list} removed`,
			deed: 'removed',
			isRemoval: true,
			request: (id: string) => mailingSettings.removeBlacklist.request({ id, blacklist_id: list }),
		})),
	];
}

export const MAILING_ELEMENTS: readonly MailingElement[] = [
	value('Template', 'template', CONTENT),
	single('CMS2 Template', 'cms2_template', CONTENT, ({ cms2Template }) =>
		cms2Template === undefined
			? undefined
			: (id) => mailingContents.setCms2Template.request({ id }, [['templatePath', cms2Template]]),
	),
	single('HTML', 'html', CONTENT, ({ html }) => html && ((id) => htmlRequest(id, html))),
	single('Text', 'text', CONTENT, ({ text }) =>
		text === undefined
			? undefined
			: (id) => mailingContents.setText.request({ id }, [], withoutLoneSurrogates(text)),
	),
	value('Subject', 'subject', CONTENT),
	value('Preview Text', 'previewText', CONTENT),
	value('Sender Address', 'sender', CONTENT),
	value('Sender Alias', 'senderAlias', CONTENT),
	value('Recipient Alias', 'recipientAlias', CONTENT),
	single('Reply-To Address', 'reply_to', NO_CONTENT, ({ replyTo }) =>
		replyTo === undefined ? undefined : (id) => replyToRequest(id, replyTo),
	),
	value('Locale', 'locale', NO_CONTENT),
	value('Tags', 'tags', NO_CONTENT),
	value('Speed Level', 'speedLevel', NO_CONTENT),
	value('Tracking Strategy', 'trackingStrategy', NO_CONTENT),
	value('Ignore Permission', 'ignorePermission', { ...NO_CONTENT, what: 'permission setting' }),
	value('Clean Up After Sending', 'postSendoutCleanup', {
		...NO_CONTENT,
		what: 'clean-up after sending',
	}),
	value('DOI Mailing Key', 'doiKey', NO_CONTENT),
	value('Target Group', 'targetGroupId', NO_CONTENT),
	value('Update Target Group', 'targetGroupUpdate', {
		...NO_CONTENT,
		what: 'update of the target group',
	}),
	value('Contact Limit', 'contactsLimit', NO_CONTENT),
	{ label: 'Mailing Blacklists', settings: blacklistSettings },
	{ label: 'Custom Properties', kind: 'properties' },
	{ label: 'Attachments', kind: 'attachments' },
	single(
		'Disable Quality Checks',
		'quality_checks_disabled',
		{ ...NO_CONTENT, what: 'quality checks', deed: 'disabled' },
		({ disableChecks }) =>
			disableChecks ? (id) => mailingSettings.disableQosChecks.request({ id }) : undefined,
	),
	value('Name', 'name', NO_CONTENT),
];

/** Both switches are always sent, since what Maileon does without them is not documented. */
function htmlRequest(id: string, { html, grabImages, trackLinks }: Html): MaileonRequest {
	const query = [
		['doImageGrabbing', grabImages],
		['doLinkTracking', trackLinks],
	] as const;
	return mailingContents.setHtml.request({ id }, query, withoutLoneSurrogates(html));
}

function replyToRequest(id: string, address: string): MaileonRequest {
	return mailingSettings.setReplyTo.request({ id }, [
		['active', true],
		['auto', address === ''],
		['customEmail', address],
	]);
}
