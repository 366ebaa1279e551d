import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { updateByKey, updateByKeyFields } from './shared/update';

/** Updates one contact by its email address ("Update Contact By Email"). */
export const updateByEmail: Operation = {
	resource: 'contact',
	value: 'updateByEmail',
	name: 'Update by Email',
	action: 'Update a contact by email',
	description:
		'Change fields, email, external ID, preferences or permission of one existing contact per item, by its email address; contacts that do not exist are not created',
	properties: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ada@example.com',
			description: 'Email address that the contact has now',
		},
		...updateByKeyFields,
	],
	endpoints: [contacts.updateByEmail],
	run: updateByKey('email'),
};
