import {
	isAsAskedFor,
	isSet,
	isWaiting,
	readSchedule,
	refusalOfDispatch,
	sameScheduleQuery,
	scheduleQuery,
	scheduleTime,
	type Dispatch,
} from '../../../../nodes/Maileon/maileon/mailing/schedule';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const START = { date: '2026-04-01', hours: '09', minutes: '30' };
const END = { date: '2026-04-02', hours: '18', minutes: '00' };

describe('the query', () => {
	const sent = (dispatch?: Dispatch) =>
		scheduleQuery(START, dispatch).filter(([, value]) => value !== undefined);

	test('names date, hours and minutes', () => {
		expect(sent()).toEqual([
			['date', '2026-04-01'],
			['hours', '09'],
			['minutes', '30'],
		]);
	});

	test('names what is set of the dispatch, also what is false', () => {
		expect(
			sent({
				dispatchOption: 'hour',
				dispatchEndInHours: 24,
				dispatchEndInDays: 0,
				clicksAsResponseReference: false,
				dispatchWavesGroup: 2,
				allowedHours: '0, 3, 17-21',
			}).slice(3),
		).toEqual([
			['dispatchOption', 'hour'],
			['dispatchEndInHours', 24],
			['clicksAsResponseReference', false],
			['dispatchWavesGroup', 2],
			['allowedHours', '0,3,17-21'],
		]);
		expect(
			sent({
				dispatchOption: 'uniform',
				dispatchEndExactDatetime: END,
				dispatchUniformInterval: '20m',
			}).slice(3),
		).toEqual([
			['dispatchOption', 'uniform'],
			['dispatchEndExactDatetime', '2026-04-02 18:00'],
			['dispatchUniformInterval', '20m'],
		]);
	});
});

describe('the limits of a dispatch', () => {
	test.each<Dispatch>([
		{},
		{ allowedHours: '0,3,5,17-21' },
		{ allowedHours: '23' },
		{ dispatchEndInHours: 0, dispatchEndInDays: 0 },
		{ dispatchOption: 'uniform', dispatchEndInHours: 2 },
		{ dispatchOption: 'uniform', dispatchEndInHours: 96, dispatchUniformInterval: 'hour' },
		{ dispatchOption: 'uniform', dispatchEndInHours: 0, dispatchEndExactDatetime: END },
		{ dispatchOption: 'hour', dispatchEndInHours: 24, dispatchWavesGroup: 1 },
		{ dispatchOption: 'hour', dispatchEndExactDatetime: END, clicksAsResponseReference: false },
		{ dispatchOption: 'weekdayhour', dispatchEndInDays: 1, dispatchEndInHours: 0 },
		{ dispatchOption: 'weekdayhour', dispatchEndInDays: 7, clicksAsResponseReference: true },
	])('allow %j', (dispatch) => {
		expect(refusalOfDispatch(START, dispatch)).toBeUndefined();
	});

	test.each<[Dispatch, keyof Dispatch, string]>([
		[{ dispatchEndInHours: 4 }, 'dispatchEndInHours', '"Evenly" or "By Hour of Response"'],
		[{ dispatchEndExactDatetime: END }, 'dispatchEndExactDatetime', 'It belongs to sending'],
		[{ clicksAsResponseReference: false }, 'clicksAsResponseReference', 'It belongs to sending'],
		[{ dispatchUniformInterval: '10m' }, 'dispatchUniformInterval', 'spread "Evenly".'],
		[
			{ dispatchOption: 'uniform', dispatchEndInHours: 4, dispatchWavesGroup: 1 },
			'dispatchWavesGroup',
			'"By Hour of Response" or "By Weekday and Hour of Response"',
		],
		[
			{ dispatchOption: 'hour', dispatchEndInHours: 4, dispatchUniformInterval: 'hour' },
			'dispatchUniformInterval',
			'spread "Evenly".',
		],
		[{ dispatchOption: 'uniform', dispatchEndInDays: 2 }, 'dispatchEndInDays', 'It belongs to'],
		[{ dispatchOption: 'weekdayhour', dispatchEndInHours: 4 }, 'dispatchEndInHours', 'belongs to'],
		[{ dispatchOption: 'uniform' }, 'dispatchOption', 'a number of hours, or an exact time'],
		[{ dispatchOption: 'weekdayhour' }, 'dispatchOption', 'a number of days, or an exact time'],
		[
			{ dispatchOption: 'hour', dispatchEndInHours: 4, dispatchEndExactDatetime: END },
			'dispatchOption',
			'needs one end',
		],
		[{ dispatchOption: 'uniform', dispatchEndInHours: 1 }, 'dispatchEndInHours', '2 to 96 hours'],
		[{ dispatchOption: 'uniform', dispatchEndInHours: 97 }, 'dispatchEndInHours', '2 to 96 hours'],
		[{ dispatchOption: 'hour', dispatchEndInHours: 25 }, 'dispatchEndInHours', '2 to 24 hours'],
		[{ dispatchOption: 'weekdayhour', dispatchEndInDays: 8 }, 'dispatchEndInDays', '7 days'],
		[
			{ dispatchOption: 'hour', dispatchEndExactDatetime: START },
			'dispatchEndExactDatetime',
			'after the start at 2026-04-01 09:30',
		],
		[{ allowedHours: '24' }, 'allowedHours', '0,3,5,17-21'],
		[{ allowedHours: '3-24' }, 'allowedHours', '0,3,5,17-21'],
		[{ allowedHours: '3;4' }, 'allowedHours', '0,3,5,17-21'],
		[{ allowedHours: '3,' }, 'allowedHours', '0,3,5,17-21'],
		[{ allowedHours: '22-4' }, 'allowedHours', 'write 22-23,0-4 instead of 22-4'],
	])('forbid %j', (dispatch, field, words) => {
		expect(refusalOfDispatch(START, dispatch)).toEqual({
			field,
			message: expect.stringContaining(words) as string,
		});
	});
});

