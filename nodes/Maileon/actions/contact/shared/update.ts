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
import { optionsCollection } from '../../../input/optionsCollection';
import { perContact } from './perContact';
import type { Runner } from '../../../run/operation';
import type { ItemParameters } from '../../../input/parameters';
import { contactUpdated } from '../../../transport/doneBefore';
import { CONTACT_FIELDS_METHOD, contactFields, customFieldsJson } from './contactFields';
import { confirmedNotice, permissionMenu, readPermission } from './permission';
import { preferences } from './preferences';
import { concurrencyOfChanges, readRequestOptions, retries, timeout } from '../../shared/requests';

const UNCHANGED = 'unchanged';

/** The choice of a new permission, or of none. */
export function permissionChange(description: string): INodeProperties {
	return permissionMenu(
		{ name: 'Do Not Change', value: UNCHANGED, description: 'The contact keeps its permission' },
		description,
	);
}

/**
 * The code of the new permission; undefined leaves it alone.
 * @throws InputRefusal when it is none of the choices
 */
export function readPermissionChange(parameters: ItemParameters): number | undefined {
	return readPermission(parameters, UNCHANGED);
}

const NEW_IDENTIFIERS = 'newIdentifiers';

const newIdentifiers: INodeProperties = {
	displayName: 'New Identifiers',
	name: NEW_IDENTIFIERS,
	type: 'collection',
	placeholder: 'Add Identifier',
	default: {},
	description: 'Another email or external ID that the contact is to have from now on',
	options: [
		{
			displayName: 'New Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada@example.com',
			description: 'New email address of the contact. Leave empty to keep the current one.',
		},
		{
			displayName: 'New External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			placeholder: 'e.g. CRM-00123',
			description: 'New external ID of the contact. Leave empty to keep the current one.',
		},
	],
};

/** What an update can change. */
export const changedFields: readonly INodeProperties[] = [
	...contactFields(
		CONTACT_FIELDS_METHOD,
		'Only the fields that you add are changed. An expression or an input key that gives null or an empty text clears the field.',
	),
	newIdentifiers,
	preferences,
];

/** The new identifiers of a contact; undefined keeps the current one. */
export function readNewIdentifiers(
	parameters: ItemParameters,
): Pick<Contact, 'email' | 'externalId'> {
	return readIdentifiers(parameters.within(NEW_IDENTIFIERS), {
		email: 'email',
		externalId: 'externalId',
	});
}

/** The fields that the updates by email and by external ID share, after the identifier. */
export const updateByKeyFields: readonly INodeProperties[] = [
	permissionChange(
		'New permission of the contact. It is set at once, even if it is lower than before, and no mail is sent.',
	),
	confirmedNotice(
		'This records that the person has already confirmed; no mail is sent. To send the confirmation mail, use Update by ID with Start Double Opt-In, or a create operation.',
	),
	...changedFields,
	optionsCollection([concurrencyOfChanges('contact'), customFieldsJson, retries, timeout]),
];

const UPDATE_BY = { email: contacts.updateByEmail, externalId: contacts.updateByExternalId };

/**
 * A runner that updates the contact of each item by its email or external ID: in XML, so that null can
 * clear a value. The permission travels in the query, which more sources name than the body.
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
