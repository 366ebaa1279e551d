import { getValue } from '../../account/contact';
import type { Bounce, Click, Happening, Open, Unsubscription } from '../../account/happenings';
import {
	BLOCK_REASONS,
	BOUNCE_SOURCES,
	BOUNCE_TYPES,
	DEVICE_TYPES,
	FORMATS,
	REPLY_TYPES,
	SENDOUT_STATES,
} from '../../account/happenings';
import { notFound } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import type { Filter } from './filters';
import {
	BY_CONTACT,
	BY_MAILING,
	byContact,
	exactly,
	excludingAnonymous,
	knownWhen,
	leavingOut,
	oneOf,
	refuseUnknown,
} from './filters';
import type { Presenter } from './presenter';
import type { Report } from './report';
import { reportRoutes } from './report';

const SHARED: Array<Filter<Happening>> = [BY_MAILING, BY_CONTACT];
const BY_FORMAT = exactly<Open>('format', FORMATS, ({ format }) => format);
const BY_PROGRAM: Array<Filter<Open>> = [
	oneOf('device_type', { kind: 'text', choices: DEVICE_TYPES }, ({ deviceType }) => deviceType),
	oneOf('social_network', { kind: 'text' }, ({ socialNetwork }) => socialNetwork),
];

const OPEN_FILTERS: Array<Filter<Open>> = [
	...SHARED,
	BY_FORMAT,
	...BY_PROGRAM,
	excludingAnonymous('exclude_anonymous_opens'),
];

const OPENS: Report<Open> = {
	path: '/reports/opens',
	names: () => ['opens', 'open'],
	filters: OPEN_FILTERS,
	embeds: ['embed_email_client_infos', 'embed_transaction_id', 'embed_contact_hash'],
	show: showOpen,
};

const UNIQUE_OPENS: Report<Open> = {
	...OPENS,
	path: '/reports/opens/unique',
	embeds: ['embed_email_client_infos', 'embed_transaction_id'],
	unique: uniqueEvents,
};

function uniqueEvents({ reportUniquePer, reportUniqueKept }: Call['variants']) {
	return { per: reportUniquePer, kept: reportUniqueKept };
}

function showOpen(open: Open, presenter: Presenter, members: readonly Open[]): string[] {
	return presenter.event(open, [
		presenter.mailingId(open),
		...programParts(open, presenter),
		...mailParts(open, presenter, members),
	]);
}

function programParts({ format, deviceType }: Open, { variants }: Presenter): string[] {
	return [
		textElement('format', variants.reportFormat === 'lower' ? format : format.toUpperCase()),
		textElement('device_type', deviceType),
	];
}

function mailParts(open: Open, presenter: Presenter, members: readonly Open[]): string[] {
	const { reportEventCount } = presenter.variants;
	const isCounted =
		reportEventCount === 'all' || (reportEventCount === 'unique' && members.length > 0);
	return [
		...presenter.mail(open),
		presenter.embed('embed_email_client_infos', () =>
			parentElement(
				'client',
				Object.entries(open.client).map(([name, value]) => textElement(name, value)),
			),
		),
		isCounted ? textElement('count', Math.max(members.length, 1)) : '',
	];
}

const LINK_FILTERS: Array<Filter<Click>> = [
	oneOf('link_id', { kind: 'integer' }, ({ link }) => link.id),
	{
		query: { link_url: { kind: 'text' } },
		test: ({ query, variants }) => {
			const wanted = query.text('link_url');
			if (wanted === undefined) return undefined;
			return variants.reportLinkUrl === 'exact'
				? ({ link }) => link.url === wanted
				: ({ link }) => link.url?.includes(wanted) ?? false;
		},
		dependsOn: ({ variants }) => variants.reportLinkUrl,
	},
	{
		query: { link_tag: { kind: 'text', many: true } },
		test: ({ query }) => {
			const wanted = query.all('link_tag');
			if (wanted.length === 0) return undefined;
			return ({ link }) => link.tags.some((tag) => wanted.includes(tag));
		},
	},
];
const KNOWN_CLICKS = excludingAnonymous('exclude_anonymous_clicks');