describe('a schedule that Maileon tells', () => {
	const read = (xml: string) => readSchedule(readXml(`<schedule>${xml}</schedule>`));

	test.each(['hour', 'hours'])('calls its hour %s', (name) => {
		const parts = `<date>2026-04-01</date><${name}> 09 </${name}><minutes>30</minutes>`;
		expect(read(`${parts}<state>scheduled</state>`)).toEqual({
			...START,
			state: 'scheduled',
		});
	});

	test('comes with all that it holds, whatever that is', () => {
		expect(
			read(
				'<date>2026-04-01</date><state>schedules</state><dispatchOption>hour</dispatchOption>' +
					'<dispatchEndInHours>24</dispatchEndInHours><dispatchWavesGroup>2</dispatchWavesGroup>' +
					'<clicksAsResponseReference>false</clicksAsResponseReference>' +
					'<allowedHours>3</allowedHours><other nil="true"/><zone><name>x</name></zone>',
			),
		).toEqual({
			date: '2026-04-01',
			hours: null,
			minutes: null,
			state: 'scheduled',
			dispatch_option: 'hour',
			dispatch_end_in_hours: 24,
			dispatch_waves_group: 2,
			clicks_as_response_reference: false,
			allowed_hours: '3',
			other: null,
			zone: { name: 'x' },
		});
	});

	test('is none when its state says so', () => {
		expect(isSet(read('<state>unscheduled</state>'))).toBe(false);
		expect(isSet(read('<state>misfired</state>'))).toBe(true);
		expect(isSet(read(''))).toBe(true);
	});

	test.each([
		['scheduled', true],
		['schedules', true],
		['SCHEDULED', true],
		['something new', true],
		['unscheduled', false],
		['FIRED', false],
		['misfired', false],
	])('waits in the state "%s": %s', (state, waits) => {
		expect(isWaiting(read(`<date>2026-04-01</date><state>${state}</state>`))).toBe(waits);
	});

	test('is called by its time, as far as Maileon tells it', () => {
		expect(scheduleTime(read('<date>2026-04-01</date><hour>9</hour>'))).toBe('2026-04-01 9:?');
	});

	test('can be set again as it is', () => {
		const parts = [
			['date', '2026-04-01'],
			['hours', '09'],
			['minutes', '30'],
			['dispatchOption', 'weekdayhour'],
			['dispatchEndInDays', '3'],
			['dispatchEndExactDatetime', '2026-04-05 10:00'],
			['clicksAsResponseReference', 'false'],
			['dispatchWavesGroup', '2'],
			['allowedHours', '0,3,17-21'],
		] as const;
		const unset = '<dispatchEndInHours>0</dispatchEndInHours><dispatchUniformInterval nil="true"/>';
		const xml = parts.map(([name, value]) => `<${name}>${value}</${name}>`).join('') + unset;
		const query = sameScheduleQuery(read(xml)).filter(([, value]) => value !== undefined);
		expect(query).toEqual(parts);
	});

	const told =
		'<date>2026-04-01</date><hour>9</hour><minutes>30</minutes><dispatchOption>hour</dispatchOption><dispatchEndInHours>24</dispatchEndInHours>';

	test('is the one that was asked for, or not', () => {
		const asked = { dispatchOption: 'hour', dispatchEndInHours: 24 } as const;
		expect(isAsAskedFor(read(told), scheduleQuery(START, asked))).toBe(true);
		expect(isAsAskedFor(read(told), scheduleQuery(START, { ...asked, allowedHours: '3' }))).toBe(
			true,
		);
		expect(isAsAskedFor(read(told), scheduleQuery(END, asked))).toBe(false);
		expect(
			isAsAskedFor(read(told), scheduleQuery(START, { ...asked, dispatchEndInHours: 12 })),
		).toBe(false);
		expect(isAsAskedFor(read('<state>scheduled</state>'), scheduleQuery(START))).toBe(false);
	});

	test.each<[string | number | undefined, string, boolean]>([
		['9', ' 09 ', true],
		['09', '9', true],
		['9h', '09h', false],
		['h9', 'h09', false],
		[24, '24', true],
		[undefined, '24', true],
		['', '24', true],
		['', '', true],
		['24', '', false],
	])('as %j, told as "%s": %s', (asked, answer, isSame) => {
		expect(isAsAskedFor({ ...read(''), other: answer }, [['other', asked]])).toBe(isSame);
	});
});
