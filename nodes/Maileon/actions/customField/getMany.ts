import { customFields } from '../../maileon/endpoints/fields';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { customFieldsIn } from '../../transport/lookups';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { readingOptions, readRequestOptions } from '../shared/requests';

const request = customFields.getMany.request();

/** Lists the custom fields of the account ("Get Custom Fields"). */
export const getManyCustomFields: Operation = {
	resource: 'customField',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many custom fields',
	description:
		'List the custom fields of the account with their types, to find the exact names that other operations need',
	properties: [...returnAllOrLimit, readingOptions],
	endpoints: [customFields.getMany],
	run: perRequest((parameters) => {
		const limit = readLimit(parameters);
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: 'custom fields' },
			rows: (answer) =>
				customFieldsIn(answer, request)
					.slice(0, limit)
					.map((field) => ({ ...field })),
		};
	}),
};
