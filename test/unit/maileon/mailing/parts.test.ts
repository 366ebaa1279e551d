import {
	readDispatching,
	readPart,
	readProperties,
	readReplyTo,
} from '../../../../nodes/Maileon/maileon/mailing/parts';
import {
	isWaiting,
	readSchedule,
	scheduleTime,
} from '../../../../nodes/Maileon/maileon/mailing/schedule';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

describe('the schedule of a mailing', () => {
	test('as the help page and as the clients name it', () => {
		const expected = { date: '2026-04-01', hours: '09', minutes: '30', state: 'scheduled' };
		for (const [hours, state] of [
			['hours', 'scheduled'],
			['hour', 'schedules'],
		] as const) {
			const xml = `<schedule><date>2026-04-01</date><${hours}>09</${hours}><minutes>30</minutes><state>${state}</state></schedule>`;
			const schedule = readSchedule(readXml(xml));
			expect(schedule).toEqual(expected);
			expect(isWaiting(schedule)).toBe(true);
			expect(scheduleTime(schedule)).toBe('2026-04-01 09:30');
		}
	});

	test('with the ways of spreading it', () => {
		const xml =
			'<schedule><dispatchOption>uniform</dispatchOption><dispatchEndInHours>12</dispatchEndInHours><clicksAsResponseReference>true</clicksAsResponseReference><allowedHours>0,17-21</allowedHours><dispatchEndExactDatetime nil="true"/></schedule>';
		expect(readSchedule(readXml(xml))).toEqual({
			dispatch_option: 'uniform',
			dispatch_end_in_hours: 12,
			clicks_as_response_reference: true,
			allowed_hours: '0,17-21',
			dispatch_end_exact_datetime: null,
		});
	});

	test.each([
		['unscheduled', false],
		['FIRED', false],
		['misfired', false],
		['something new', true],
		[undefined, true],
	])('state %s waits: %s', (state, waits) => expect(isWaiting({ state })).toBe(waits));
});

test('the reply-to address', () => {
	const xml =
		'<reply_to><active>true</active><auto>false</auto><customEmail>a@example.com</customEmail></reply_to>';
	expect(readReplyTo(readXml(xml))).toEqual({
		active: true,
		auto: false,
		custom_email: 'a@example.com',
	});
});

test('properties', () => {
	const property = (key: string, value: string) => `<property><key>${key}</key>${value}</property>`;
	const xml = `<properties>${property('a', '<value>1</value>')}${property('b', '<value nil="true"/>')}</properties>`;
	expect(readProperties(readXml(xml))).toEqual([
		{ key: 'a', value: '1' },
		{ key: 'b', value: null },
	]);
	expect(readProperties(readXml('<properties/>'))).toEqual([]);
});

describe('the dispatching of a trigger', () => {
	test.each([
		'<event>42</event>',
		'<event_id>42</event_id>',
		'<event>42</event><event_id>42</event_id>',
	])('%s', (event) => {
		const xml = `<dispatch_options><type>SINGLE</type>${event}<start_trigger>false</start_trigger></dispatch_options>`;
		expect(readDispatching(readXml(xml))).toEqual({
			type: 'SINGLE',
			event: 42,
			start_trigger: false,
		});
	});

	test('keeps words in the place of an event', () =>
		expect(readDispatching(readXml('<d><event>doi</event></d>'))).toEqual({ event: 'doi' }));
});

test('what has parts of its own is kept', () =>
	expect(readPart(readXml('<a><bC><d>1</d></bC><e>x</e></a>'))).toEqual({
		b_c: { d: '1' },
		e: 'x',
	}));
