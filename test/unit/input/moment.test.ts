import { clockAt, toMoment, writtenOffset } from '../../../nodes/Maileon/input/moment';

const BERLIN = 'Europe/Berlin';

describe('a moment', () => {
	it.each<[unknown, string, string]>([
		['2026-07-01T12:00:00Z', BERLIN, '2026-07-01T12:00:00.000Z'],
		['2026-07-01T12:00:00+02:00', 'UTC', '2026-07-01T10:00:00.000Z'],
		['2026-07-01T12:00:00.999-0330', 'UTC', '2026-07-01T15:30:00.000Z'],
		['2026-07-01T12:00:00+05', 'UTC', '2026-07-01T07:00:00.000Z'],
		['2026-07-01T12:00:00', BERLIN, '2026-07-01T10:00:00.000Z'],
		['2026-12-01 12:00:00', BERLIN, '2026-12-01T11:00:00.000Z'],
		['2026-07-01', BERLIN, '2026-06-30T22:00:00.000Z'],
		['01.07.2026', 'UTC', '2026-07-01T00:00:00.000Z'],
		['2026-03-29 01:59:59', BERLIN, '2026-03-29T00:59:59.000Z'],
		['2026-03-29 03:00:00', BERLIN, '2026-03-29T01:00:00.000Z'],
		['2026-10-25 04:00:00', BERLIN, '2026-10-25T03:00:00.000Z'],
		['2026-07-01 00:00', 'America/St_Johns', '2026-07-01T02:30:00.000Z'],
		[' 2026-07-01T12:00:00+02:00 ', 'UTC', '2026-07-01T10:00:00.000Z'],
		['1970-01-01T00:00:00Z', BERLIN, '1970-01-01T00:00:00.000Z'],
		[new Date('2026-07-01T12:00:00.123Z'), BERLIN, '2026-07-01T12:00:00.123Z'],
		[
			{ isLuxonDateTime: true, toMillis: () => Date.UTC(2026, 6, 1) },
			BERLIN,
			'2026-07-01T00:00:00.000Z',
		],
	])('of %s in %s is %s', (value, zone, expected) => {
		expect(new Date(toMoment(value, zone)).toISOString()).toBe(expected);
	});

	it.each<[unknown, string]>([
		['', 'is not a date'],
		['tomorrow', 'is not a date'],
		['07/01/2026', 'two different days'],
		['2026-02-30', 'calendar does not have'],
		[1735689600000, 'is not a date'],
		[true, 'is not a date'],
		[new Date(Number.NaN), 'is not a date'],
		[{ isLuxonDateTime: true, toMillis: () => Number.NaN }, 'is not a date'],
		[{}, 'is not a date'],
		[null, 'is not a date'],
		[{ isLuxonDateTime: true, toMillis: 0 }, 'is not a date'],
		[{ toMillis: () => 0 }, 'is not a date'],
		['1969-12-31T23:59:59Z', 'before the year 1970'],
	])('is not made of %s', (value, reason) => {
		expect(() => toMoment(value, 'UTC')).toThrow(reason);
	});
});

test.each<[unknown, string | undefined]>([
	['2026-07-01 12:00 +02:00', '+02:00'],
	['2026-07-01T12:00:00Z', 'Z'],
	['2026-07-01T12:00', undefined],
	['2026-07-01', undefined],
	[new Date(0), undefined],
	[[' 2026-07-01T12:00:00Z'], undefined],
])('the offset that is written in %j is %s', (value, offset) => {
	expect(writtenOffset(value)).toBe(offset);
});

test('clocks show a moment to the second', () => {
	expect(clockAt(Date.UTC(2026, 6, 1, 22, 5, 9, 999), BERLIN)).toBe('2026-07-02 00:05:09');
	expect(clockAt(Date.UTC(2026, 11, 31, 23, 59), 'America/St_Johns')).toBe('2026-12-31 20:29:00');
});
