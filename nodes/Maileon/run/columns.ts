/**
 * The columns of the `contactFields` mapper, as n8n saves them with a workflow.
 */
import type { ResourceMapperField } from 'n8n-workflow';

import type { Column } from '../maileon/columns';
import type { FieldType } from '../maileon/fields';

/** A column that remembers its Maileon type, since most columns are text for n8n. */
export interface ContactColumn extends ResourceMapperField {
	maileonType?: FieldType;
}

export interface IdentifierColumn extends Column {
	label: string;
}

/** Identifiers that are columns of Synchronize, besides the fields. */
export const IDENTIFIER_COLUMNS: readonly IdentifierColumn[] = [
	{ id: 'email', label: 'Email' },
	{ id: 'external_id', label: 'External ID' },
	{ id: 'id', label: 'Maileon ID' },
];

/** The value rules of a saved column. */
export function typeOfColumn(column: ContactColumn): FieldType {
	return column.maileonType ?? (column.type === 'boolean' ? 'boolean' : 'untyped');
}
