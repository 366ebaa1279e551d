/**
 * Writes contacts as Maileon XML, in one pass.
 * Rests on "Contacts", "Synchronize Contacts" and "Update Contact By Maileon ID".
 */
import type { Contact, FieldEntry, FieldValue, Preference } from '../contact/contact';
import { sendableText } from '../text';

/** What every document begins with. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

const NEEDS_CARE = /[&<>]|[^\t\n\u0020-\ud7ff\ue000-\ufffd]/;
const MARKUP = /[&<>\r]/g;
const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\r': '&#13;',
};

/**
 * Text as the content of an XML element: markup escaped, and characters that XML 1.0 cannot hold
 * (most control characters, lone surrogates) removed.
 */
export function escapeText(text: string): string {
	if (!NEEDS_CARE.test(text)) return text;
	return sendableText(text).replace(MARKUP, (character) => ESCAPES[character] ?? character);
}

/** An element with text; null becomes `nil="true"`, which clears the value; undefined nothing. */
export function element(name: string, value: FieldValue | undefined): string {
	if (value === undefined) return '';
	return value === null ? `<${name} nil="true"/>` : `<${name}>${escapeText(value)}</${name}>`;
}

function field(name: string, value: FieldValue): string {
	return value === null
		? `<field><name>${escapeText(name)}</name><value nil="true"/></field>`
		: `<field><name>${escapeText(name)}</name><value>${escapeText(value)}</value></field>`;
}

function fieldList(name: string, fields: readonly FieldEntry[]): string {
	if (fields.length === 0) return '';
	let xml = `<${name}>`;
	for (const entry of fields) xml += field(entry[0], entry[1]);
	return `${xml}</${name}>`;
}

function preferenceList(preferences: readonly Preference[]): string {
	if (preferences.length === 0) return '';
	let xml = '<preferences>';
	for (const preference of preferences)
		xml +=
			`<preference><name>${escapeText(preference.name)}</name>` +
			`<category>${escapeText(preference.category)}</category>` +
			element('value', preference.value) +
			element('source', preference.source) +
			'</preference>';
	return `${xml}</preferences>`;
}

/** One `<contact>` element, without an XML declaration. */
export function contactElement(contact: Contact): string {
	return (
		'<contact>' +
		element('id', contact.id) +
		element('email', contact.email) +
		element('external_id', contact.externalId) +
		fieldList('standard_fields', contact.standardFields) +
		fieldList('custom_fields', contact.customFields) +
		preferenceList(contact.preferences) +
		'</contact>'
	);
}

/** The body of a request about one contact. */
export function contactDocument(contact: Contact): string {
	return XML_DECLARATION + contactElement(contact);
}

/** What a synchronization begins and ends with; between them stand elements of `contactElement`. */
export const CONTACTS_FRAME = { start: `${XML_DECLARATION}<contacts>`, end: '</contacts>' };
