/**
 * Reads the preferences of a contact, from the `preferences` parameter or from JSON.
 */
import type { Preference } from '../maileon/contact';
import { isRecord } from '../maileon/records';
import { toBoolean, toText, ValueRefusal } from '../maileon/values';
import { InputRefusal } from './failures';
import type { ItemParameters } from './parameters';

/**
 * The entries of the `preferences` parameter. An empty source is not sent: Maileon keeps its own.
 * @throws InputRefusal for an entry without category or name, or with a value that is neither
 */
export function readPreferences(parameters: ItemParameters): Preference[] {
	const collection = parameters.raw('preferences');
	const entries = isRecord(collection) ? collection.preference : undefined;
	const list = Array.isArray(entries) ? entries : entries === undefined ? [] : [entries];
	return list.map((entry, index) => {
		const preference = readPreference(entry, `Preference ${index + 1}`);
		return preference.source === '' ? { ...preference, source: undefined } : preference;
	});
}

/**
 * The `preferences` of a contact in JSON. Here an empty or null source deletes the stored one.
 * @throws InputRefusal
 */
export function preferencesFromJson(json: unknown, where: string): Preference[] {
	if (json === undefined || json === null) return [];
	if (!Array.isArray(json))
		throw new InputRefusal(`${where}: preferences must be a list`, { field: 'preferences' });
	return json.map((entry, index) => readPreference(entry, `${where}, preference ${index + 1}`));
}

const KEYS = new Set(['category', 'name', 'value', 'source']);

function readPreference(entry: unknown, where: string): Preference {
	if (!isRecord(entry))
		throw new InputRefusal(`${where} is not an object with category, name and value`, {
			field: 'preferences',
		});
	const unknown = Object.keys(entry).find((key) => !KEYS.has(key));
	if (unknown !== undefined)
		throw new InputRefusal(`${where} has the unknown key "${unknown}"`, {
			description: 'Known are category, name, value and source.',
			field: 'preferences',
		});
	const refuse = (part: string, error: unknown) =>
		error instanceof ValueRefusal
			? new InputRefusal(`${where}: ${part} ${error.message}`, { field: 'preferences' })
			: error;
	const text = (part: 'category' | 'name' | 'source') => {
		try {
			return entry[part] === undefined || entry[part] === null ? undefined : toText(entry[part]);
		} catch (error) {
			throw refuse(part, error);
		}
	};
	const category = text('category');
	const name = text('name');
	if (!category || !name)
		throw new InputRefusal(`${where} needs a category and a name`, { field: 'preferences' });
	return {
		category,
		name,
		value: readValue(entry.value, (error) => refuse('value', error)),
		source: entry.source === null ? null : text('source'),
	};
}

function readValue(value: unknown, refuse: (error: unknown) => unknown): Preference['value'] {
	if (value === undefined || value === null) return value;
	if (value === '') return null;
	try {
		return toBoolean(value);
	} catch (error) {
		throw refuse(error);
	}
}
