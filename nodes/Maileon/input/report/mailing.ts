import type { INodeProperties } from 'n8n-workflow';

import { listLocator } from '../listLocator';
import type { ItemParameters } from '../parameters';
import { InputRefusal } from '../refusal';

/** The list of mailings in the editor. */
export const MAILING_SEARCH = 'searchMailings';

/** The mailing that a report is about; all mailings where none is chosen. */
export const mailing: INodeProperties = {
	...listLocator({
		displayName: 'Mailing',
		name: 'mailing',
		description: 'Only what belongs to this mailing. Leave empty for all mailings.',
		searchListMethod: MAILING_SEARCH,
		otherwise: { id: '501' },
	}),
	required: false,
};

/**
 * The ID of the chosen mailing; undefined for all.
 * @throws InputRefusal when it is no number
 */
export function readMailing(parameters: ItemParameters): string | undefined {
	if (!parameters.declares('mailing') || parameters.isEmptyLocator('mailing')) return undefined;
	const id = parameters.locator('mailing').value.trim();
	if (/^\d+$/.test(id)) return id;
	throw new InputRefusal(`${parameters.label('mailing')} must be a number, but is "${id}".`, {
		description: 'Choose the mailing from the list, or fill in the ID that Maileon shows for it.',
		field: 'mailing',
	});
}
