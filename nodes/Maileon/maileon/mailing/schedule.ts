/**
 * When a mailing goes out, and over which time its sending is spread.
 * Rests on "Mailing – Create Schedule", "Mailing – Update Schedule" and "Mailing – Get Schedule".
 */
import { xmlToJson } from '../contact/report';
import type { Query } from '../request';
import { isNil, type XmlElement } from '../xml/read';

/** A minute as clocks show it. */
export interface ClockTime {
	/** `yyyy-MM-dd` */
	date: string;
	/** `HH` */
	hours: string;
	/** `mm` */
	minutes: string;
}

export const DISPATCH_OPTIONS = ['uniform', 'hour', 'weekdayhour'] as const;
export type DispatchOption = (typeof DISPATCH_OPTIONS)[number];

export const UNIFORM_INTERVALS = ['hour', '30m', '20m', '15m', '10m'] as const;

/** How sending is spread, by Maileon's own names; what is undefined is left to Maileon. */
export interface Dispatch {
	dispatchOption?: DispatchOption;
	/** 0 leaves the end to the other two. */
	dispatchEndInHours?: number;
	/** 0 leaves the end to the other two. */
	dispatchEndInDays?: number;
	dispatchEndExactDatetime?: ClockTime;
	clicksAsResponseReference?: boolean;
	dispatchWavesGroup?: number;
	dispatchUniformInterval?: (typeof UNIFORM_INTERVALS)[number];
	/** Hours and ranges of them: `0,3,5,17-21`. */
	allowedHours?: string;
}

/** A schedule as it comes out; everything of it that is not named here has Maileon's own name. */
export interface Schedule {
	date: string | null;
	hours: string | null;
	minutes: string | null;
	/** `unscheduled`, `scheduled`, `fired`, `misfired`; null where Maileon does not tell it. */
	state: string | null;
	[dispatch: string]: unknown;
}

/** A minute in one text, which sorts by time: `yyyy-MM-dd HH:mm`. */
export function clockText({ date, hours, minutes }: ClockTime): string {
	return `${date} ${hours}:${minutes}`;
}

/** What a request for a schedule says. */
export function scheduleQuery(
	{ date, hours, minutes }: ClockTime,
	{ dispatchEndExactDatetime: end, allowedHours, ...dispatch }: Dispatch = {},
): Query {
	const {
		dispatchOption,
		dispatchEndInHours,
		dispatchEndInDays,
		clicksAsResponseReference,
		dispatchWavesGroup,
		dispatchUniformInterval,
	} = dispatch;
	return [
		['date', date],
		['hours', hours],
		['minutes', minutes],
		['dispatchOption', dispatchOption],
		['dispatchEndInHours', dispatchEndInHours || undefined],
		['dispatchEndInDays', dispatchEndInDays || undefined],
		['dispatchEndExactDatetime', end && clockText(end)],
		['clicksAsResponseReference', clicksAsResponseReference],
		['dispatchWavesGroup', dispatchWavesGroup],
		['dispatchUniformInterval', dispatchUniformInterval],
		['allowedHours', allowedHours?.replace(/\s/g, '')],
	];
}

/** Why a dispatch cannot be sent, in a sentence, and the part that it is about. */
export interface DispatchRefusal {
	field: keyof Dispatch;
	message: string;
}

/** Fewest and most hours over which sending can be spread. */
const HOURS: Readonly<Record<DispatchOption, readonly [fewest: number, most: number] | undefined>> =
	{ uniform: [2, 96], hour: [2, 24], weekdayhour: undefined };
const MOST_DAYS = 7;

/** What is wrong with a dispatch by the documented limits; undefined where nothing is. */
export function refusalOfDispatch(
	start: ClockTime,
	dispatch: Dispatch,
): DispatchRefusal | undefined {
	return (
		misplacedPart(dispatch) ??
		wrongEnd(start, dispatch) ??
		(dispatch.allowedHours === undefined ? undefined : wrongHours(dispatch.allowedHours))
	);
}

const NEEDED: ReadonlyArray<readonly [keyof Dispatch, readonly DispatchOption[]]> = [
	['dispatchEndInHours', ['uniform', 'hour']],
	['dispatchEndInDays', ['weekdayhour']],
	['dispatchEndExactDatetime', DISPATCH_OPTIONS],
	['clicksAsResponseReference', ['hour', 'weekdayhour']],
	['dispatchWavesGroup', ['hour', 'weekdayhour']],
	['dispatchUniformInterval', ['uniform']],
];

/** What each way of spreading is called, in messages and on screen. */
export const DISPATCH_NAMES: Readonly<Record<DispatchOption, string>> = {
	uniform: 'Evenly',
	hour: 'By Hour of Response',
	weekdayhour: 'By Weekday and Hour of Response',
};

/** A part that belongs to another way of spreading. An end of 0 is none. */
function misplacedPart(dispatch: Dispatch): DispatchRefusal | undefined {
	const { dispatchOption: option } = dispatch;
	for (const [field, options] of NEEDED) {
		const value = dispatch[field];
		const isSet = value !== undefined && value !== 0;
		if (!isSet || (option && options.includes(option))) continue;
		const names = options.map((one) => `"${DISPATCH_NAMES[one]}"`);
		const last = names.pop() ?? '';
		const choice = names.length > 0 ? `${names.join(', ')} or ${last}` : last;
		return { field, message: `It belongs to sending that is spread ${choice}.` };
	}
	return undefined;
}

