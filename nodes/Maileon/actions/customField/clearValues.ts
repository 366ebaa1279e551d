import type { INodeProperties } from 'n8n-workflow';

import { customFields } from '../../maileon/endpoints/fields';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { customField } from './shared';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	customField,
	confirmation({
		description:
			'Name of the custom field. Its values are cleared for all contacts of the account, and nothing brings them back.',
		example: 'COLOR',
	}),
	oneByOneOptions,
];

/** Clears a custom field for all contacts ("Delete Custom Field Values"). */
export const clearCustomFieldValues: Operation = {
	resource: 'customField',
	value: 'clearValues',
	name: 'Clear Values',
	action: 'Clear custom field for all contacts',
	description:
		'Clear the values of a custom field for ALL contacts of the account and keep the field; this cannot be undone',
	notForAgents: true,
	properties,
	endpoints: [customFields.clearValues],
	run: perRequest((parameters) => {
		const name = parameters.locator('customField').value;
		expectConfirmation(parameters, name);
		const request = customFields.clearValues.request({ name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `custom field "${name}"` },
			orderKeys: [name],
			rows: changed(request, { cleared: true, name }),
		};
	}),
};
