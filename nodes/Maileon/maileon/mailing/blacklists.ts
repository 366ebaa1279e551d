/**
 * Mailing blacklists: lists of addresses that a mailing is kept from.
 * Rests on the official client (`GET /mailingblacklists`, and the same of one mailing).
 */
import { childText, childrenNamed, type XmlElement } from '../xml/read';
import { readPart, type PartJson } from './parts';

export interface MailingBlacklist {
	id: string;
	name: string;
}

/** The standard page of the list. */
export const BLACKLIST_PAGE = 100;

/** Reads `<mailing_blacklists>`; a list without an ID cannot be chosen and is left out. */
export function readMailingBlacklists(root: XmlElement): MailingBlacklist[] {
	return childrenNamed(root, 'mailing_blacklist').flatMap((list) => {
		const id = childText(list, 'id')?.trim();
		return id ? [{ id, name: childText(list, 'name') ?? '' }] : [];
	});
}

/** Reads `<mailing_blacklists>` with everything that Maileon tells of each. */
export function readBlacklistParts(root: XmlElement): PartJson[] {
	return childrenNamed(root, 'mailing_blacklist').map((list) =>
		readPart(list, { id: 'number', created_time: 'number' }),
	);
}
