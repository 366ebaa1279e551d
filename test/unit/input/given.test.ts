import fc from 'fast-check';
import { DateTime } from 'luxon';

import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import { givenEntries, givenNames, givenObject, parsed } from '../../../nodes/Maileon/input/given';

const SHAPE = { label: 'Topics', name: 'topics', group: 'topic', keys: ['category', 'name'] };
const FIELDS = { label: 'Contact Fields', name: 'contactFields' };

const entry = fc.record({ category: fc.string(), name: fc.string() }, { requiredKeys: ['name'] });
const entries = fc.array(entry, { maxLength: 4 });

/** What can stand for a list of entries. */
function formsOf(list: unknown[]): unknown[] {
	const [first] = list;
	const single = list.length === 1 ? [first, { topic: first }] : [];
	return [list, { topic: list }, ...single, ...(list.length === 0 ? [{}] : [])];
}

/** What is not given, as `read` says it; undefined when it was taken. */
function refusalOf(read: () => unknown): InputRefusal | undefined {
	try {
		read();
		return undefined;
	} catch (error) {
		if (error instanceof InputRefusal) return error;
		throw error;
	}
}

describe('the entries of a collection', () => {
	test('are the same in every form that can mean one thing only', () => {
		fc.assert(
			fc.property(entries, (list) => {
				const single = list.length === 1 ? [list[0], { topic: list[0] }] : [];
				const forms = [list, { topic: list }, list.map((one) => JSON.stringify(one)), ...single];
				for (const form of forms)
					for (const given of [form, JSON.stringify(form), { topic: JSON.stringify(list) }])
						expect(givenEntries(given, SHAPE)).toEqual(list);
			}),
		);
	});

	test('are never dropped: anything is taken whole, or refused by name', () => {
		const anything = fc.oneof(
			fc.jsonValue(),
			fc.object({ key: fc.constantFrom('topic', 'category', 'name', 'topics', 'x') }),
			fc.constantFrom(
				undefined,
				NaN,
				'[',
				'{"topic":',
				' [] ',
				new Date(0),
				DateTime.now(),
				new Map(),
			),
		);
		fc.assert(
			fc.property(anything, (value) => {
				let taken: unknown[] = [];
				const refusal = refusalOf(() => {
					taken = givenEntries(value, SHAPE);
				});
				if (refusal) {
					expect(refusal.message).toMatch(/^Topics /);
					expect(refusal.details).toMatchObject({ field: 'topics' });
					return;
				}
				expect(formsOf(taken)).toContainEqual(parsed(value));
			}),
			{ numRuns: 3_000 },
		);
	});
});

describe('an object of names and values', () => {
	test('is taken as it is and as JSON text', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
				expect(givenObject(object, FIELDS)).toBe(object);
				expect(givenObject(` ${JSON.stringify(object)}\n`, FIELDS)).toEqual(
					JSON.parse(JSON.stringify(object)),
				);
			}),
		);
	});

	test.each([
		[undefined, 'but its expression gives nothing'],
		[null, 'but is "null"'],
		['', 'but is ""'],
		['FIRSTNAME', 'but is "FIRSTNAME"'],
		[7, 'but is "7"'],
		[true, 'but is "true"'],
		[[{ FIRSTNAME: 'Ada' }], 'but is the list "[{"FIRSTNAME":"Ada"}]"'],
		['[{"FIRSTNAME":"Ada"}]', 'but is the list "[{"FIRSTNAME":"Ada"}]"'],
		['{"FIRSTNAME":', 'but is "{"FIRSTNAME":"'],
		[new Date(0), 'but is ""1970-01-01T00:00:00.000Z""'],
	])('is not %j', (value, words) => {
		const refusal = refusalOf(() => givenObject(value, FIELDS));
		expect(refusal?.message).toBe(
			`Contact Fields must be an object of names and values, ${words}.`,
		);
		expect(refusal?.details).toEqual({
			description: 'An empty object, {}, stands for none.',
			field: 'contactFields',
		});
	});
});

test.each<[unknown, unknown]>([
	['{"a": 1}', { a: 1 }],
	[' [1]', [1]],
	['{"a": 1', '{"a": 1'],
	['say [1]', 'say [1]'],
	['a\n[1]', 'a\n[1]'],
	['5', '5'],
	['"a"', '"a"'],
	['"[1]"', '"[1]"'],
	['null', 'null'],
	[5, 5],
	[['[1]'], ['[1]']],
])('what %j says as JSON of an object or a list is %j', (text, value) => {
	expect(parsed(text)).toEqual(value);
});

describe('what is refused of a collection', () => {
	const ADVICE = 'An entry is an object with category, name. An empty list, [], stands for none.';

	test.each<[unknown, string]>([
		[[5], 'Topics holds "5", which is not an entry.'],
		[['x'], 'Topics holds "x", which is not an entry.'],
		[[{ nickname: 'x' }], 'Topics holds an entry with the unknown key "nickname".'],
		[{ name: 'x', age: 5 }, 'Topics holds an entry with the unknown key "age".'],
		[{ age: 5 }, 'Topics must be a list of entries, but is "{"age":5}".'],
		[{ topic: 'x' }, 'Topics must be a list of entries, but is "x".'],
		[{ topic: [], other: 1 }, 'Topics must be a list of entries, but is "{"topic":[],"other":1}".'],
		[{ other: [] }, 'Topics must be a list of entries, but is "{"other":[]}".'],
		[undefined, 'Topics must be a list of entries, but its expression gives nothing.'],
	])('%j', (value, message) => {
		const refusal = refusalOf(() => givenEntries(value, SHAPE));
		expect(refusal?.message).toBe(message);
		expect(refusal?.details).toEqual({ description: ADVICE, field: 'topics' });
	});
});

describe('names', () => {
	test.each<[unknown, string[]]>([
		['a, b,,', ['a', 'b']],
		[
			['a', 5, ' '],
			['a', '5'],
		],
		['["a,b"]', ['a,b']],
		['', []],
		[[], []],
	])('are read from %j', (value, names) => {
		expect(givenNames(value, FIELDS)).toEqual(names);
	});

	test.each([undefined, null, 5, true, {}, [['a']], [true], ['a', null]])('are not %j', (value) => {
		const refusal = refusalOf(() => givenNames(value, FIELDS));
		expect(refusal?.message).toMatch(/^Contact Fields must be a list of names, but /);
		expect(refusal?.details).toEqual({
			description: 'An empty list, [], stands for none.',
			field: 'contactFields',
		});
	});
});
