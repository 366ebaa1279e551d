import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { hasExpression, Parameters } from '../../../nodes/Maileon/input/parameters';
import { refusalOf } from '../../support/refusals';

const PROPERTIES: INodeProperties[] = [
	{ displayName: 'Some Text', name: 'text', type: 'string', default: '' },
	{ displayName: 'With Default', name: 'withDefault', type: 'string', default: 'd' },
	{ displayName: 'Place', name: 'place', type: 'resourceLocator', default: '' },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [{ displayName: 'Inner Text', name: 'inner', type: 'string', default: '' }],
	},
	{ displayName: 'Fixed', name: 'fixed', type: 'string', default: '', noDataExpression: true },
	{ displayName: 'Count', name: 'count', type: 'number', default: 1 },
	{
		displayName: 'Grade',
		name: 'grade',
		type: 'options',
		options: [
			{ name: 'Good', value: 1 },
			{ name: 'Bad', value: 2 },
		],
		default: 1,
	},
	{
		displayName: 'Color',
		name: 'color',
		type: 'options',
		options: [{ name: 'Bright Red', value: 'red' }],
		default: 'red',
	},
	{
		displayName: 'Topics',
		name: 'topics',
		type: 'fixedCollection',
		default: {},
		options: [
			{
				displayName: 'Topic',
				name: 'topic',
				values: [{ displayName: 'Topic Name', name: 'name', type: 'string', default: '' }],
			},
		],
	},
];

/** A node that knows raw parameters, and evaluates `=item` to the index of the item. */
function nodeWith(raw: Record<string, unknown>) {
	const asked: string[] = [];
	const evaluate = (value: unknown, item: number): unknown => {
		if (value === '=item') return item;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, part]) => [key, evaluate(part, item)]),
		);
	};
	const node = {
		getNodeParameter(
			name: string,
			item: number,
			fallback: unknown,
			{ rawExpressions = false } = {},
		): unknown {
			asked.push(`${name}${rawExpressions ? ' raw' : ` ${item}`}`);
			if (!(name in raw)) return fallback;
			return rawExpressions ? raw[name] : evaluate(raw[name], item);
		},
	} as unknown as IExecuteFunctions;
	return { node, asked };
}

const of = (raw: Record<string, unknown>, item = 0) =>
	new Parameters(nodeWith(raw).node, PROPERTIES).ofItem(item);

const message = (read: () => unknown): string => refusalOf(read).message;

