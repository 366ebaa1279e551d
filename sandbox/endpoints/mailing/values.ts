import {
	checkLocale,
	checkMailingName,
	checkPreviewText,
	checkSender,
	checkSubject,
} from '../../account/mailingRules';
import { domainOf } from '../../account/mailingContent';
import type { Mailing } from '../../account/mailings';
import {
	isSealed,
	noteNewContent,
	NO_CONTACTS_LIMIT,
	SPEED_LEVELS,
	TRACKING_STRATEGIES,
} from '../../account/mailings';
import { empty } from '../../server/answer';
import { HTML_TYPE, MAILEON_XML } from '../../server/media';
import { badRequest, notFound } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { expectName, textOf } from '../../xml';
import type { Value } from './mailing';
import {
	findDraft,
	findMailing,
	requireType,
	setAnswer,
	valueAnswer,
	valueElement,
} from './mailing';

/** A part of a mailing that is one XML element with text. */
interface MailingValue {
	/** Behind the ID of the mailing. */
	path: string;
	element: string;
	read(mailing: Mailing, call: Call): Value;
	/** Sets it, or refuses to; without this it can only be read. Null only where `nil` is allowed. */
	write?(mailing: Mailing, text: string, call: Call): void;
	/** Whether it can be without a value; an empty element sets it to that. */
	isOptional?: boolean;
	isContent?: boolean;
	/** Media types of the answer to a question, if not the usual one. */
	accept?: readonly string[];
	endsInSlash?: boolean;
	/** Status of setting it, if it is documented. */
	setStatus?: number;
}

const fromAccount =
	(name: 'trackingDuration' | 'archivalDuration' | 'maxAttachmentSize' | 'maxContentSize') =>
	(_: Mailing, { account }: Call) =>
		account[name];

const VALUES: MailingValue[] = [
	{
		path: 'name',
		element: 'name',
		read: ({ name }) => name,
		write: (mailing, name, { account, variants }) => {
			checkMailingName(account, variants, name, mailing);
			mailing.name = name;
		},
	},
	{ path: 'state', element: 'state', read: ({ state }) => state },
	{ path: 'type', element: 'type', read: ({ type }) => type },
	{
		path: 'sealed',
		element: 'sealed',
		read: (mailing, { variants }) => isSealed(mailing, variants),
	},
	{ path: 'author', element: 'author', read: ({ creator }) => creator },
	{
		path: 'domain',
		element: 'domain',
		read: (mailing, { account }) => domainOf(account, mailing),
		endsInSlash: true,
	},
	{
		path: 'targetgroupid',
		element: 'targetgroupid',
		read: ({ targetGroupId }) => targetGroupId,
		write: (mailing, text, { account }) => {
			const id = integerOf('targetgroupid', text);
			if (!account.targetGroups.has(id)) throw notFound(`target group ${id} isn't found`);
			mailing.targetGroupId = id;
		},
	},
	{
		path: 'contents/subject',
		element: 'subject',
		read: ({ subject }) => subject,
		isContent: true,
		write: (mailing, subject, { variants }) => {
			checkSubject(variants, subject);
			mailing.subject = subject;
		},
	},
	{
		path: 'contents/previewtext',
		element: 'previewtext',
		read: ({ previewText }) => previewText,
		isContent: true,
		isOptional: true,
		write: (mailing, text) => {
			checkPreviewText(text);
			mailing.previewText = text || null;
		},
	},
	{
		path: 'contents/sender',
		element: 'sender',
		read: ({ sender }) => sender,
		isContent: true,
		write: (mailing, sender, { account }) => {
			checkSender(account, sender);
			mailing.sender = sender;
		},
	},
	{
		path: 'contents/senderalias',
		element: 'senderalias',
		read: ({ senderAlias }) => senderAlias,
		isContent: true,
		isOptional: true,
		write: (mailing, alias) => {
			mailing.senderAlias = alias || null;
		},
	},
	{
		path: 'contents/recipientalias',
		element: 'recipientalias',
		read: ({ recipientAlias }) => recipientAlias,
		isContent: true,
		isOptional: true,
		write: (mailing, alias) => {
			mailing.recipientAlias = alias || null;
		},
	},
	{ path: 'contents/html/size', element: 'html_size', read: ({ html }) => Buffer.byteLength(html) },
	{ path: 'contents/text/size', element: 'size', read: ({ text }) => Buffer.byteLength(text) },
	{
		path: 'settings/locale',
		element: 'locale',
		read: ({ locale }) => locale,
		write: (mailing, locale) => {
			checkLocale(locale);
			mailing.locale = locale;
		},
	},
	{
		path: 'settings/tags',
		element: 'tags',
		read: ({ tags }) => tags.join('#'),
		isOptional: true,
		write: (mailing, tags) => {
			mailing.tags = tags.split('#').filter((tag) => tag !== '');
		},
	},
	{
		path: 'settings/speedlevel',
		element: 'speed_level',
		read: ({ speedLevel }) => speedLevel,
		write: (mailing, text) => {
			mailing.speedLevel = choiceOf('speed_level', text, SPEED_LEVELS);
		},
	},
	{
		path: 'settings/trackingstrategy',
		element: 'tracking_strategy',
		read: ({ trackingStrategy }) => trackingStrategy,
		write: (mailing, text) => {
			mailing.trackingStrategy = choiceOf('tracking_strategy', text, TRACKING_STRATEGIES);
		},
	},
	{
		path: 'settings/trackingduration',
		element: 'tracking_duration',
		read: fromAccount('trackingDuration'),
	},
	{
		path: 'settings/archivalduration',
		element: 'archival_duration',
		read: fromAccount('archivalDuration'),
	},
	{
		path: 'settings/maxattachmentsize',
		element: 'max_attachment_size',
		read: fromAccount('maxAttachmentSize'),
	},
	{
		path: 'settings/maxcontentsize',
		element: 'max_content_size',
		read: fromAccount('maxContentSize'),
	},
	{
		path: 'settings/ignorepermission',
		element: 'ignore_permission',
		read: ({ ignorePermission }) => ignorePermission,
		setStatus: 204,
		write: (mailing, text, call) => {
			const isTaken = call.variants.ignorePermissionOnRegular === 'accepted';
			if (mailing.type !== 'trigger' && !isTaken) {
				throw badRequest('only trigger mailings can ignore the permission');
			}
			mailing.ignorePermission = flagOf('ignore_permission', text);
		},
	},
	{
		path: 'settings/post_sendout_cleanup',
		element: 'cleanup',
		read: ({ cleansUp }) => cleansUp,
		write: (mailing, text) => {
			mailing.cleansUp = flagOf('cleanup', text);
		},
	},
	{
		path: 'settings/contacts_limit',
		element: 'contacts_limit',
		read: ({ contactsLimit }) => contactsLimit,
		write: (mailing, text) => {
			const limit = integerOf('contacts_limit', text);
			if (limit > NO_CONTACTS_LIMIT) {
				throw badRequest(`contacts_limit must not exceed ${NO_CONTACTS_LIMIT}`);
			}
			mailing.contactsLimit = limit;
		},
	},
	{
		path: 'settings/targetgroup_update',
		element: 'targetgroup_update',
		read: ({ updatesTargetGroup }) => updatesTargetGroup,
		write: (mailing, text) => {
			mailing.updatesTargetGroup = flagOf('targetgroup_update', text);
		},
	},
	{
		path: 'settings/doi_key',
		element: 'doi_key',
		accept: [MAILEON_XML, HTML_TYPE],
		read: ({ doiKey }) => {
			if (doiKey === undefined) throw badRequest('only DOI mailings have a DOI key');
			return doiKey;
		},
		write: (mailing, key, call) => {
			requireType(call, mailing, 'doi');
			if (key === '') throw badRequest('doi_key must not be empty');
			mailing.doiKey = key;
		},
	},
];

