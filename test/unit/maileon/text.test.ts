import fc from 'fast-check';

import { sendableJson, sendableText } from '../../../nodes/Maileon/maileon/text';
import { anyText, whatXmlCanHold } from '../../support/propertySettings';

test('any text loses what XML cannot hold, and nothing else', () => {
	fc.assert(
		fc.property(anyText, (text) => {
			expect(sendableText(text)).toBe(whatXmlCanHold(text));
		}),
		{ numRuns: 5_000 },
	);
});

test('any JSON keeps its shape, and holds no text that XML cannot hold', () => {
	const value = fc.object({
		key: anyText,
		values: [anyText, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)],
	});
	fc.assert(
		fc.property(value, (one) => {
			const seen: string[] = [];
			JSON.parse(sendableJson(one), (name, part: unknown) => {
				seen.push(name, ...(typeof part === 'string' ? [part] : []));
				return part;
			});
			expect(seen.map(whatXmlCanHold)).toEqual(seen);
			const isClean = whatXmlCanHold(JSON.stringify(one)) === JSON.stringify(one);
			if (isClean && !JSON.stringify(one).includes('\\'))
				expect(sendableJson(one)).toBe(JSON.stringify(one));
		}),
		{ numRuns: 2_000 },
	);
});

test.each<[object, string]>([
	[{ 'a\u0000': 'b\u0008\ud800c' }, '{"a":"bc"}'],
	[{ a: ['\uffff', { b: '\ufffe😀\t\r\n' }] }, '{"a":["",{"b":"😀\\t\\r\\n"}]}'],
	[JSON.parse('{"__proto__":"\\u0000x"}') as object, '{"__proto__":"x"}'],
	[{ a: '\\u0000' }, '{"a":"\\\\u0000"}'],
	[{ at: new Date(0), gone: undefined }, '{"at":"1970-01-01T00:00:00.000Z"}'],
])('%j is sent as %s', (value, json) => {
	expect(sendableJson(value)).toBe(json);
});