describe('reading', () => {
	test('what has no expression is asked for once a run, what has one once an item', () => {
		const { node, asked } = nodeWith({ text: 'same', withDefault: '=item' });
		const parameters = new Parameters(node, PROPERTIES);
		for (const item of [0, 1, 2]) {
			expect(parameters.ofItem(item).text('text')).toBe('same');
			expect(parameters.ofItem(item).text('withDefault')).toBe(String(item));
		}
		expect(asked).toEqual([
			'text raw',
			'withDefault raw',
			'withDefault 0',
			'withDefault 1',
			'withDefault 2',
		]);
		expect(parameters.isConstant('text')).toBe(true);
		expect(parameters.isConstant('withDefault')).toBe(false);
	});

	describe('a plain reference', () => {
		const items = [
			{ json: { id: '007', age: 8 } },
			{ json: { id: { nested: true } } },
			{ json: {} },
		];
		const read = (raw: unknown, item: number) => {
			const { node, asked } = nodeWith({ text: raw, place: raw });
			const parameters = new Parameters(node, PROPERTIES, items).ofItem(item);
			const name = typeof raw === 'string' ? 'text' : 'place';
			return { value: parameters.raw(name), asksN8n: asked.includes(`${name} ${item}`) };
		};
		const place = (value: string, mode = 'id') => ({ __rl: true, mode, value });

		test('is read from the item, without asking n8n', () => {
			expect(read('={{ $json.id }}', 0)).toEqual({ value: '007', asksN8n: false });
			expect(read('={{ $json.age }}', 0)).toEqual({ value: 8, asksN8n: false });
			expect(read('={{ $json.id }}', 2)).toEqual({ value: undefined, asksN8n: false });
			expect(read(place('={{ $json["id"] }}'), 0)).toEqual({ value: place('007'), asksN8n: false });
		});

		test('is left to n8n where that may read something else', () => {
			expect(read('={{ $json.id }}', 1).asksN8n).toBe(true);
			expect(read(place('={{ $json.id }}'), 1).asksN8n).toBe(true);
			expect(read(place('={{ $json.id }}', '={{ $json.mode }}'), 0).asksN8n).toBe(true);
			expect(read('={{ $json.id.trim() }}', 0).asksN8n).toBe(true);
		});

		test.each(['fixed', 'count', 'unknown', 'topics'])('is left to n8n in %s', (name) => {
			for (const raw of ['={{ $json.id }}', place('={{ $json.id }}')]) {
				const { node, asked } = nodeWith({ [name]: raw });
				new Parameters(node, PROPERTIES, items).ofItem(0).raw(name);
				expect(asked).toContain(`${name} 0`);
			}
		});

		test('is left to n8n where it stands for a whole locator, or a text is an object', () => {
			for (const [name, raw] of [
				['place', '={{ $json.id }}'],
				['text', place('={{ $json.id }}')],
				['place', { ...place(''), value: { deep: '={{ $json.id }}' } }],
			] as const) {
				const { node, asked } = nodeWith({ [name]: raw });
				new Parameters(node, PROPERTIES, items).ofItem(0).raw(name);
				expect(asked).toContain(`${name} 0`);
			}
		});

		test('is left to n8n where the items are not known', () => {
			const { node, asked } = nodeWith({ text: '={{ $json.id }}' });
			new Parameters(node, PROPERTIES).ofItem(0).text('text');
			expect(asked).toContain('text 0');
		});
	});

	test('a hidden parameter has its default', () => {
		expect(of({}).text('withDefault')).toBe('d');
		expect(of({}).text('unknown')).toBe('');
	});

	test('entries of a collection, with expressions in them', () => {
		const options = of({ options: { inner: '=item' } }, 3).within('options');
		expect(options.text('inner')).toBe('3');
		expect(options.has('inner')).toBe(true);
		expect(options.has('other')).toBe(false);
		expect(options.has('toString')).toBe(false);
		expect(options.label('inner')).toBe('Inner Text');
		expect(of({}).within('options').text('inner')).toBe('');
	});

	test('a collection is evaluated once an item, however many of its entries are read', () => {
		const { node, asked } = nodeWith({ options: { inner: '=item', other: '=item' } });
		const options = new Parameters(node, PROPERTIES).ofItem(2).within('options');
		for (const name of ['inner', 'inner', 'other']) expect(options.raw(name)).toBe(2);
		expect(asked).toEqual(['options raw', 'options 2']);
	});

	test('an entry of a collection is the same for all items where no expression makes it', () => {
		const { node } = nodeWith({ options: { inner: 'x', other: '=item' }, text: '=item' });
		const parameters = new Parameters(node, PROPERTIES);
		expect(parameters.isConstant('options')).toBe(false);
		expect(parameters.isConstant('options', 'inner')).toBe(true);
		expect(parameters.isConstant('options', 'missing')).toBe(true);
		expect(parameters.isConstant('options', 'other')).toBe(false);
		expect(parameters.isConstant('text', 'length')).toBe(false);
		expect(parameters.isConstant('withDefault', 'x')).toBe(true);
	});

	test('what the node does not declare has no value, no label and no entries of its own', () => {
		const parameters = of({ unknown: { inner: 'x' }, text: 'x' });
		const unknown = parameters.within('unknown');
		expect(unknown.raw('inner')).toBeUndefined();
		expect(unknown.declares('inner')).toBe(false);
		expect(unknown.label('inner')).toBe('inner');
		expect(parameters.label('other')).toBe('other');
		expect(parameters.declaredDefault('withDefault')).toBe('d');
		expect(parameters.declaredDefault('other')).toBeUndefined();
		expect(parameters.entries('other')).toEqual([]);
		expect(parameters.entries('text')).toEqual([]);
		expect(parameters.isGiven('other')).toBe(true);
		expect(parameters.within('options').isGiven('inner')).toBe(false);
	});

	test('a collection that an expression made something else of is refused by its label', () => {
		const refusal = refusalOf(() => of({ options: 'x' }).within('options').raw('inner'));
		expect(refusal.message).toBe('Options must be an object of names and values, but is "x".');
		expect(refusal.details.field).toBe('options');
	});

	test('entries of a fixed collection', () => {
		expect(of({ topics: { topic: [{ name: 'a' }] } }).entries('topics')).toEqual([{ name: 'a' }]);
		const refusal = refusalOf(() => of({ topics: [{ other: 'a' }] }).entries('topics'));
		expect(refusal.message).toBe('Topics holds an entry with the unknown key "other".');
		expect(refusal.details).toEqual({
			description: 'An entry is an object with name. An empty list, [], stands for none.',
			field: 'topics',
		});
	});

	test.each<[unknown, boolean]>([
		['=x', true],
		['x', false],
		[{ a: [{ b: '=x' }] }, true],
		[{ a: ['x'] }, false],
		[null, false],
		[5, false],
	])('%j has an expression: %p', (raw, has) => {
		expect(hasExpression(raw)).toBe(has);
	});
});

