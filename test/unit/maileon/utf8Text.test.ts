import fc from 'fast-check';

import { Utf8Text } from '../../../nodes/Maileon/maileon/utf8Text';

const textOf = (text: Utf8Text) => text.bytes.toString();

test('begins with its start and holds what was appended, in order', () => {
	const text = new Utf8Text('<a>');
	text.append('ü');
	text.append('€', 3);
	text.append('');
	expect(textOf(text)).toBe('<a>ü€');
	expect(text.bytes).toHaveLength(8);
});

test('is empty without a start', () => {
	expect(new Utf8Text().bytes).toHaveLength(0);
});

test('grows beyond its first capacity, also by one piece that is larger than twice of it', () => {
	const text = new Utf8Text('start');
	const pieces = ['a'.repeat(65_536), 'ß'.repeat(300_000), 'z'];
	for (const piece of pieces) text.append(piece);
	expect(textOf(text)).toBe(`start${pieces.join('')}`);
});

test('any pieces: the UTF-8 of all of them', () => {
	const piece = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.nat({ max: 40_000 }).map((n) => 'ä'.repeat(n)),
	);
	fc.assert(
		fc.property(fc.array(piece), (pieces) => {
			const text = new Utf8Text();
			for (const one of pieces) text.append(one);
			expect(text.bytes.equals(Buffer.from(pieces.join('')))).toBe(true);
		}),
	);
});
