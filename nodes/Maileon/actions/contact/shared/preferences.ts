import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { listLocator } from '../../../input/listLocator';
import { CATEGORY_SEARCH } from '../../shared/preferenceCategory';

/** The list of preferences of the category that the same entry names. */
export const PREFERENCE_OF_ENTRY_SEARCH = 'searchPreferencesOfEntry';

const YES_OR_NO: INodePropertyOptions[] = [
	{ name: 'Yes', value: true },
	{ name: 'No', value: false },
];

/** Preferences of the contact. */
export const preferences: INodeProperties = {
	displayName: 'Preferences',
	name: 'preferences',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Preference',
	default: {},
	description: 'Topics that the contact wants or does not want, as defined in Maileon',
	options: [
		{
			displayName: 'Preference',
			name: 'preference',
			values: [
				listLocator({
					displayName: 'Category',
					name: 'category',
					description: 'Preference category in Maileon',
					searchListMethod: CATEGORY_SEARCH,
					otherwise: { name: 'Development' },
				}),
				listLocator({
					displayName: 'Name',
					name: 'name',
					description: 'Preference within the category above',
					searchListMethod: PREFERENCE_OF_ENTRY_SEARCH,
					otherwise: { name: 'Release notes' },
					dependsOn: '&category.value',
				}),
				{
					displayName: 'Wants This Topic',
					name: 'value',
					type: 'options',
					required: true,
					options: YES_OR_NO,
					default: '',
					description:
						'What the contact decided. It must be chosen, so that no consent is made up. In an expression: true or false.',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. Preference centre',
					description:
						'Where the person decided. Leave empty to keep the source stored in Maileon.',
				},
			],
		},
	],
};
