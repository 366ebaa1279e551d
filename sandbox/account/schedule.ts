import { formatTime } from './contact';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The choices for spreading a sendout, by the names of the query, as they were sent. */
export type SpreadOptions = Readonly<Record<string, string>>;

/** When a mailing goes out by itself. */
export interface Schedule {
	/** The moment that the date and time name. */
	at: Date;
	/** `yyyy-MM-dd` */
	date: string;
	/** `HH` */
	hours: string;
	/** `mm` */
	minutes: string;
	spread: SpreadOptions;
	state: 'scheduled' | 'fired' | 'misfired';
	/** Content was changed afterwards, so that the mailing will not go out. */
	contentChanged: boolean;
}

/** The time zones in which the sandbox can read a schedule. */
export type ScheduleZone = 'UTC' | 'Europe/Berlin';

const BERLIN = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Berlin',
	dateStyle: 'short',
	timeStyle: 'medium',
});

/** The moment that a date (`yyyy-MM-dd`) and a time (`HH`, `mm`) name in a zone. */
export function momentOf(date: string, hours: string, minutes: string, zone: ScheduleZone): Date {
	const asUtc = Date.parse(`${date}T${hours}:${minutes}:00Z`);
	if (zone === 'UTC') return new Date(asUtc);
	const guess = asUtc - berlinOffset(asUtc);
	return new Date(asUtc - berlinOffset(guess));
}

/** A moment as a zone writes it: `yyyy-MM-dd HH:mm:ss`. */
export function textIn(zone: ScheduleZone, moment: Date): string {
	return zone === 'UTC' ? formatTime(moment) : BERLIN.format(moment);
}

/** How far Berlin is ahead of UTC, in milliseconds. */
function berlinOffset(time: number): number {
	return Date.parse(`${BERLIN.format(time).replace(' ', 'T')}Z`) - time;
}

/** When the last mail of a spread sendout goes out, in epoch milliseconds; the start without a spread. */
export function endOfSpread({ at, spread }: Schedule, zone: ScheduleZone): number {
	const start = at.getTime();
	if (spread.dispatchOption === undefined) return start;
	const hours = Number(spread.dispatchEndInHours ?? 0);
	if (hours > 0) return start + hours * HOUR;
	const days = Number(spread.dispatchEndInDays ?? 0);
	if (days > 0) return start + days * DAY;
	const [date = '', time = ''] = (spread.dispatchEndExactDatetime ?? '').split(' ');
	const [endHours = '', endMinutes = ''] = time.split(':');
	return momentOf(date, endHours, endMinutes, zone).getTime();
}
