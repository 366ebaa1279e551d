import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { REMOVED } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { category } from '../shared/preferenceCategory';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	ifNotFound(
		'What to do when the account has no such category, for example since it is deleted already',
	),
	oneByOneOptions,
];

const ADVICE = { 404: 'Check the name of the category.' };

/** Removes a category ("Delete Contact Preference Category"). */
export const deletePreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'delete',
	name: 'Delete',
	action: 'Delete preference category',
	description:
		'Delete a preference category of the account. Expect its preferences, and what contacts chose there, to be gone too.',
	notForAgents: true,
	properties,
	run: perRequest((parameters) => {
		const name = parameters.locator('category').value;
		const request: MaileonRequest = {
			method: 'DELETE',
			path: ['contacts', 'preference_categories', name],
			doneBefore: REMOVED,
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"`, advice: ADVICE },
			orderKeys: [name],
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, name }),
		};
	}),
};
