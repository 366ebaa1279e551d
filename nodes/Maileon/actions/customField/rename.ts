import type { INodeProperties } from 'n8n-workflow';

import { customFields } from '../../maileon/endpoints/fields';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { customFieldRenamed } from '../../transport/doneBefore';
import { customField } from './shared';
import { changingOptions, readRequestOptions } from '../shared/requests';
import { readNewName } from './create';

const properties: INodeProperties[] = [
	customField,
	{
		displayName: 'New Name',
		name: 'newName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. FAVOURITE_COLOR',
		description:
			'New name of the field: 3 to 64 characters, case sensitive. Type and values stay; forms, filters and workflows that use the old name do not follow.',
	},
	changingOptions,
];

/** Gives a custom field another name ("Rename Custom Field"). */
export const renameCustomField: Operation = {
	resource: 'customField',
	value: 'rename',
	name: 'Rename',
	action: 'Rename custom field',
	description: 'Give a custom field another name; its type and its values stay',
	properties,
	endpoints: [customFields.rename],
	run: perRequest((parameters) => {
		const name = parameters.locator('customField').value;
		const newName = readNewName(parameters, 'newName');
		const request = {
			...customFields.rename.request({ old_name: name, new_name: newName }),
			doneBefore: customFieldRenamed(name, newName),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `custom field "${name}"` },
			orderKeys: [name, newName],
			rows: changed(request, { name: newName, previous_name: name }),
		};
	}),
};
