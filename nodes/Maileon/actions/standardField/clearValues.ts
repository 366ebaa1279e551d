import type { INodeProperties } from 'n8n-workflow';

import { STANDARD_FIELDS } from '../../maileon/contact/fields';
import { standardFields } from '../../maileon/endpoints/fields';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const NAMES = STANDARD_FIELDS.map(({ name }) => name);

const properties: INodeProperties[] = [
	{
		displayName: 'Standard Field',
		name: 'standardField',
		type: 'options',
		required: true,
		options: STANDARD_FIELDS.map(({ label, name }) => ({
			name: label,
			value: name,
			description: name,
		})).sort((one, other) => one.name.localeCompare(other.name, 'en')),
		default: '',
		description: 'Standard field to clear',
	},
	confirmation({
		description:
			'Name of the field as Maileon writes it, such as NAMEDAY. Its values are cleared for all contacts of the account, and nothing brings them back.',
		example: 'NAMEDAY',
	}),
	oneByOneOptions,
];

/** Clears a standard field for all contacts ("Delete Standard Field Values"). */
export const clearStandardFieldValues: Operation = {
	resource: 'standardField',
	value: 'clearValues',
	name: 'Clear Values',
	action: 'Clear standard field for all contacts',
	description:
		'Clear the values of a standard field for ALL contacts of the account; this cannot be undone',
	notForAgents: true,
	properties,
	endpoints: [standardFields.clearValues],
	run: perRequest((parameters) => {
		const name = parameters.choice('standardField', NAMES);
		expectConfirmation(parameters, name);
		const request = standardFields.clearValues.request({ name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `standard field "${name}"` },
			orderKeys: [name],
			rows: changed(request, { cleared: true, name }),
		};
	}),
};
