import type { INodeProperties } from 'n8n-workflow';

import {
	describeKey,
	orderKey,
	pathValues,
	type ContactKey,
} from '../../maileon/contact/contactKey';
import { readIdentifiers } from '../../input/contactKey';
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
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CRM-00123',
		description:
			'ID of the contact in your own system. It identifies the contact in Maileon: if a contact with this ID exists, "If Contact Exists" decides what happens.',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com',
		description: 'Email address of the contact',
	},
	...createFields,
];

/** Creates a contact, or updates it where that is asked for. */
export const createByExternalId: Operation = {
	resource: 'contact',
	value: 'createByExternalId',
	name: 'Create by External ID',
	action: 'Create or update a contact by external ID',
	description:
		'Create or update one contact per item by its ID in your own system, with or without a double opt-in mail',
	builderHint: FOR_ONE_CONTACT,
	properties,
	endpoints: [contacts.createByExternalId],
	run: perContact((parameters, data) => {
		const externalId = parameters.requiredText('externalId');
		const { email } = readIdentifiers(parameters, { email: 'email' });
		const key: ContactKey = { by: 'externalId', value: externalId };
		const settings = readCreateSettings(parameters);
		return {
			request: createRequest(
				contacts.createByExternalId,
				pathValues(key),
				{ email, ...data },
				settings,
			),
			options: readRequestOptions(parameters.within('options')),
			facts: createFacts(settings),
			written: { externalId, email },
			subject: { what: describeKey(key) },
			orderKeys: [orderKey(key), ...(email ? [orderKey({ by: 'email', value: email })] : [])],
		};
	}),
};
