/** A mail that Maileon would have sent. */
export interface SentMail {
	/** Mails of the last two kinds stand in no report. */
	kind: 'doi' | 'doi+' | 'transaction' | 'mailing' | 'test' | 'approval';
	email: string;
	/** Null for an address that no contact has. */
	contactId: number | null;
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
	/** Of test mails: what was asked for, and the subject with the data of the recipient. */
	format?: string;
	subject?: string;
}
