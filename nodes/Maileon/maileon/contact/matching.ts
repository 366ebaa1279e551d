/**
 * Which of the contacts that were sent a report speaks of.
 * Rests on "Synchronize Contacts": a report entry has no index, only email and external ID.
 */
import type { Contact } from './contact';
import { emailKey, type IdentifyBy } from './identity';
import { reasonsOf, type ContactError, type InvalidContact } from './report';

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
	const found = refused.map((entry) => {
		let named = false;
		for (const [rank, { lookup, map }] of indexes.entries()) {
			const key = lookup.ofRefused(entry);
			if (key === undefined) continue;
			named = true;
			const found = map.get(key);
			if (found === undefined || found === AMBIGUOUS) continue;
			if (rank === 0 || fits(entry, sent[found])) return found;
		}
		return named ? undefined : NAMELESS;
	});
	return withNameless(refused, found, sent);
}

/** A contact that Maileon refused. */
export interface RefusedContact {
	/** What the report says of it. */
	entry: InvalidContact;
	/** Index of the contact among those that were sent; undefined where no single one fits. */
	index: number | undefined;
}

/**
 * The refused contacts of a report, each once: where several entries mean the same contact, the first
 * holds the reasons of all.
 */
export function refusedContacts(
	refused: readonly InvalidContact[],
	sent: readonly Contact[],
	identifyBy: IdentifyBy,
): RefusedContact[] {
	const found = matchRefused(refused, sent, identifyBy);
	const contacts: RefusedContact[] = [];
	const known = new Map<number, RefusedContact>();
	for (const [position, entry] of refused.entries()) {
		const index = found[position];
		const earlier = index === undefined ? undefined : known.get(index);
		if (earlier) {
			earlier.entry = withReasons(earlier.entry, reasonsOf(entry));
			continue;
		}
		const contact = { entry, index };
		contacts.push(contact);
		if (index !== undefined) known.set(index, contact);
	}
	return contacts;
}

function withReasons(entry: InvalidContact, more: readonly ContactError[]): InvalidContact {
	const written = (reason: ContactError) => JSON.stringify(reason);
	const known = new Set(reasonsOf(entry).map(written));
	const others = more.filter((reason) => !known.has(written(reason)));
	return others.length === 0 ? entry : { ...entry, errors: [...reasonsOf(entry), ...others] };
}

const AMBIGUOUS = -1;
const NAMELESS = -2;

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

/**
 * Links the entries that name nobody to the contacts without any identifier: where there is one such
 * contact, or where all of them are refused for the same reason.
 */
function withNameless(
	refused: readonly InvalidContact[],
	found: ReadonlyArray<number | undefined>,
	sent: readonly Contact[],
): Array<number | undefined> {
	const nameless = sent.flatMap((contact, index) =>
		contact.email || contact.externalId || contact.id ? [] : [index],
	);
	const entries = refused.filter((_entry, position) => found[position] === NAMELESS);
	const reasons = new Set(entries.map((entry) => JSON.stringify(reasonsOf(entry))));
	const isEachRefused = reasons.size === 1 && entries.length === nameless.length;
	let next = 0;
	return found.map((index) => {
		if (index !== NAMELESS) return index;
		if (nameless.length === 1) return nameless[0];
		return isEachRefused ? nameless[next++] : undefined;
	});
}
