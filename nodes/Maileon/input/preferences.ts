/**
 * Reads the preferences of a contact, from the `preferences` parameter or from JSON.
 * Rests on "Synchronize Contacts" (preference rules). How Maileon treats a preference without a value
 * is not documented; consent is never made up, so each must say yes or no.
 */
import type { Preference } from '../maileon/contact/contact';
import { isRecord } from '../maileon/records';
import { translatingErrors } from '../maileon/translate';
import { toBoolean, toText, ValueRefusal } from '../maileon/values';
import { InputRefusal } from './refusal';
import type { ItemParameters } from './parameters';

const PREFERENCES = 'preferences';

/**
 * The entries of the `preferences` parameter. An empty source is not sent: Maileon keeps its own.
 * @throws InputRefusal for an entry without category, name or value, or with a value that is neither
 *   yes nor no
 */
export function readPreferences(parameters: ItemParameters): Preference[] {
	return parameters.entries(PREFERENCES).map((entry, index) => {
		const { category, name } = entry;
		const named = { ...entry, category: locatedValue(category), name: locatedValue(name) };
		const preference = readPreference(named, nameOf(index));
		return preference.source === '' ? { ...preference, source: undefined } : preference;
	});
}

/**
 * Makes sure that each preference says yes or no, where null does not clear what is stored.
 * @throws InputRefusal for one that does not
 */
export function expectAnswers(preferences: readonly Preference[]): void {
	const index = preferences.findIndex(({ value }) => value === null);
	if (index >= 0) throw noAnswer(nameOf(index));
}

function nameOf(index: number): string {
	return `Preference ${index + 1}`;
}

/**
 * The `preferences` of a contact in JSON. Here an empty or null source deletes the stored one.
 * @throws InputRefusal
 */
export function preferencesFromJson(json: unknown, where: string): Preference[] {
	if (json === undefined || json === null) return [];
	if (!Array.isArray(json)) throw refusal(`${where}: preferences must be a list.`);
	return json.map((entry, index) => readPreference(entry, `${where}, preference ${index + 1}`));
}

/** The value of a resource locator; an expression for the whole collection gives the bare value. */
function locatedValue(located: unknown): unknown {
	return isRecord(located) && 'value' in located ? located.value : located;
}

const KEYS = new Set(['category', 'name', 'value', 'source']);

function readPreference(entry: unknown, where: string): Preference {
	if (!isRecord(entry)) throw refusal(`${where} is not an object with category, name and value.`);
	const unknown = Object.keys(entry).find((key) => !KEYS.has(key));
	if (unknown !== undefined)
		throw refusal(
			`${where} has the unknown key "${unknown}".`,
			'Use category, name, value and source.',
		);
	const text = (part: 'category' | 'name' | 'source') => {
		const value = entry[part];
		return value === undefined || value === null
			? undefined
			: located(where, part, () => toText(value));
	};
	const category = text('category');
	const name = text('name');
	if (!category?.trim() || !name?.trim()) throw refusal(`${where} needs a category and a name.`);
	return {
		category,
		name,
		value: readValue(entry.value, where),
		source: entry.source === null ? null : text('source'),
	};
}

function readValue(value: unknown, where: string): Preference['value'] {
	if (value === null) return null;
	if (value === undefined || (typeof value === 'string' && value.trim() === ''))
		throw noAnswer(where);
	return located(where, 'value', () => toBoolean(value));
}

function noAnswer(where: string): InputRefusal {
	return refusal(
		`${where} does not say whether the contact wants this topic.`,
		'Choose Yes or No under "Wants This Topic", or give true or false as "value". Nothing is sent without it, so that no consent is made up.',
	);
}

function located<T>(where: string, part: string, read: () => T): T {
	return translatingErrors(read, (error) =>
		error instanceof ValueRefusal ? refusal(`${where}: ${part} ${error.message}.`) : error,
	);
}

function refusal(message: string, description?: string): InputRefusal {
	return new InputRefusal(message, { description, field: PREFERENCES });
}
