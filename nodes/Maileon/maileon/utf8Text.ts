const LEAST_CAPACITY = 16 * 1024;

/** The most bytes that a text can take in UTF-8: three for each of its code units. */
export function mostBytes(text: string): number {
	return 3 * text.length;
}

/**
 * Puts long texts together piece by piece, one after the other in the same memory. They are kept in UTF-8
 * from the beginning, so that the pieces can be forgotten at once. Each finished text has memory of its own, so
 * that the next one cannot change what is still being sent.
 */
export class Utf8Text {
	private buffer = Buffer.allocUnsafeSlow(LEAST_CAPACITY);
	private end = 0;

	/** Gives the size of the piece in bytes. */
	append(piece: string): number {
		this.reserve(mostBytes(piece));
		const bytes = this.buffer.write(piece, this.end);
		this.end += bytes;
		return bytes;
	}

	/** Gives all that was appended, and begins anew. */
	take(): Buffer {
		const bytes = Buffer.from(this.buffer.subarray(0, this.end));
		this.end = 0;
		return bytes;
	}

	private reserve(bytes: number): void {
		const needed = this.end + bytes;
		if (needed <= this.buffer.length) return;
		const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.buffer.length));
		this.buffer.copy(larger, 0, 0, this.end);
		this.buffer = larger;
	}
}
