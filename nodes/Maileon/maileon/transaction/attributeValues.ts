/**
 * How a value from a workflow becomes the value of a transaction attribute.
 *
 * The rules are those of contact fields (`values.ts`): what is unambiguous is converted, what is not
 * is refused, and nothing is changed silently. The result is a JSON value of the declared type.
 *
 * Rests on "Create Transactions" (table of attribute types).
 */
import { translatingErrors } from '../translate';
import { toBoolean, toDate, toFieldValue, toText, ValueRefusal } from '../values';

/**
 * Converts a value for an attribute. Returns undefined where there is nothing to send: for missing
 * values and null, and for empty text unless the attribute is text itself.
 * @param type the declared type; any other text leaves numbers and booleans as they are
 * @throws ValueRefusal when the value cannot be converted without guessing
 */
export function toAttributeValue(value: unknown, type: string): unknown {
	if (value === undefined || value === null) return undefined;
	if (type === 'string') return toText(value);
	if (typeof value === 'string' && value.trim() === '')
		return Object.hasOwn(CONVERTERS, type) ? undefined : value;
	const convert = Object.hasOwn(CONVERTERS, type) ? CONVERTERS[type] : undefined;
	return (convert ?? toUntyped)(value);
}

type Converter = (value: unknown) => unknown;

const CONVERTERS: Readonly<Record<string, Converter>> = {
	boolean: (value) => toBoolean(value) === 'true',
	date: (value) => toDate(value).slice(0, 'yyyy-MM-dd'.length),
	double: toDecimal,
	float: toDecimal,
	integer: (value) => Number(toFieldValue(value, 'integer')),
	json: toJson,
	timestamp: toTimestamp,
};

/** A number stays the 64 bit number that it is; text has to be a decimal number. */
function toDecimal(value: unknown): number {
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	return Number(toFieldValue(value, 'float'));
}

/** `yyyy-MM-dd HH:mm:ss`; a day without a time begins at midnight. */
function toTimestamp(value: unknown): string {
	const date = toDate(value);
	return date.includes(' ') ? date : `${date} 00:00:00`;
}

/** Text is read as JSON, since mapped values often are text; everything else is JSON already. */
function toJson(value: unknown): unknown {
	if (typeof value === 'string')
		return translatingErrors(
			() => JSON.parse(value) as unknown,
			() => new ValueRefusal(value, 'is not JSON; plain text needs quotes around it'),
		);
	const written = translatingErrors(
		() => JSON.stringify(value) as string | undefined,
		() => new ValueRefusal(String(value), 'cannot be written as JSON'),
	);
	if (written === undefined) throw new ValueRefusal(String(value), 'cannot be written as JSON');
	return value;
}

function toUntyped(value: unknown): unknown {
	if (typeof value === 'boolean') return value;
	return typeof value === 'number' && Number.isFinite(value) ? value : toText(value);
}
