import type { INodeProperties } from 'n8n-workflow';

import { InputRefusal } from '../../run/failures';
import type { ItemParameters } from '../../run/parameters';

/** The list of contact filters in the editor. */
export const CONTACT_FILTER_SEARCH = 'searchContactFilters';

/** The contact filter that contacts are selected by. */
export const contactFilter: INodeProperties = {
	displayName: 'Contact Filter',
	name: 'contactFilter',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: CONTACT_FILTER_SEARCH, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 12' },
	],
	description:
		'Contact filter in Maileon. Its result is as fresh as the last refresh of the filter in Maileon.',
};

/** The ID of the chosen filter. @throws InputRefusal when it is empty or no number */
export function readContactFilter(parameters: ItemParameters): string {
	const id = parameters.locator('contactFilter').value.trim();
	if (/^\d+$/.test(id)) return id;
	throw new InputRefusal(`${parameters.label('contactFilter')} must be a number, but is "${id}"`, {
		description: 'Choose the filter from the list, or fill in the ID that Maileon shows for it.',
		field: 'contactFilter',
	});
}
