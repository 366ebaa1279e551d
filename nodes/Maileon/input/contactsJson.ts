/**
 * Reads contacts from a JSON list.
 */
import {
	identifiersOf,
	type Contact,
	type FieldEntry,
	type FieldValue,
	type Identifiers,
} from '../maileon/contact/contact';
import { isRecord } from '../maileon/records';
import { translatingErrors } from '../maileon/translate';
import { quote, toText } from '../maileon/values';
import { customFieldEntries, standardFieldEntries } from './contactFields';
import { InputRefusal } from './refusal';
import { preferencesFromJson } from './preferences';

/**
 * The entries of a list of contacts, or of an object with `contacts`; each is read on its own.
 * @throws InputRefusal when it is something else
 */
export function contactEntries(json: unknown, label: string): readonly unknown[] {
	const list = isRecord(json) && Array.isArray(json.contacts) ? json.contacts : json;
	if (list === undefined) return [];
	if (Array.isArray(list)) return list;
	throw new InputRefusal(`${label} must be a list of contacts, or an object with "contacts".`, {
		description:
			'For example [{"email": "ada@example.com", "standard_fields": {"FIRSTNAME": "Ada"}}].',
		field: 'contactsJson',
	});
}

/** What messages call an entry of the list; positions count from 1. */
export function nameOfEntry(index: number): string {
	return `Contact ${index + 1} of the list`;
}

/** The identifiers of an entry for its error row: those that can be read, whatever else is wrong. */
export function identifiersOfEntry(entry: unknown): Identifiers {
	if (!isRecord(entry)) return {};
	const text = (value: unknown) =>
		typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
	return identifiersOf({
		id: text(entry.id),
		email: text(entry.email),
		externalId: text(entry.external_id),
	});
}

const KEYS = new Set([
	'id',
	'email',
	'external_id',
	'standard_fields',
	'custom_fields',
	'preferences',
]);

/**
 * The contact of an entry.
 * @throws InputRefusal naming it by `where`
 */
export function contactFromJson(entry: unknown, where: string): Contact {
	if (!isRecord(entry))
		throw new InputRefusal(`${where} is ${quote(entry)}, not an object.`, {
			field: 'contactsJson',
		});
	const unknown = Object.keys(entry).find((key) => !KEYS.has(key));
	if (unknown !== undefined)
		throw new InputRefusal(`${where} has the unknown key "${unknown}".`, {
			description:
				'Put standard fields such as FIRSTNAME into "standard_fields" and custom fields into "custom_fields".',
			field: 'contactsJson',
		});
	return {
		id: identifier(entry.id, where) ?? undefined,
		email: identifier(entry.email, where),
		externalId: identifier(entry.external_id, where),
		standardFields: fields(entry.standard_fields, standardFieldEntries, where),
		customFields: fields(entry.custom_fields, customFieldEntries, where),
		preferences: preferencesFromJson(entry.preferences, where),
	};
}

function identifier(value: unknown, where: string): FieldValue | undefined {
	if (value === undefined || value === null) return value;
	return located(where, () => toText(value));
}

function fields(
	json: unknown,
	entriesOf: (json: Record<string, unknown>) => FieldEntry[],
	where: string,
): FieldEntry[] {
	if (json === undefined || json === null) return [];
	if (!isRecord(json))
		throw new InputRefusal(`${where}: fields must be an object of names and values.`, {
			field: 'contactsJson',
		});
	return located(where, () => entriesOf(json));
}

function located<T>(where: string, read: () => T): T {
	return translatingErrors(read, (error) => {
		if (!(error instanceof Error)) return error;
		const details = error instanceof InputRefusal ? error.details : { field: 'contactsJson' };
		const stop = error instanceof InputRefusal ? '' : '.';
		return new InputRefusal(`${where}: ${error.message}${stop}`, details);
	});
}
