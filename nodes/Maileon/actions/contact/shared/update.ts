import type { INodeProperties } from 'n8n-workflow';

import type { Contact } from '../../../maileon/contact/contact';
import {
	describeKey,
	identifiersOfKey,
	orderKey,
	pathValues,
} from '../../../maileon/contact/contactKey';
import { updateByKeyQuery } from '../../../maileon/contact/query';
import { contacts } from '../../../maileon/endpoints/contacts';
import { contactDocument } from '../../../maileon/xml/write';
import { readContactKey, readIdentifiers } from '../../../input/contactKey';
import { perContact } from './perContact';
import type { Runner } from '../../../run/operation';
import type { ItemParameters } from '../../../input/parameters';
import { contactUpdated } from '../../../transport/doneBefore';
import { CONTACT_FIELDS_METHOD, contactFields, customFieldsJson } from './contactFields';
import { PERMISSION_CODES, PERMISSION_NUMBERS, PERMISSION_OPTIONS } from './permission';
import { preferences } from './preferences';
import { concurrency, readRequestOptions, retries, timeout } from '../../shared/requests';

const UNCHANGED = 'unchanged';

/** The choice of a new permission, or of none. */
export function permissionChange(description: string): INodeProperties {
	return {
		displayName: 'Permission',
		name: 'permission',
		type: 'options',
		options: [
			{
				name: 'Do Not Change',
				value: UNCHANGED,
				description: 'The contact keeps the permission that it has',
			},
			...PERMISSION_OPTIONS,
		],
		default: UNCHANGED,
		description: `${description} ${PERMISSION_NUMBERS}`,
	};
}

/**
 * The code of the new permission; undefined leaves it alone.
 * @throws InputRefusal when it is none of the choices
 */
export function readPermissionChange(parameters: ItemParameters): number | undefined {
	const permission = parameters.choice('permission', [UNCHANGED, ...PERMISSION_CODES]);
	return typeof permission === 'number' ? permission : undefined;
}

/** The fields that an update changes. */
export const changedFields: readonly INodeProperties[] = [
	...contactFields(
		CONTACT_FIELDS_METHOD,
		'Only the fields that you add are changed. An expression or an input key that gives null or an empty text clears the field.',
	),
	preferences,
];

export const newEmail: INodeProperties = {
	displayName: 'New Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. ada@example.com',
	description: 'New email address of the contact. Leave empty to keep the one it has.',
};

export const newExternalId: INodeProperties = {
	displayName: 'New External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. CRM-00123',
	description: 'New external ID of the contact. Leave empty to keep the one it has.',
};

/** The new identifiers of a contact; undefined keeps the one that it has. */
export function readNewIdentifiers(
	parameters: ItemParameters,
): Pick<Contact, 'email' | 'externalId'> {
	return readIdentifiers(parameters.within('options'), {
		email: 'email',
		externalId: 'externalId',
	});
}

/** What the updates by email and by external ID have in common, behind the identifier. */
export const updateByKeyFields: readonly INodeProperties[] = [
	permissionChange(
		'New permission of the contact. It is set at once, also when it is lower than before, and no mail is sent: to ask for a double opt-in, use Update by ID or a create operation.',
	),
	...changedFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [concurrency, customFieldsJson, newEmail, newExternalId, retries, timeout],
	},
];

const UPDATE_BY = { email: contacts.updateByEmail, externalId: contacts.updateByExternalId };

/**
 * A runner that updates the contact of each item by its email or external ID: XML, so that null can
 * clear a value. The permission goes into the query, which more sources name than the body.
 */
export function updateByKey(by: keyof typeof UPDATE_BY): Runner {
	return perContact((parameters, data) => {
		const key = readContactKey(parameters, by, by);
		const changes = readNewIdentifiers(parameters);
		const contact = { ...changes, ...data };
		const permission = readPermissionChange(parameters);
		const written = { [by]: key.value, ...withoutMissing(changes) };
		return {
			request: {
				...UPDATE_BY[by].request(
					pathValues(key),
					updateByKeyQuery(permission),
					contactDocument(contact),
				),
				doneBefore: contactUpdated(key, contact, permission),
			},
			options: readRequestOptions(parameters.within('options')),
			written,
			found: identifiersOfKey(key),
			subject: { what: describeKey(key) },
			orderKeys: orderKeysOf({ [by]: key.value }, changes),
		};
	});
}

type KeyValues = Pick<Contact, 'email' | 'externalId'>;

function withoutMissing({ email, externalId }: KeyValues): KeyValues {
	return { ...(email && { email }), ...(externalId && { externalId }) };
}

function orderKeysOf(...contacts: readonly KeyValues[]): string[] {
	return contacts.flatMap(({ email, externalId }) => [
		...(email ? [orderKey({ by: 'email', value: email })] : []),
		...(externalId ? [orderKey({ by: 'externalId', value: externalId })] : []),
	]);
}
