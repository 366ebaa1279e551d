/**
 * How one contact, or several of the same identifier, are addressed in a request.
 * Rests on the pages of the contact endpoints: `/contacts/contact?id=`, `/contacts/email/:email` and
 * `/contacts/externalid/:external_id`.
 */
import { maileonId, type Identifiers } from './contact';
import { emailKey, type IdentifyBy } from './identity';

export interface ContactKey {
	by: IdentifyBy;
	value: string;
}

/** The path of a contact, not encoded; for a Maileon ID the query of `contactQuery` belongs to it. */
export function contactPath({ by, value }: ContactKey): string[] {
	switch (by) {
		case 'email':
			return ['contacts', 'email', value];
		case 'externalId':
			return ['contacts', 'externalid', value];
		case 'maileonId':
			return ['contacts', 'contact'];
	}
}

/** The part of the query that names the contact; empty unless it is addressed by Maileon ID. */
export function contactQuery({ by, value }: ContactKey): ReadonlyArray<readonly [string, string]> {
	return by === 'maileonId' ? [['id', value]] : [];
}

/** The identifier under Maileon's name, as items and error rows show it. */
export function identifiersOfKey({ by, value }: ContactKey): Identifiers {
	switch (by) {
		case 'email':
			return { email: value };
		case 'externalId':
			return { external_id: value };
		case 'maileonId':
			return { id: maileonId(value) };
	}
}

/** What messages call the contact. */
export function describeKey({ by, value }: ContactKey): string {
	switch (by) {
		case 'email':
			return `contact with email "${value}"`;
		case 'externalId':
			return `contact with external ID "${value}"`;
		case 'maileonId':
			return `contact with Maileon ID ${value}`;
	}
}

/** The same text for the same contact, so that requests about it keep their order. */
export function orderKey({ by, value }: ContactKey): string {
	return by === 'email' ? `email ${emailKey(value)}` : `${by} ${value}`;
}
