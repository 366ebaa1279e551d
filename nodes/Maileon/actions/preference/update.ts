import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import { preferences } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionUpdated } from '../../transport/doneBefore';
import { expectShort, readUpdate, updatedRow, updateFields } from './shared';
import { category, preference } from '../shared/preferenceCategory';
import { changingOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	preference,
	updateFields('preference', 'Product news'),
	changingOptions,
];

/** Changes description or name of a preference ("Update Contact Preference"). */
export const updatePreference: Operation = {
	resource: 'preference',
	value: 'update',
	name: 'Update',
	action: 'Update preference',
	description: 'Change the description or the name of a preference',
	properties,
	endpoints: [preferences.update],
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.locator('preference').value;
		const update = readUpdate(parameters);
		expectShort({ Name: update.newName, Description: update.description });
		const list = preferences.getMany.request({ category: within });
		const content = definitionDocument('preference', {
			name: update.newName ?? name,
			description: update.description,
		});
		const request = {
			...preferences.update.request({ category: within, preference: name }, [], content),
			doneBefore: definitionUpdated({ element: 'preference', request: list }, name, update),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference "${name}" in the category "${within}"` },
			orderKeys: [within],
			rows: changed(request, { category: within, ...updatedRow(name, update) }),
		};
	}),
};
