import { listLocator } from '../../input/listLocator';

/** The list of custom fields in the editor. */
export const CUSTOM_FIELD_SEARCH = 'searchCustomFields';

/** The custom field that an operation is about. */
export const customField = listLocator({
	displayName: 'Custom Field',
	name: 'customField',
	description: 'Custom field of the account. Its name is case sensitive.',
	searchListMethod: CUSTOM_FIELD_SEARCH,
	otherwise: { name: 'COLOR' },
});
