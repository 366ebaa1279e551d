/**
 * How a value from a workflow becomes a value of a Maileon field.
 *
 * One rule over all: what is unambiguous is converted, what is not is refused, and nothing is ever
 * changed in silence. Text that already is in a documented form is sent as it is, less the characters
 * that cannot be sent at all.
 *
 * Rests on "Standard Contact Fields", "Custom Contact Fields" and "Update Contact By Maileon ID".
 */
import type { FieldType } from './contact/fields';
import type { FieldValue } from './contact/contact';
import { sendableText } from './text';

/** A value that cannot be sent. `reason` says why, in words that can follow the name of a field. */
export class ValueRefusal extends Error {
	constructor(
		readonly value: unknown,
		readonly reason: string,
	) {
		super(`${quote(value)} ${reason}`);
		this.name = 'ValueRefusal';
	}
}

const QUOTED_LENGTH = 80;

/** The value as a message shows it: quoted, on one line, not endless. */
export function quote(value: unknown): string {
	const text = typeof value === 'string' ? value : (describeObject(value) ?? String(value));
	const oneLine = text.replace(/\s+/g, ' ');
	return oneLine.length > QUOTED_LENGTH ? `"${oneLine.slice(0, QUOTED_LENGTH)}…"` : `"${oneLine}"`;
}

function describeObject(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	try {
		return JSON.stringify(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/**
 * Converts a value to the text that Maileon documents for the type of a field.
 * Returns undefined for undefined (leave the field alone), null for null (clear it) and '' for ''.
 * @throws ValueRefusal when the value cannot be converted without guessing
 */
export function toFieldValue(value: unknown, type: FieldType): FieldValue | undefined {
	if (value === undefined || value === null || value === '') return value;
	return CONVERTERS[type](value);
}

/**
 * Looks whether `toFieldValue` can convert a value, without making anything of text that stays as it is.
 * @throws ValueRefusal when it cannot
 */
export function checkFieldValue(value: unknown, type: FieldType): void {
	const staysText = typeof value === 'string' && CONVERTERS[type] === toText;
	if (!staysText) toFieldValue(value, type);
}

const CONVERTERS: Readonly<Record<FieldType, (value: unknown) => string>> = {
	string: toText,
	untyped: toText,
	integer: toInteger,
	float: toFloat,
	date: toDate,
	boolean: toBoolean,
	gender: toGender,
	locale: toLocale,
};

/**
 * Text as it can be sent (see `sendableText`); numbers in plain decimal; booleans as `true` and `false`; dates in Maileon's form.
 * @throws ValueRefusal for lists, objects and numbers that are not exact
 */
export function toText(value: unknown): string {
	if (typeof value === 'string') return sendableText(value);
	if (typeof value === 'number') return plainNumber(value);
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	const written = writtenDate(value);
	if (written !== undefined) return toDate(written);
	if (Array.isArray(value))
		throw new ValueRefusal(value, 'is a list, where a single value is needed');
	throw new ValueRefusal(value, 'is an object, where a single value is needed');
}

function plainNumber(value: number): string {
	if (!Number.isFinite(value)) throw new ValueRefusal(value, 'is not a number that can be sent');
	if (Number.isInteger(value)) {
		if (!Number.isSafeInteger(value))
			throw new ValueRefusal(
				value,
				'is too large to be exact as a number; pass it as text, in quotes',
			);
		return String(value);
	}
	return withoutExponent(String(value));
}

function withoutExponent(text: string): string {
	const match = /^([+-]?)(\d+)(?:\.(\d*))?[eE]([+-]?\d+)$/.exec(text);
	if (!match) return text;
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
	const digits = whole + fraction;
	const point = whole.length + Number(exponent);
	if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
	const before = digits
		.slice(0, point)
		.padEnd(point, '0')
		.replace(/^0+(?=\d)/, '');
	const after = digits.slice(point);
	return after === '' ? `${sign}${before}` : `${sign}${before}.${after}`;
}

const INTEGER_LIMIT = 2 ** 31;

function toInteger(value: unknown): string {
	const text = numeric(value, 'a whole number');
	if (!/^[+-]?\d+$/.test(text))
		throw new ValueRefusal(value, 'is not a whole number, for example 42');
	if (/^[+-]?0\d/.test(text))
		throw new ValueRefusal(value, 'is not a whole number without leading zeros');
	const number = Number(text);
	if (number < -INTEGER_LIMIT || number >= INTEGER_LIMIT)
		throw new ValueRefusal(value, 'is outside the range from -2147483648 to 2147483647');
	return text.replace('+', '');
}

function toFloat(value: unknown): string {
	const text = decimalComma(numeric(value, 'a decimal number'));
	if (!/^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text))
		throw new ValueRefusal(value, 'is not a decimal number, for example 3.14');
	if (/^[+-]?0\d/.test(text))
		throw new ValueRefusal(value, 'is not a decimal number without leading zeros');
	if (!Number.isFinite(Number(text))) throw new ValueRefusal(value, 'is too large');
	return withoutExponent(text.replace('+', '').replace(/^(-?)\./, '$10.'));
}

/** `3,14` can only be a decimal comma; `1,234` could be a thousand, so it stays and is refused. */
function decimalComma(text: string): string {
	const match = /^([+-]?\d+),(\d+)$/.exec(text);
	if (!match) return text;
	const [, whole = '', fraction = ''] = match;
	const couldBeThousands = fraction.length === 3 && /^[+-]?[1-9]\d{0,2}$/.test(whole);
	return couldBeThousands ? text : `${whole}.${fraction}`;
}

function numeric(value: unknown, wanted: string): string {
	if (typeof value === 'number') return plainNumber(value);
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'string') return value.trim();
	throw new ValueRefusal(value, `is not ${wanted}`);
}

const TRUE_WORDS = new Set(['true', 'yes', 'y', 'on', '1', 'ja', 'j']);
const FALSE_WORDS = new Set(['false', 'no', 'n', 'off', '0', 'nein']);

/**
 * `true` or `false` from a boolean, 1, 0, or a word such as yes, no, on, off, ja, nein (any case).
 * @throws ValueRefusal for everything else
 */
export function toBoolean(value: unknown): 'true' | 'false' {
	if (value === true || value === 1) return 'true';
	if (value === false || value === 0) return 'false';
	if (typeof value === 'string') {
		const word = value.trim().toLowerCase();
		if (TRUE_WORDS.has(word)) return 'true';
		if (FALSE_WORDS.has(word)) return 'false';
	}
	throw new ValueRefusal(value, 'is neither true nor false');
}

const GENDERS: ReadonlyMap<string, string> = new Map([
	['m', 'm'],
	['male', 'm'],
	['männlich', 'm'],
	['f', 'f'],
	['female', 'f'],
	['w', 'f'],
	['weiblich', 'f'],
	['d', 'd'],
	['diverse', 'd'],
	['divers', 'd'],
]);

function toGender(value: unknown): string {
	const gender = typeof value === 'string' ? GENDERS.get(value.trim().toLowerCase()) : undefined;
	if (gender === undefined) throw new ValueRefusal(value, 'is none of m, f and d');
	return gender;
}

function toLocale(value: unknown): string {
	const match = typeof value === 'string' ? /^([a-z]{2})$/.exec(value.trim()) : null;
	if (match) return match[0];
	const pair = typeof value === 'string' ? /^([a-z]{2})[_-]([a-z]{2})$/i.exec(value.trim()) : null;
	if (!pair) throw new ValueRefusal(value, 'is not a locale such as de or de_DE');
	const [, language = '', country = ''] = pair;
	return `${language.toLowerCase()}_${country.toUpperCase()}`;
}

const ISO_DATE =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d{2}(?::?\d{2})?))?)?$/;
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * A date in Maileon's form `yyyy-MM-dd` or `yyyy-MM-dd HH:mm:ss`.
 *
 * The date that is written is the date that is sent; a time zone never moves it. A Date object is
 * read as its ISO text (UTC), a Luxon date in its own zone. With dots, the day stands first
 * (`31.12.2026`). Slashes are refused, since 01/02/2026 means two different days.
 * @throws ValueRefusal for everything else, and for days that the calendar does not have
 */
