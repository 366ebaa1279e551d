/**
 * When a mailing goes out, and over which time its sending is spread.
 * Rests on "Mailing – Create Schedule", "Mailing – Update Schedule" and "Mailing – Get Schedule".
 */
import type { Query } from '../request';
import type { XmlElement } from '../xml/read';
import { readPart, snakeCase, type PartJson } from './parts';

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

/** A schedule as it comes out, with what else Maileon tells of it, such as `dispatch_option`. */
export interface Schedule extends PartJson {
	date: string | null;
	hours: string | null;
	minutes: string | null;
	/** `unscheduled`, `scheduled`, `fired`, `misfired`; null where Maileon does not tell it. */
	state: string | null;
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

/** Reads `<schedule>`. Its hour is called `hours` or `hour`, its state can be misspelt `schedules`. */
export function readSchedule(root: XmlElement): Schedule {
	const { hour, ...parts } = readPart(root, {
		dispatch_end_in_hours: 'number',
		dispatch_end_in_days: 'number',
		dispatch_waves_group: 'number',
		clicks_as_response_reference: 'boolean',
	});
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : null);
	const state = text(parts.state);
	return {
		...parts,
		date: text(parts.date),
		hours: text(parts.hours ?? hour),
		minutes: text(parts.minutes),
		state: state === 'schedules' ? 'scheduled' : state,
	};
}

/** Whether a schedule waits, or is one that waited until something was changed. */
export function isSet({ state }: Schedule): boolean {
	return state?.toLowerCase() !== 'unscheduled';
}

/** States of a schedule by which nothing goes out any more. */
const NOT_WAITING = ['unscheduled', 'fired', 'misfired'];

/** Whether a mailing with this schedule is still to go out. */
export function isWaiting({ state }: Schedule): boolean {
	return !NOT_WAITING.includes(state?.toLowerCase() ?? '');
}

/** The date and the time of a schedule, as Maileon tells them; its time zone is not documented. */
export function scheduleTime({ date, hours, minutes }: Schedule): string {
	return `${date ?? '?'} ${hours ?? '?'}:${minutes ?? '?'}`;
}

/** What of a schedule beside its time can be set, by the names of the query. */
const DISPATCH_PARTS = [
	'dispatchOption',
	'dispatchEndInHours',
	'dispatchEndInDays',
	'dispatchEndExactDatetime',
	'clicksAsResponseReference',
	'dispatchWavesGroup',
	'dispatchUniformInterval',
	'allowedHours',
] as const;

/** What a request says that sets the same schedule again. An end of 0 hours or days is none. */
export function sameScheduleQuery(schedule: Schedule): Query {
	const { date, hours, minutes } = schedule;
	return [
		['date', date ?? undefined],
		['hours', hours ?? undefined],
		['minutes', minutes ?? undefined],
		...DISPATCH_PARTS.map((name) => {
			const value = schedule[snakeCase(name)];
			const isSaid = value !== null && value !== undefined && value !== 0 && value !== '';
			return [name, isSaid ? String(value) : undefined] as const;
		}),
	];
}

/** Whether a schedule is the one that was asked for, as far as Maileon tells. */
export function isAsAskedFor(schedule: Schedule, query: Query): boolean {
	return query.every(([name, value]) => {
		const told = schedule[snakeCase(name)];
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
