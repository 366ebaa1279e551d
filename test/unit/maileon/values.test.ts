import { runInNewContext } from 'node:vm';

import fc from 'fast-check';
import { DateTime } from 'luxon';

import type { FieldType } from '../../../nodes/Maileon/maileon/contact/fields';
import {
	quote,
	toBoolean,
	toDate,
	toFieldValue,
	toText,
	ValueRefusal,
} from '../../../nodes/Maileon/maileon/values';
import { anyText, whatXmlCanHold } from '../../support/propertySettings';

const ALL_TYPES: FieldType[] = [
	'string',
	'untyped',
	'integer',
	'float',
	'date',
	'boolean',
	'gender',
	'locale',
];

function refusal(value: unknown, type: FieldType): ValueRefusal {
	try {
		toFieldValue(value, type);
	} catch (error) {
		if (error instanceof ValueRefusal) return error;
		throw error;
	}
	throw new Error(`${type} took ${String(value)}`);
}

/** Values and what becomes of them, for one type. */
function converts(type: FieldType, cases: ReadonlyArray<readonly [value: unknown, text: string]>) {
	test.each(cases)(`${type}: %p becomes %p`, (value, text) => {
		expect(toFieldValue(value, type)).toBe(text);
	});
}

function refuses(type: FieldType, values: readonly unknown[]) {
	test.each(values.map((value) => [value] as const))(`${type}: %p is refused`, (value) => {
		expect(refusal(value, type).reason).not.toBe('');
	});
}

describe('nothing, null and empty are three different things', () => {
	test.each(ALL_TYPES)('%s', (type) => {
		expect(toFieldValue(undefined, type)).toBeUndefined();
		expect(toFieldValue(null, type)).toBeNull();
		expect(toFieldValue('', type)).toBe('');
	});
});

describe('text', () => {
	converts('string', [
		['00420', '00420'],
		['  blanks stay  ', '  blanks stay  '],
		['1,234', '1,234'],
		['yes', 'yes'],
		[420, '420'],
		[-0, '0'],
		[0.1, '0.1'],
		[1e-7, '0.0000001'],
		[-1.5e-9, '-0.0000000015'],
		[123456789012345, '123456789012345'],
		[BigInt('9007199254740993'), '9007199254740993'],
		[true, 'true'],
		[false, 'false'],
		[new Date('2026-12-31T23:30:00Z'), '2026-12-31 23:30:00'],
		['<b>&"\'', '<b>&"\''],
	]);
	refuses('string', [
		Number.NaN,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		2 ** 53,
		1e21,
		['a'],
		[],
		{},
		{ a: 1 },
		new Date('never'),
		Symbol('s'),
		() => 1,
	]);

	test('a number too large to be exact says how to pass it', () => {
		expect(refusal(2 ** 53, 'untyped').reason).toContain('as text');
	});
});

describe('whole numbers', () => {
	converts('integer', [
		[42, '42'],
		['42', '42'],
		[' 42 ', '42'],
		['+42', '42'],
		['-42', '-42'],
		[0, '0'],
		[-0, '0'],
		['0', '0'],
		['-0', '-0'],
		[2147483647, '2147483647'],
		['-2147483648', '-2147483648'],
		[BigInt(7), '7'],
	]);
	refuses('integer', [
		3.5,
		'3.5',
		'3,14',
		'1,234',
		'1.234',
		'1e3',
		1e10,
		'2147483648',
		'-2147483649',
		'00420',
		'-007',
		'+01',
		'0x10',
		'forty-two',
		' ',
		true,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		new Date(0),
		[],
		{},
	]);
});

