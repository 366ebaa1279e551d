/**
 * The account's custom contact fields.
 * Rests on "Get Custom Fields" (`GET /contacts/fields/custom`).
 */
import { childText, childrenNamed, type XmlElement } from './xml/read';

export interface CustomField {
	name: string;
	/** As Maileon names it: string, integer, float, date, boolean, or a type yet unknown. */
	type: string;
}

/** Reads `<custom_fields>`: a list, also where there is one field or none. */
export function readCustomFields(root: XmlElement): CustomField[] {
	return childrenNamed(root, 'custom_field').flatMap((field) => {
		const name = childText(field, 'name');
		return name ? [{ name, type: (childText(field, 'type') ?? 'string').trim() }] : [];
	});
}