export function toDate(value: unknown): string {
	const text = writtenDate(value) ?? value;
	if (typeof text !== 'string')
		throw new ValueRefusal(value, 'is not a date; use text such as 2026-12-31');
	const trimmed = text.trim();
	const iso = ISO_DATE.exec(trimmed);
	if (iso) {
		const [, year, month, day, hour, minute, second] = iso;
		return calendarDate(value, { year, month, day, hour, minute, second });
	}
	const dotted = DOTTED_DATE.exec(trimmed);
	if (dotted) {
		const [, day, month, year, hour, minute, second] = dotted;
		return calendarDate(value, { year, month, day, hour, minute, second });
	}
	throw new ValueRefusal(
		value,
		trimmed.includes('/')
			? 'could mean two different days; use 2026-12-31 or 31.12.2026'
			: 'is not a date; use 2026-12-31, 2026-12-31 18:30:00 or 31.12.2026',
	);
}

type DateParts = Record<
	'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
	string | undefined
>;

function calendarDate(value: unknown, parts: DateParts): string {
	const two = (part: string | undefined) => (part ?? '0').padStart(2, '0');
	const day = `${parts.year ?? ''}-${two(parts.month)}-${two(parts.day)}`;
	const time = `${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`;
	const moment = new Date(`${day}T${time}Z`);
	if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 19) !== `${day}T${time}`)
		throw new ValueRefusal(value, 'is a date that the calendar does not have');
	return parts.hour === undefined ? day : `${day} ${time}`;
}

interface LuxonLike {
	isLuxonDateTime: true;
	isValid: boolean;
	toISO(): string | null;
}

function isLuxon(value: unknown): value is LuxonLike {
	return typeof value === 'object' && value !== null && 'isLuxonDateTime' in value;
}

/** The ISO text of a Date or Luxon object; undefined for everything else. */
function writtenDate(value: unknown): string | undefined {
	if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]') {
		const date = value as Date;
		if (Number.isNaN(date.getTime())) throw new ValueRefusal('Invalid Date', 'is not a date');
		return date.toISOString();
	}
	if (isLuxon(value)) {
		const text = value.isValid ? value.toISO() : null;
		if (text === null) throw new ValueRefusal('Invalid DateTime', 'is not a date');
		return text;
	}
	return undefined;
}
