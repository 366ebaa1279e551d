import fc from 'fast-check';

/** Cases of each property with `npm test`; `npm run test:properties` takes ten times as many. */
export const CASES = Number(process.env.PROPERTY_RUNS ?? 1_000);

const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

/**
 * Checks a property with many cases. The seed is printed, so that a run can be repeated:
 * `PROPERTY_SEED=… npx jest test/unit/properties`.
 */
export function check<T>(name: string, property: fc.IProperty<T>, cases = CASES): void {
	fc.assert(property, told(name, cases));
}

/** The same for a property that takes time, with at most so many cases. */
export async function checkAsync<T>(
	name: string,
	property: fc.IAsyncProperty<T>,
	cases: number,
): Promise<void> {
	await fc.assert(property, told(name, Math.min(cases, CASES)));
}

function told(name: string, cases: number) {
	process.stdout.write(`${name}: ${cases} cases, seed ${seed}\n`);
	return { numRuns: cases, seed, endOnFailure: false };
}

/** Any text that JavaScript can hold: all of Unicode, control characters, lone surrogates, markup. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
	{ weight: 3, arbitrary: fc.string({ unit: 'binary' }) },
	{ weight: 3, arbitrary: fc.string({ unit: 'grapheme' }) },
	{
		weight: 3,
		arbitrary: fc
			.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
			.map((units) => String.fromCharCode(...units)),
	},
	{
		weight: 2,
		arbitrary: fc
			.array(
				fc.constantFrom(
					'\u0000',
					'\u0008',
					'\t',
					'\n',
					'\r',
					'\r\n',
					'\u000b',
					'\u007f',
					'\u0085',
					'\u2028',
					'\ud83d',
					'\ude00',
					'\ud83d\ude00',
					'\ufeff',
					'\ufffe',
					'\uffff',
					'&',
					'&amp;',
					'&#0;',
					'&lol;',
					'<',
					'>',
					']]>',
					'<![CDATA[',
					'<!--',
					'-->',
					'<?xml?>',
					'</contact>',
					'"',
					"'",
					' ',
				),
				{ maxLength: 12 },
			)
			.map((parts) => parts.join('')),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'__proto__',
			'constructor',
			'prototype',
			'toString',
			'hasOwnProperty',
			'nil',
			'',
		),
	},
);

/** What XML 1.0 can hold of a text, written down from its specification (production 2, Char). */
export function whatXmlCanHold(text: string): string {
	let kept = '';
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		const isChar =
			code === 0x9 ||
			code === 0xa ||
			code === 0xd ||
			(code >= 0x20 && code <= 0xd7ff) ||
			(code >= 0xe000 && code <= 0xfffd) ||
			(code >= 0x10000 && code <= 0x10ffff);
		if (isChar) kept += character;
	}
	return kept;
}
