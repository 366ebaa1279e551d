/**
 * What makes two entries the same contact.
 * Rests on "Synchronize Contacts": duplicates of the chosen key inside one call are ignored.
 */
import type { Contact } from './contact';

/** What identifies a contact. */
export type ContactIdentifiers = Pick<Contact, 'id' | 'email' | 'externalId'>;

export type IdentifyBy = 'email' | 'externalId' | 'maileonId';

/** An email as Maileon compares it: regardless of case and surrounding spaces. */
export function emailKey(email: string): string {
	return email.trim().toLowerCase();
}

/**
 * The keys under which Maileon could take two contacts of a run for the same one; none where the
 * contact has no identifier of the kind. With the Maileon ID as identifier, contacts without one are
 * matched by email, so both count.
 */
export function identityKeys(contact: ContactIdentifiers, identifyBy: IdentifyBy): string[] {
	const { id, email, externalId } = contact;
	switch (identifyBy) {
		case 'email':
			return email?.trim() ? [emailKey(email)] : [];
		case 'externalId':
			return externalId?.trim() ? [externalId] : [];
		case 'maileonId':
			return [...(id ? [`id ${id}`] : []), ...(email?.trim() ? [`email ${emailKey(email)}`] : [])];
	}
}

const LABELS = { email: 'email', externalId: 'external ID', maileonId: 'Maileon ID or email' };

/** The label of the identifier that a run needs and the contact lacks, or undefined. */
export function missingIdentifier(
	contact: ContactIdentifiers,
	identifyBy: IdentifyBy,
): string | undefined {
	return identifies(contact, identifyBy) ? undefined : LABELS[identifyBy];
}

function identifies(
	{ id, email, externalId }: ContactIdentifiers,
	identifyBy: IdentifyBy,
): boolean {
	switch (identifyBy) {
		case 'email':
			return Boolean(email?.trim());
		case 'externalId':
			return Boolean(externalId?.trim());
		case 'maileonId':
			return Boolean(id) || Boolean(email?.trim());
	}
}
