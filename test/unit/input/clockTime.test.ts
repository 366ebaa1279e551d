import type { IExecuteFunctions } from 'n8n-workflow';

import { readClockTime, readTimeZone, toClockTime } from '../../../nodes/Maileon/input/clockTime';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import { refusalOf } from '../../support/refusals';

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

function parametersWith(value: unknown) {
	const node = { getNodeParameter: () => value } as unknown as IExecuteFunctions;
	const property = { displayName: 'Label', name: 'one', type: 'string', default: '' } as const;
	return new Parameters(node, [property]).ofItem(0);
}

describe('the minute that an item chooses', () => {
	it.each([undefined, null, ''])('is none for %j', (value) => {
		expect(readClockTime(parametersWith(value), 'one', BERLIN)).toBeUndefined();
	});

	it('is one of the time zone', () => {
		expect(readClockTime(parametersWith('2026-07-01 09:30'), 'one', BERLIN)).toEqual({
			date: '2026-07-01',
			hours: '09',
			minutes: '30',
			moment: Date.UTC(2026, 6, 1, 7, 30),
		});
	});

	it.each<[unknown, RegExp]>([
		[' ', /^Label: " " is not a date/],
		['2026-07-01', /^Label: "2026-07-01" has no time of day; .*\.$/],
		[0, /^Label: "0" is not a date/],
	])('is not %j', (value, message) => {
		const refusal = refusalOf(() => readClockTime(parametersWith(value), 'one', BERLIN));
		expect(refusal.message).toMatch(message);
		expect(refusal.details).toEqual({ field: 'one' });
	});
});

describe('the time zone that an item chooses', () => {
	it.each([
		['', BERLIN],
		[' ', BERLIN],
		[' America/New_York ', 'America/New_York'],
		['UTC', 'UTC'],
	])('%j is %s', (value, zone) => {
		expect(readTimeZone(parametersWith(value), 'one', BERLIN)).toBe(zone);
	});

	it('exists', () => {
		const refusal = refusalOf(() => readTimeZone(parametersWith('Europe/Atlantis'), 'one', BERLIN));
		expect(refusal.message).toBe('Label: "Europe/Atlantis" is no time zone.');
		expect(refusal.details).toEqual({
			description: 'Use a name such as Europe/Berlin or UTC.',
			field: 'one',
		});
	});
});
