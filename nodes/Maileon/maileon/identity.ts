/**
 * What makes two entries the same contact.
 * Rests on "Synchronize Contacts": duplicates of the chosen key inside one call are ignored.
 */
import type { Contact } from './contact';

export type IdentifyBy = 'email' | 'externalId' | 'maileonId';

/** An email as Maileon compares it: without regard to case and surrounding blanks. */
export function emailKey(email: string): string {
	return email.trim().toLowerCase();
}

/**
 * The keys under which Maileon could take two contacts for the same one. With the Maileon ID as
 * identifier, contacts without one are matched by email, so both count.
 */
export function identityKeys(contact: Contact, identifyBy: IdentifyBy): string[] {
	const email = contact.email?.trim() ? [`email ${emailKey(contact.email)}`] : [];
	switch (identifyBy) {
		case 'email':
			return email;
		case 'externalId':
			return contact.externalId?.trim() ? [`external ${contact.externalId}`] : [];
		case 'maileonId':
			return contact.id ? [`id ${contact.id}`, ...email] : email;
	}
}

/** The label of the identifier that a run needs and the contact lacks, or undefined. */
export function missingIdentifier(contact: Contact, identifyBy: IdentifyBy): string | undefined {
	if (identityKeys(contact, identifyBy).length > 0) return undefined;
	const labels = { email: 'email', externalId: 'external ID', maileonId: 'Maileon ID or email' };
	return labels[identifyBy];
}
