import fc from 'fast-check';

import { cutIntoBatches, type Entry } from '../../../nodes/Maileon/maileon/batches';

interface Item {
	n: number;
	key: string;
	group: string;
	bytes: number;
}

const entry = (item: Item): Entry<Item> => ({
	payload: item,
	keys: item.key === '' ? [] : [item.key],
	group: item.group,
	bytes: item.bytes,
});

const item = (n: number, key = String(n), group = '', bytes = 1): Item => ({
	n,
	key,
	group,
	bytes,
});

function cut(items: readonly Item[], size: number, bytes = 1_000_000): number[][] {
	return [...cutIntoBatches(items.map(entry), { size, bytes })].map(({ payloads }) =>
		payloads.map(({ n }) => n),
	);
}

test('2,500 entries are 1,000 + 1,000 + 500', () => {
	const items = Array.from({ length: 2_500 }, (_, n) => item(n));
	expect(cut(items, 1_000).map((batch) => batch.length)).toEqual([1_000, 1_000, 500]);
});

test('nothing gives no batch', () => {
	expect(cut([], 10)).toEqual([]);
});

test('entries of one contact travel in later requests, in their order', () => {
	const items = [item(0, 'a'), item(1, 'b'), item(2, 'a'), item(3, 'a'), item(4, 'c')];
	expect(cut(items, 10)).toEqual([[0, 1, 4], [2], [3]]);
});

test('an entry that waits holds back those that share a key with it', () => {
	const entries: Array<Entry<number>> = [
		{ payload: 0, keys: ['id 1'], group: '', bytes: 1 },
		{ payload: 1, keys: ['id 1', 'email a'], group: '', bytes: 1 },
		{ payload: 2, keys: ['email a'], group: '', bytes: 1 },
	];
	const batches = [...cutIntoBatches(entries, { size: 10, bytes: 100 })];
	expect(batches.map(({ payloads }) => payloads)).toEqual([[0], [1], [2]]);
});

test('entries without a key never hold each other back', () => {
	expect(cut([item(0, ''), item(1, ''), item(2, '')], 2)).toEqual([[0, 1], [2]]);
});

test('groups are never mixed', () => {
	const items = [item(0, 'a', 'x'), item(1, 'b', 'y'), item(2, 'c', 'x'), item(3, 'd', 'y')];
	expect(cut(items, 10)).toEqual([
		[0, 2],
		[1, 3],
	]);
});

test('a batch ends before it is too large; one large entry travels alone', () => {
	const items = [item(0, 'a', '', 6), item(1, 'b', '', 5), item(2, 'c', '', 99), item(3, 'd')];
	expect(cut(items, 10, 10)).toEqual([[0], [1], [2], [3]]);
});

test('the text of a batch is that of its entries, within its frame', () => {
	const entries = ['a', 'b', 'c', 'd'].map((text, payload) => ({
		payload,
		keys: text === 'c' ? ['a'] : [text],
		group: '',
		...(text !== 'd' && { text }),
	}));
	const frame = { start: '<', end: '>' };
	const batches = [...cutIntoBatches(entries, { size: 10, bytes: 100 }, frame)];
	expect(batches.map(({ text }) => text.toString())).toEqual(['<ab>', '<c>']);
	expect(batches.map(({ payloads }) => payloads)).toEqual([[0, 1, 3], [2]]);
});

test.each([
	['by one byte', ['a€', 'bc', 'd'], 6, ['a€bc', 'd']],
	['exactly full', ['a€', 'bc', 'd'], 7, ['a€bcd']],
	['one text that is larger', ['a', '€€€', 'b'], 6, ['a', '€€€', 'b']],
])('texts count as they travel, in UTF-8: %s', (_, texts, bytes, expected) => {
	const entries = texts.map((text, payload) => ({ payload, keys: [], group: '', text }));
	const batches = [...cutIntoBatches(entries, { size: 10, bytes })];
	expect(batches.map(({ text }) => text.toString())).toEqual(expected);
});

