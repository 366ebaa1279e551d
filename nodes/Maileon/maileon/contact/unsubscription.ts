/**
 * Unsubscriptions and their reasons.
 * Rests on "Unsubscribe Contacts By Email" and its sisters, and on "Adding Unsubscription Reason to
 * already unsubscribed contact".
 */

export interface ReasonType {
	type: string;
	name: string;
	description?: string;
}

/** The documented types of reasons. */
export const REASON_TYPES: readonly ReasonType[] = [
	{ type: 'change_of_channel', name: 'Change of Channel' },
	{ type: 'change_of_interest', name: 'Change of Interest' },
	{ type: 'no_demand', name: 'No Demand' },
	{ type: 'other', name: 'Other', description: 'Any other reason; describe it in the message' },
	{ type: 'technical_reasons', name: 'Technical Reasons' },
	{ type: 'too_many_messages', name: 'Too Many Messages' },
];

export interface Reason {
	type: string;
	message: string;
}

type Query = ReadonlyArray<readonly [name: string, value: string | boolean | undefined]>;

/** The part of a query that names reasons: `type`, or `type|message`, once for each. */
export function reasonsQuery(reasons: readonly Reason[]): Query {
	return reasons.map(({ type, message }) => ['reason', message ? `${type}|${message}` : type]);
}

export interface Unsubscription {
	/** The mailing that the unsubscription counts for; '' for none. */
	mailingId: string;
	reasons: readonly Reason[];
	/** Newsletter accounts to unsubscribe from; none for that of the API key. */
	accountIds: readonly string[];
}

/** Query of an unsubscription, besides the contact. Mind that `mailingId` alone is camel case. */
export function unsubscriptionQuery({ mailingId, reasons, accountIds }: Unsubscription): Query {
	return [
		['mailingId', mailingId],
		...reasonsQuery(reasons),
		...accountIds.map((id) => ['nlaccountid', id] as const),
	];
}

/** Query that adds reasons; without a checksum, Maileon is told to ignore it, as a server may. */
export function addReasonsQuery(
	id: string,
	checksum: string | undefined,
	reasons: readonly Reason[],
): Query {
	return [['id', id], ...checksumQuery(checksum), ...reasonsQuery(reasons)];
}

/** The checksum of a contact, or that it is to be ignored. */
export function checksumQuery(checksum: string | undefined): Query {
	return checksum === undefined ? [['ignore_checksum', true]] : [['checksum', checksum]];
}
