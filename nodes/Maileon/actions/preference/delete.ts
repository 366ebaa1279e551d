import type { INodeProperties } from 'n8n-workflow';

import { preferences } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { category, preference } from '../shared/preferenceCategory';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	preference,
	confirmation({
		description:
			'Name of the preference. What contacts chose there is expected to be deleted with it, for all contacts of the account.',
		example: 'Release notes',
	}),
	ifNotFound(
		'What to do when there is no such category or preference, for example because it has been deleted already',
	),
	oneByOneOptions,
];

/** Removes a preference from its category ("Delete Contact Preference"). */
export const deletePreference: Operation = {
	resource: 'preference',
	value: 'delete',
	name: 'Delete',
	action: 'Delete preference',
	description:
		'Delete a preference of the account. Expect what contacts chose there to be deleted too.',
	notForAgents: true,
	properties,
	endpoints: [preferences.delete],
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.locator('preference').value;
		expectConfirmation(parameters, name);
		const request = preferences.delete.request({ category: within, preference: name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference "${name}" in the category "${within}"` },
			orderKeys: [within],
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, category: within, name }),
		};
	}),
};
