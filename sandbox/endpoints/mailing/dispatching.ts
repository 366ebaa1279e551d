import type { Dispatching } from '../../account/dispatching';
import {
	DISPATCHING_INTERVALS,
	DISPATCHING_SPEEDS,
	DISPATCHING_TARGETS,
	DISPATCHING_TYPES,
	LIMIT_UNITS,
	NOTHING_SET,
	RSS_FEATURES,
	RSS_ORDERS,
} from '../../account/dispatching';
import type { Mailing } from '../../account/mailings';
import { activate, deactivate } from '../../account/sendout';
import type { Answer } from '../../server/answer';
import { empty, xml } from '../../server/answer';
import { MAILEON_XML } from '../../server/media';
import { badRequest, notFound, Refusal } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { childrenByName, expectName, parentElement, textElement, textOf } from '../../xml';
import { discard } from './life';
import { findDraft, findMailing, requireType, setAnswer } from './mailing';

const DISPATCHING = '/mailings/:mailingId/dispatching';

/** What makes trigger mailings go out (documentation: create dispatching, delete trigger, …). */
export const dispatchingRoutes: Route[] = [
	{ method: 'PUT', path: DISPATCHING, body: [MAILEON_XML], run: set },
	{ method: 'GET', path: DISPATCHING, run: get },
	{ method: 'DELETE', path: DISPATCHING, run: stop },
	{ method: 'POST', path: `${DISPATCHING}/activate`, run: start },
];

function set(call: Call): Answer {
	const mailing = findDraft(call);
	requireType(call, mailing, 'trigger');
	const parts = new Parts(readParts(call));
	const dispatching = readDispatching(parts);
	const startsAtOnce = parts.flag('start_trigger');
	checkDispatching(call, dispatching);
	mailing.dispatching = dispatching;
	if (startsAtOnce) activate(mailing, call.account.now().getTime());
	return setAnswer(call);
}

function get(call: Call): Answer {
	return xml(200, dispatchingElement(call, dispatchingOf(findMailing(call))));
}

function dispatchingOf({ id, dispatching }: Mailing): Dispatching {
	if (!dispatching) throw notFound(`mailing ${id} has no dispatching`);
	return dispatching;
}

function start(call: Call): Answer {
	const mailing = findDraft(call);
	requireType(call, mailing, 'trigger', 'doi');
	if (mailing.type === 'trigger' && !mailing.dispatching) {
		throw badRequest(`mailing ${mailing.id} needs a dispatching before it is activated`);
	}
	activate(mailing, call.account.now().getTime());
	return setAnswer(call);
}

function stop(call: Call): Answer {
	const mailing = findMailing(call);
	requireType(call, mailing, 'trigger', 'doi');
	if (mailing.state !== 'released') {
		throw new Refusal(409, `mailing ${mailing.id} is not active`);
	}
	deactivate(mailing);
	if (call.variants.deactivatedTrigger === 'deleted') discard(call, mailing);
	return empty(call.variants.deleteStatus);
}

/** The parts of a dispatching in words; words are compared without their case. */
class Parts {
	constructor(private readonly texts: ReadonlyMap<string, string>) {}

	text(name: string): string | null {
		return this.texts.get(name) || null;
	}

	word<T extends string>(name: string, choices: readonly T[]): T | null {
		const text = this.text(name);
		if (text === null) return null;
		const word = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
		if (word === undefined) {
			throw badRequest(`${name} must be one of ${choices.join(', ')} but was ${text}`);
		}
		return word;
	}

	number(name: string, least = 0, most = Number.MAX_SAFE_INTEGER): number | null {
		const text = this.text(name);
		if (text === null) return null;
		if (!/^\d{1,15}$/.test(text) || Number(text) < least || Number(text) > most) {
			throw badRequest(`${name} must be a number from ${least} to ${most} but was ${text}`);
		}
		return Number(text);
	}

	flag(name: string): boolean | null {
		const word = this.word(name, ['true', 'false']);
		return word && word === 'true';
	}
}

const PART_NAMES = [
	'type',
	'event',
	'event_id',
	'target',
	'speed_level',
	'interval',
	'day_of_month',
	'day_of_week',
	'hours',
	'minutes',
	'contact_filter_id',
	'start_trigger',
	'rss_feed_url',
	'rss_unique_feature',
	'rss_order_by',
	'rss_order_asc',
	'rss_min_new_entries',
	'delivery_limit',
	'delivery_limit_unit',
];

function readParts({ body, lenient }: Call): Map<string, string> {
	if (body.kind !== 'xml') throw badRequest('the body holds no dispatch_options');
	// The vendor's client writes the wrong root.
	if (body.root.name === 'mailing') lenient('root mailing around dispatch options');
	else expectName(body.root, 'dispatch_options');
	const children = childrenByName(body.root, PART_NAMES);
	return new Map([...children].map(([name, element]) => [name, textOf(element) ?? '']));
}