describe('what an expression may have made of it', () => {
	test.each<[unknown, string]>([
		['x', 'x'],
		[42, '42'],
		[true, 'true'],
		[null, ''],
		['00123', '00123'],
	])('text from %p', (value, text) => {
		expect(of({ text: value }).text('text')).toBe(text);
	});

	test('text that is none names the parameter', () => {
		expect(message(() => of({ text: { a: 1 } }).text('text'))).toMatch(/^Some Text: .*object/);
		expect(message(() => of({ text: 2 ** 53 }).text('text'))).toMatch(/too large/);
		expect(message(() => of({ text: '  ' }).requiredText('text'))).toBe('Some Text is empty.');
		expect(message(() => of({ text: null }).requiredText('text'))).toBe('Some Text is empty.');
	});

	test('that must be typed in, and is not', () => {
		expect(of({ text: 'x' }).typedText('text')).toBe('x');
		expect(
			of({ options: { inner: 'x' } })
				.within('options')
				.typedText('inner'),
		).toBe('x');
		const made = { text: '=item', options: { inner: '=item' } };
		for (const [parameters, name, label] of [
			[of(made), 'text', 'Some Text'],
			[of(made).within('options'), 'inner', 'Inner Text'],
		] as const) {
			const refusal = refusalOf(() => parameters.typedText(name));
			expect(refusal.message).toBe(`${label} must be typed in, not made by an expression.`);
			expect(refusal.details).toEqual({ field: name });
		}
	});

	test.each<[unknown, string, string]>([
		[{ mode: 'id', value: 5 }, 'id', '5'],
		[{ mode: 'name', value: ' a ' }, 'name', ' a '],
		[{ value: 'a' }, '', 'a'],
		['a', '', 'a'],
		[5, '', '5'],
	])('a locator from %j', (place, mode, value) => {
		expect(of({ place }).locator('place')).toEqual({ mode, value });
		expect(of({ place }).locatedText('place')).toBe(value);
		expect(of({ place }).isEmptyLocator('place')).toBe(false);
	});

	test.each([
		null,
		'',
		' ',
		{ mode: 'id', value: '' },
		{ mode: 'id', value: null },
		{ mode: 'id' },
	])('a locator that is empty: %j', (place) => {
		const reading = () => of({ place }).locator('place');
		if (typeof place === 'object' && place !== null && !('value' in place)) {
			expect(message(reading)).toMatch(/^Place: .* is an object/);
			return;
		}
		expect(message(reading)).toBe('Place is empty.');
		expect(refusalOf(reading).details).toEqual({
			description: 'Choose or fill in "Place" for this item.',
			field: 'place',
		});
	});

	test('nothing is chosen in an empty locator, or in one that holds no text', () => {
		for (const place of ['', null, { mode: 'id', value: '' }, { mode: 'id', value: [] }, true])
			expect(of({ place }).isEmptyLocator('place')).toBe(true);
	});

	test.each<[unknown, string[]]>([
		['a, b,,a', ['a', 'b', 'a']],
		[
			['a,b', 5, ' '],
			['a,b', '5'],
		],
		['["a", 5]', ['a', '5']],
		[5, ['5']],
		[null, []],
		[undefined, []],
		[' ', []],
	])('texts from %j', (value, texts) => {
		expect(of({ text: value }).texts('text')).toEqual(texts);
		const each = [...new Set(texts)];
		if (each.length > 0) {
			expect(of({ text: value }).requiredTexts('text')).toEqual(each);
			return;
		}
		const refusal = refusalOf(() => of({ text: value }).requiredTexts('text'));
		expect(refusal.message).toBe('Some Text is empty.');
		expect(refusal.details).toEqual({
			description: 'Choose or fill in at least one under "Some Text".',
			field: 'text',
		});
	});

	test('several choices', () => {
		const read = (value: unknown) => of({ text: value }).requiredChoices('text', ['a', 'b']);
		expect(read('b,a,b')).toEqual(['b', 'a']);
		const refusal = refusalOf(() => read(['a', 'c']));
		expect(refusal.message).toBe('Some Text holds "c", which is no choice.');
		expect(refusal.details).toEqual({ description: 'Choose from a, b.', field: 'text' });
	});

	test.each<[unknown, string | undefined]>([
		['2026-12-31', '2026-12-31'],
		['31.12.2026 18:30', '2026-12-31 18:30:00'],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('a date from %j', (value, date) => {
		expect(of({ text: value }).date('text')).toBe(date);
	});

	test('a date that is none', () => {
		const refusal = refusalOf(() => of({ text: 0 }).date('text'));
		expect(refusal.message).toMatch(/^Some Text: "0" is not a date.*\.$/);
		expect(refusal.details).toEqual({ field: 'text' });
	});

	test.each<[unknown, boolean]>([
		[true, true],
		['yes', true],
		['false', false],
		[0, false],
		['', false],
		[null, false],
		[undefined, false],
	])('a flag from %p', (value, flag) => {
		expect(of({ text: value }).flag('text')).toBe(flag);
	});

	test('a flag that is none', () => {
		expect(message(() => of({ text: 'perhaps' }).flag('text'))).toMatch(/^Some Text: "perhaps"/);
	});

	test('a flag of a collection, or what holds without it', () => {
		const options = of({ options: { inner: false } }).within('options');
		expect(options.flagOr('inner', true)).toBe(false);
		expect(options.flagOr('missing', true)).toBe(true);
	});

	test('whole numbers', () => {
		const read = (value: unknown) => of({ text: value }).wholeNumber('text', { min: 1, max: 5 });
		expect(read(5)).toBe(5);
		expect(read(' 3 ')).toBe(3);
		for (const value of [0, 6, 2.5, '', ' ', 'x', null, undefined, Number.NaN, true, []]) {
			const refusal = refusalOf(() => read(value));
			expect(refusal.message).toMatch(/^Some Text must be a whole number from 1 to 5/);
			expect(refusal.details).toEqual({ field: 'text' });
		}
		const withZero = of({ text: ' ' });
		expect(message(() => withZero.wholeNumber('text', { min: 0, max: 5 }))).toMatch(/ but is " "/);
	});

	test('choices', () => {
		const read = (value: unknown) => of({ text: value }).choice('text', ['none', 1, 2]);
		expect(read('1')).toBe(1);
		expect(read(2)).toBe(2);
		expect(read('none')).toBe('none');
		expect(message(() => read('3'))).toBe('Some Text must be one of none, 1, 2, but is "3".');
		expect(message(() => read({}))).toMatch(/must be one of/);
		expect(message(() => read(null))).toMatch(/must be one of/);
		expect(read(' 2 ')).toBe(2);
	});

	test.each<[string, ReadonlyArray<string | number>, string | undefined]>([
		['grade', [1, 2], '1 is Good, 2 is Bad.'],
		['grade', [1, 3], '1 is Good.'],
		['grade', [3], undefined],
		['grade', ['none', 1], '1 is Good.'],
		['grade', ['none'], undefined],
		['color', ['red'], undefined],
		['color', ['red', 1], 'red is Bright Red.'],
		['text', [1, 2], undefined],
		['other', [1, 2], undefined],
		['topics', [1, 2], undefined],
	])('choices of %s are told as %j: %s', (name, choices, description) => {
		const refusal = refusalOf(() => of({ [name]: 'bad' }).choice(name, choices));
		expect(refusal.details).toEqual({ description, field: name });
	});

	test('choices within a collection are not those of the node', () => {
		const options = of({ options: { grade: 'bad' } }).within('options');
		expect(refusalOf(() => options.choice('grade', [1, 2])).details.description).toBeUndefined();
	});

	test('JSON', () => {
		const read = (value: unknown) => of({ text: value }).json('text');
		expect(read('[1]')).toEqual([1]);
		expect(read({ a: 1 })).toEqual({ a: 1 });
		expect(read(' ')).toBeUndefined();
		expect(message(() => read(null))).toBe('Some Text: its expression gives nothing.');
		expect(message(() => read(undefined))).toBe('Some Text: its expression gives nothing.');
		expect(refusalOf(() => read(null)).details).toEqual({
			description: 'Give {} or [] where there is nothing to send.',
			field: 'text',
		});
		expect(of({}).within('options').json('inner')).toBeUndefined();
		expect(refusalOf(() => read('[1,'))).toMatchObject({
			message: 'Some Text is not valid JSON.',
			details: { description: expect.stringContaining('JSON') as string, field: 'text' },
		});
	});
});
