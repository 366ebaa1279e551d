import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument, MOST_PREFERENCES } from '../../maileon/preference/definitions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionCreated } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { expectShort } from './shared';
import { category } from '../shared/preferenceCategory';
import { readRequestOptions, requestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	category,
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Release notes',
		description: 'Name of the new preference within its category, at most 255 characters',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Mail on every new version',
		description: 'What contacts get who choose it, at most 255 characters',
	},
	requestOptions,
];

const ADVICE = {
	400: `A category holds at most ${MOST_PREFERENCES} preferences, and each name once.`,
	404: 'Check the name of the category.',
	409: 'The category has a preference of this name already.',
};

/** Adds a preference to a category ("Create Contact Preference"). */
export const createPreference: Operation = {
	resource: 'preference',
	value: 'create',
	name: 'Create',
	action: 'Create preference',
	description: 'Add a preference to a category, so that contacts can choose it',
	properties,
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.requiredText('name');
		const description = parameters.text('description');
		expectShort({ Name: name, Description: description });
		const path = ['contacts', 'preference_categories', within, 'preferences'];
		const definition = { name, description: description === '' ? undefined : description };
		const request: MaileonRequest = {
			method: 'POST',
			path,
			body: { type: 'xml', content: definitionDocument('preference', definition) },
			doneBefore: definitionCreated({ element: 'preference', path }, definition),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${within}"`, advice: ADVICE },
			orderKeys: [within],
			rows: changed(request, {
				category: within,
				name,
				description: description === '' ? null : description,
			}),
		};
	}),
};
