import fc from 'fast-check';

import { IN_DOUBT, plainReference, referencedKeys } from '../../../nodes/Maileon/input/references';

/** Names that n8n's expressions treat in a way of their own. */
const OWN_WAY = new Set(['prototype', 'mainModule', 'binding', 'toJSON']);

describe('expressions that only read a key', () => {
	test.each<[string, unknown]>([
		['={{ $json.a }}', 1],
		['={{$json.a}}', 1],
		['={{ $json["b c"] }}', 2],
		["={{ $json['b c'] }}", 2],
		['={{ $json.d.e }}', 3],
		['={{ $json["d"].e }}', 3],
		['={{ $json.none }}', undefined],
		['={{ $json.n }}', null],
		['={{ $json.empty }}', ''],
		['={{ $json.no }}', false],
	])('%s', (expression, value) => {
		const json = { a: 1, 'b c': 2, d: { e: 3 }, n: null, empty: '', no: false };
		expect(plainReference(expression)?.(json)).toBe(value);
	});

	test.each([
		'=text {{ $json.a }}',
		'={{ $json.a }} text',
		'={{ $json.a + 1 }}',
		'={{ $json }}',
		'={{ $json.a() }}',
		'={{ $json?.a }}',
		'={{ $json[0] }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json.constructor }}',
		'={{ $json["__proto__"] }}',
		'={{ $json.toString }}',
		'={{ $json.a.toJSON }}',
		'={{ $json.prototype.a }}',
		'={{ $node.x.json.a }}',
		'{{ $json.a }}',
		'$json.a',
		'=',
		'',
	])('%s is left to n8n', (expression) => {
		expect(plainReference(expression)).toBeUndefined();
	});

	test.each([
		['an object', '={{ $json.o }}'],
		['a date', '={{ $json.date }}'],
		['a list', '={{ $json.list }}'],
		['a step into text', '={{ $json.text.length }}'],
		['a step into nothing', '={{ $json.none.at }}'],
		['a step into null', '={{ $json.n.x }}'],
		['a function', '={{ $json.f }}'],
		['a symbol', '={{ $json.s }}'],
		['a step into a date', '={{ $json.date.x }}'],
		['a step into a list', '={{ $json.list.x }}'],
	])('%s is in doubt', (_what, expression) => {
		const json = {
			o: {},
			date: new Date(0),
			list: [1],
			text: 'abc',
			n: null,
			f: () => 1,
			s: Symbol('s'),
		};
		expect(plainReference(expression)?.(json as never)).toBe(IN_DOUBT);
	});

	test('an object without a prototype is one like others', () => {
		const bare = Object.assign(Object.create(null) as object, { a: 1 });
		expect(plainReference('={{ $json.o.a }}')?.({ o: bare } as never)).toBe(1);
	});

	test('a key that the item only inherits is not there', () => {
		expect(plainReference('={{ $json.a }}')?.(Object.create({ a: 1 }) as never)).toBe(IN_DOUBT);
	});

	test('any key in brackets is read as it is, or left to n8n', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (key) => {
				const read = plainReference(`={{ $json[${JSON.stringify(key)}] }}`);
				if (read) expect(read({ [key]: 'value' })).toBe('value');
				else
					expect(
						/["\\{}\p{C}\p{Zl}\p{Zp}]|constructor/u.test(key) || OWN_WAY.has(key) || key in {},
					).toBe(true);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('keys that parameters read', () => {
	test.each<[unknown, string[]]>([
		['={{ $json.ext }}', ['ext']],
		['={{ $json["ext"] }}', ['ext']],
		["={{ $json['my key'] }}", ['my key']],
		['={{ $json[`ext`] }}', ['ext']],
		['={{ $json?.ext }}', ['ext']],
		['={{ $json?.["ext"] }}', ['ext']],
		['={{ $json[ "ext" ] }}', ['ext']],
		['=CRM-{{ $json.a }}/{{ $json.b.c.toUpperCase() }}', ['a', 'b']],
		['={{ $if($json.größe > 1, $json.$x, $json._y) }}', ['größe', '$x', '_y']],
		[
			{ options: { source: '={{ $json.src }}' }, list: [{ v: '={{ $json.deep }}' }] },
			['src', 'deep'],
		],
		["={{ $fromAI('first_name', 'The first name', 'string') }}", ['first_name']],
		['=CRM-{{ $fromai( `number` ) }}/{{ $fromAi("b-c") }}', ['number', 'b-c']],
		['$json.plain text, no expression', []],
		['={{ $json }}', []],
		['={{ $json[name] }}', []],
		['={{ $json[`a${b}`] }}', []],
		[42, []],
		[null, []],
		[undefined, []],
	])('%j', (raw, keys) => {
		expect([...referencedKeys(raw)]).toEqual(keys);
	});
});
