import { readManyDefinitions } from '../../transport/definitions';
import { preferenceCategories } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { readingOptions, readRequestOptions } from '../shared/requests';

const request = preferenceCategories.getMany.request();

/** Lists the categories of the account ("Get Contact Preference Categories"). */
export const getManyPreferenceCategories: Operation = {
	resource: 'preferenceCategory',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many preference categories',
	description:
		'List the preference categories of the account, to find the exact names that other operations need',
	properties: [...returnAllOrLimit, readingOptions],
	endpoints: [preferenceCategories.getMany],
	run: perRequest((parameters) => {
		const limit = readLimit(parameters);
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: 'preference categories' },
			rows: (answer) => readManyDefinitions(answer, request, 'preference_category').slice(0, limit),
		};
	}),
};
