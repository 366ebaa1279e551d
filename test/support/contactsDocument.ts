import { cutIntoBatches } from '../../nodes/Maileon/maileon/batches';
import { Utf8Text } from '../../nodes/Maileon/maileon/utf8Text';
import { CONTACTS_END, CONTACTS_START } from '../../nodes/Maileon/maileon/xml/write';

/** The body of a synchronization of contacts that all travel together. */
export function contactsDocument(elements: readonly string[]): string {
	const entries = elements.map((text) => ({
		payload: undefined,
		keys: [],
		group: '',
		bytes: Buffer.byteLength(text),
		text,
	}));
	const limits = { size: elements.length + 1, bytes: Number.MAX_SAFE_INTEGER };
	const [batch] = cutIntoBatches(entries, limits, CONTACTS_START);
	const xml = batch?.text ?? new Utf8Text(CONTACTS_START);
	xml.append(CONTACTS_END);
	return xml.bytes.toString();
}
