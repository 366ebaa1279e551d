import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionUpdated } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { expectShort, readUpdate, updatedRow, updateFields } from './shared';
import { category, preference } from '../shared/preferenceCategory';
import { readRequestOptions, requestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	preference,
	updateFields('preference', 'Product news'),
	requestOptions,
];

const ADVICE = {
	400: 'The category may have a preference of the new name already.',
	404: 'Check the names of the category and of the preference.',
	409: 'The category has a preference of the new name already.',
};

/** Changes description or name of a preference ("Update Contact Preference"). */
export const updatePreference: Operation = {
	resource: 'preference',
	value: 'update',
	name: 'Update',
	action: 'Update preference',
	description: 'Change the description or the name of a preference',
	properties,
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.locator('preference').value;
		const update = readUpdate(parameters);
		expectShort({ Name: update.newName, Description: update.description });
		const list = ['contacts', 'preference_categories', within, 'preferences'];
		const request: MaileonRequest = {
			method: 'PUT',
			path: [...list, name],
			body: {
				type: 'xml',
				content: definitionDocument('preference', {
					name: update.newName ?? name,
					description: update.description,
				}),
			},
			doneBefore: definitionUpdated({ element: 'preference', path: list }, name, update),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference "${name}" in the category "${within}"`, advice: ADVICE },
			orderKeys: [within],
			rows: changed(request, { category: within, ...updatedRow(name, update) }),
		};
	}),
};
