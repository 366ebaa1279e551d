import type { ContactInput, PreferenceInput } from '../account/changes';
import type { RawValue } from '../account/fields';
import {
	READ_ONLY_STANDARD_FIELDS,
	readBoolean,
	WRITABLE_STANDARD_FIELDS,
} from '../account/fields';
import { badRequest } from '../server/refusal';
import type { Lenient } from '../server/leniency';
import type { Call } from '../server/routing';
import type { XmlElement } from '../xml';
import { childrenByName, expectName, listOf, textOf } from '../xml';

/** The identifying parts of a contact that a call accepts in its body. */
export type IdentityPart = 'id' | 'email' | 'external_id' | 'permission';

/** Elements of a contact that every writing call knows; the last three are accepted and ignored. */
const COMMON_PARTS = [
	'standard_fields',
	'custom_fields',
	'preferences',
	'created',
	'updated',
	'anonymous',
];

/**
 * Reads the contact in a request body (documentation: contacts description).
 *
 * @throws Refusal (400) for everything that is not documented for this call
 */
export function readContact(
	{ body, lenient }: Pick<Call, 'body' | 'lenient'>,
	identity: readonly IdentityPart[],
): ContactInput {
	if (body.kind === 'xml') {
		expectName(body.root, 'contact');
		return readContactElement(body.root, [...identity, ...COMMON_PARTS], lenient);
	}
	if (body.kind === 'json') return readContactObject(body.value, identity);
	throw badRequest('the body holds no contact');
}

/** Reads the list of a synchronization. */
export function readContacts(
	root: XmlElement,
	identity: readonly IdentityPart[],
	lenient: Lenient,
): ContactInput[] {
	expectName(root, 'contacts');
	const allowed = [...identity, ...COMMON_PARTS];
	return listOf(root, 'contact').map((element) => readContactElement(element, allowed, lenient));
}

function readContactElement(
	element: XmlElement,
	allowed: readonly string[],
	lenient: Lenient,
): ContactInput {
	const parts = childrenByName(element, allowed);
	if (element.children.length === 0 && /\S/.test(element.text)) {
		throw badRequest('element contact must not hold text');
	}
	const text = (name: string): string | null | undefined => {
		const part = parts.get(name);
		return part && textOf(part);
	};
	const input: ContactInput = {
		standardFields: readFields(parts.get('standard_fields'), checkStandardName),
		customFields: readFields(parts.get('custom_fields')),
		preferences: readPreferences(parts.get('preferences'), lenient),
	};
	const id = text('id');
	const email = text('email');
	const externalId = text('external_id');
	const permission = text('permission');
	if (id !== undefined) input.id = id;
	if (email !== undefined) input.email = email;
	if (externalId !== undefined) input.externalId = externalId;
	if (permission !== undefined) input.permission = readPermission(permission);
	return input;
}

function readFields(
	list: XmlElement | undefined,
	checkName: (name: string) => void = () => undefined,
): Array<[string, RawValue]> {
	if (!list) return [];
	const names = new Set<string>();
	return listOf(list, 'field').map((field) => {
		const parts = childrenByName(field, ['name', 'value']);
		const name = requiredText(parts, 'name', field.name);
		const value = parts.get('value');
		if (!value) throw badRequest(`field ${name} has no value element`);
		if (names.has(name)) throw badRequest(`field ${name} stands twice`);
		names.add(name);
		checkName(name);
		return [name, textOf(value)];
	});
}

function readPreferences(list: XmlElement | undefined, lenient: Lenient): PreferenceInput[] {
	if (!list) return [];
	return listOf(list, 'preference').map((preference) => {
		const parts = childrenByName(preference, ['name', 'category', 'value', 'source']);
		const source = parts.get('source');
		return {
			name: requiredText(parts, 'name', preference.name),
			category: requiredText(parts, 'category', preference.name),
			value: readAnswer(parts.get('value'), preference.name, lenient),
			...(source ? { source: textOf(source) || null } : {}),
		};
	});
}

/** The value of a preference; null, for nil, clears the stored one as it does in fields. */
function readAnswer(
	element: XmlElement | undefined,
	parent: string,
	lenient: Lenient,
): boolean | null {
	const text = element && textOf(element);
	if (text === null) return null;
	if (!text) throw badRequest(`element value is missing or empty in ${parent}`);
	const value = readBoolean(text, lenient);
	if (value !== undefined) return value;
	throw badRequest(`the value of a preference must be true, false or nil but was ${text}`);
}

/** The text of a child that has to be there and to hold something. */
export function requiredText(
	parts: ReadonlyMap<string, XmlElement>,
	name: string,
	parent: string,
): string {
	const part = parts.get(name);
	const text = part && textOf(part);
	if (!text) throw badRequest(`element ${name} is missing or empty in ${parent}`);
	return text;
}

function checkStandardName(name: string): void {
	if (WRITABLE_STANDARD_FIELDS.includes(name)) return;
	throw badRequest(
		READ_ONLY_STANDARD_FIELDS.includes(name)
			? `standard field ${name} is read only`
			: `there is no standard field ${name}`,
	);
}

function readPermission(value: string | number | null): number {
	if (!/^[1-6]$/.test(String(value))) {
		throw badRequest(`permission must be 1 to 6 but was ${value}`);
	}
	return Number(value);
}

function readContactObject(value: unknown, identity: readonly IdentityPart[]): ContactInput {
	const contact = expectObject(value, 'the body');
	const allowed = [...identity, ...COMMON_PARTS];
	for (const key of Object.keys(contact)) {
		if (!allowed.includes(key)) throw badRequest(`${key} is not allowed in the body`);
	}
	const input: ContactInput = {
		standardFields: readFieldsObject(contact.standard_fields, 'standard_fields'),
		customFields: readFieldsObject(contact.custom_fields, 'custom_fields'),
		preferences: [],
	};
	for (const [name] of input.standardFields) checkStandardName(name);
	if (contact.preferences !== undefined) {
		throw badRequest('preferences are documented for XML bodies only');
	}
	if (contact.email !== undefined) input.email = expectString(contact.email, 'email');
	if (contact.external_id !== undefined) {
		input.externalId = expectString(contact.external_id, 'external_id');
	}
	if (contact.permission !== undefined) {
		if (typeof contact.permission !== 'number' && typeof contact.permission !== 'string') {
			throw badRequest('permission must be 1 to 6');
		}
		input.permission = readPermission(contact.permission);
	}
	return input;
}

function readFieldsObject(value: unknown, name: string): Array<[string, RawValue]> {
	if (value === undefined) return [];
	return Object.entries(expectObject(value, name)).map(([field, raw]) => {
		if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') {
			return [field, raw];
		}
		throw badRequest(
			raw === null
				? `the value of ${field} in ${name} must not be null`
				: `the value of ${field} in ${name} must be a plain value`,
		);
	});
}

/** A JSON value that has to be an object. */
export function expectObject(value: unknown, what: string): Record<string, unknown> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Record<string, unknown>;
	}
	throw badRequest(`${what} must be a JSON object`);
}

/** A JSON value that has to be a string. */
export function expectString(value: unknown, what: string): string {
	if (typeof value === 'string') return value;
	throw badRequest(`${what} must be a string`);
}
