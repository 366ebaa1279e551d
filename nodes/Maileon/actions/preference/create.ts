import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import { preferences } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionCreated } from '../../transport/doneBefore';
import { expectShort } from './shared';
import { category } from '../shared/preferenceCategory';
import { changingOptions, readRequestOptions } from '../shared/requests';

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
		description: 'What contacts get when they choose it, at most 255 characters',
	},
	changingOptions,
];

/** Adds a preference to a category ("Create Contact Preference"). */
export const createPreference: Operation = {
	resource: 'preference',
	value: 'create',
	name: 'Create',
	action: 'Create preference',
	description: 'Add a preference to a category for contacts to choose',
	properties,
	endpoints: [preferences.create],
	run: perRequest((parameters) => {
		const within = parameters.locator('category').value;
		const name = parameters.requiredText('name');
		const description = parameters.text('description');
		expectShort({ Name: name, Description: description });
		const definition = { name, description: description === '' ? undefined : description };
		const list = preferences.getMany.request({ category: within });
		const content = definitionDocument('preference', definition);
		const request = {
			...preferences.create.request({ category: within }, [], content),
			doneBefore: definitionCreated({ element: 'preference', request: list }, definition),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${within}"` },
			orderKeys: [within],
			rows: changed(request, {
				category: within,
				name,
				description: description === '' ? null : description,
			}),
		};
	}),
};
