import { customFields } from '../../maileon/endpoints/fields';
import { noMatch } from '../../run/notFound';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { customFieldsIn } from '../../transport/lookups';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { customField } from './shared';

/** Finds one custom field in the list of all ("Get Custom Fields"), since Maileon has no page for one. */
export const getCustomField: Operation = {
	resource: 'customField',
	value: 'get',
	name: 'Get',
	action: 'Get custom field',
	description: 'Get the type of a custom field by its exact name, or find out whether it exists',
	properties: [
		customField,
		ifNotFound('What to do when the account has no such field'),
		readingOptions,
	],
	endpoints: [customFields.getMany],
	run: perRequest((parameters) => {
		const name = parameters.locator('customField').value;
		const request = { ...customFields.getMany.request(), advice: customFields.delete.advice };
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `custom field "${name}"` },
			ifNotFound: readIfNotFound(parameters),
			rows: (answer) => {
				const found = customFieldsIn(answer, request).find((field) => field.name === name);
				if (!found) throw noMatch(request);
				return [{ ...found }];
			},
		};
	}),
};
