import {
	isWaiting,
	readSchedule,
	scheduleMoment,
	scheduleQuery,
} from '../../../../nodes/Maileon/maileon/mailing/sameSchedule';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const read = (children: string) => readSchedule(readXml(`<schedule>${children}</schedule>`));
const SIMPLE =
	'<date>2026-04-01</date><hours>09</hours><minutes>30</minutes><state>scheduled</state>';

it('reads the documented sample, and sets the same again', () => {
	const schedule = read(SIMPLE);
	expect(schedule).toEqual({
		date: '2026-04-01',
		hours: '09',
		minutes: '30',
		state: 'scheduled',
		spread: [],
	});
	if (!schedule) throw new Error('There is no schedule');
	expect(scheduleMoment(schedule)).toBe('2026-04-01 09:30');
	expect(scheduleQuery(schedule)).toEqual([
		['date', '2026-04-01'],
		['hours', '09'],
		['minutes', '30'],
	]);
});

it('takes the hour by both of its names', () => {
	expect(read('<date>2026-04-01</date><hour>09</hour><minutes>30</minutes>')?.hours).toBe('09');
});

it('keeps every way to spread the sendout that is set', () => {
	const spread = [
		['dispatchOption', 'weekdayhour'],
		['dispatchEndInDays', '3'],
		['dispatchEndExactDatetime', '2026-04-05 10:00'],
		['clicksAsResponseReference', 'false'],
		['dispatchWavesGroup', '2'],
		['allowedHours', '0,3,17-21'],
	] as const;
	const children = spread.map(([name, value]) => `<${name}>${value}</${name}>`).join('');
	const unset = '<dispatchEndInHours>0</dispatchEndInHours><dispatchUniformInterval nil="true"/>';
	expect(read(SIMPLE + children + unset)?.spread).toEqual(spread);
});

it('is none without a date', () => {
	expect(read('<state>unscheduled</state>')).toBeUndefined();
});

it.each([
	['scheduled', true],
	['schedules', true],
	['SCHEDULED', true],
	['', true],
	['unscheduled', false],
	['fired', false],
	['misfired', false],
])('waits in the state "%s": %s', (state, waits) => {
	const schedule = read(`<date>2026-04-01</date><state>${state}</state>`);
	expect(schedule && isWaiting(schedule)).toBe(waits);
});
