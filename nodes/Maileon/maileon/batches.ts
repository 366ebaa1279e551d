/**
 * Folds contacts into requests.
 * Rests on "Synchronize Contacts": one list must not name a contact twice.
 */

export interface Entry<T> {
	/** What is handed back with the batch. */
	payload: T;
	/** Entries that share a key never share a batch, and keep their order. */
	keys: readonly string[];
	/** Entries of one batch all have the same group. */
	group: string;
	/** Size on the wire, in bytes. */
	bytes: number;
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
 */
export function* cutIntoBatches<T>(
	entries: Iterable<Entry<T>>,
	limits: BatchLimits,
): Generator<T[], void> {
	const source = entries[Symbol.iterator]();
	let waiting: Entry<T>[] = [];
	let exhausted = false;

	while (!exhausted || waiting.length > 0) {
		const batch = new OpenBatch<T>(limits);
		const stillWaiting: Entry<T>[] = [];
		for (const entry of waiting) if (!batch.offer(entry)) stillWaiting.push(entry);
		waiting = stillWaiting;

		while (!exhausted && !batch.full && waiting.length < limits.size) {
			const next = source.next();
			if (next.done) exhausted = true;
			else if (!batch.offer(next.value)) waiting.push(next.value);
		}
		if (batch.payloads.length > 0) yield batch.payloads;
	}
}

class OpenBatch<T> {
	readonly payloads: T[] = [];
	full = false;
	private bytes = 0;
	private group: string | undefined;
	/** Keys that are in the batch, or that an earlier entry waits with. */
	private readonly taken = new Set<string>();

	constructor(private readonly limits: BatchLimits) {}

	offer(entry: Entry<T>): boolean {
		const fits = this.payloads.length === 0 || this.bytes + entry.bytes <= this.limits.bytes;
		if (!fits) this.full = true;
		const accepted =
			!this.full &&
			(this.group === undefined || this.group === entry.group) &&
			!entry.keys.some((key) => this.taken.has(key));
		for (const key of entry.keys) this.taken.add(key);
		if (!accepted) return false;
		this.group = entry.group;
		this.bytes += entry.bytes;
		this.payloads.push(entry.payload);
		if (this.payloads.length >= this.limits.size) this.full = true;
		return true;
	}
}
