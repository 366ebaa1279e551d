/**
 * The fields of a Maileon contact.
 * Rests on the pages "Standard Contact Fields" and "Custom Contact Fields".
 */

export type FieldType =
	| 'string'
	| 'integer'
	| 'float'
	| 'date'
	| 'boolean'
	| 'gender'
	| 'locale'
	| 'untyped';

export interface StandardField {
	name: string;
	label: string;
	type: FieldType;
	/** An example of a value, shown to the person who maps the field. */
	example: string;
}

/** The 17 writable standard fields, in the order in which people look for them. */
export const STANDARD_FIELDS: readonly StandardField[] = [
	{ name: 'SALUTATION', label: 'Salutation', type: 'string', example: 'Ms.' },
	{ name: 'TITLE', label: 'Title', type: 'string', example: 'Dr.' },
	{ name: 'FIRSTNAME', label: 'First Name', type: 'string', example: 'Ada' },
	{ name: 'LASTNAME', label: 'Last Name', type: 'string', example: 'Lovelace' },
	{ name: 'FULLNAME', label: 'Full Name', type: 'string', example: 'Ada Lovelace' },
	{ name: 'GENDER', label: 'Gender', type: 'gender', example: 'f' },
	{ name: 'BIRTHDAY', label: 'Birthday', type: 'date', example: '1990-12-31' },
	{ name: 'NAMEDAY', label: 'Name Day', type: 'date', example: '2026-07-04' },
	{ name: 'LOCALE', label: 'Locale', type: 'locale', example: 'de_DE' },
	{ name: 'ORGANIZATION', label: 'Organization', type: 'string', example: 'Example Ltd.' },
	{ name: 'ADDRESS', label: 'Address', type: 'string', example: 'High Street' },
	{ name: 'HNR', label: 'House Number', type: 'string', example: '7a' },
	{ name: 'ZIP', label: 'ZIP', type: 'string', example: '01067' },
	{ name: 'CITY', label: 'City', type: 'string', example: 'Dresden' },
	{ name: 'STATE', label: 'State', type: 'string', example: 'Saxony' },
	{ name: 'REGION', label: 'Region', type: 'string', example: 'East' },
	{ name: 'COUNTRY', label: 'Country', type: 'string', example: 'Germany' },
];

const STANDARD_FIELDS_BY_NAME: ReadonlyMap<string, StandardField> = new Map(
	STANDARD_FIELDS.map((field) => [field.name, field]),
);

/** The standard field of that exact (upper case) name, or undefined for any other name. */
export function standardField(name: string): StandardField | undefined {
	return STANDARD_FIELDS_BY_NAME.get(name);
}

const CUSTOM_FIELD_TYPES: Readonly<Record<string, FieldType>> = {
	string: 'string',
	integer: 'integer',
	float: 'float',
	double: 'float',
	date: 'date',
	timestamp: 'date',
	boolean: 'boolean',
};

/**
 * The value rules for a type as Maileon names it for a custom field.
 * Types beyond the documented ones are treated as text that Maileon checks itself.
 */
export function customFieldType(type: string): FieldType {
	return Object.hasOwn(CUSTOM_FIELD_TYPES, type)
		? (CUSTOM_FIELD_TYPES[type] ?? 'untyped')
		: 'untyped';
}
