/**
 * What Maileon offers for each kind of event: the list, the endpoint that counts it, and what both take.
 * Rests on the Reports pages of the documentation, "Get Clicks" and its sisters.
 */
import type { Endpoint } from '../endpoints/endpoint';
import { reports } from '../endpoints/reports';
import type { EventKind } from './event';

/** What a list can be narrowed down by, under the names of the node. */
export type FilterName =
	| 'contactIds'
	| 'emails'
	| 'externalIds'
	| 'mailingIds'
	| 'format'
	| 'deviceTypes'
	| 'socialNetworks'
	| 'linkIds'
	| 'linkUrl'
	| 'linkTags'
	| 'statusCodes'
	| 'bounceType'
	| 'bounceSource'
	| 'blockReasons'
	| 'oldStatus'
	| 'newStatus'
	| 'unsubscriptionSource'
	| 'replyType'
	| 'siteIds'
	| 'goalIds'
	| 'conversionLinkIds';

/** What can be added to each event, under the names of the node. */
export type ExtraName = 'contactHash' | 'emailClient' | 'linkTags' | 'transactionId';

/** A list of events, and the endpoint that counts them. */
export interface EventList {
	list: Endpoint;
	count: Endpoint;
	filters: readonly FilterName[];
	extras: readonly ExtraName[];
}

export interface EventLists extends EventList {
	/** The flag that leaves out events of people who are not known (any more). */
	leavesOut?: string;
	/** Whether events belong to mailings. */
	ofMailings?: boolean;
	/** Whether fields of the contacts can be returned. */
	withFields?: boolean;
	/** The same list with one event for each contact. */
	unique?: EventList;
}

const CONTACT: readonly FilterName[] = ['contactIds', 'emails', 'externalIds'];
const CONTACT_AND_MAILING: readonly FilterName[] = [...CONTACT, 'mailingIds'];
const OPENS: readonly FilterName[] = [
	...CONTACT_AND_MAILING,
	'format',
	'deviceTypes',
	'socialNetworks',
];
const CONVERSIONS: readonly FilterName[] = [
	...CONTACT_AND_MAILING,
	'siteIds',
	'goalIds',
	'conversionLinkIds',
];

/** The lists of each kind of event. */
export const EVENT_LISTS: Readonly<Record<EventKind, EventLists>> = {
	block: {
		list: reports.blocks,
		count: reports.blocksCount,
		filters: [...CONTACT, 'blockReasons', 'oldStatus', 'newStatus'],
		extras: [],
		withFields: true,
		leavesOut: 'exclude_anonymous_blocks',
	},
	bounce: {
		list: reports.bounces,
		count: reports.bouncesCount,
		filters: [...CONTACT_AND_MAILING, 'statusCodes', 'bounceType', 'bounceSource'],
		extras: ['transactionId'],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous_bounces',
	},
	click: {
		list: reports.clicks,
		count: reports.clicksCount,
		filters: [
			...CONTACT_AND_MAILING,
			'format',
			'linkIds',
			'linkUrl',
			'linkTags',
			'deviceTypes',
			'socialNetworks',
		],
		extras: ['contactHash', 'emailClient', 'linkTags', 'transactionId'],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous_clicks',
		unique: {
			list: reports.uniqueClicks,
			count: reports.uniqueClicksCount,
			filters: [...CONTACT_AND_MAILING, 'deviceTypes', 'socialNetworks'],
			extras: ['emailClient', 'linkTags'],
		},
	},
	conversion: {
		list: reports.conversions,
		count: reports.conversionsCount,
		filters: CONVERSIONS,
		extras: [],
		ofMailings: true,
		unique: {
			list: reports.uniqueConversions,
			count: reports.uniqueConversionsCount,
			filters: CONVERSIONS,
			extras: [],
		},
	},
	filtered_contact: {
		list: reports.filteredContacts,
		count: reports.filteredContactsCount,
		filters: CONTACT_AND_MAILING,
		extras: [],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous_contacts',
	},
	open: {
		list: reports.opens,
		count: reports.opensCount,
		filters: OPENS,
		extras: ['contactHash', 'emailClient', 'transactionId'],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous_opens',
		unique: {
			list: reports.uniqueOpens,
			count: reports.uniqueOpensCount,
			filters: OPENS,
			extras: ['emailClient', 'transactionId'],
		},
	},
	recipient: {
		list: reports.recipients,
		count: reports.recipientsCount,
		filters: CONTACT_AND_MAILING,
		extras: ['transactionId'],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_deleted_recipients',
	},
	reply: {
		list: reports.replies,
		count: reports.repliesCount,
		filters: [...CONTACT_AND_MAILING, 'replyType'],
		extras: [],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous_replies',
	},
	subscriber: {
		list: reports.subscribers,
		count: reports.subscribersCount,
		filters: CONTACT_AND_MAILING,
		extras: [],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous_contacts',
	},
	unsubscription: {
		list: reports.unsubscriptions,
		count: reports.unsubscriptionsCount,
		filters: [...CONTACT_AND_MAILING, 'unsubscriptionSource'],
		extras: ['contactHash', 'transactionId'],
		ofMailings: true,
		withFields: true,
		leavesOut: 'exclude_anonymous',
	},
};
