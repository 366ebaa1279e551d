/**
 * A moment from a date-time parameter.
 */
import { toDate, ValueRefusal } from '../maileon/values';

const WITH_ZONE = /[T ]\d{2}:\d{2}.*?(Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * Milliseconds since 1970 of a Date or Luxon value, or of a written date. A written date without an
 * offset is one of the given time zone, which is that of the workflow; a day without a time begins at
 * midnight; a fraction of a second is dropped.
 * @throws ValueRefusal for everything else, and for moments before 1970
 */
export function toMoment(value: unknown, timeZone: string): number {
	const moment = objectMoment(value) ?? writtenMoment(value, timeZone);
	if (!Number.isSafeInteger(moment)) throw new ValueRefusal(value, 'is not a date');
	if (moment < 0) throw new ValueRefusal(value, 'is before the year 1970');
	return moment;
}

function objectMoment(value: unknown): number | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if ('isLuxonDateTime' in value && 'toMillis' in value && typeof value.toMillis === 'function')
		return Number(value.toMillis());
	return Object.prototype.toString.call(value) === '[object Date]'
		? (value as Date).getTime()
		: undefined;
}

function writtenMoment(value: unknown, timeZone: string): number {
	const [day = '', time = '00:00:00'] = toDate(value).split(' ');
	const asUtc = Date.parse(`${day}T${time}Z`);
	const offset = writtenOffset(value);
	if (offset !== undefined) return asUtc - offsetMilliseconds(offset);
	const guess = asUtc - zoneOffset(asUtc, timeZone);
	return asUtc - zoneOffset(guess, timeZone);
}

/** The offset of a written date, such as `+02:00`; undefined where it has none. */
export function writtenOffset(value: unknown): string | undefined {
	return typeof value === 'string' ? WITH_ZONE.exec(value.trim())?.[1] : undefined;
}

/** What clocks of a time zone show at a moment: `yyyy-MM-dd HH:mm:ss`. */
export function clockAt(moment: number, timeZone: string): string {
	const local = new Date(moment + zoneOffset(moment, timeZone));
	return local.toISOString().slice(0, 19).replace('T', ' ');
}

function offsetMilliseconds(offset: string): number {
	const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** How far a time zone is ahead of UTC at a moment. */
function zoneOffset(moment: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(moment);
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	const local = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return local - Math.floor(moment / 1_000) * 1_000;
}
