import { sameScheduleQuery } from '../../../../nodes/Maileon/maileon/mailing/sameSchedule';
import { readSchedule } from '../../../../nodes/Maileon/maileon/mailing/schedule';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const read = (children: string) => readSchedule(readXml(`<schedule>${children}</schedule>`));
const SIMPLE =
	'<date>2026-04-01</date><hours>09</hours><minutes>30</minutes><state>scheduled</state>';
const SAME = [
	['date', '2026-04-01'],
	['hours', '09'],
	['minutes', '30'],
];

it('says the same as the documented sample', () => {
	expect(sameScheduleQuery(read(SIMPLE))).toEqual(SAME);
});

it('takes the hour by its other name', () => {
	expect(sameScheduleQuery(read(SIMPLE.replaceAll('hours', 'hour')))).toEqual(SAME);
});

it('says every way to spread the sendout that is set', () => {
	const spread = [
		['dispatchOption', 'weekdayhour'],
		['dispatchEndInDays', 3],
		['dispatchEndExactDatetime', '2026-04-05 10:00'],
		['clicksAsResponseReference', false],
		['dispatchWavesGroup', 2],
		['allowedHours', '0,3,17-21'],
	];
	const children = spread
		.map(([name, value]) => `<${String(name)}>${String(value)}</${String(name)}>`)
		.join('');
	const unset = '<dispatchEndInHours>0</dispatchEndInHours><dispatchUniformInterval nil="true"/>';
	expect(sameScheduleQuery(read(SIMPLE + children + unset))).toEqual([...SAME, ...spread]);
});
