import { readOneDefinition } from '../../transport/definitions';
import { preferenceCategories } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { category } from '../shared/preferenceCategory';
import { readingOptions, readRequestOptions } from '../shared/requests';

/** Reads a category ("Get Contact Preference Category By Name"). */
export const getPreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'get',
	name: 'Get',
	action: 'Get preference category',
	description: 'Get the description of a preference category by its name',
	properties: [
		category,
		ifNotFound('What to do when the account has no such category'),
		readingOptions,
	],
	endpoints: [preferenceCategories.get],
	run: perRequest((parameters) => {
		const name = parameters.locator('category').value;
		const request = preferenceCategories.get.request({ category: name });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"` },
			ifNotFound: readIfNotFound(parameters),
			rows: (answer) => [readOneDefinition(answer, request, 'preference_category')],
		};
	}),
};
