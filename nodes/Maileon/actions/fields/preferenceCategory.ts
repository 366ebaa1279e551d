import type { INodeProperties } from 'n8n-workflow';

/** The lists of preference categories, and of the preferences of one, in the editor. */
export const CATEGORY_SEARCH = 'searchPreferenceCategories';
export const PREFERENCE_SEARCH = 'searchPreferences';

/** The preference category that an operation is about. */
export const category: INodeProperties = {
	displayName: 'Category',
	name: 'category',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: CATEGORY_SEARCH, searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Development' },
	],
	description: 'Preference category of the account',
};

/** The preference, within its category, that an operation is about. */
export const preference: INodeProperties = {
	displayName: 'Preference',
	name: 'preference',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	typeOptions: { loadOptionsDependsOn: ['category.value'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: PREFERENCE_SEARCH, searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Release notes' },
	],
	description: 'Preference within the category',
};
