import { listLocator } from '../../../input/listLocator';
import type { ItemParameters } from '../../../input/parameters';

/** The list of keys of DOI mailings in the editor. */
export const DOI_KEY_SEARCH = 'searchDoiKeys';

/** The parameter for the key of a DOI mailing. */
export const doiMailing = listLocator({
	displayName: 'DOI Mailing Key',
	name: 'doiMailing',
	description:
		'Key of an active double opt-in mailing, as Maileon shows it (not the mailing ID). Leave empty to send the default double opt-in mailing of the account.',
	searchListMethod: DOI_KEY_SEARCH,
	otherwise: { key: 'doi-newsletter' },
	optional: true,
});

/**
 * The key of the DOI mailing of an item; '' for the default one of the account.
 * @throws InputRefusal when it is no text
 */
export function readDoiMailing(parameters: ItemParameters): string {
	return parameters.locatedText(doiMailing.name);
}
