import { readOneDefinition } from '../../transport/definitions';
import { preferences } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { category, preference } from '../shared/preferenceCategory';
import { readingOptions, readRequestOptions } from '../shared/requests';

/** Reads a preference ("Get Contact Preference"). */
export const getPreference: Operation = {
	resource: 'preference',
	value: 'get',
	name: 'Get',
	action: 'Get preference',
	description: 'Get the description of a preference by its category and name',
	properties: [
		category,
		preference,
		ifNotFound('What to do when there is no such category or preference'),
		readingOptions,
	],
	endpoints: [preferences.get],
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.locator('preference').value;
		const request = preferences.get.request({ category: within, preference: name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference "${name}" in the category "${within}"` },
			ifNotFound: readIfNotFound(parameters),
			rows: (answer) => [{ category: within, ...readOneDefinition(answer, request, 'preference') }],
		};
	}),
};
