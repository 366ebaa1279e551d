/**
 * Contacts as the read endpoints answer with them.
 * Rests on "Get Contact By Email", "Get Contacts By External ID", "Get Contacts", "Get Contacts By
 * Filter ID" and "Get Blocked Contacts".
 */
import { readContact, type ContactJson } from './readContact';
import { childrenNamed, type XmlElement } from '../xml/read';

/** Whether a root element is one that contacts are answered in. */
export function isContactRoot(root: XmlElement): boolean {
	return root.name === 'contacts' || root.name === 'contact';
}

/** The contacts of an answer: `<contacts>`, or one `<contact>`. */
export function readContacts(root: XmlElement): ContactJson[] {
	return root.name === 'contact'
		? [readContact(root)]
		: childrenNamed(root, 'contact').map(readContact);
}

const TOLD_OTHERWISE = new Set(['permissionType', 'permissionStatus']);
const FIELD_LISTS = new Set(['standard_fields', 'custom_fields']);

/**
 * A contact without what is empty or said twice: fields without a value, lists without an entry, the
 * permission in its second form, where and when a preference was set. What is left stays in its place,
 * so that a workflow reads both forms in the same way.
 */
export function simplifyContact(contact: ContactJson): ContactJson {
	const parts = Object.entries(contact).flatMap(([name, value]) => {
		if (TOLD_OTHERWISE.has(name) && contact.permission !== undefined) return [];
		const simple = simplifyPart(name, value);
		return simple === undefined ? [] : [[name, simple] as const];
	});
	return Object.fromEntries(parts);
}

function simplifyPart(name: string, value: unknown): unknown {
	if (FIELD_LISTS.has(name) && typeof value === 'object' && value !== null) {
		const filled = Object.entries(value).filter(([, one]) => one !== null && one !== '');
		return filled.length > 0 ? Object.fromEntries(filled) : undefined;
	}
	if (name !== 'preferences' || !Array.isArray(value)) return value;
	return value.length > 0 ? value.map(simplifyPreference) : undefined;
}

function simplifyPreference(preference: unknown): unknown {
	if (typeof preference !== 'object' || preference === null) return preference;
	const { category, name, value } = preference as Record<string, unknown>;
	return { category, name, value };
}
