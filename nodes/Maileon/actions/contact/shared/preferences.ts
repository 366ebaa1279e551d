import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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
	description: 'Topics that the contact does or does not want, as defined in Maileon',
	options: [
		{
			displayName: 'Preference',
			name: 'preference',
			values: [
				{
					displayName: 'Category',
					name: 'category',
					type: 'string',
					default: '',
					placeholder: 'e.g. Development',
					description: 'Name of the preference category in Maileon',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Release notes',
					description: 'Name of the preference within its category',
				},
				{
					displayName: 'Wants This Topic',
					name: 'value',
					type: 'options',
					required: true,
					options: YES_OR_NO,
					default: '',
					description:
						'What the contact decided. It has to be chosen: consent is never made up. In an expression: true or false.',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. Preference centre',
					description:
						'Where the choice was made. Leave empty to keep the source that Maileon has stored.',
				},
			],
		},
	],
};
