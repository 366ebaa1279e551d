import { readAnswer } from '../../../../nodes/Maileon/maileon/answer';
import {
	readValue,
	tagsText,
	valueDocument,
	VALUE_FORMS,
} from '../../../../nodes/Maileon/maileon/mailing/values';

const read = (body: string, value: keyof typeof VALUE_FORMS) => readValue(readAnswer(body), value);

test.each([
	['subject', '<subject>Spring &amp; <![CDATA[<sale>]]></subject>', 'Spring & <sale>'],
	['subject', '<subject> two blanks </subject>', ' two blanks '],
	['subject', '<subject nil="true"/>', null],
	['subject', '<subject/>', ''],
	['name', '\n<name>Spring sale</name>', 'Spring sale'],
	['sealed', '<sealed>true</sealed>', true],
	['postSendoutCleanup', '<cleanup>FALSE</cleanup>', false],
	['contactsLimit', '<contacts_limit> 2147483647 </contacts_limit>', 2_147_483_647],
	['targetGroupId', '<targetgroupid>none</targetgroupid>', 'none'],
	['tags', '<tags>news#spring# </tags>', ['news', 'spring']],
	['tags', '<tags/>', []],
	['archiveUrl', '<archive_url>https://example.com/a</archive_url>', 'https://example.com/a'],
	['archiveUrl', 'https://example.com/a', 'https://example.com/a'],
	['maxContentSize', '200', 200],
	['locale', '', null],
	['domain', '<domain><name>a</name></domain>', { answer: { name: 'a' } }],
] as const)('the value %s of %s', (value, body, expected) => {
	expect(read(body, value)).toEqual(expected);
});

test('a web page is no value', () => {
	expect(read('<html><body>Hello</body></html>', 'subject')).toBeUndefined();
});

test('a value is written as its element, with markup escaped', () => {
	expect(valueDocument('speedLevel', 'low')).toBe(
		'<?xml version="1.0" encoding="UTF-8"?><speed_level>low</speed_level>',
	);
	expect(valueDocument('subject', 'a < b & c')).toContain('<subject>a &lt; b &amp; c</subject>');
	expect(tagsText(['news', 'spring'])).toBe('news#spring');
});

test('values come out under different names', () => {
	const keys = Object.values(VALUE_FORMS).map(({ key }) => key);
	expect(new Set(keys).size).toBe(keys.length);
});
