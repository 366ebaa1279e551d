import { cutIntoBatches } from '../../nodes/Maileon/maileon/batches';
import { CONTACTS_FRAME } from '../../nodes/Maileon/maileon/xml/write';

/** The body of a synchronization of contacts, one or more, that all travel together. */
export function contactsDocument(elements: readonly string[]): string {
	const entries = elements.map((text) => ({ payload: undefined, keys: [], group: '', text }));
	const limits = { size: elements.length + 1, bytes: Number.MAX_SAFE_INTEGER };
	const [batch] = cutIntoBatches(entries, limits, CONTACTS_FRAME);
	return batch?.text.toString() ?? CONTACTS_FRAME.start + CONTACTS_FRAME.end;
}
