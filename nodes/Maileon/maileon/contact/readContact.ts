/**
 * A contact as Maileon answers with it.
 * Rests on "Get Contact By Email", "Get Contacts By Filter ID" and "Get Blocked Contacts".
 */
import { maileonId } from './contact';
import { readPermission } from './permission';
import { readBoolean, xmlToJson } from './report';
import { setProperty } from '../records';
import { child, childText, childrenNamed, textOrNull, type XmlElement } from '../xml/read';

export type ContactJson = Record<string, unknown>;

/**
 * Reads one `<contact>`: fields as objects (name → value), preferences as a list, the permission as
 * code and name whichever of the two documented forms it comes in, everything else under its name.
 */
export function readContact(node: XmlElement): ContactJson {
	const contact: ContactJson = {};
	for (const part of node.children) setProperty(contact, part.name, readPart(part));
	const anonymous = node.attributes.anonymous;
	if (anonymous !== undefined) contact.anonymous = readBoolean(anonymous);
	return Object.assign(contact, permissionOf(node));
}

function readPart(part: XmlElement): unknown {
	switch (part.name) {
		case 'id': {
			const text = textOrNull(part)?.trim();
			return text ? maileonId(text) : (text ?? null);
		}
		case 'anonymous':
			return readBoolean(textOrNull(part));
		case 'standard_fields':
		case 'custom_fields':
			return Object.fromEntries(
				childrenNamed(part, 'field').map((field) => [
					childText(field, 'name') ?? '',
					fieldValue(child(field, 'value')),
				]),
			);
		case 'preferences':
			return childrenNamed(part, 'preference').map(readPreference);
		default:
			return xmlToJson(part);
	}
}

/** Values of fields keep their blanks; only `nil` is null. */
function fieldValue(value: XmlElement | undefined): string | null {
	return value === undefined || textOrNull(value) === null ? null : value.text;
}

function readPreference(node: XmlElement): Record<string, unknown> {
	const preference: Record<string, unknown> = {};
	for (const part of node.children) {
		const text = xmlToJson(part);
		const isFlag = part.name === 'value' && typeof text === 'string' && text !== '';
		setProperty(preference, part.name, isFlag ? readBoolean(text) : text);
	}
	return preference;
}

function permissionOf(node: XmlElement): ContactJson {
	const text = childText(node, 'permission')?.trim() || childText(node, 'permissionType');
	const permission = text ? readPermission(text) : undefined;
	return permission ? { permission: permission.code, permission_name: permission.name } : {};
}
