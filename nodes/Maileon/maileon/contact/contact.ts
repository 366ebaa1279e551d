/**
 * A contact on its way to Maileon.
 * Rests on the page "Contacts" (description of the contact object).
 */

/** A converted value: text as Maileon documents it, or null, which clears the stored value. */
export type FieldValue = string | null;

export type FieldEntry = readonly [name: string, value: FieldValue];

export interface Preference {
	category: string;
	name: string;
	/** `true` or `false`; null clears the value; undefined leaves it alone. */
	value?: FieldValue;
	/** Text sets the stored source, null or '' deletes it, undefined leaves it alone. */
	source?: FieldValue;
}

export interface Contact {
	id?: string;
	email?: FieldValue;
	externalId?: FieldValue;
	standardFields: readonly FieldEntry[];
	customFields: readonly FieldEntry[];
	preferences: readonly Preference[];
}

export interface Identifiers {
	id?: number | string;
	email?: string;
	external_id?: string;
}

/** What identifies a contact towards a person: only the parts that exist, under Maileon's names. */
export function identifiersOf(contact: Pick<Contact, 'id' | 'email' | 'externalId'>): Identifiers {
	const identifiers: Identifiers = {};
	if (contact.id) identifiers.id = maileonId(contact.id);
	if (contact.email) identifiers.email = contact.email;
	if (contact.externalId) identifiers.external_id = contact.externalId;
	return identifiers;
}

/**
 * A Maileon ID as a number, as Maileon means it. Text that is not a whole number, or too large to be
 * exact as a number, stays the text that it was.
 */
export function maileonId(text: string): number | string {
	const number = Number(text);
	return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
}

/**
 * The contact as a create operation sends it: null leaves a stored value alone there, in JSON as in
 * XML, since the documentation of the JSON form forbids it.
 */
export function withoutNulls(contact: Contact): Contact {
	const { id, email, externalId, standardFields, customFields, preferences } = contact;
	return {
		id,
		email: email ?? undefined,
		externalId: externalId ?? undefined,
		standardFields: standardFields.filter(isFilled),
		customFields: customFields.filter(isFilled),
		preferences: preferences.map(({ value, source, ...topic }) => ({
			...topic,
			value: value ?? undefined,
			source: source ?? undefined,
		})),
	};
}

function isFilled([, value]: FieldEntry): boolean {
	return value !== null;
}

/** The contact as an output item shows it: Maileon's names, fields as objects. */
export function contactToJson(contact: Contact): Record<string, unknown> {
	const json: Record<string, unknown> = {};
	if (contact.id !== undefined) json.id = maileonId(contact.id);
	if (contact.email !== undefined) json.email = contact.email;
	if (contact.externalId !== undefined) json.external_id = contact.externalId;
	if (contact.standardFields.length > 0)
		json.standard_fields = Object.fromEntries(contact.standardFields);
	if (contact.customFields.length > 0)
		json.custom_fields = Object.fromEntries(contact.customFields);
	if (contact.preferences.length > 0) json.preferences = contact.preferences.map(preferenceToJson);
	return json;
}

function preferenceToJson({ value, ...rest }: Preference): Record<string, unknown> {
	return value === undefined ? rest : { ...rest, value: value === null ? null : value === 'true' };
}
