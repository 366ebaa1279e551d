/**
 * The columns of the `contactFields` mapper, as n8n saves them with a workflow.
 */
import type { ContactIdentifiers } from '../maileon/contact/identity';
import type { ResourceMapperField } from 'n8n-workflow';

import type { Column } from '../maileon/columns';
import type { FieldType } from '../maileon/contact/fields';

/** A column that remembers its Maileon type, since most columns are text for n8n. */
export interface ContactColumn extends ResourceMapperField {
	maileonType?: FieldType;
}

export interface IdentifierColumn extends Column {
	label: string;
	identifier: keyof ContactIdentifiers;
}

/** Identifiers that are columns of Synchronize, besides the fields. */
export const IDENTIFIER_COLUMNS: readonly IdentifierColumn[] = [
	{ id: 'email', label: 'Email', identifier: 'email' },
	{ id: 'external_id', label: 'External ID', identifier: 'externalId' },
	{ id: 'id', label: 'Maileon ID', identifier: 'id' },
];

/** Whether a saved column is that of an identifier, and not of a custom field of the same name. */
export function isIdentifierColumn({ id, displayName }: ContactColumn): boolean {
	return IDENTIFIER_COLUMNS.some((column) => column.id === id && column.label === displayName);
}

/** What stands before the name of a custom field that would be taken for an identifier. */
const CUSTOM_FIELD = 'custom_fields.';

/**
 * The column of a custom field.
 * @param withIdentifiers whether identifiers are columns too, so that a field called `email` needs
 *   another one: `custom_fields.email`
 */
export function columnOfCustomField(name: string, withIdentifiers: boolean): string {
	const isTaken = withIdentifiers && IDENTIFIER_COLUMNS.some(({ id }) => id === name);
	return isTaken ? `${CUSTOM_FIELD}${name}` : name;
}

/** The name of the field that a column stands for. */
export function fieldOfColumn(column: string): string {
	const named = IDENTIFIER_COLUMNS.find(({ id }) => column === `${CUSTOM_FIELD}${id}`);
	return named?.id ?? column;
}

/** The value rules of a saved column. */
export function typeOfColumn(column: ContactColumn): FieldType {
	return column.maileonType ?? (column.type === 'boolean' ? 'boolean' : 'untyped');
}
