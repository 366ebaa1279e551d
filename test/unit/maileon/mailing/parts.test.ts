import {
	readDispatching,
	readPart,
	readProperties,
	readReplyTo,
} from '../../../../nodes/Maileon/maileon/mailing/parts';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

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
