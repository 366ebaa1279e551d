import { toClockTime } from '../../../nodes/Maileon/input/clockTime';

const BERLIN = 'Europe/Berlin';

describe('a minute as clocks show it', () => {
	it.each<[unknown, string, string, string]>([
		['2026-07-01 09:30', BERLIN, '2026-07-01 09:30', '2026-07-01T07:30:00.000Z'],
		['2026-07-01T09:30:59', 'UTC', '2026-07-01 09:30', '2026-07-01T09:30:00.000Z'],
		['01.12.2026 09:30', BERLIN, '2026-12-01 09:30', '2026-12-01T08:30:00.000Z'],
		['2026-07-01T09:30:00Z', BERLIN, '2026-07-01 11:30', '2026-07-01T09:30:00.000Z'],
		['2026-12-31T23:30:00.500-05:00', BERLIN, '2027-01-01 05:30', '2027-01-01T04:30:00.000Z'],
		['2026-03-29T00:30:00Z', BERLIN, '2026-03-29 01:30', '2026-03-29T00:30:00.000Z'],
		['2026-10-25 02:30', BERLIN, '2026-10-25 02:30', '2026-10-25T01:30:00.000Z'],
		[new Date('2026-07-01T09:30:29Z'), BERLIN, '2026-07-01 11:30', '2026-07-01T09:30:00.000Z'],
		[
			{ isLuxonDateTime: true, toMillis: () => Date.UTC(2026, 6, 1, 9, 30, 59) },
			'America/St_Johns',
			'2026-07-01 07:00',
			'2026-07-01T09:30:00.000Z',
		],
	])('%s is in %s %s', (value, zone, clock, moment) => {
		const minute = toClockTime(value, zone);
		expect(`${minute.date} ${minute.hours}:${minute.minutes}`).toBe(clock);
		expect(new Date(minute.moment).toISOString()).toBe(moment);
	});

	it.each<[unknown, string]>([
		['2026-07-01', 'has no time of day'],
		['tomorrow', 'is not a date'],
		['2026-03-29 02:30', 'is skipped by the clocks of Europe/Berlin'],
		[1735689600000, 'is not a date'],
	])('%s is refused', (value, reason) => {
		expect(() => toClockTime(value, BERLIN)).toThrow(reason);
	});
});