function readDispatching(parts: Parts): Dispatching {
	const type = parts.word('type', DISPATCHING_TYPES);
	if (type === null) throw badRequest('type is missing in dispatch_options');
	return {
		type,
		event: parts.text('event_id') ?? parts.text('event'),
		target: parts.word('target', DISPATCHING_TARGETS),
		speedLevel: parts.word('speed_level', DISPATCHING_SPEEDS) ?? NOTHING_SET.speedLevel,
		interval: parts.word('interval', DISPATCHING_INTERVALS),
		dayOfMonth: parts.number('day_of_month', 1, 31),
		dayOfWeek: parts.number('day_of_week', 1, 7),
		hours: parts.number('hours', 0, 23),
		minutes: parts.number('minutes', 0, 59),
		contactFilterId: parts.number('contact_filter_id'),
		rssFeedUrl: parts.text('rss_feed_url'),
		rssUniqueFeature: parts.word('rss_unique_feature', RSS_FEATURES),
		rssOrderBy: parts.word('rss_order_by', RSS_ORDERS),
		rssOrderAsc: parts.flag('rss_order_asc'),
		rssMinNewEntries: parts.number('rss_min_new_entries'),
		deliveryLimit: parts.number('delivery_limit') ?? 0,
		deliveryLimitUnit: parts.word('delivery_limit_unit', LIMIT_UNITS),
	};
}

/** What each type, target and interval needs. */
function checkDispatching({ account }: Call, dispatching: Dispatching): void {
	const { type, event, target, interval, contactFilterId } = dispatching;
	const needs = (isThere: boolean, name: string, what: string) => {
		if (!isThere) throw badRequest(`${what} needs ${name}`);
	};
	if (type === 'SINGLE') needs(event !== null, 'event', 'type SINGLE');
	if (event !== null && /^\d+$/.test(event) && !account.transactionTypes.has(Number(event))) {
		throw badRequest(`there is no transaction type ${event}`);
	}
	if (contactFilterId !== null && !account.contactFilters.has(contactFilterId)) {
		throw badRequest(`there is no contact filter ${contactFilterId}`);
	}
	if (type === 'MULTI') {
		needs(target !== null, 'target', 'type MULTI');
		needs(interval !== null, 'interval', 'type MULTI');
		if (target === 'EVENT') needs(event !== null, 'event', 'target EVENT');
		else needs(contactFilterId !== null, 'contact_filter_id', `target ${target}`);
		checkMoment(dispatching, needs);
	}
	if (target !== 'RSS') {
		for (const [name, value] of rssParts(dispatching)) {
			if (value !== null) throw badRequest(`${name} needs target RSS`);
		}
	}
}

function checkMoment(
	{ interval, dayOfMonth, dayOfWeek, hours }: Dispatching,
	needs: (isThere: boolean, name: string, what: string) => void,
): void {
	const what = `interval ${interval}`;
	if (interval === 'MONTH') needs(dayOfMonth !== null, 'day_of_month', what);
	if (interval === 'WEEK') needs(dayOfWeek !== null, 'day_of_week', what);
	if (interval !== 'HOUR') needs(hours !== null, 'hours', what);
}

function rssParts(dispatching: Dispatching): Array<[string, string | number | boolean | null]> {
	return [
		['rss_feed_url', dispatching.rssFeedUrl],
		['rss_unique_feature', dispatching.rssUniqueFeature],
		['rss_order_by', dispatching.rssOrderBy],
		['rss_order_asc', dispatching.rssOrderAsc],
		['rss_min_new_entries', dispatching.rssMinNewEntries],
	];
}

function dispatchingElement({ variants }: Call, dispatching: Dispatching): string {
	const cased = (word: string | null) =>
		word && (variants.dispatchingCase === 'upper' ? word.toUpperCase() : word.toLowerCase());
	const { dispatchingEvent } = variants;
	const eventNames = dispatchingEvent === 'both' ? ['event', 'event_id'] : [dispatchingEvent];
	const parts: Array<[string, string | number | boolean | null]> = [
		['type', cased(dispatching.type)],
		...eventNames.map((name): [string, string | null] => [name, dispatching.event]),
		['target', cased(dispatching.target)],
		['speed_level', cased(dispatching.speedLevel)],
		['interval', cased(dispatching.interval)],
		['day_of_month', dispatching.dayOfMonth],
		['day_of_week', dispatching.dayOfWeek],
		['hours', dispatching.hours],
		['minutes', dispatching.minutes],
		['contact_filter_id', dispatching.contactFilterId],
		...rssParts(dispatching),
		['delivery_limit', dispatching.deliveryLimit],
		['delivery_limit_unit', dispatching.deliveryLimitUnit],
	];
	return parentElement(
		'dispatch_options',
		parts.flatMap(([name, value]) => (value === null ? [] : [textElement(name, value)])),
	);
}
