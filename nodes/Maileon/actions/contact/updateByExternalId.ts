import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { updateByKey, updateByKeyFields } from './shared/update';

/** Updates one contact by the ID of another system ("Update Contact By External ID"). */
export const updateByExternalId: Operation = {
	resource: 'contact',
	value: 'updateByExternalId',
	name: 'Update by External ID',
	action: 'Update a contact by external ID',
	description:
		'Change fields, email, external ID, preferences or permission of one existing contact per item, by its ID in your own system; contacts that do not exist are not created',
	properties: [
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. CRM-00123',
			description:
				'External ID that the contact has now. Maileon does not require external IDs to be unique: use Update by ID where several contacts share one.',
		},
		...updateByKeyFields,
	],
	endpoints: [contacts.updateByExternalId],
	run: updateByKey('externalId'),
};
