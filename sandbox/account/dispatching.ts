export const DISPATCHING_TYPES = ['SINGLE', 'MULTI', 'EXTERNAL'] as const;
export const DISPATCHING_TARGETS = ['EVENT', 'CONTACTFILTER', 'RSS'] as const;
export const DISPATCHING_INTERVALS = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export const DISPATCHING_SPEEDS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export const RSS_FEATURES = ['default', 'pubdate', 'title', 'link'] as const;
export const RSS_ORDERS = ['pubdate', 'title', 'link'] as const;
export const LIMIT_UNITS = ['day', 'week', 'month', 'year'] as const;

/** What makes a trigger mailing go out (documentation: create dispatching). */
export interface Dispatching {
	type: (typeof DISPATCHING_TYPES)[number];
	/** ID of a transaction type, or a special word. */
	event: string | null;
	target: (typeof DISPATCHING_TARGETS)[number] | null;
	speedLevel: (typeof DISPATCHING_SPEEDS)[number];
	interval: (typeof DISPATCHING_INTERVALS)[number] | null;
	/** 1 to 31; too large a number is the last day of the month. */
	dayOfMonth: number | null;
	/** 1 is Sunday. */
	dayOfWeek: number | null;
	hours: number | null;
	minutes: number | null;
	contactFilterId: number | null;
	rssFeedUrl: string | null;
	rssUniqueFeature: (typeof RSS_FEATURES)[number] | null;
	rssOrderBy: (typeof RSS_ORDERS)[number] | null;
	rssOrderAsc: boolean | null;
	rssMinNewEntries: number | null;
	/** Most mails that one recipient gets in the period; 0 is no limit. */
	deliveryLimit: number;
	deliveryLimitUnit: (typeof LIMIT_UNITS)[number] | null;
}

/** The dispatching of a trigger that a contact event sends. */
export function onEvent(transactionTypeId: number): Dispatching {
	return { ...NOTHING_SET, type: 'SINGLE', event: String(transactionTypeId) };
}

/** A dispatching of which only the type and the defaults are set. */
export const NOTHING_SET: Readonly<Dispatching> = {
	type: 'SINGLE',
	event: null,
	target: null,
	speedLevel: 'LOW',
	interval: null,
	dayOfMonth: null,
	dayOfWeek: null,
	hours: null,
	minutes: null,
	contactFilterId: null,
	rssFeedUrl: null,
	rssUniqueFeature: null,
	rssOrderBy: null,
	rssOrderAsc: null,
	rssMinNewEntries: null,
	deliveryLimit: 0,
	deliveryLimitUnit: null,
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a mass mail goes out next after a moment, in epoch milliseconds and by UTC; null for other types. */
export function nextRun(dispatching: Dispatching, after: number): number | null {
	const { type, interval } = dispatching;
	if (type !== 'MULTI' || interval === null) return null;
	for (let day = startOfDay(after); ; day += DAY) {
		const found = runsOn(dispatching, day).find((time) => time > after);
		if (found !== undefined) return found;
	}
}

function startOfDay(time: number): number {
	return time - (time % DAY);
}

/** The moments of one day at which a mass mail goes out. */
function runsOn(dispatching: Dispatching, day: number): number[] {
	const { interval, dayOfMonth, dayOfWeek, hours, minutes } = dispatching;
	const date = new Date(day);
	const at = (hour: number) => day + hour * HOUR + (minutes ?? 0) * 60_000;
	if (interval === 'HOUR') return Array.from({ length: 24 }, (_, hour) => at(hour));
	if (interval === 'WEEK' && date.getUTCDay() + 1 !== (dayOfWeek ?? 1)) return [];
	if (interval === 'MONTH' && date.getUTCDate() !== Math.min(dayOfMonth ?? 1, daysIn(date))) {
		return [];
	}
	return [at(hours ?? 0)];
}

function daysIn(date: Date): number {
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

const PERIODS: Readonly<Record<(typeof LIMIT_UNITS)[number], number>> = {
	day: DAY,
	week: 7 * DAY,
	month: 30 * DAY,
	year: 365 * DAY,
};

/** The period of a delivery limit in milliseconds. */
export function periodOf({ deliveryLimitUnit }: Dispatching): number {
	return PERIODS[deliveryLimitUnit ?? 'day'];
}
