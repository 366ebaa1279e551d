const LEAST_CAPACITY = 16 * 1024;

/**
 * A long text that is put together piece by piece. It is kept in UTF-8 from the beginning, so that the
 * pieces can be forgotten and no second copy is made before it is sent.
 */
export class Utf8Text {
	private buffer = Buffer.alloc(0);
	private end = 0;

	/** @param expectedBytes how large the text will probably be, so that it need not grow */
	constructor(
		start = '',
		private readonly expectedBytes = LEAST_CAPACITY,
	) {
		this.append(start);
	}

	/** @param bytes the size of the piece in UTF-8, where it is known */
	append(piece: string, bytes = Buffer.byteLength(piece)): void {
		this.reserve(bytes);
		this.end += this.buffer.write(piece, this.end);
	}

	/** All that was appended. A Buffer, since axios sends of other views all the memory behind them. */
	get bytes(): Buffer {
		return this.buffer.subarray(0, this.end);
	}

	private reserve(bytes: number): void {
		const needed = this.end + bytes;
		if (needed <= this.buffer.length) return;
		const larger = Buffer.allocUnsafeSlow(
			Math.max(needed, 2 * this.buffer.length, this.expectedBytes),
		);
		this.buffer.copy(larger, 0, 0, this.end);
		this.buffer = larger;
	}
}
