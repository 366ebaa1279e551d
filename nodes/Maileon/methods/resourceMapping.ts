/**
 * The columns of the contact field mappers, as the editor asks for them.
 */
import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { customFieldType, STANDARD_FIELDS, type FieldType } from '../maileon/contact/fields';
import type { CustomField } from '../maileon/contact/customFields';
import { columnOfCustomField, IDENTIFIER_COLUMNS, type ContactColumn } from '../input/columns';
import { createClient } from '../transport/client';
import { fetchCustomFields } from '../transport/lookups';
import { lookupError } from './failures';

const NOT_READABLE =
	'The API key may not read, so custom fields cannot be listed. Use "Custom Fields (JSON)" in the options for them.';
const NO_CREDENTIAL = 'Choose a credential first, then refresh the list of fields.';

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

async function accountFields(
	context: ILoadOptionsFunctions,
	identifiers: ContactColumn[],
): Promise<ResourceMapperFields> {
	if (!context.getNode().credentials?.maileonRestApi) {
		// No field at all: the editor keeps a list that it has got, even when a credential is chosen later.
		return { fields: [], ...{ emptyFieldsNotice: NO_CREDENTIAL } };
	}
	try {
		const customFields = await fetchCustomFields(await createClient(context));
		const customColumns = (customFields ?? []).map((field) =>
			customColumn(field, identifiers.length > 0),
		);
		return {
			fields: [...identifiers, ...STANDARD_COLUMNS, ...customColumns],
			...(customFields === undefined && { emptyFieldsNotice: NOT_READABLE }),
		};
	} catch (error) {
		throw lookupError(context, error);
	}
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

const TYPE_LABELS: Readonly<Record<FieldType, string>> = {
	string: 'Text',
	integer: 'Whole Number',
	float: 'Decimal Number',
	date: 'Date',
	boolean: 'Boolean',
	gender: 'Choice',
	locale: 'Locale',
	untyped: 'Text',
};

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
