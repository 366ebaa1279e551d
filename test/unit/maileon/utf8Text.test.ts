import fc from 'fast-check';

import { Utf8Text } from '../../../nodes/Maileon/maileon/utf8Text';

test('holds what was appended, in order, and tells the size of each piece', () => {
	const text = new Utf8Text();
	expect(['<a>', 'ü', '€', ''].map((piece) => text.append(piece))).toEqual([3, 2, 3, 0]);
	expect(text.take().toString()).toBe('<a>ü€');
});

test('begins anew after each text, which later ones leave as it is', () => {
	const text = new Utf8Text();
	text.append('first');
	const first = text.take();
	text.append('second');
	expect(text.take().toString()).toBe('second');
	expect(first.toString()).toBe('first');
	expect(text.take()).toHaveLength(0);
});

test('grows beyond its first capacity, also by one piece that is larger than twice of it', () => {
	const text = new Utf8Text();
	const pieces = ['start', 'a'.repeat(65_536), 'ß'.repeat(300_000), 'z'];
	for (const piece of pieces) text.append(piece);
	expect(text.take().toString()).toBe(pieces.join(''));
});

test('any pieces: the UTF-8 of all of them', () => {
	const piece = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.nat({ max: 40_000 }).map((n) => 'ä'.repeat(n)),
	);
	fc.assert(
		fc.property(fc.array(fc.array(piece)), (texts) => {
			const text = new Utf8Text();
			for (const pieces of texts) {
				for (const one of pieces) text.append(one);
				expect(text.take().equals(Buffer.from(pieces.join('')))).toBe(true);
			}
		}),
		{ numRuns: 50 },
	);
});
