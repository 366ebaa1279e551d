/**
 * Folds contacts into requests.
 * Rests on "Synchronize Contacts": one list must not name a contact twice.
 */
import { Queue } from './queue';
import { mostBytes, Utf8Text } from './utf8Text';

export interface Entry<T> {
	/** What is handed back with the batch. */
	payload: T;
	/** Entries that share a key never share a batch, and keep their order. */
	keys: readonly string[];
	/** Entries of one batch all have the same group. */
	group: string;
	/** What the entry adds to the text of its batch. */
	text?: string;
	/** The size on the wire in bytes, of an entry without text. */
	bytes?: number;
}

export interface Batch<T> {
	payloads: T[];
	/** The texts of all entries, one after the other, within their frame. */
	text: Buffer;
}

/** What the text of each batch begins and ends with. */
export interface TextFrame {
	start: string;
	end: string;
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
 * entries wait for a later batch. The work for an entry does not grow with the number of those.
 */
export function* cutIntoBatches<T>(
	entries: Iterable<Entry<T>>,
	limits: BatchLimits,
	frame: TextFrame = { start: '', end: '' },
): Generator<Batch<T>, void> {
	const cutter = new Cutter(entries[Symbol.iterator](), limits, frame);
	while (!cutter.isDone) {
		const batch = cutter.cut();
		if (batch.payloads.length > 0) yield batch;
	}
}

class Cutter<T> {
	private readonly order = new KeyOrder<T>();
	private readonly ready = new ReadyEntries<T>();
	private waiting = 0;
	private isExhausted = false;
	private readonly text = new Utf8Text();

	constructor(
		private readonly source: Iterator<Entry<T>>,
		private readonly limits: BatchLimits,
		private readonly frame: TextFrame,
	) {}

	get isDone(): boolean {
		return this.isExhausted && this.waiting === 0;
	}

	/** The next batch; it is empty where there was nothing any more. */
	cut(): Batch<T> {
		this.text.append(this.frame.start);
		const batch = new OpenBatch<T>(this.limits, this.text);
		this.waiting -= this.ready.moveInto(batch);
		while (!batch.isFull && this.waiting < this.limits.size && !this.isExhausted) {
			const next = this.source.next();
			if (next.done) this.isExhausted = true;
			else this.sort(next.value, batch);
		}
		for (const freed of this.order.leave(batch.members)) this.ready.add(freed);
		this.text.append(this.frame.end);
		return {
			payloads: batch.members.map(({ entry }) => entry.payload),
			text: this.text.take(),
		};
	}

	/** Puts an entry into the batch, or lets it wait for another. */
	private sort(entry: Entry<T>, batch: OpenBatch<T>): void {
		const placed = this.order.enter(entry);
		const isReady = placed.ahead === 0;
		if (isReady && batch.takes(placed)) return;
		if (isReady) this.ready.add(placed);
		this.waiting += 1;
	}
}

/** An entry among those that it shares keys with. */
interface Placed<T> {
	entry: Entry<T>;
	/** How many it still has to wait for. */
	ahead: number;
	/** Those that have to wait for it, once for each key; few entries have any. */
	behind?: Array<Placed<T>>;
}

/** Keeps entries that share a key in their order: each waits for the last one with the same key. */
class KeyOrder<T> {
	private last = new Map<string, Placed<T>>();
	private count = 0;

	enter(entry: Entry<T>): Placed<T> {
		this.count += 1;
		const placed: Placed<T> = { entry, ahead: 0 };
		for (const key of entry.keys) {
			const before = this.last.get(key);
			if (before === placed) continue;
			if (before) {
				(before.behind ??= []).push(placed);
				placed.ahead += 1;
			}
			this.last.set(key, placed);
		}
		return placed;
	}

	/** Gives those that wait for nobody any more once all these have left. */
	leave(leaving: ReadonlyArray<Placed<T>>): Array<Placed<T>> {
		const freed: Array<Placed<T>> = [];
		this.count -= leaving.length;
		// What a cleared Map held stays reachable from what it was before, so its entries would outlive their
		// batch: 200,000 contacts took 100 MB more.
		if (this.count === 0) this.last = new Map();
		else for (const placed of leaving) this.forget(placed);
		for (const { behind = [] } of leaving)
			for (const next of behind) {
				next.ahead -= 1;
				if (next.ahead === 0) freed.push(next);
			}
		return freed;
	}

	private forget(placed: Placed<T>): void {
		for (const key of placed.entry.keys) if (this.last.get(key) === placed) this.last.delete(key);
	}
}

/** Entries that can travel at once. The groups take turns. */
class ReadyEntries<T> {
	private readonly groups = new Map<string, Queue<Placed<T>>>();
	private readonly turns = new Queue<string>();

	add(placed: Placed<T>): void {
		const { group } = placed.entry;
		const known = this.groups.get(group);
		const queue = known ?? new Queue();
		queue.add(placed);
		if (known) return;
		this.groups.set(group, queue);
		this.turns.add(group);
	}

	/** Moves what fits of one group into an empty batch; gives the number of entries. */
	moveInto(batch: OpenBatch<T>): number {
		const group = this.turns.take();
		const queue = group === undefined ? undefined : this.groups.get(group);
		if (group === undefined || !queue) return 0;
		while (queue.first && batch.takes(queue.first)) queue.take();
		if (queue.isEmpty) this.groups.delete(group);
		else this.turns.add(group);
		return batch.members.length;
	}
}

class OpenBatch<T> {
	readonly members: Array<Placed<T>> = [];
	isFull = false;
	private bytes = 0;

	constructor(
		private readonly limits: BatchLimits,
		private readonly text: Utf8Text,
	) {}

	/** Takes an entry where it may travel with the others; says whether it did. */
	takes(placed: Placed<T>): boolean {
		const { entry } = placed;
		const [first] = this.members;
		if (this.isFull || (first && first.entry.group !== entry.group)) return false;
		if (first && !this.hasRoomFor(entry)) {
			this.isFull = true;
			return false;
		}
		this.members.push(placed);
		this.bytes += entry.text === undefined ? (entry.bytes ?? 0) : this.text.append(entry.text);
		if (this.members.length >= this.limits.size) this.isFull = true;
		return true;
	}

	/** A text is measured only where its batch is nearly full. */
	private hasRoomFor({ text, bytes = 0 }: Entry<T>): boolean {
		const room = this.limits.bytes - this.bytes;
		if (text === undefined) return bytes <= room;
		return mostBytes(text) <= room || Buffer.byteLength(text) <= room;
	}
}
