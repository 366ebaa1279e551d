/**
 * What the editor calls the types of fields.
 */
import { customFieldType, type FieldType } from '../maileon/contact/fields';

export const TYPE_LABELS: Readonly<Record<FieldType, string>> = {
	string: 'Text',
	integer: 'Whole Number',
	float: 'Decimal Number',
	date: 'Date',
	boolean: 'Yes/No',
	gender: 'Choice',
	locale: 'Locale',
	untyped: 'Text',
};

/** A custom field in a list: its name and, in words, the type that Maileon gives it. */
export function customFieldLabel(name: string, type: string): string {
	return `${name} (${TYPE_LABELS[customFieldType(type)]})`;
}
