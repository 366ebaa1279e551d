/** A mail that Maileon would have sent. */
export interface SentMail {
	kind: 'doi' | 'doi+' | 'transaction' | 'mailing';
	email: string;
	contactId: number;
	msgId: number;
	/** Null for a contact event without a trigger mailing. */
	mailingId: number | null;
	/** Epoch milliseconds. */
	sent: number;
	/** Key of the DOI mailing. */
	doiMailing?: string;
	source?: string;
	/** Name of the transaction type. */
	transactionType?: string;
}
