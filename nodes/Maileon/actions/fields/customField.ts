import type { INodeProperties } from 'n8n-workflow';

/** The list of custom fields in the editor. */
export const CUSTOM_FIELD_SEARCH = 'searchCustomFields';

/** The custom field that an operation is about. */
export const customField: INodeProperties = {
	displayName: 'Custom Field',
	name: 'customField',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: CUSTOM_FIELD_SEARCH, searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. COLOR' },
	],
	description: 'Custom field of the account. Its name is case sensitive.',
};
