/**
 * Contacts as the read endpoints answer with them.
 * Rests on "Get Contact By Email", "Get Contacts By External ID", "Get Contacts", "Get Contacts By
 * Filter ID" and "Get Blocked Contacts".
 */
import { isRecord } from '../records';
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

type Part = readonly [name: string, value: unknown];

/**
 * A contact as a flat row: a column for each field that has a value, the name of the permission beside
 * its code, preferences without when and where they were set. Fields without a value are left out, as is
 * the second form of the permission. A field that has the name of something else stays in its list.
 */
export function simplifyContact(contact: ContactJson): ContactJson {
	const parts = Object.entries(contact).flatMap(([name, value]): readonly Part[] => {
		if (TOLD_OTHERWISE.has(name) && contact.permission !== undefined) return [];
		if (name === 'permission_name' && contact.permission !== undefined) return [];
		if (name === 'permission') return permissionParts(contact);
		if (FIELD_LISTS.has(name) && isRecord(value)) return fieldParts(name, value, contact);
		return name === 'preferences' && Array.isArray(value)
			? preferenceParts(value)
			: [[name, value]];
	});
	return Object.fromEntries(parts);
}

function permissionParts({ permission, permission_name: name }: ContactJson): readonly Part[] {
	return [
		['permission', permission],
		...(name === undefined ? [] : [['permission_name', name] as const]),
	];
}

function fieldParts(
	list: string,
	fields: Record<string, unknown>,
	contact: ContactJson,
): readonly Part[] {
	const filled = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
	const others = list === 'custom_fields' ? contact.standard_fields : undefined;
	const isTaken = ([name]: Part) =>
		Object.hasOwn(contact, name) || (isRecord(others) && Object.hasOwn(others, name));
	const taken = filled.filter(isTaken);
	const columns = filled.filter((field) => !isTaken(field));
	return taken.length > 0 ? [...columns, [list, Object.fromEntries(taken)]] : columns;
}

function preferenceParts(preferences: readonly unknown[]): readonly Part[] {
	return preferences.length > 0 ? [['preferences', preferences.map(simplifyPreference)]] : [];
}

function simplifyPreference(preference: unknown): unknown {
	if (!isRecord(preference)) return preference;
	const { category, name, value } = preference;
	return { category, name, value };
}
