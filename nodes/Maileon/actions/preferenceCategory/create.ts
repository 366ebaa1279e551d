import type { INodeProperties } from 'n8n-workflow';

import { definitionDocument } from '../../maileon/preference/definitions';
import { preferenceCategories } from '../../maileon/endpoints/preferences';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { definitionCreated } from '../../transport/doneBefore';
import { changingOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Development',
		description: 'Name of the new category, by which Maileon knows it',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Topics for developers',
		description: 'What the category is about',
	},
	changingOptions,
];

/** Adds a category for preferences ("Create Contact Preference Category"). */
export const createPreferenceCategory: Operation = {
	resource: 'preferenceCategory',
	value: 'create',
	name: 'Create',
	action: 'Create preference category',
	description: 'Add a category to define preferences of contacts in',
	properties,
	endpoints: [preferenceCategories.create],
	run: perRequest((parameters) => {
		const name = parameters.requiredText('name');
		const description = parameters.text('description');
		const definition = { name, description: description === '' ? undefined : description };
		const list = preferenceCategories.getMany.request();
		const content = definitionDocument('preference_category', definition);
		const request = {
			...preferenceCategories.create.request({}, [], content),
			doneBefore: definitionCreated({ element: 'preference_category', request: list }, definition),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `preference category "${name}"` },
			orderKeys: [name],
			rows: changed(request, { name, description: description === '' ? null : description }),
		};
	}),
};
