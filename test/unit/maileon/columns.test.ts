import fc from 'fast-check';

import {
	looseName,
	matchKeys,
	STANDARD_COLUMNS,
	type Column,
} from '../../../nodes/Maileon/maileon/columns';

const COLUMNS: Column[] = [
	...STANDARD_COLUMNS,
	{ id: 'COLOR' },
	{ id: 'color' },
	{ id: 'Größe Schuh' },
	{ id: '__proto__' },
];

const match = (...keys: string[]) => matchKeys(keys, COLUMNS);

test.each([
	['First Name', 'firstname'],
	['first_name', 'firstname'],
	['FIRST-NAME', 'firstname'],
	['  a _-b ', 'ab'],
])('%j is loosely %j', (name, loose) => {
	expect(looseName(name)).toBe(loose);
});

test.each(['FIRSTNAME', 'First Name', 'firstName', 'first_name', 'first-name', 'firstname'])(
	'%s fills FIRSTNAME',
	(key) => {
		expect(match(key).pairs).toEqual([[key, 'FIRSTNAME']]);
		expect(match(key).unmatched).toEqual([]);
	},
);

test('labels count too, after names', () => {
	expect(match('House Number').pairs).toEqual([['House Number', 'HNR']]);
	expect(match('name_day').pairs).toEqual([['name_day', 'NAMEDAY']]);
});

test('an exact name wins over a loose one, wherever it stands', () => {
	const { pairs, unmatched } = match('first_name', 'FIRSTNAME', 'First Name');
	expect(pairs).toEqual([['FIRSTNAME', 'FIRSTNAME']]);
	expect(unmatched).toEqual(['first_name', 'First Name']);
});

test('custom names that differ in case only keep their own keys', () => {
	const { pairs } = match('color', 'COLOR');
	expect(Object.fromEntries(pairs.map(([key, column]) => [column, key]))).toEqual({
		color: 'color',
		COLOR: 'COLOR',
	});
	expect(match('Color').pairs).toEqual([['Color', 'COLOR']]);
});

test('unknown keys are named, known ones are not', () => {
	expect(match('FIRSTNAME', 'nickname', 'größe_schuh', '')).toEqual({
		pairs: [
			['FIRSTNAME', 'FIRSTNAME'],
			['größe_schuh', 'Größe Schuh'],
		],
		unmatched: ['nickname', ''],
	});
});

test('__proto__ and constructor are names like any other', () => {
	expect(match('__proto__').pairs).toEqual([['__proto__', '__proto__']]);
	expect(match('constructor', 'toString').unmatched).toEqual(['constructor', 'toString']);
});

test('every key is used once or named as unmatched, every column takes at most one', () => {
	const key = fc.oneof(
		fc.string({ maxLength: 8 }),
		fc.constantFrom(
			'FIRSTNAME',
			'firstname',
			'First Name',
			'hnr',
			'House-Number',
			'COLOR',
			'Color',
		),
	);
	fc.assert(
		fc.property(fc.uniqueArray(key, { maxLength: 12 }), (keys) => {
			const { pairs, unmatched } = matchKeys(keys, COLUMNS);
			const used = pairs.map(([name]) => name);
			expect([...used, ...unmatched].sort()).toEqual([...keys].sort());
			expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length);
			for (const [name, column] of pairs) if (keys.includes(column)) expect(name).toBe(column);
		}),
		{ numRuns: 1_000 },
	);
});
