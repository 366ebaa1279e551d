/**
 * How one contact, or several of the same identifier, are addressed in a request.
 * Rests on the pages of the contact endpoints: `/contacts/contact?id=`, `/contacts/email/:email` and
 * `/contacts/externalid/:external_id`.
 */
import { maileonId, type Identifiers } from './contact';
import type { Endpoint } from '../endpoints/endpoint';
import type { MaileonRequest, Query } from '../request';
import { emailKey, type IdentifyBy } from './identity';

export interface ContactKey {
	by: IdentifyBy;
	value: string;
}

/** The endpoints of one operation, by each identifier that can address a contact. */
export type EndpointsByKey = Readonly<Record<IdentifyBy, Endpoint>>;

/**
 * A request about the contact: its email or external ID stands in the path, its Maileon ID in the query.
 * @param query what follows the identifier
 */
export function contactRequest(
	endpoints: EndpointsByKey,
	key: ContactKey,
	query: Query = [],
): MaileonRequest {
	const named = key.by === 'maileonId' ? [['id', key.value] as const] : [];
	return endpoints[key.by].request(pathValues(key), [...named, ...query]);
}

/** What the placeholder in the path of a contact's endpoint stands for, where there is one. */
export function pathValues({ by, value }: ContactKey): Record<string, string> {
	switch (by) {
		case 'email':
			return { email: value };
		case 'externalId':
			return { external_id: value };
		case 'maileonId':
			return {};
	}
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
