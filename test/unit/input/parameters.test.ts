import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import { hasExpression, Parameters } from '../../../nodes/Maileon/input/parameters';

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

const message = (read: () => unknown): string => {
	try {
		read();
	} catch (error) {
		if (error instanceof InputRefusal) return error.message;
		throw error;
	}
	throw new Error('was accepted');
};

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

	test.each<[unknown, boolean]>([
		[true, true],
		['yes', true],
		['false', false],
		[0, false],
		['', false],
		[null, false],
	])('a flag from %p', (value, flag) => {
		expect(of({ text: value }).flag('text')).toBe(flag);
	});

	test('a flag that is none', () => {
		expect(message(() => of({ text: 'perhaps' }).flag('text'))).toMatch(/^Some Text: "perhaps"/);
	});

	test('whole numbers', () => {
		const read = (value: unknown) => of({ text: value }).wholeNumber('text', { min: 1, max: 5 });
		expect(read(5)).toBe(5);
		expect(read(' 3 ')).toBe(3);
		for (const value of [0, 6, 2.5, '', 'x', null, undefined, Number.NaN, true, []])
			expect(message(() => read(value))).toMatch(/^Some Text must be a whole number from 1 to 5/);
	});

	test('choices', () => {
		const read = (value: unknown) => of({ text: value }).choice('text', ['none', 1, 2]);
		expect(read('1')).toBe(1);
		expect(read(2)).toBe(2);
		expect(read('none')).toBe('none');
		expect(message(() => read('3'))).toBe('Some Text must be one of none, 1, 2, but is "3".');
		expect(message(() => read({}))).toMatch(/must be one of/);
		expect(message(() => read(null))).toMatch(/must be one of/);
	});

	test('JSON', () => {
		const read = (value: unknown) => of({ text: value }).json('text');
		expect(read('[1]')).toEqual([1]);
		expect(read({ a: 1 })).toEqual({ a: 1 });
		expect(read(' ')).toBeUndefined();
		expect(message(() => read(null))).toBe('Some Text: its expression gives nothing.');
		expect(message(() => read(undefined))).toBe('Some Text: its expression gives nothing.');
		expect(message(() => read('[1,'))).toBe('Some Text is not valid JSON.');
	});
});
