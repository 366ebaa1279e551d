/**
 * The account's custom contact fields.
 * Rests on "Get Custom Fields" (`GET /contacts/fields/custom`) and "Custom Contact Fields".
 */
import { STANDARD_FIELDS } from './fields';
import { childText, childrenNamed, type XmlElement } from '../xml/read';

export interface CustomField {
	name: string;
	/** As Maileon names it: string, integer, float, date, boolean, or a type yet unknown. */
	type: string;
}

/** The types that a custom field can be created with. */
export const CUSTOM_FIELD_TYPES = ['boolean', 'date', 'float', 'string', 'integer'] as const;

const RESERVED_NAMES: ReadonlySet<string> = new Set([
	'id',
	'created',
	'external_id',
	'local_part',
	'permission_type',
	'permission_status',
	'sendout_status',
	'updated',
	...STANDARD_FIELDS.map(({ name }) => name),
]);

const SHORTEST_NAME = 3;
const LONGEST_NAME = 64;

/**
 * Why a name cannot be that of a new custom field, by the documented rules; undefined when it can, as
 * far as they tell. Letter case is compared exactly: what else Maileon refuses, it says itself.
 */
export function customFieldNameRefusal(name: string): string | undefined {
	const { length } = [...name];
	if (length < SHORTEST_NAME || length > LONGEST_NAME)
		return `must have ${SHORTEST_NAME} to ${LONGEST_NAME} characters, but "${name}" has ${length}`;
	return RESERVED_NAMES.has(name)
		? `cannot be "${name}", since Maileon uses that name itself`
		: undefined;
}

/** Reads `<custom_fields>`: a list, also where there is one field or none. */
export function readCustomFields(root: XmlElement): CustomField[] {
	return childrenNamed(root, 'custom_field').flatMap((field) => {
		const name = childText(field, 'name');
		return name ? [{ name, type: (childText(field, 'type') ?? 'string').trim() }] : [];
	});
}
