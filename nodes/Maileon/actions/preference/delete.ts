import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { REMOVED } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { category, preference } from '../shared/preferenceCategory';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	preference,
	ifNotFound(
		'What to do when there is no such category or preference, for example since it is deleted already',
	),
	oneByOneOptions,
];

const ADVICE = { 404: 'Check the names of the category and of the preference.' };

/** Removes a preference from its category ("Delete Contact Preference"). */
export const deletePreference: Operation = {
	resource: 'preference',
	value: 'delete',
	name: 'Delete',
	action: 'Delete preference',
	description:
		'Delete a preference of the account. Expect what contacts chose there to be gone too.',
	notForAgents: true,
	properties,
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.locator('preference').value;
		const request: MaileonRequest = {
			method: 'DELETE',
			path: ['contacts', 'preference_categories', within, 'preferences', name],
			doneBefore: REMOVED,
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference "${name}" in the category "${within}"`, advice: ADVICE },
			orderKeys: [within],
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, category: within, name }),
		};
	}),
};
