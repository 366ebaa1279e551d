/**
 * Reads contacts from a JSON list.
 */
import type { Contact, FieldEntry, FieldValue } from '../maileon/contact';
import { isRecord } from '../maileon/records';
import { translatingErrors } from '../maileon/translate';
import { quote, toText } from '../maileon/values';
import { customFieldEntries, standardFieldEntries } from './contactFields';
import { InputRefusal } from './failures';
import { preferencesFromJson } from './preferences';

/**
 * The contacts of a list, or of an object with `contacts`.
 * @throws InputRefusal naming the contact by its position, from 1
 */
export function contactsFromJson(json: unknown, label: string): Contact[] {
	const list = isRecord(json) && Array.isArray(json.contacts) ? json.contacts : json;
	if (list === undefined) return [];
	if (!Array.isArray(list))
		throw new InputRefusal(`${label} must be a list of contacts, or an object with "contacts"`, {
			description:
				'For example [{"email": "ada@example.com", "standard_fields": {"FIRSTNAME": "Ada"}}].',
			field: 'contactsJson',
		});
	return list.map((entry: unknown, index) => contactFromJson(entry, `Contact ${index + 1}`));
}

const KEYS = new Set([
	'id',
	'email',
	'external_id',
	'standard_fields',
	'custom_fields',
	'preferences',
]);

function contactFromJson(entry: unknown, where: string): Contact {
	if (!isRecord(entry))
		throw new InputRefusal(`${where} is ${quote(entry)}, not an object`, { field: 'contactsJson' });
	const unknown = Object.keys(entry).find((key) => !KEYS.has(key));
	if (unknown !== undefined)
		throw new InputRefusal(`${where} has the unknown key "${unknown}"`, {
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
		throw new InputRefusal(`${where}: fields must be an object of names and values`, {
			field: 'contactsJson',
		});
	return located(where, () => entriesOf(json));
}

function located<T>(where: string, read: () => T): T {
	return translatingErrors(read, (error) => {
		if (!(error instanceof Error)) return error;
		const details = error instanceof InputRefusal ? error.details : { field: 'contactsJson' };
		return new InputRefusal(`${where}: ${error.message}`, details);
	});
}
