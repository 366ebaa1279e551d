/**
 * Which of the contacts that were sent a report speaks of.
 * Rests on "Synchronize Contacts": a report entry has no index, only email and external ID.
 */
import type { Contact } from './contact';
import { emailKey, type IdentifyBy } from './identity';
import type { InvalidContact } from './report';

/**
 * Finds, for each refused contact of a report, the one contact of the request that it means, first
 * by the identifier that the run used, then by the others. Returns the index into `sent`, or
 * undefined where no single contact fits: better unlinked than linked wrongly.
 */
export function matchRefused(
	refused: readonly InvalidContact[],
	sent: readonly Contact[],
	identifyBy: IdentifyBy,
): Array<number | undefined> {
	if (refused.length === 0) return [];
	const indexes = lookupOrder(identifyBy).map((lookup) => ({ lookup, map: indexBy(sent, lookup) }));
	return refused.map((entry) => {
		let named = false;
		for (const [rank, { lookup, map }] of indexes.entries()) {
			const key = lookup.ofRefused(entry);
			if (key === undefined) continue;
			named = true;
			const found = map.get(key);
			if (found === undefined || found === AMBIGUOUS) continue;
			if (rank === 0 || fits(entry, sent[found])) return found;
		}
		return named ? undefined : onlyNameless(sent);
	});
}

const AMBIGUOUS = -1;

interface Lookup {
	ofContact(contact: Contact): string | undefined;
	ofRefused(entry: InvalidContact): string | undefined;
}

const BY_EMAIL: Lookup = {
	ofContact: (contact) => (contact.email ? emailKey(contact.email) : undefined),
	ofRefused: (entry) => (entry.email ? emailKey(entry.email) : undefined),
};
const BY_EXTERNAL_ID: Lookup = {
	ofContact: (contact) => contact.externalId || undefined,
	ofRefused: (entry) => entry.external_id || undefined,
};
const BY_MAILEON_ID: Lookup = {
	ofContact: (contact) => contact.id || undefined,
	ofRefused: (entry) =>
		entry.id === undefined || entry.id === null ? undefined : String(entry.id),
};

function lookupOrder(identifyBy: IdentifyBy): Lookup[] {
	switch (identifyBy) {
		case 'email':
			return [BY_EMAIL, BY_EXTERNAL_ID, BY_MAILEON_ID];
		case 'externalId':
			return [BY_EXTERNAL_ID, BY_EMAIL, BY_MAILEON_ID];
		case 'maileonId':
			return [BY_MAILEON_ID, BY_EMAIL, BY_EXTERNAL_ID];
	}
}

function indexBy(sent: readonly Contact[], lookup: Lookup): Map<string, number> {
	const map = new Map<string, number>();
	sent.forEach((contact, index) => {
		const key = lookup.ofContact(contact);
		if (key !== undefined) map.set(key, map.has(key) ? AMBIGUOUS : index);
	});
	return map;
}

/** Whether nothing that the entry names speaks against the contact. */
function fits(entry: InvalidContact, contact: Contact | undefined): boolean {
	if (!contact) return false;
	return [BY_MAILEON_ID, BY_EXTERNAL_ID, BY_EMAIL].every((lookup) => {
		const named = lookup.ofRefused(entry);
		const own = lookup.ofContact(contact);
		return named === undefined || own === undefined || named === own;
	});
}

/** The one contact without any identifier, if there is exactly one. */
function onlyNameless(sent: readonly Contact[]): number | undefined {
	const nameless = sent.flatMap((contact, index) =>
		contact.email || contact.externalId || contact.id ? [] : [index],
	);
	return nameless.length === 1 ? nameless[0] : undefined;
}