test('reads no further ahead than a batch needs', () => {
	let read = 0;
	function* endless(): Generator<Entry<number>> {
		for (;;) yield { payload: read, keys: [String(read++)], group: '', bytes: 1 };
	}
	const batches = cutIntoBatches(endless(), { size: 100, bytes: 1_000_000 });
	batches.next();
	expect(read).toBeLessThanOrEqual(101);
});

test('many entries of one contact do not make it slow or lose one', () => {
	const items = Array.from({ length: 3_000 }, (_, n) => item(n, 'same'));
	expect(cut(items, 1_000).flat()).toEqual(items.map(({ n }) => n));
});

describe('the work grows with the number of entries, not with how many wait', () => {
	/** How often anything of an entry is looked at, for each entry. */
	function looksPerEntry(count: number, of: (n: number) => Omit<Entry<number>, 'payload'>): number {
		let looks = 0;
		const counting = <T extends object>(each: T): T =>
			new Proxy(each, {
				get: (target, name, receiver) => {
					looks += 1;
					return Reflect.get(target, name, receiver) as unknown;
				},
			});
		function* entries() {
			for (let n = 0; n < count; n++) yield counting({ payload: n, ...of(n) });
		}
		let sent = 0;
		for (const { payloads } of cutIntoBatches(entries(), { size: count / 2, bytes: 100 }))
			sent += payloads.length;
		expect(sent).toBe(count);
		return looks / count;
	}

	test.each<[string, (n: number) => Omit<Entry<number>, 'payload'>]>([
		['each is a group of its own', (n) => ({ keys: [String(n)], group: String(n), bytes: 1 })],
		['each is a large one of two groups', (n) => ({ keys: [], group: String(n % 2), bytes: 60 })],
		['all are of one contact', () => ({ keys: ['same'], group: '', bytes: 1 })],
		[
			'all are of one contact and of groups of their own',
			(n) => ({ keys: ['same', `also ${n % 3}`], group: String(n), bytes: 1 }),
		],
		[
			'one contact is in a hundred groups',
			(n) => ({ keys: [String(n % 50)], group: String(n % 100), bytes: 1 }),
		],
	])('%s', (_what, of) => {
		const few = looksPerEntry(400, of);
		const many = looksPerEntry(4_000, of);
		expect(many).toBeLessThan(1.2 * few);
		expect(many).toBeLessThan(40);
	});
});

test('any list: nothing lost, limits kept, contacts in order, groups apart', () => {
	const items = fc.array(
		fc.record({
			key: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
			group: fc.constantFrom('', '', '', 'x'),
			bytes: fc.integer({ min: 1, max: 12 }),
		}),
		{ maxLength: 40 },
	);
	fc.assert(
		fc.property(items, fc.integer({ min: 1, max: 7 }), (list, size) => {
			const numbered = list.map((each, n) => ({ ...each, n }));
			const batches = cut(numbered, size, 20).map((batch) =>
				batch.flatMap((n) => numbered[n] ?? []),
			);
			expect(
				batches
					.flat()
					.map(({ n }) => n)
					.sort((a, b) => a - b),
			).toEqual(numbered.map(({ n }) => n));
			for (const batch of batches) {
				const keys = batch.map(({ key }) => key).filter((key) => key !== '');
				expect(batch.length).toBeGreaterThan(0);
				expect(batch.length).toBeLessThanOrEqual(size);
				expect(new Set(keys).size).toBe(keys.length);
				expect(new Set(batch.map(({ group }) => group)).size).toBe(1);
				expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(20);
			}
			for (const key of new Set(list.map((each) => each.key)))
				if (key !== '') {
					const order = batches.flat().filter((each) => each.key === key);
					expect(order.map(({ n }) => n)).toEqual(
						numbered.filter((each) => each.key === key).map(({ n }) => n),
					);
				}
		}),
		{ numRuns: 500 },
	);
});