const CLICKS: Report<Click> = {
	path: '/reports/clicks',
	names: () => ['clicks', 'click'],
	filters: [...SHARED, BY_FORMAT, ...LINK_FILTERS, ...BY_PROGRAM, KNOWN_CLICKS],
	embeds: [
		'embed_email_client_infos',
		'embed_link_tags',
		'embed_transaction_id',
		'embed_contact_hash',
	],
	show: (click, presenter, members) =>
		presenter.event(click, [
			presenter.mailingId(click),
			textElement('link_id', click.link.id),
			textElement('link_type', click.link.type),
			click.link.url === null ? '' : textElement('link_url', click.link.url),
			...programParts(click, presenter),
			presenter.embed('embed_link_tags', () =>
				parentElement(
					'link_tags',
					click.link.tags.map((tag) => textElement(presenter.variants.reportLinkTag, tag)),
				),
			),
			...mailParts(click, presenter, members),
		]),
};

const UNIQUE_CLICKS: Report<Click> = {
	...CLICKS,
	path: '/reports/clicks/unique',
	filters: [
		...SHARED,
		...[BY_FORMAT, ...LINK_FILTERS].map((filter: Filter<Click>) =>
			knownWhen(
				({ reportUniqueClicksFilters }) => reportUniqueClicksFilters === 'accepted',
				filter,
			),
		),
		...BY_PROGRAM,
		KNOWN_CLICKS,
	],
	embeds: ['embed_email_client_infos', 'embed_link_tags'],
	unique: uniqueEvents,
};

const KNOWN_BOUNCES = excludingAnonymous('exclude_anonymous_bounces');

const BOUNCES: Report<Bounce> = {
	path: '/reports/bounces',
	names: () => ['bounces', 'bounce'],
	filters: [
		...SHARED,
		oneOf(
			'status_code',
			{ kind: 'text', form: { pattern: /^\d\.\d{1,3}\.\d{1,3}$/, example: '5.1.1' } },
			({ statusCode }) => statusCode,
		),
		exactly('type', BOUNCE_TYPES, ({ type }) => type),
		exactly('source_filter', BOUNCE_SOURCES, ({ source }) => source),
		KNOWN_BOUNCES,
	],
	embeds: ['embed_transaction_id'],
	show: (bounce, presenter) =>
		presenter.event(bounce, [
			presenter.mailingId(bounce),
			textElement('type', bounce.type),
			textElement('status_code', bounce.statusCode),
			textElement(
				'source',
				bounce.source === 'reply' ? presenter.variants.reportBounceSource : bounce.source,
			),
			...presenter.mail(bounce),
		]),
};

const UNIQUE_BOUNCES: Report<Bounce> = {
	path: '/reports/bounces/unique',
	names: () => ['unique_bounces', 'unique_bounce'],
	filters: [
		...SHARED,
		{
			...KNOWN_BOUNCES,
			test: (call) => {
				if (call.variants.reportUniqueBounces === 'gone') {
					throw notFound('no such resource: /reports/bounces/unique');
				}
				return KNOWN_BOUNCES.test(call);
			},
		},
	],
	unique: () => ({ per: 'contactAndMailing', kept: 'last' }),
	show: (bounce, presenter, members) => {
		const hard = members.filter(({ type }) => type === 'permanent').length;
		return presenter.event(bounce, [
			presenter.mailingId(bounce),
			textElement('last_type', bounce.type),
			textElement('count', members.length),
			textElement('count_hard', hard),
			textElement('count_soft', members.length - hard),
		]);
	},
};

const blockRoutes = reportRoutes('blocks', {
	path: '/reports/blocks',
	names: () => ['blocks', 'block'],
	filters: [
		BY_CONTACT,
		oneOf('reasons', { kind: 'text', choices: BLOCK_REASONS }, ({ reason }) => reason),
		exactly('old_status', SENDOUT_STATES, ({ oldStatus }) => oldStatus),
		exactly('new_status', SENDOUT_STATES, ({ newStatus }) => newStatus),
		excludingAnonymous('exclude_anonymous_blocks'),
	],
	show: (block, presenter) =>
		presenter.event(block, [
			textElement('old_status', block.oldStatus),
			textElement('new_status', block.newStatus),
			textElement('reason', block.reason),
		]),
});

const recipientRoutes = reportRoutes('recipients', {
	path: '/reports/recipients',
	names: () => ['recipients', 'recipient'],
	filters: [
		...SHARED,
		leavingOut(
			'exclude_deleted_recipients',
			() => false,
			({ account }, { contact }) => account.contacts.find(contact.id) === undefined,
		),
	],
	embeds: ['embed_transaction_id'],
	unique: ({ reportRecipients }) =>
		reportRecipients === 'perContact' ? { per: 'contact', kept: 'last' } : null,
	show: (mail, presenter) =>
		presenter.event(mail, [presenter.mailingId(mail), ...presenter.mail(mail)]),
});

