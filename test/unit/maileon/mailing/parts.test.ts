import {
	readDispatching,
	readPart,
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