/** The parts of a mailing that are one element each (documentation: mailing – get …, set …). */
export const valueRoutes: Route[] = VALUES.flatMap((value) =>
	value.write ? [readRoute(value), writeRoute(value)] : [readRoute(value)],
);

function readRoute({ path, element, read, accept, endsInSlash }: MailingValue): Route {
	return {
		method: 'GET',
		path: `/mailings/:mailingId/${path}`,
		accept,
		endsInSlash,
		run: (call) => valueAnswer(call, element, read(findMailing(call), call)),
	};
}

function writeRoute({ path, element, read, write, ...about }: MailingValue): Route {
	return {
		method: 'POST',
		path: `/mailings/:mailingId/${path}`,
		body: [MAILEON_XML],
		run: (call) => {
			const mailing = findDraft(call);
			const text = elementText(call, element);
			if (text === null && !about.isOptional) throw badRequest(`${element} must have a value`);
			write?.(mailing, text ?? '', call);
			if (about.isContent) noteNewContent(mailing);
			if (about.setStatus !== undefined) return empty(about.setStatus);
			return setAnswer(call, valueElement(call, element, read(mailing, call)));
		},
	};
}

/** The text of the one element in the body; null for `nil`. */
export function elementText({ body }: Call, element: string): string | null {
	if (body.kind !== 'xml') throw badRequest(`the body holds no ${element}`);
	expectName(body.root, element);
	return textOf(body.root);
}

function integerOf(name: string, text: string): number {
	if (!/^\d{1,15}$/.test(text)) throw badRequest(`${name} must be a whole number but was ${text}`);
	return Number(text);
}

function flagOf(name: string, text: string): boolean {
	if (text !== 'true' && text !== 'false') {
		throw badRequest(`${name} must be true or false but was ${text}`);
	}
	return text === 'true';
}

function choiceOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
	const choice = choices.find((each) => each === text);
	if (choice === undefined) {
		throw badRequest(`${name} must be one of ${choices.join(', ')} but was ${text}`);
	}
	return choice;
}
