import { toAttributeValue } from '../../../../nodes/Maileon/maileon/transaction/attributeValues';

const luxonLike = {
	isLuxonDateTime: true,
	isValid: true,
	toISO: () => '2026-12-31T23:30:00.000+05:00',
	toJSON: () => '2026-12-31T23:30:00.000+05:00',
};

describe('what is unambiguous becomes a JSON value of the declared type', () => {
	it.each<[string, unknown, unknown]>([
		['string', 'Ada', 'Ada'],
		['string', '', ''],
		['string', ' two  blanks ', ' two  blanks '],
		['string', '00420', '00420'],
		['string', 420, '420'],
		['string', 1e21 / 1e20, '10'],
		['string', true, 'true'],
		['string', '😀 <&>', '😀 <&>'],
		['date', '2026-12-31', '2026-12-31'],
		['date', '2026-12-31T23:30:00+05:00', '2026-12-31'],
		['date', '2026-12-31 23:30:00', '2026-12-31'],
		['date', '31.12.2026', '2026-12-31'],
		['date', luxonLike, '2026-12-31'],
		['date', new Date('2026-12-31T23:30:00Z'), '2026-12-31'],
		['timestamp', '2026-12-31 23:30:00', '2026-12-31 23:30:00'],
		['timestamp', '2026-12-31T23:30:15.999Z', '2026-12-31 23:30:15'],
		['timestamp', '2026-12-31', '2026-12-31 00:00:00'],
		['timestamp', luxonLike, '2026-12-31 23:30:00'],
		['boolean', true, true],
		['boolean', 'no', false],
		['boolean', 0, false],
		['boolean', 'ja', true],
		['integer', 42, 42],
		['integer', '42', 42],
		['integer', ' -7 ', -7],
		['integer', 0, 0],
		['integer', -2147483648, -2147483648],
		['integer', '2147483647', 2147483647],
		['float', 19.9, 19.9],
		['float', '19.9', 19.9],
		['float', '19,9', 19.9],
		['float', '.5', 0.5],
		['double', 1e300, 1e300],
		['double', '1e3', 1000],
		['double', 0, 0],
		['double', 9007199254740992, 9007199254740992],
		['json', [{ sku: 'S1', qty: 2 }], [{ sku: 'S1', qty: 2 }]],
		['json', '[{"sku":"S1"}]', [{ sku: 'S1' }]],
		['json', '"text"', 'text'],
		['json', '5', 5],
		['json', 'null', null],
		['json', 5, 5],
		['json', false, false],
		['json', {}, {}],
		['of tomorrow', 5, 5],
		['of tomorrow', false, false],
		['of tomorrow', 'x', 'x'],
		['of tomorrow', '', ''],
		['', '00420', '00420'],
	])('%s from %j', (type, value, expected) => {
		expect(toAttributeValue(value, type)).toEqual(expected);
	});
});

describe('nothing is sent', () => {
	it.each(['string', 'date', 'timestamp', 'boolean', 'integer', 'float', 'double', 'json', 'new'])(
		'for a missing %s and for null',
		(type) => {
			expect(toAttributeValue(undefined, type)).toBeUndefined();
			expect(toAttributeValue(null, type)).toBeUndefined();
		},
	);
	it.each(['date', 'timestamp', 'boolean', 'integer', 'float', 'double', 'json'])(
		'for an empty %s',
		(type) => {
			expect(toAttributeValue('', type)).toBeUndefined();
			expect(toAttributeValue('  ', type)).toBeUndefined();
		},
	);
});

describe('what would have to be guessed is refused', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;
	it.each<[string, unknown, string]>([
		['string', ['a'], 'is a list'],
		['string', { a: 1 }, 'is an object'],
		['string', Number.NaN, 'is not a number'],
		['date', '12/31/2026', 'two different days'],
		['date', '2026-02-30', 'calendar does not have'],
		['date', 20261231, 'is not a date'],
		['timestamp', 'yesterday', 'is not a date'],
		['timestamp', 1735689600000, 'is not a date'],
		['boolean', 'maybe', 'neither true nor false'],
		['boolean', 2, 'neither true nor false'],
		['integer', 1.5, 'not a whole number'],
		['integer', '00420', 'leading zeros'],
		['integer', 2147483648, 'outside the range'],
		['integer', true, 'is not a whole number'],
		['integer', '1e3', 'is not a whole number'],
		['float', '1,234', 'not a decimal number'],
		['float', 'ten', 'not a decimal number'],
		['float', Number.POSITIVE_INFINITY, 'is not a number'],
		['double', '1e999', 'too large'],
		['json', 'plain text', 'needs quotes'],
		['json', '{"a":', 'is not JSON'],
		['json', circular, 'cannot be written as JSON'],
		['json', () => 1, 'cannot be written as JSON'],
		['json', 10n, 'cannot be written as JSON'],
	])('%s from %s', (type, value, reason) => {
		expect(() => toAttributeValue(value, type)).toThrow(reason);
	});
});
