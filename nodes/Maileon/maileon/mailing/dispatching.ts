/**
 * What makes a trigger mailing go out.
 * Rests on "Create Dispatching"; the parts about feeds and about the delivery limit on the official client.
 */
import { element, XML_DECLARATION } from '../xml/write';

export const SPEED_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export const INTERVALS = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export const RSS_FEATURES = ['default', 'link', 'pubdate', 'title'] as const;
export const RSS_ORDERS = ['link', 'pubdate', 'title'] as const;
export const LIMIT_UNITS = ['day', 'week', 'month', 'year'] as const;

/** When a mass mail goes out. */
export interface Interval {
	interval: (typeof INTERVALS)[number];
	/** 1 to 31, at a monthly interval; too large a number is the last day of the month. */
	dayOfMonth?: number;
	/** 1 is Sunday, at a weekly interval. */
	dayOfWeek?: number;
	/** 0 to 23, at all intervals but the hourly one. */
	hours?: number;
	/** 0 to 59. */
	minutes?: number;
}

/** A feed whose news are sent. */
export interface Feed {
	url: string;
	/** What tells one entry from another. */
	uniqueFeature?: (typeof RSS_FEATURES)[number];
	orderBy?: (typeof RSS_ORDERS)[number];
	ascending?: boolean;
	/** Fewest new entries that start a sendout. */
	minNewEntries?: number;
}

/** What sets a trigger mailing off. */
export type Occasion =
	/** One mail for each event. */
	| { kind: 'event'; event: string }
	/** A mass mail to the contacts that had an event. */
	| { kind: 'contactsOfEvent'; event: string; interval: Interval }
	/** A mass mail to the contacts of a filter. */
	| { kind: 'contactFilter'; contactFilterId: string; interval: Interval }
	/** A mass mail to the contacts of a filter when a feed has news. */
	| { kind: 'feed'; contactFilterId: string; interval: Interval; feed: Feed };

export interface Dispatching {
	occasion: Occasion;
	speedLevel?: (typeof SPEED_LEVELS)[number];
	/** Most mails that a recipient gets in the period; 0 is no limit. */
	deliveryLimit?: number;
	deliveryLimitUnit?: (typeof LIMIT_UNITS)[number];
}

type Part = readonly [name: string, value: string | number | boolean | undefined];

/** The body that sets a dispatching. The mailing is not activated by it. */
export function dispatchingDocument(dispatching: Dispatching): string {
	const { occasion, speedLevel, deliveryLimit, deliveryLimitUnit } = dispatching;
	const parts: Part[] = [
		...occasionParts(occasion),
		['speed_level', speedLevel],
		...('interval' in occasion ? intervalParts(occasion.interval) : []),
		['contact_filter_id', 'contactFilterId' in occasion ? occasion.contactFilterId : undefined],
		...('feed' in occasion ? feedParts(occasion.feed) : []),
		['delivery_limit', deliveryLimit],
		['delivery_limit_unit', deliveryLimitUnit],
		['start_trigger', false],
	];
	const children = parts.map(([name, value]) => element(name, textOf(value))).join('');
	return `${XML_DECLARATION}<dispatch_options>${children}</dispatch_options>`;
}

function textOf(value: Part[1]): string | undefined {
	return value === undefined ? undefined : String(value);
}

function occasionParts(occasion: Occasion): Part[] {
	switch (occasion.kind) {
		case 'event':
			return [
				['type', 'SINGLE'],
				['event', occasion.event],
			];
		case 'contactsOfEvent':
			return [
				['type', 'MULTI'],
				['event', occasion.event],
				['target', 'EVENT'],
			];
		case 'contactFilter':
			return [
				['type', 'MULTI'],
				['target', 'CONTACTFILTER'],
			];
		case 'feed':
			return [
				['type', 'MULTI'],
				['target', 'RSS'],
			];
	}
}

function intervalParts({ interval, dayOfMonth, dayOfWeek, hours, minutes }: Interval): Part[] {
	return [
		['interval', interval],
		['day_of_month', dayOfMonth],
		['day_of_week', dayOfWeek],
		['hours', hours],
		['minutes', minutes],
	];
}

function feedParts({ url, uniqueFeature, orderBy, ascending, minNewEntries }: Feed): Part[] {
	return [
		['rss_feed_url', url],
		['rss_unique_feature', uniqueFeature],
		['rss_order_by', orderBy],
		['rss_order_asc', ascending],
		['rss_min_new_entries', minNewEntries],
	];
}
