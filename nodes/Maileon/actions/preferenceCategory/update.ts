import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionUpdated } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { readUpdate, updatedRow, updateFields } from '../preference/shared';
import { category } from '../shared/preferenceCategory';
import { readRequestOptions, requestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	updateFields('category', 'Engineering'),
	requestOptions,
];

const ADVICE = {
	400: 'The account may have a category of the new name already.',
	404: 'Check the name of the category.',
	409: 'The account has a category of the new name already.',
};

/** Changes description or name of a category ("Update Contact Preference Category"). */
export const updatePreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'update',
	name: 'Update',
	action: 'Update preference category',
	description: 'Change the description or the name of a preference category',
	properties,
	run: perRequest((parameters) => {
		const name = parameters.locator('category').value;
		const update = readUpdate(parameters);
		const list = ['contacts', 'preference_categories'];
		const request: MaileonRequest = {
			method: 'PUT',
			path: [...list, name],
			body: {
				type: 'xml',
				content: definitionDocument('preference_category', {
					name: update.newName ?? name,
					description: update.description,
				}),
			},
			doneBefore: definitionUpdated({ element: 'preference_category', path: list }, name, update),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"`, advice: ADVICE },
			orderKeys: [name, update.newName ?? name],
			rows: changed(request, updatedRow(name, update)),
		};
	}),
};