function wrongEnd(start: ClockTime, dispatch: Dispatch): DispatchRefusal | undefined {
	const { dispatchOption: option, dispatchEndExactDatetime: exact } = dispatch;
	if (!option) return undefined;
	const { dispatchEndInHours: hours = 0, dispatchEndInDays: days = 0 } = dispatch;
	const ends = [hours > 0, days > 0, exact !== undefined].filter(Boolean).length;
	if (ends !== 1) {
		const given = option === 'weekdayhour' ? 'a number of days' : 'a number of hours';
		const message = `Sending that is spread needs one end: ${given}, or an exact time.`;
		return { field: 'dispatchOption', message };
	}
	const [fewest, most] = HOURS[option] ?? [0, Infinity];
	if (hours > 0 && (hours < fewest || hours > most))
		return {
			field: 'dispatchEndInHours',
			message: `Sending that is spread "${DISPATCH_NAMES[option]}" ends after ${fewest} to ${most} hours.`,
		};
	if (days > MOST_DAYS)
		return {
			field: 'dispatchEndInDays',
			message: `Sending that is spread ends after ${MOST_DAYS} days at the latest.`,
		};
	if (exact && clockText(exact) <= clockText(start))
		return {
			field: 'dispatchEndExactDatetime',
			message: `It must come after the start at ${clockText(start)}.`,
		};
	return undefined;
}

function wrongHours(text: string): DispatchRefusal | undefined {
	const field = 'allowedHours';
	for (const part of text.replace(/\s/g, '').split(',')) {
		const [, first, last = first] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part) ?? [];
		if (first === undefined || Number(first) > 23 || Number(last) > 23)
			return { field, message: 'It takes hours from 0 to 23 and ranges, such as 0,3,5,17-21.' };
		if (Number(first) > Number(last))
			return {
				field,
				message: `A range cannot pass midnight: write ${first}-23,0-${last} instead of ${part}.`,
			};
	}
	return undefined;
}

const NUMBERS = new Set(['dispatchEndInHours', 'dispatchEndInDays', 'dispatchWavesGroup']);

/** Reads `<schedule>`. Its hour is called `hours` or `hour`, its state can be misspelt `schedules`. */
export function readSchedule(root: XmlElement): Schedule {
	const parts = root.children.map((part): [string, unknown] => {
		const name = part.name === 'hour' ? 'hours' : part.name;
		return [name, valueOf(part)];
	});
	const schedule: Schedule = {
		date: null,
		hours: null,
		minutes: null,
		state: null,
		...Object.fromEntries(parts),
	};
	return { ...schedule, state: schedule.state === 'schedules' ? 'scheduled' : schedule.state };
}

function valueOf(part: XmlElement): unknown {
	if (isNil(part) || part.children.length > 0) return xmlToJson(part);
	const text = part.text.trim();
	if (NUMBERS.has(part.name) && /^\d{1,9}$/.test(text)) return Number(text);
	return /^(true|false)$/.test(text) ? text === 'true' : text;
}

/** States by which nothing goes out any more. */
const NOT_WAITING = ['unscheduled', 'fired', 'misfired'];

/** Whether the mailing is still to go out by it; without a date, it never was. */
export function isWaiting({ date, state }: Schedule): boolean {
	return Boolean(date) && !NOT_WAITING.includes((state ?? '').toLowerCase());
}

/** What messages call its moment, as Maileon tells it; in which time zone is not documented. */
export function scheduleMoment({ date, hours, minutes }: Schedule): string {
	return `${date ?? '?'} ${hours ?? '?'}:${minutes ?? '?'}`;
}

/** What the ways of spreading are called in requests and in answers. */
const DISPATCH_PARAMETERS: readonly string[] = [
	'dispatchOption',
	'dispatchEndInHours',
	'dispatchEndInDays',
	'dispatchEndExactDatetime',
	'clicksAsResponseReference',
	'dispatchWavesGroup',
	'dispatchUniformInterval',
	'allowedHours',
] satisfies ReadonlyArray<keyof Dispatch>;

/** Sets the same schedule once more. An end of 0 hours or days is none. */
export function sameScheduleQuery(schedule: Schedule): Query {
	const names = ['date', 'hours', 'minutes', ...DISPATCH_PARAMETERS];
	return names.flatMap((name) => {
		const value = schedule[name];
		const isEnd = name.startsWith('dispatchEndIn');
		if (value === null || value === undefined || value === '') return [];
		return isEnd && Number(value) === 0 ? [] : [[name, String(value)] as const];
	});
}

/** Whether a schedule waits, or is one that waited until something was changed. */
export function isSet({ state }: Schedule): boolean {
	return state !== 'unscheduled';
}

/** Whether a schedule is the one that was asked for, as far as Maileon tells. */
export function isAsAskedFor(schedule: Schedule, query: Query): boolean {
	return query.every(([name, value]) => {
		const told = schedule[name];
		if (value === undefined || value === '') return true;
		if (told === undefined || told === null) return !['date', 'hours', 'minutes'].includes(name);
		return comparable(told) === comparable(value);
	});
}

/** Numbers are the same with and without a leading zero. */
function comparable(value: unknown): string {
	const text = String(value).trim();
	return /^\d+$/.test(text) ? String(Number(text)) : text;
}