/** Sources disagree about the name. */
const SUBSCRIBERS_FLAGS = [
	'exclude_anonymous_contacts',
	'exclude_anonymous_blocks',
	'exclude_anonymous_clicks',
];

const subscriberRoutes = reportRoutes('subscribers', {
	path: '/reports/subscribers',
	names: () => ['subscribers', 'subscriber'],
	filters: [
		...SHARED,
		{
			query: Object.fromEntries(SUBSCRIBERS_FLAGS.map((name) => [name, { kind: 'boolean' }])),
			test: (call) => {
				const { reportSubscribersFlag } = call.variants;
				refuseUnknown(call, SUBSCRIBERS_FLAGS, (_, name) => name === reportSubscribersFlag);
				return excludingAnonymous(reportSubscribersFlag).test(call);
			},
			dependsOn: ({ variants }) => variants.reportSubscribersFlag,
		},
	],
	show: (subscriber, presenter) =>
		presenter.event(subscriber, [
			presenter.mailingId(subscriber),
			subscriber.ip === null ? '' : textElement('ip', subscriber.ip),
		]),
});

const unsubscriptionRoutes = reportRoutes('unsubscriptions', {
	path: '/reports/unsubscriptions',
	names: () => ['unsubscriptions', 'unsubscription'],
	filters: [
		BY_MAILING,
		byContact<Unsubscription>((unsubscription) =>
			unsubscription.tracked ? { ...unsubscription, id: unsubscription.contact.id } : null,
		),
		exactly('source', ['link', 'reply', 'other'], ({ source }) =>
			source === 'link' || source === 'reply' ? source : 'other',
		),
		leavingOut(
			'exclude_anonymous',
			({ reportAnonymousUnsubscribers }) => reportAnonymousUnsubscribers === 'excluded',
			(_, { tracked }) => !tracked,
		),
	],
	embeds: ['embed_transaction_id', 'embed_contact_hash'],
	show: (unsubscription, presenter) =>
		presenter.event(
			unsubscription,
			[
				textElement('source', unsubscription.source),
				unsubscription.mailingId === null ? '' : presenter.mailingId(unsubscription),
				...presenter.mail(unsubscription),
			],
			showUnsubscriber(unsubscription, presenter),
		),
});

/** The record of an unsubscriber outlives the contact. */
function showUnsubscriber(unsubscription: Unsubscription, presenter: Presenter): string {
	if (!unsubscription.tracked) return presenter.anonymousContact(unsubscription.contact);
	return presenter.knownContact({
		id: unsubscription.contact.id,
		email: unsubscription.email,
		externalId: unsubscription.externalId,
		standard: (name) => getValue(unsubscription.standardFields, name),
		custom: (name) => getValue(unsubscription.customFields, name),
		further: [],
	});
}

const filteredContactRoutes = reportRoutes('filteredContacts', {
	path: '/reports/filtered_contacts',
	names: ({ reportFilteredContacts }) => namesOf(reportFilteredContacts),
	filters: [...SHARED, excludingAnonymous('exclude_anonymous_contacts')],
	show: (filtered, presenter) => {
		const { reportFilteredCause } = presenter.variants;
		return presenter.event(filtered, [
			presenter.mailingId(filtered),
			reportFilteredCause === 'missing' ? '' : textElement(reportFilteredCause, filtered.cause),
		]);
	},
});

const replyRoutes = reportRoutes('replies', {
	path: '/reports/replies',
	names: ({ reportReplies }) => namesOf(reportReplies),
	filters: [
		...SHARED,
		exactly('type', REPLY_TYPES, ({ type }) => type),
		excludingAnonymous('exclude_anonymous_replies'),
	],
	show: (reply, presenter) =>
		presenter.event(reply, [
			presenter.mailingId(reply),
			textElement('type', reply.type),
			...presenter.mail(reply),
		]),
});

function namesOf(path: string): [root: string, entry: string] {
	const [root = '', entry = ''] = path.split('/');
	return [root, entry];
}

/** Reports whose entries are events of contacts (documentation: get opens, get clicks, …). */
export const eventRoutes: Route[] = [
	...reportRoutes('opens', OPENS),
	...reportRoutes('opens', UNIQUE_OPENS),
	...reportRoutes('clicks', CLICKS),
	...reportRoutes('clicks', UNIQUE_CLICKS),
	...reportRoutes('bounces', BOUNCES),
	...reportRoutes('bounces', UNIQUE_BOUNCES),
	...blockRoutes,
	...recipientRoutes,
	...subscriberRoutes,
	...unsubscriptionRoutes,
	...filteredContactRoutes,
	...replyRoutes,
];