describe('decimal numbers', () => {
	converts('float', [
		[3.14, '3.14'],
		['3.14', '3.14'],
		['3,14', '3.14'],
		['-3,1', '-3.1'],
		['0,125', '0.125'],
		['1234,567', '1234.567'],
		['.5', '0.5'],
		['-.5', '-0.5'],
		['+2.50', '2.50'],
		['1e3', '1000'],
		['1.5E-3', '0.0015'],
		['-2.5e+2', '-250'],
		['0.5e3', '500'],
		['0.05e1', '0.5'],
		['0e5', '0'],
		[1e-7, '0.0000001'],
		['0', '0'],
		[0, '0'],
		[12, '12'],
		[' 7 ', '7'],
		['0.0', '0.0'],
		[BigInt(12), '12'],
	]);
	refuses('float', [
		'1,234',
		'-1,234',
		'12,345',
		'1.234,5',
		'1,234.5',
		'1 000',
		'00420',
		'00.5',
		'1.',
		'e5',
		'1e9999',
		'1e400',
		'NaN',
		'Infinity',
		'three',
		' ',
		true,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		[],
		{},
		new Date(0),
	]);

	test('every finite number that JavaScript holds exactly keeps its value', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
				fc.pre(!Number.isInteger(number) || Number.isSafeInteger(number));
				const text = toFieldValue(number, 'float');
				expect(text).toMatch(/^-?\d+(\.\d+)?$/);
				expect(Number(text)).toBe(number === 0 ? 0 : number);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('text with an exponent is written out without losing a digit', () => {
		const decimal = fc.tuple(
			fc.integer({ min: -999_999, max: 999_999 }),
			fc.nat({ max: 999_999 }),
			fc.integer({ min: -30, max: 30 }),
		);
		fc.assert(
			fc.property(decimal, ([whole, fraction, exponent]) => {
				const source = `${whole}.${fraction}e${exponent}`;
				const text = String(toFieldValue(source, 'float'));
				expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
				expect(Number(text)).toBeCloseTo(Number(source), 20);
				expect(Number(text) / (Number(source) || 1)).toBeCloseTo(Number(source) ? 1 : 0, 10);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('booleans', () => {
	converts('boolean', [
		[true, 'true'],
		[false, 'false'],
		[1, 'true'],
		[0, 'false'],
		['true', 'true'],
		['FALSE', 'false'],
		[' Yes ', 'true'],
		['no', 'false'],
		['on', 'true'],
		['off', 'false'],
		['1', 'true'],
		['0', 'false'],
		['ja', 'true'],
		['nein', 'false'],
	]);
	refuses('boolean', [2, -1, 'maybe', 'wahr!', ' ', '10', {}, [], [true], Number.NaN, new Date(0)]);

	test('toBoolean refuses nothing', () => {
		for (const value of [undefined, null, '']) {
			expect(() => toBoolean(value)).toThrow(ValueRefusal);
		}
	});
});

describe('choices', () => {
	converts('gender', [
		['m', 'm'],
		['F', 'f'],
		[' d ', 'd'],
		['weiblich', 'f'],
		['Male', 'm'],
		['männlich', 'm'],
		['female', 'f'],
		['w', 'f'],
		['diverse', 'd'],
		['Divers', 'd'],
	]);
	refuses('gender', ['x', 'Mr', 1, true, {}, [], ' ']);
	converts('locale', [
		['de', 'de'],
		['de_DE', 'de_DE'],
		['de-at', 'de_AT'],
		['EN_gb', 'en_GB'],
		[' de ', 'de'],
		[' de_AT ', 'de_AT'],
	]);
	refuses('locale', ['german', 'DE_DEU', 'd', 1, {}, 'de_', ' ', 'xde_DE', 'de_DEx']);
});

describe('dates', () => {
	converts('date', [
		['2026-12-31', '2026-12-31'],
		[' 2026-12-31 ', '2026-12-31'],
		['2026-12-31 18:30:00', '2026-12-31 18:30:00'],
		['2026-12-31T18:30:00', '2026-12-31 18:30:00'],
		['2026-12-31T18:30', '2026-12-31 18:30:00'],
		['2026-12-31T23:59:59.999Z', '2026-12-31 23:59:59'],
		['2026-12-31T23:30:00+14:00', '2026-12-31 23:30:00'],
		['2026-01-01T00:30:00-0800', '2026-01-01 00:30:00'],
		['2026-01-01T00:30:00+02', '2026-01-01 00:30:00'],
		['31.12.2026', '2026-12-31'],
		['1.2.2024', '2024-02-01'],
		['01.02.2024 08:05', '2024-02-01 08:05:00'],
		['01.02.2024, 08:05:09', '2024-02-01 08:05:09'],
		['2024-02-29', '2024-02-29'],
		['0001-01-01', '0001-01-01'],
		['9999-12-31', '9999-12-31'],
		[new Date('2026-06-30T22:00:00Z'), '2026-06-30 22:00:00'],
		[runInNewContext('new Date(0)'), '1970-01-01 00:00:00'],
		[DateTime.fromISO('2026-01-01T00:30:00', { zone: 'Asia/Tokyo' }), '2026-01-01 00:30:00'],
		[
			DateTime.fromISO('2026-12-31T23:30:00', { zone: 'America/Los_Angeles' }),
			'2026-12-31 23:30:00',
		],
	]);
	refuses('date', [
		'12/31/2026',
		'1/2/2026',
		'2026/12/31',
		'31-12-2026',
		'31.12.26',
		'2023-02-29',
		'29.02.2023',
		'2026-13-01',
		'2026-00-10',
		'2026-12-31 24:00:00',
		'2026-12-31 23:60:00',
		'2026-12-31 23:59:60',
		'2026-6-1',
		'20261231',
		'tomorrow',
		'x2026-12-31',
		'2026-12-31x',
		'2026-12-31 18:30:00x',
		'x31.12.2026',
		'31.12.2026x',
		{ isLuxonDateTime: true, isValid: true, toISO: () => null },
		'46387',
		46387,
		46387.5,
		1798675200000,
		true,
		{},
		[],
		new Date('never'),
		DateTime.invalid('because'),
		' ',
	]);

	test('slashes say why they are refused', () => {
		expect(refusal('12/31/2026', 'date').reason).toContain('two different days');
	});

	test('a written calendar date is never moved, whatever zone stands behind it', () => {
		const day = fc.date({
			min: new Date('0001-01-01T00:00:00Z'),
			max: new Date('9999-12-31T23:59:59Z'),
			noInvalidDate: true,
		});
		const zone = fc.constantFrom('', 'Z', '+00:00', '+14:00', '-12:00', '+0530', ' +02', '-08');
		fc.assert(
			fc.property(day, zone, (date, suffix) => {
				const iso = date.toISOString();
				const written = `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
				expect(toDate(iso.slice(0, 10))).toBe(iso.slice(0, 10));
				expect(toDate(`${iso.slice(0, 19)}${suffix}`)).toBe(written);
				expect(toDate(date)).toBe(written);
				const [year, month, dayOfMonth] = iso.slice(0, 10).split('-');
				expect(toDate(`${dayOfMonth}.${month}.${year}`)).toBe(iso.slice(0, 10));
			}),
			{ numRuns: 1_000 },
		);
	});

	test('a Luxon date keeps the day of its own zone', () => {
		const instants = fc.date({
			min: new Date('1900-01-01T00:00:00Z'),
			max: new Date('2100-12-31T23:59:59Z'),
			noInvalidDate: true,
		});
		const zones = fc.constantFrom(
			'utc',
			'Europe/Berlin',
			'Pacific/Kiritimati',
			'America/St_Johns',
			'Pacific/Pago_Pago',
		);
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const luxon = DateTime.fromJSDate(instant, { zone });
				expect(toDate(luxon)).toBe(luxon.toFormat('yyyy-MM-dd HH:mm:ss'));
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('over all types', () => {
	test('what comes out is sent as it is when it comes in again', () => {
		fc.assert(
			fc.property(fc.anything(), fc.constantFrom(...ALL_TYPES), (value, type) => {
				let once: unknown;
				try {
					once = toFieldValue(value, type);
				} catch (error) {
					expect(error).toBeInstanceOf(ValueRefusal);
					return;
				}
				expect(once === undefined || once === null || typeof once === 'string').toBe(true);
				if (type !== 'integer' || typeof value !== 'bigint') {
					expect(toFieldValue(once, type)).toBe(once);
				}
			}),
			{ numRuns: 5_000 },
		);
	});

	test('any text goes through a text field unchanged, less what XML cannot hold', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(toText(text)).toBe(whatXmlCanHold(text));
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('quoting a value in a message', () => {
	test.each([
		['a\n b', '"a b"'],
		['x'.repeat(100), `"${'x'.repeat(80)}…"`],
		[42, '"42"'],
		[null, '"null"'],
		[undefined, '"undefined"'],
		[{ a: 1 }, '"{"a":1}"'],
		[BigInt(5), '"5"'],
	])('%p', (value, words) => {
		expect(quote(value)).toBe(words);
	});

	test('objects that cannot be written as JSON', () => {
		const round: Record<string, unknown> = {};
		round.self = round;
		expect(quote(round)).toBe('"[object Object]"');
		expect(quote(Object.create(null))).toBe('"{}"');
		expect(quote({ toJSON: () => undefined })).toMatch(/^"/);
	});
});

describe('a value in a message', () => {
	const circular: unknown[] = [];
	circular.push(circular);

	test.each<[unknown, string]>([
		['x'.repeat(80), `"${'x'.repeat(80)}"`],
		['x'.repeat(81), `"${'x'.repeat(80)}…"`],
		['two\n lines', '"two lines"'],
		[{ a: 1 }, '"{"a":1}"'],
		[circular, '"[object Array]"'],
		[null, '"null"'],
		[7n, '"7"'],
	])('%#', (value, shown) => {
		expect(quote(value)).toBe(shown);
	});
});

describe('numbers as text', () => {
	converts('integer', [
		['105', '105'],
		['-1005', '-1005'],
		[-0, '0'],
	]);
	converts('float', [
		['.25', '0.25'],
		['-.255', '-0.255'],
		['3,14', '3.14'],
		[-0, '0'],
	]);
	refuses('float', ['3,14x', 'x3.14', '3.14x', '1.5e3x']);
});
