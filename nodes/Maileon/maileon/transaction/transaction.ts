/**
 * Transactions (contact events) on their way to Maileon.
 * Rests on "Create Transactions".
 */
import type { Identifiers } from '../contact/contact';
import { sendableJson } from '../text';
import type { TypeReference } from './transactionType';

/** Largest body of a request, in bytes. */
export const LARGEST_BODY = 9_000_000;

/**
 * How many bytes the transactions of one request may have together, when each counts one byte more than its
 * text: the comma behind it, or the closing bracket. The remaining byte is the opening bracket.
 */
export const LARGEST_BATCH = LARGEST_BODY - 1;

/** The attribute by which a single transaction can be read and deleted. */
export const TRANSACTION_ID = 'transaction_id';

export interface Attachment {
	filename: string;
	mimetype: string;
	/** Base64. */
	data: string;
}

export interface Transaction {
	type: TypeReference;
	contact: Identifiers;
	/** Permission of the contact if it is created; undefined creates none. */
	importPermission?: number;
	content: Readonly<Record<string, unknown>>;
}

/** The JSON text of a transaction. */
export function transactionText(
	transaction: Transaction,
	attachments: readonly Attachment[] = [],
): string {
	const { type, contact, importPermission: permission, content } = transaction;
	return sendableJson({
		...('id' in type ? { type: type.id } : { typeName: type.name }),
		...(permission === undefined
			? { contact }
			: { import: { contact: { ...contact, permission } } }),
		...(Object.keys(content).length > 0 && { content }),
		...(attachments.length > 0 && { attachments }),
	});
}

/** The body of a request, from the texts of its transactions. */
export function transactionsBody(texts: readonly string[]): string {
	return `[${texts.join(',')}]`;
}

/** Length of the Base64 text of that many bytes. */
export function base64Length(bytes: number): number {
	return Math.ceil(bytes / 3) * 4;
}
