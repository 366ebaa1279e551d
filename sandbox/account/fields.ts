import type { Lenient } from '../server/leniency';

/** The types of custom fields (documentation: custom contact fields). */
export const FIELD_TYPES = ['string', 'integer', 'float', 'date', 'boolean'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A value as it came: text, or what JSON has beside it. Null clears. */
export type RawValue = string | number | boolean | null;

/** A value that Maileon does not take; the code is that of the synchronization report. */
export interface InvalidValue {
	code: number;
	field: string;
	reason: string;
}

const MAX_LENGTH = 255;

/**
 * Codes of the synchronization report by standard field. COUNTRY and SALUTATION are in no
 * documented table; the sandbox gives them numbers beyond it.
 */
const STANDARD_FIELD_CODES: Record<string, number> = {
	ADDRESS: 6,
	CITY: 7,
	FIRSTNAME: 8,
	FULLNAME: 9,
	HNR: 10,
	LASTNAME: 11,
	ORGANIZATION: 12,
	REGION: 13,
	STATE: 14,
	TITLE: 15,
	ZIP: 16,
	BIRTHDAY: 17,
	NAMEDAY: 18,
	GENDER: 19,
	LOCALE: 20,
	COUNTRY: 28,
	SALUTATION: 29,
};

/** Standard fields that can be written, and those that can only be read. */
export const WRITABLE_STANDARD_FIELDS: readonly string[] = Object.keys(STANDARD_FIELD_CODES);
export const READ_ONLY_STANDARD_FIELDS: readonly string[] = [
	'PERMISSION_STATUS',
	'SENDOUT_STATUS',
	'CUSTOM_SOURCE',
	'CHECKSUM',
];

export const UNKNOWN_CUSTOM_FIELD = 21;
export const UNKNOWN_PREFERENCE = 30;

const CUSTOM_FIELD_CODES: Record<FieldType, number> = {
	boolean: 22,
	float: 23,
	integer: 25,
	string: 26,
	date: 27,
};

/** The value as Maileon stores it (null: cleared), or why it is refused. */
export type Checked = { value: string | null } | { invalid: InvalidValue };

/** Checks a value of a standard field. The name has to be a writable one. */
export function checkStandardValue(name: string, raw: RawValue): Checked {
	if (raw === null || raw === '') return { value: null };
	const refuse = (reason: string): Checked => ({
		invalid: { code: STANDARD_FIELD_CODES[name] ?? 0, field: name, reason },
	});
	if (typeof raw !== 'string') return refuse('must be a string');
	switch (name) {
		case 'BIRTHDAY':
		case 'NAMEDAY':
			return isDate(raw) ? { value: raw } : refuse('must be yyyy-MM-dd or yyyy-MM-dd HH:mm:ss');
		case 'GENDER':
			return /^[mfd]$/.test(raw) ? { value: raw } : refuse('must be m, f or d');
		case 'LOCALE':
			return /^[a-z]{2}(_[A-Z]{2})?$/.test(raw)
				? { value: raw }
				: refuse('must look like en or en_GB');
		default:
			return isShort(raw) ? { value: raw } : refuse(`must not exceed ${MAX_LENGTH} characters`);
	}
}

/** Checks a value of a custom field of the given type. */
export function checkCustomValue(
	name: string,
	type: FieldType,
	raw: RawValue,
	lenient: Lenient,
): Checked {
	if (raw === null || raw === '') return { value: null };
	const value = readCustomValue(type, raw, lenient);
	return value === undefined
		? { invalid: { code: CUSTOM_FIELD_CODES[type], field: name, reason: `is no valid ${type}` } }
		: { value };
}

function readCustomValue(
	type: FieldType,
	raw: string | number | boolean,
	lenient: Lenient,
): string | undefined {
	switch (type) {
		case 'boolean':
			return readBoolean(raw, lenient)?.toString();
		case 'integer':
			return isInteger32(raw) ? String(Number(raw)) : undefined;
		case 'float':
			return isFloat(raw) ? String(raw) : undefined;
		case 'date':
			return typeof raw === 'string' && isDate(raw) ? raw.slice(0, 10) : undefined;
		case 'string':
			return typeof raw === 'string' && isShort(raw) ? raw : undefined;
	}
}

/** A boolean as requests write it; undefined when it is none. */
export function readBoolean(raw: RawValue, lenient: Lenient): boolean | undefined {
	if (raw === '0' || raw === '1') {
		lenient('boolean as 0 or 1');
		return raw === '1';
	}
	if (raw === true || raw === 'true') return true;
	return raw === false || raw === 'false' ? false : undefined;
}

function isInteger32(raw: string | number | boolean): boolean {
	if (typeof raw === 'boolean' || !/^[+-]?\d+$/.test(String(raw))) return false;
	const number = Number(raw);
	return number >= -2147483648 && number <= 2147483647;
}

function isFloat(raw: string | number | boolean): boolean {
	if (typeof raw === 'boolean') return false;
	const isDecimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(String(raw));
	return isDecimal && Number.isFinite(Number(raw));
}

/** Whether the text is `yyyy-MM-dd` or `yyyy-MM-dd HH:mm:ss` and names a day of the calendar. */
export function isDate(text: string): boolean {
	const parts = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d))?$/.exec(text);
	if (!parts) return false;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
		.slice(1)
		.map((part) => Number(part ?? 0));
	const date = new Date(Date.UTC(2000, month - 1, day));
	date.setUTCFullYear(year, month - 1, day);
	const onCalendar = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return onCalendar && hour < 24 && minute < 60 && second < 60;
}

/** Whether the text has at most 255 characters. */
export function isShort(text: string): boolean {
	return text.length <= MAX_LENGTH || [...text].length <= MAX_LENGTH;
}

/** Whether the text is an email address by Maileon's syntax check. */
export function isEmail(text: string): boolean {
	return (
		text.length <= MAX_LENGTH &&
		/^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\.]+(\.[^\s@<>()[\],;:"\\.]+)*\.[^\s@<>()[\],;:"\\.]{2,}$/.test(
			text,
		)
	);
}

const RESERVED_NAMES: readonly string[] = [
	'id',
	'created',
	'external_id',
	'local_part',
	'permission_type',
	'permission_status',
	'sendout_status',
	'updated',
];

/** Why a name cannot be that of a custom field; undefined when it can. */
export function customFieldNameProblem(name: string): string | undefined {
	const length = [...name].length;
	if (length < 3 || length > 64) return `custom field name ${name} must have 3 to 64 characters`;
	if (WRITABLE_STANDARD_FIELDS.includes(name.toUpperCase())) {
		return `custom field name ${name} is that of a standard field`;
	}
	if (RESERVED_NAMES.includes(name.toLowerCase())) return `custom field name ${name} is reserved`;
	return undefined;
}
