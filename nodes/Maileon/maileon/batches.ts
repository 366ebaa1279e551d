/**
 * Folds contacts into requests.
 * Rests on "Synchronize Contacts": one list must not name a contact twice.
 */
import { Utf8Text } from './utf8Text';

export interface Entry<T> {
	/** What is handed back with the batch. */
	payload: T;
	/** Entries that share a key never share a batch, and keep their order. */
	keys: readonly string[];
	/** Entries of one batch all have the same group. */
	group: string;
	/** Size on the wire, in bytes. */
	bytes: number;
	/** What the entry adds to the text of its batch. */
	text?: string;
}

export interface Batch<T> {
	payloads: T[];
	/** The texts of all entries, one after the other. */
	text: Utf8Text;
}

export interface BatchLimits {
	/** Entries a batch, 1 or more. */
	size: number;
	/** Bytes a batch; an entry that is larger travels alone. */
	bytes: number;
}

/**
 * Cuts a stream of entries into batches. No entry is lost or doubled; entries that share a key come
 * out in their order, in different batches. Reads no further ahead than it needs: at most `size`
 * entries wait for a later batch.
 * @param textStart what the text of each batch begins with
 */
export function* cutIntoBatches<T>(
	entries: Iterable<Entry<T>>,
	limits: BatchLimits,
	textStart = '',
): Generator<Batch<T>, void> {
	const source = entries[Symbol.iterator]();
	let waiting: Entry<T>[] = [];
	let exhausted = false;
	let expectedBytes: number | undefined;

	while (!exhausted || waiting.length > 0) {
		const batch = openBatch<T>(new Utf8Text(textStart, expectedBytes));
		const stillWaiting: Entry<T>[] = [];
		for (const entry of waiting) if (!takes(batch, entry, limits)) stillWaiting.push(entry);
		waiting = stillWaiting;

		while (!exhausted && !batch.full && waiting.length < limits.size) {
			const next = source.next();
			if (next.done) exhausted = true;
			else if (!takes(batch, next.value, limits)) waiting.push(next.value);
		}
		expectedBytes = Math.ceil(1.1 * batch.text.bytes.length);
		if (batch.payloads.length > 0) yield batch;
	}
}

interface OpenBatch<T> extends Batch<T> {
	full: boolean;
	bytes: number;
	group: string | undefined;
	/** Keys that are in the batch, or that an earlier entry waits with. */
	taken: Set<string>;
}

function openBatch<T>(text: Utf8Text): OpenBatch<T> {
	return {
		payloads: [],
		text,
		full: false,
		bytes: 0,
		group: undefined,
		taken: new Set(),
	};
}

/** Takes the entry into the batch where it may travel with it; says whether it did. */
function takes<T>(batch: OpenBatch<T>, entry: Entry<T>, limits: BatchLimits): boolean {
	const fits = batch.payloads.length === 0 || batch.bytes + entry.bytes <= limits.bytes;
	if (!fits) batch.full = true;
	const accepted =
		!batch.full &&
		(batch.group === undefined || batch.group === entry.group) &&
		!entry.keys.some((key) => batch.taken.has(key));
	for (const key of entry.keys) batch.taken.add(key);
	if (!accepted) return false;
	batch.group = entry.group;
	batch.bytes += entry.bytes;
	batch.payloads.push(entry.payload);
	if (entry.text !== undefined) batch.text.append(entry.text, entry.bytes);
	if (batch.payloads.length >= limits.size) batch.full = true;
	return true;
}
