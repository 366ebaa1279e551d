/**
 * Contact filters: saved sets of rules that select contacts.
 * Rests on "Get Contactfilters" (`GET /contactfilters`).
 */
import { childText, childrenNamed, type XmlElement } from '../xml/read';

export interface ContactFilter {
	id: string;
	name: string;
	/** Matching contacts when Maileon last looked; undefined where it does not say. */
	contacts?: string;
}

/** Filters that one page of the list can hold, and that one account can have. */
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
