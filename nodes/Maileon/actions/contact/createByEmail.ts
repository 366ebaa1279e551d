import type { INodeProperties } from 'n8n-workflow';

import { describeKey, orderKey, pathValues } from '../../maileon/contact/contactKey';
import { readContactKey, readIdentifiers } from '../../input/contactKey';
import { perContact } from './shared/perContact';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import {
	createFacts,
	createFields,
	createRequest,
	FOR_ONE_CONTACT,
	readCreateSettings,
} from './shared/create';
import { readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com',
		description:
			'Email address of the contact. It identifies the contact in Maileon: if a contact with this address exists, "If Contact Exists" decides what happens.',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. CRM-00123',
		description: 'ID of the contact in your own system',
	},
	...createFields,
];

/** Creates a contact, or updates it where that is asked for ("Create Contact"). */
export const createByEmail: Operation = {
	resource: 'contact',
	value: 'createByEmail',
	name: 'Create by Email',
	action: 'Create or update a contact by email',
	description:
		'Create or update one contact per item by its email address, with or without a double opt-in mail',
	builderHint: FOR_ONE_CONTACT,
	properties,
	endpoints: [contacts.createByEmail],
	run: perContact((parameters, data) => {
		const key = readContactKey(parameters, 'email', 'email');
		const { externalId } = readIdentifiers(parameters, { externalId: 'externalId' });
		const settings = readCreateSettings(parameters);
		return {
			request: createRequest(
				contacts.createByEmail,
				pathValues(key),
				{ externalId, ...data },
				settings,
			),
			options: readRequestOptions(parameters.within('options')),
			facts: createFacts(settings),
			written: { email: key.value, externalId },
			subject: { what: describeKey(key) },
			orderKeys: [
				orderKey(key),
				...(externalId ? [orderKey({ by: 'externalId', value: externalId })] : []),
			],
		};
	}),
};
