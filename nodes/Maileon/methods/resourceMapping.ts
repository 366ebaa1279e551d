/**
 * The columns of the contact field mappers, as the editor asks for them.
 */
import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { customFieldType, STANDARD_FIELDS, standardField } from '../maileon/contact/fields';
import type { CustomField } from '../maileon/contact/customFields';
import { isRecord } from '../maileon/records';
import {
	columnOfCustomField,
	IDENTIFIER_COLUMNS,
	isIdentifierColumn,
	type ContactColumn,
} from '../input/columns';
import { fetchCustomFields } from '../transport/lookups';
import { connect } from './connection';
import { lookupError } from './failures';
import { TYPE_LABELS } from './fieldTypes';

const NOT_READABLE =
	'The API key may not read, so custom fields cannot be listed. Use "Custom Fields (JSON)" in the options for them.';

/** Columns for operations on one contact: standard and custom fields. */
export async function getContactFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await accountFields(this, []);
}

/** Columns for Synchronize: identifiers first; the one that identifies is required. */
export async function getSynchronizeFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const identifyBy = this.getCurrentNodeParameter('identifyBy');
	const required = { email: 'email', externalId: 'external_id' }[String(identifyBy)];
	const identifiers = IDENTIFIER_COLUMNS.filter(
		({ id }) => id !== 'id' || identifyBy === 'maileonId',
	).map(({ id, label }) => ({ ...textColumn(id, label), required: id === required }));
	return await accountFields(this, identifiers);
}

/** Standard fields are there in any case, so that the editor has something to offer from the start. */
async function accountFields(
	context: ILoadOptionsFunctions,
	identifiers: ContactColumn[],
): Promise<ResourceMapperFields> {
	try {
		const client = await connect(context);
		const customFields = client && (await fetchCustomFields(client));
		return {
			fields: [
				...identifiers,
				...STANDARD_COLUMNS,
				...customColumns(context, customFields, identifiers),
			],
			...(client && !customFields && { emptyFieldsNotice: NOT_READABLE }),
		};
	} catch (error) {
		throw lookupError(context, error);
	}
}

/**
 * The columns of the account's custom fields, and those that the workflow fills in although the account
 * does not have them: they must not get lost when somebody only looks. Where the account cannot be asked,
 * all that the workflow knows stay.
 */
function customColumns(
	context: ILoadOptionsFunctions,
	customFields: readonly CustomField[] | undefined,
	identifiers: readonly ContactColumn[],
): ContactColumn[] {
	const columns = (customFields ?? []).map((field) => customColumn(field, identifiers.length > 0));
	const known = new Set([...identifiers, ...columns].map(({ id }) => id));
	const kept = savedCustomColumns(context).filter(
		(column) => !known.has(column.id) && !(customFields && column.removed),
	);
	return [...columns, ...kept];
}

/** The columns of custom fields that were saved with the workflow; none where the editor does not say. */
function savedCustomColumns(context: ILoadOptionsFunctions): ContactColumn[] {
	const mapper: unknown = context.getCurrentNodeParameter('contactFields');
	const schema: unknown = isRecord(mapper) ? mapper.schema : undefined;
	if (!Array.isArray(schema)) return [];
	return schema
		.filter((column): column is ContactColumn => isRecord(column) && typeof column.id === 'string')
		.filter((column) => !standardField(column.id) && !isIdentifierColumn(column));
}

function textColumn(id: string, displayName: string): ContactColumn {
	return {
		id,
		displayName,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
	};
}

const GENDERS = [
	{ name: 'Male', value: 'm' },
	{ name: 'Female', value: 'f' },
	{ name: 'Diverse', value: 'd' },
];

const STANDARD_COLUMNS: readonly ContactColumn[] = STANDARD_FIELDS.map(
	({ name, label, type, example }) => ({
		...textColumn(
			name,
			type === 'string' ? label : `${label} (${TYPE_LABELS[type]}, e.g. ${example})`,
		),
		maileonType: type,
		...(type === 'gender' && { displayName: label, type: 'options' as const, options: GENDERS }),
	}),
);

function customColumn({ name, type }: CustomField, withIdentifiers: boolean): ContactColumn {
	const fieldType = customFieldType(type);
	const id = columnOfCustomField(name, withIdentifiers);
	const kind = id === name ? TYPE_LABELS[fieldType] : `Custom Field, ${TYPE_LABELS[fieldType]}`;
	return {
		...textColumn(id, `${name} (${kind})`),
		maileonType: fieldType,
		...(fieldType === 'boolean' && { type: 'boolean' as const }),
	};
}
