import type { INodeProperties } from 'n8n-workflow';

import { preferenceCategories } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { category } from '../shared/preferenceCategory';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	confirmation({
		description:
			'Name of the category. Its preferences, and what contacts chose there, are expected to be deleted with it, for all contacts of the account.',
		example: 'Development',
	}),
	ifNotFound(
		'What to do when the account has no such category, for example because it has been deleted already',
	),
	oneByOneOptions,
];

/** Removes a category ("Delete Contact Preference Category"). */
export const deletePreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'delete',
	name: 'Delete',
	action: 'Delete preference category',
	description:
		'Delete a preference category of the account. Expect its preferences, and what contacts chose there, to be deleted too.',
	notForAgents: true,
	properties,
	endpoints: [preferenceCategories.delete],
	run: perRequest((parameters) => {
		const name = parameters.locator('category').value;
		expectConfirmation(parameters, name);
		const request = preferenceCategories.delete.request({ category: name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"` },
			orderKeys: [name],
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, name }),
		};
	}),
};
