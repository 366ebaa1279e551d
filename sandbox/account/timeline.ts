/** Something that happened at a moment, in epoch milliseconds. */
export interface Timed {
	readonly time: number;
}

/** How many lists of matches are kept for repeated questions. */
const KEPT_LISTS = 16;

interface Matches<T> {
	list: T[];
	/** How many entries of the timeline were looked at. */
	seen: number;
	/** State of the timeline and of the world when the list was made. */
	shifts: number;
	generation: number;
}

/**
 * Entries sorted by time; equal times keep the order of their arrival. Made for a million entries:
 * nothing is sorted or filtered anew because a page is asked for.
 */
export class Timeline<T extends Timed> {
	private readonly entries: T[] = [];
	/** How often entries were put between others. */
	private shifts = 0;
	private readonly kept = new Map<string, Matches<T>>();

	/** All entries, oldest first. */
	get all(): readonly T[] {
		return this.entries;
	}

	get length(): number {
		return this.entries.length;
	}

	/** Adds one entry, late ones where they belong. */
	add(entry: T): void {
		const last = this.entries.at(-1);
		if (last === undefined || last.time <= entry.time) {
			this.entries.push(entry);
			return;
		}
		this.entries.splice(firstFrom(this.entries, entry.time + 1), 0, entry);
		this.shifts += 1;
	}

	/** Adds many entries at once, in any order. */
	addAll(batch: readonly T[]): void {
		const sorted = batch.toSorted((one, other) => one.time - other.time);
		const last = this.entries.at(-1);
		for (const entry of sorted) this.entries.push(entry);
		if (last === undefined || sorted[0] === undefined || last.time <= sorted[0].time) return;
		this.entries.sort((one, other) => one.time - other.time);
		this.shifts += 1;
	}

	/**
	 * The entries that pass a test, oldest first.
	 *
	 * @param key says which test this is: the list is kept, and only new entries are tested
	 * @param generation changes whenever old entries can give another result
	 */
	matching(key: string, generation: number, test: (entry: T) => boolean): readonly T[] {
		const matches = this.reusable(key, generation) ?? this.fresh(key, generation);
		for (; matches.seen < this.entries.length; matches.seen += 1) {
			const entry = this.entries[matches.seen];
			if (entry !== undefined && test(entry)) matches.list.push(entry);
		}
		return matches.list;
	}

	private reusable(key: string, generation: number): Matches<T> | undefined {
		const matches = this.kept.get(key);
		if (!matches) return undefined;
		this.kept.delete(key);
		if (matches.shifts !== this.shifts || matches.generation !== generation) return undefined;
		this.kept.set(key, matches);
		return matches;
	}

	private fresh(key: string, generation: number): Matches<T> {
		const matches: Matches<T> = { list: [], seen: 0, shifts: this.shifts, generation };
		this.kept.set(key, matches);
		const [oldest] = this.kept.keys();
		if (this.kept.size > KEPT_LISTS && oldest !== undefined) this.kept.delete(oldest);
		return matches;
	}
}

/** Index of the first entry at or after a time; the length when there is none. */
export function firstFrom(entries: readonly Timed[], time: number): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((entries[middle]?.time ?? Infinity) < time) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Remembers what was computed from a list, as long as the list has not grown. */
export class Memo<R> {
	private readonly results = new WeakMap<object, Map<string, { length: number; result: R }>>();

	/** @param key everything but the list that the result depends on */
	of(list: readonly Timed[], key: string, compute: () => R): R {
		let results = this.results.get(list);
		if (!results) {
			results = new Map();
			this.results.set(list, results);
		}
		const known = results.get(key);
		if (known?.length === list.length) return known.result;
		if (results.size >= KEPT_LISTS) results.clear();
		const result = compute();
		results.set(key, { length: list.length, result });
		return result;
	}
}
