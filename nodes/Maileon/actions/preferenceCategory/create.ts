import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionCreated } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { readRequestOptions, requestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Development',
		description: 'Name of the new category. Maileon knows categories by their names.',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Topics for developers',
		description: 'What the category is about',
	},
	requestOptions,
];

const ADVICE = {
	400: 'The account may have a category of this name already.',
	409: 'The account has a category of this name already.',
};

/** Adds a category for preferences ("Create Contact Preference Category"). */
export const createPreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'create',
	name: 'Create',
	action: 'Create preference category',
	description: 'Add a category that preferences of contacts can be defined in',
	properties,
	run: perRequest((parameters) => {
		const name = parameters.requiredText('name');
		const description = parameters.text('description');
		const path = ['contacts', 'preference_categories'];
		const definition = { name, description: description === '' ? undefined : description };
		const request: MaileonRequest = {
			method: 'POST',
			path,
			body: { type: 'xml', content: definitionDocument('preference_category', definition) },
			doneBefore: definitionCreated({ element: 'preference_category', path }, definition),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"`, advice: ADVICE },
			orderKeys: [name],
			rows: changed(request, { name, description: description === '' ? null : description }),
		};
	}),
};
