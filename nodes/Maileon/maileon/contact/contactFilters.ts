/**
 * Contact filters: saved sets of rules that select contacts.
 * Rests on "Get Contactfilters" (`GET /contactfilters`).
 */
import { childText, childrenNamed, type XmlElement } from '../xml/read';

export interface ContactFilter {
	id: string;
	name: string;
	/** Number of contacts at the last refresh of the filter; undefined where Maileon does not say. */
	contacts?: string;
}

/** How many filters a page of the list, and an account, can have at most. */
export const MOST_FILTERS = 200;

/** Reads `<contactfilters>`: a list, also where there is one or none. */
export function readContactFilters(root: XmlElement): ContactFilter[] {
	return childrenNamed(root, 'contactfilter').flatMap((filter) => {
		const id = childText(filter, 'id')?.trim();
		if (!id) return [];
		const contacts = childText(filter, 'count_contacts') ?? undefined;
		return [{ id, name: childText(filter, 'name') ?? '', ...(contacts && { contacts }) }];
	});
}
