import { readManyDefinitions } from '../../transport/definitions';
import { preferences } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { category } from '../shared/preferenceCategory';
import { readingOptions, readRequestOptions } from '../shared/requests';

/** Lists the preferences of a category ("Get Preferences of Contact Preferences Category"). */
export const getManyPreferences: Operation = {
	resource: 'preference',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many preferences',
	description:
		'List the preferences of a category, to find the exact names that other operations need',
	properties: [category, ...returnAllOrLimit, readingOptions],
	endpoints: [preferences.getMany],
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const limit = readLimit(parameters);
		const request = preferences.getMany.request({ category: within });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${within}"` },
			rows: (answer) =>
				readManyDefinitions(answer, request, 'preference')
					.slice(0, limit)
					.map((preference) => ({ category: within, ...preference })),
		};
	}),
};
