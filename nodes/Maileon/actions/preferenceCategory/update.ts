import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import { preferenceCategories } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionUpdated } from '../../transport/doneBefore';
import { readUpdate, updatedRow, updateFields } from '../preference/shared';
import { category } from '../shared/preferenceCategory';
import { changingOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	updateFields('category', 'Engineering'),
	changingOptions,
];

/** Changes description or name of a category ("Update Contact Preference Category"). */
export const updatePreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'update',
	name: 'Update',
	action: 'Update preference category',
	description: 'Change the description or the name of a preference category',
	properties,
	endpoints: [preferenceCategories.update],
	run: perRequest((parameters) => {
		const name = parameters.locator('category').value;
		const update = readUpdate(parameters);
		const list = preferenceCategories.getMany.request();
		const content = definitionDocument('preference_category', {
			name: update.newName ?? name,
			description: update.description,
		});
		const request = {
			...preferenceCategories.update.request({ category: name }, [], content),
			doneBefore: definitionUpdated(
				{ element: 'preference_category', request: list },
				name,
				update,
			),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"` },
			orderKeys: [name, update.newName ?? name],
			rows: changed(request, updatedRow(name, update)),
		};
	}),
};
