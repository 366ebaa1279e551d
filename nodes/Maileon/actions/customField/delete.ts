import type { INodeProperties } from 'n8n-workflow';

import { customFields } from '../../maileon/endpoints/fields';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { customField } from './shared';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	customField,
	confirmation({
		description:
			'Name of the custom field. The field and its values are deleted for all contacts of the account, and nothing brings them back.',
		example: 'COLOR',
	}),
	ifNotFound(
		'What to do when the account has no such field, for example because it has been deleted already',
	),
	oneByOneOptions,
];

/** Removes a custom field and its values from all contacts ("Delete Custom Field"). */
export const deleteCustomField: Operation = {
	resource: 'customField',
	value: 'delete',
	name: 'Delete',
	action: 'Delete custom field for all contacts',
	description: 'Delete a custom field with its values for ALL contacts; this cannot be undone',
	notForAgents: true,
	properties,
	endpoints: [customFields.delete],
	run: perRequest((parameters) => {
		const name = parameters.locator('customField').value;
		expectConfirmation(parameters, name);
		const request = customFields.delete.request({ name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `custom field "${name}"` },
			orderKeys: [name],
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, name }),
		};
	}),
};
