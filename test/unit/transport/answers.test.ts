import { readAnswer } from '../../../nodes/Maileon/maileon/answer';
import { readWriteAnswer, xmlRoot } from '../../../nodes/Maileon/transport/answers';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';

const REQUEST = { method: 'POST' } as const;
const answered = (body: string) => ({ status: 200, headers: {}, answer: readAnswer(body) });
const read = (body: string) => readWriteAnswer(answered(body), REQUEST);

test.each<[string, unknown]>([
	['', {}],
	['<id>123</id>', { id: 123 }],
	['<?xml version="1.0"?>\n<id> 9007199254740993 </id>', { id: '9007199254740993' }],
	['123', { id: 123 }],
	['"123"', { id: 123 }],
	['" 123 "', { id: 123 }],
	['{"id":" 7 "}', { id: 7, answer: { id: ' 7 ' } }],
	['<contact><id>\n 7 </id></contact>', { id: 7, contact: { id: 7 } }],
	['{"id":"7","x":1}', { id: 7, answer: { id: '7', x: 1 } }],
	['[1]', { answer: [1] }],
	['OK', { answer: 'OK' }],
	['"7 of 8"', { answer: '7 of 8' }],
	['"no 7"', { answer: 'no 7' }],
	['null', { answer: null }],
	['true', { answer: true }],
	['{"name":"x"}', { answer: { name: 'x' } }],
	['<id>7 of 8</id>', { answer: { id: '7 of 8' } }],
	['<id>no 7</id>', { answer: { id: 'no 7' } }],
	['<done>7<by>x</by></done>', { answer: { done: { by: 'x', text: '7' } } }],
	['<done><by>x</by></done>', { answer: { done: { by: 'x' } } }],
	[
		'<contact><id>7</id><external_id>00123</external_id></contact>',
		{ id: 7, contact: { id: 7, external_id: '00123' } },
	],
	['<report><success>true</success></report>', { report: { success: true } }],
])('the answer %j to a write is read', (body, result) => {
	expect(read(body)).toEqual(result);
});

test.each(['<html>Log in</html>', '<id>12', '{"id":'])('%j is no answer of Maileon', (body) => {
	expect(() => read(body)).toThrow(MaileonFailure);
});

test.each([
	'<report><success>false</success></report>',
	'<report><contact><error><error_message>no</error_message></error></contact></report>',
])('%s is a refusal', (body) => {
	const request = { method: 'PUT', canSendMail: true } as const;
	const answer = answered(body);
	const refusal = new MaileonFailure({
		kind: 'report',
		outcome: 'refused',
		...request,
		status: 200,
		answer: answer.answer,
	});
	expect(() => readWriteAnswer(answer, request)).toThrow(refusal);
	try {
		readWriteAnswer(answer, request);
	} catch (error) {
		expect((error as MaileonFailure).facts).toEqual(refusal.facts);
	}
});

test('an ID in JSON that is too large to be exact stays as it came', () => {
	expect(read('9007199254740993')).toEqual({ id: '9007199254740993' });
});

test('a root of another name is refused, naming both', () => {
	expect(xmlRoot(answered('<contacts/>'), { ...REQUEST, root: 'contacts' }).name).toBe('contacts');
	expect(xmlRoot(answered('<contacts/>'), REQUEST).name).toBe('contacts');
	expect(() => xmlRoot(answered('{}'), REQUEST)).toThrow(MaileonFailure);
	try {
		xmlRoot(answered('<contacts/>'), { ...REQUEST, root: 'custom_fields' });
		throw new Error('was accepted');
	} catch (error) {
		expect(error).toBeInstanceOf(MaileonFailure);
		expect((error as MaileonFailure).facts.detail).toContain(
			'<contacts> instead of <custom_fields>',
		);
	}
});
