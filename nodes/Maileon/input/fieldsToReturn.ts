import type { INodeProperties } from 'n8n-workflow';

import { READABLE_STANDARD_FIELDS } from '../maileon/contact/readableFields';
import { ALL } from './fieldSelection';

/** What the editor asks for the choices of the account. */
export const CUSTOM_FIELD_OPTIONS = 'getCustomFieldOptions';
export const PREFERENCE_CATEGORY_OPTIONS = 'getPreferenceCategoryOptions';

/** Which standard and custom fields come out with each contact. */
export const fieldsToReturn: readonly INodeProperties[] = [
	{
		displayName: 'Standard Fields',
		name: 'standardFields',
		type: 'multiOptions',
		options: [
			{ name: 'All Fields', value: ALL },
			...READABLE_STANDARD_FIELDS.map(({ name, label, description }) => ({
				name: label,
				value: name,
				...(description && { description }),
			})),
		],
		default: [ALL],
		description: 'Standard fields to return with each contact; none when nothing is chosen',
	},
	{
		displayName: 'Custom Field Names or IDs',
		name: 'customFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: CUSTOM_FIELD_OPTIONS },
		default: [ALL],
		description:
			'Custom fields to return with each contact; none when nothing is chosen. "All Fields" asks Maileon for the list once a run. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** The preference categories whose values come out with each contact. */
export const preferenceCategoriesToReturn: INodeProperties = {
	displayName: 'Preference Category Names or IDs',
	name: 'preferenceCategories',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: PREFERENCE_CATEGORY_OPTIONS },
	default: [],
	description:
		'Preference categories whose values to return with each contact; none when nothing is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
