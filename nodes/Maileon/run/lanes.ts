/**
 * Does pieces of work several at a time, and pieces that are about the same thing one after the other.
 */

/** What a piece of work asks for. */
export interface LaneRules {
	/** How many pieces may be under way while this one is, itself included. */
	limit: number;
	/** Pieces that share a key are done one after the other, in the order in which they were started. */
	keys: readonly string[];
}

interface Place {
	limit: number;
}

/** Holds only what is under way: whoever starts a piece waits until there is a place for it. */
export class Lanes {
	private readonly places = new Set<Place>();
	private readonly lastOfKey = new Map<string, Promise<void>>();
	private tellFree?: () => void;
	private readonly failures: unknown[] = [];

	/** Waits for a place and begins; does not wait for the end of the work. Not to be called twice at a time. */
	async start({ limit, keys }: LaneRules, work: () => Promise<void>): Promise<void> {
		const place = { limit };
		while (this.places.size >= this.tightest(limit)) await this.nextFree();
		this.places.add(place);
		const earlier = keys.map((key) => this.lastOfKey.get(key));
		const working = this.afterAll(earlier, work).finally(() => {
			this.places.delete(place);
			for (const key of keys) if (this.lastOfKey.get(key) === working) this.lastOfKey.delete(key);
			this.tellFree?.();
		});
		for (const key of keys) this.lastOfKey.set(key, working);
	}

	/**
	 * Waits until nothing is under way.
	 * @throws the first error of a piece of work
	 */
	async end(): Promise<void> {
		while (this.places.size > 0) await this.nextFree();
		if (this.failures.length > 0) throw this.failures[0];
	}

	private async afterAll(
		earlier: ReadonlyArray<Promise<void> | undefined>,
		work: () => Promise<void>,
	): Promise<void> {
		try {
			await Promise.all(earlier);
			await work();
		} catch (error) {
			this.failures.push(error);
		}
	}

	private tightest(limit: number): number {
		let least = limit;
		for (const place of this.places) least = Math.min(least, place.limit);
		return least;
	}

	private async nextFree(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.tellFree = resolve;
		});
	}
}
