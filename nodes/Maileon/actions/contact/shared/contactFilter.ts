import { InputRefusal } from '../../../input/refusal';
import type { ItemParameters } from '../../../input/parameters';
import { listLocator } from '../../../input/listLocator';

/** The list of contact filters in the editor. */
export const CONTACT_FILTER_SEARCH = 'searchContactFilters';

/** The contact filter that selects the contacts. */
export const contactFilter = listLocator({
	displayName: 'Contact Filter',
	name: 'contactFilter',
	description:
		'Contact filter in Maileon. Its result is as fresh as the last refresh of the filter in Maileon.',
	searchListMethod: CONTACT_FILTER_SEARCH,
	otherwise: { id: '12' },
});

/**
 * The ID of the chosen filter.
 * @throws InputRefusal when it is empty or no number
 */
export function readContactFilter(parameters: ItemParameters): string {
	const id = parameters.locator('contactFilter').value.trim();
	if (/^\d+$/.test(id)) return id;
	throw new InputRefusal(`${parameters.label('contactFilter')} must be a number, but is "${id}".`, {
		description: 'Choose the filter from the list, or enter the ID that Maileon shows for it.',
		field: 'contactFilter',
	});
}
