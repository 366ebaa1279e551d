import fc from 'fast-check';

import {
	errorWords,
	excerpt,
	isErrorAnswer,
	isFromMaileon,
	readAnswer,
} from '../../../nodes/Maileon/maileon/answer';

describe('the form of an answer is read off its first characters', () => {
	test.each([
		['', 'empty'],
		[' \n\t', 'empty'],
		['<id>1</id>', 'xml'],
		['\n<?xml version="1.0"?><id>1</id>', 'xml'],
		['{"id":1}', 'json'],
		['[1]', 'json'],
		['123', 'json'],
		['"text"', 'json'],
		['null', 'json'],
		['<!DOCTYPE html><html></html>', 'html'],
		['<HTML><body>no</body></HTML>', 'html'],
		['<html lang="en"><p>unclosed', 'html'],
		['Service Unavailable', 'text'],
		['12 monkeys', 'text'],
		['room 12', 'text'],
		['say "no"', 'text'],
		['not true', 'text'],
		['nullified', 'text'],
		['<?xml version="1.0"?><html><body/></html>', 'html'],
		['<?xml version="1.0"?><HTML/>', 'html'],
		['<page><html/></page>', 'xml'],
		['<!-- <!doctype html --><page/>', 'xml'],
		['<page><!doctype html></page>', 'broken'],
		['<center><h1>404 Not Found</h1></center>', 'html'],
		['<?xml version="1.0"?><H1>No</H1>', 'html'],
		['<p>no', 'html'],
		['<preferences/>', 'xml'],
		['<headline/>', 'xml'],
		['<report><success>tr', 'broken'],
		['{"id":', 'broken'],
		['[1,', 'broken'],
	])('%j is %s', (body, kind) => {
		expect(readAnswer(body).kind).toBe(kind);
	});

	test('any text is read as something', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(readAnswer(text).kind).toMatch(/^(empty|xml|json|html|text|broken)$/);
				expect(() => errorWords(readAnswer(text))).not.toThrow();
			}),
			{ numRuns: 1_000 },
		);
	});
});

test.each<[string, boolean, boolean]>([
	['<error><message>no</message></error>', true, true],
	['<error/>', true, true],
	['<?xml version="1.0"?><error>no</error>', true, true],
	['<id>7</id>', false, false],
	['<report><error/></report>', false, false],
	['<errors/>', false, false],
	['{"error":{"message":"no"}}', true, false],
	['{"error":"no"}', true, false],
	['{"error":null,"id":7}', false, false],
	['{"error":""}', false, false],
	['{"error":0}', false, false],
	['{"message":"hello"}', false, false],
	['["error"]', false, false],
	['null', false, false],
	['error', false, false],
	['', false, false],
])('%s says that a change did not work: %p, and a read: %p', (body, ofChange, ofRead) => {
	expect(isErrorAnswer(readAnswer(body), false)).toBe(ofChange);
	expect(isErrorAnswer(readAnswer(body), true)).toBe(ofRead);
});

test.each<[string, boolean, boolean]>([
	['', true, true],
	['<error><message>no contact</message></error>', true, true],
	['<report><success>false</success></report>', true, true],
	['<Error><Code>NoSuchKey</Code></Error>', false, false],
	['<html><body>Not Found</body></html>', false, false],
	['<h1>Not Found</h1>', false, false],
	['<error><mess', false, false],
	["contact with email a@example.com isn't found", true, true],
	['404 page not found', false, false],
	['no healthy upstream', false, false],
	['default backend - 404', false, false],
	['Not Found', false, false],
	['404', false, false],
	['"Not Found"', false, false],
	['null', false, false],
	['[]', false, false],
	['{"error":{"message":"no event"}}', true, true],
	['{"message":"no event"}', false, true],
	['{"timestamp":1,"status":404,"error":"Not Found","path":"/"}', false, true],
	['{"message":', false, false],
])(
	'an error of %j can be from Maileon: %p, where JSON was asked for: %p',
	(body, can, withJson) => {
		expect(isFromMaileon(readAnswer(body), false)).toBe(can);
		expect(isFromMaileon(readAnswer(body), true)).toBe(withJson);
	},
);

describe('the words of an answer', () => {
	test.each([
		['', undefined],
		[
			'<error>\n<message>page_size must not exceed 1000</message>\n</error>',
			'page_size must not exceed 1000',
		],
		[
			'<error><validation_error><line/><message>cvc &amp; co</message></validation_error></error>',
			'cvc & co',
		],
		['<error><message/>other <b>words</b></error>', 'other words'],
		['<error/>', undefined],
		['{"message":"no such type"}', 'no such type'],
		['{"error":{"message":"inner"}}', 'inner'],
		['{"error":"short"}', 'short'],
		['{"code":5}', '{"code":5}'],
		['plain words', 'plain words'],
		[
			'<html><head><style>x{}</style><title>502</title></head><body>Bad  Gateway</body></html>',
			'502 Bad Gateway',
		],
	])('%j', (body, words) => {
		expect(errorWords(readAnswer(body))).toBe(words);
	});

	test.each<[unknown, string | undefined]>([
		[{ message: 5 }, '{"message":5}'],
		[{ error: null }, '{"error":null}'],
		[{ error: 5 }, '{"error":5}'],
		[{ error: { message: 5 } }, '{"error":{"message":5}}'],
		[null, 'null'],
		[5, '5'],
		['in quotes', 'in quotes'],
	])('of JSON %j', (value, words) => {
		expect(errorWords({ kind: 'json', value })).toBe(words);
	});

	test('of a message without the blanks around it', () => {
		expect(errorWords(readAnswer('<error><message> no \n</message></error>'))).toBe('no');
	});

	test('exactly as long as they may be are not cut, and only the beginning is looked at', () => {
		expect(excerpt('x'.repeat(200))).toBe('x'.repeat(200));
		expect(excerpt(`${' '.repeat(20_000)}late`)).toBe('');
	});

	test('are cut, without scripts and markup', () => {
		expect(excerpt(`<script>evil()</script>${'x'.repeat(500)}`)).toBe(`${'x'.repeat(200)}…`);
		expect(excerpt('<p>a</p>\n\n<p>b</p>')).toBe('a b');
	});
});
