import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { IN_DOUBT, plainReference } from '../../../nodes/Maileon/input/references';
import { evaluate } from '../../support/expressions';

const KEYS = [
	'a',
	'First Name',
	'a.b',
	"it's",
	'say "hi"',
	'äöü',
	'$json',
	'_x1',
	'__proto__',
	'constructor',
	'x.constructor',
	'toString',
	'toJSON',
	'length',
	'{{ a }}',
	'}}',
	'a[0]',
	'0',
	'',
	' ',
	'=x',
	'then',
	'this',
	'isProxy',
	'json',
	'emoji 😀',
	'back\\slash',
	'sep\u2028arator',
];

const key = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...KEYS) },
	fc.string({ maxLength: 8 }),
);

const leaf = fc.oneof(
	fc.string(),
	fc.constantFrom('=1', '={{ $json.a }}', '{{ 1 }}', '', ' ', '00123', 'null'),
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.constant(undefined),
	fc.date({ noInvalidDate: true }),
	fc.array(fc.integer(), { maxLength: 2 }),
);

/** Objects as JSON.parse makes them: `__proto__` is a key of its own. */
function objectOf(entries: Array<[string, unknown]>): IDataObject {
	const json: IDataObject = {};
	for (const [name, value] of entries)
		Object.defineProperty(json, name, {
			value,
			enumerable: true,
			configurable: true,
			writable: true,
		});
	return json;
}

const nested = fc
	.array(fc.tuple(key, leaf), { maxLength: 3 })
	.map((entries) => objectOf(entries as Array<[string, unknown]>));
const item = fc
	.array(fc.tuple(key, fc.oneof(leaf, nested)), { minLength: 1, maxLength: 4 })
	.map((entries) => objectOf(entries as Array<[string, unknown]>));

type Spelling = 'dot' | 'double' | 'single';

function step(name: string, spelling: Spelling): string {
	if (spelling === 'dot') return `.${name}`;
	return spelling === 'double' ? `["${name}"]` : `['${name}']`;
}

const spelling = fc.constantFrom<Spelling>('dot', 'double', 'single');
const blank = fc.constantFrom('', ' ', '  ', '\n');

/** An item, and an expression that mostly reads a key that the item has, sometimes one below. */
const reading = item.chain((json) => {
	const own = fc.constantFrom(...Object.keys(json));
	const path = fc.tuple(
		fc.oneof({ weight: 3, arbitrary: own }, key),
		fc.option(key),
		spelling,
		spelling,
	);
	return fc.tuple(path, blank, blank).map(([[first, second, one, other], before, after]) => {
		const below = json[first];
		const inner = typeof below === 'object' && below !== null ? Object.keys(below)[0] : undefined;
		const next = second === null ? undefined : (inner ?? second);
		const steps = step(first, one) + (next === undefined ? '' : step(next, other));
		return { json, expression: `={{${before}$json${steps}${after}}}` };
	});
});

test('every recognised reference gives exactly what n8n gives', () => {
	let recognised = 0;
	fc.assert(
		fc.property(reading, ({ json, expression }) => {
			const reference = plainReference(expression);
			const found = reference ? reference(json) : IN_DOUBT;
			if (found === IN_DOUBT) return;
			recognised++;
			expect(evaluate(expression, json)).toStrictEqual(found);
		}),
		{ numRuns: 1_500 },
	);
	expect(recognised).toBeGreaterThan(100);
});

test.each<[string, IDataObject]>([
	['={{ $json["a.b"] }}', { 'a.b': 1, a: { b: 2 } }],
	['={{ $json["it\'s"] }}', { "it's": 'x' }],
	['={{ $json.a.b }}', { a: { b: '=1+1' } }],
	['={{ $json.a }}', { a: '={{ $json.b }}', b: 2 }],
	['={{ $json.missing }}', { a: 1 }],
	['={{ $json.a }}', { a: null }],
	['={{ $json.a.missing }}', { a: {} }],
])('%s is read as n8n reads it', (expression, json) => {
	const reference = plainReference(expression);
	expect(reference).toBeDefined();
	expect(evaluate(expression, json)).toStrictEqual(reference?.(json));
});
