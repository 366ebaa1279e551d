/** First in, first out. Adding and taking cost the same, however many wait. */
export class Queue<T> {
	private items: T[] = [];
	/** Where the first one stands; those before it are gone. */
	private start = 0;

	get first(): T | undefined {
		return this.items[this.start];
	}

	get isEmpty(): boolean {
		return this.start === this.items.length;
	}

	add(item: T): void {
		this.items.push(item);
	}

	take(): T | undefined {
		const item = this.first;
		if (!this.isEmpty) this.start += 1;
		if (2 * this.start > this.items.length) {
			this.items = this.items.slice(this.start);
			this.start = 0;
		}
		return item;
	}
}
