import fc from 'fast-check';

import { errorWords, excerpt, readAnswer } from '../../../nodes/Maileon/maileon/answer';
import { readContact } from '../../../nodes/Maileon/maileon/contact/readContact';
import {
	readSynchronizationReport,
	readUpdateReport,
	xmlToJson,
} from '../../../nodes/Maileon/maileon/contact/report';
import { readXml, XmlRefusal, type XmlElement } from '../../../nodes/Maileon/maileon/xml/read';
import { readWriteAnswer } from '../../../nodes/Maileon/transport/answers';
import { decodeBody } from '../../../nodes/Maileon/transport/body';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { explain } from '../../../nodes/Maileon/transport/words';
import { anyText, check } from '../../support/propertySettings';

const NAMES = [
	'contact',
	'report',
	'success',
	'invalid_contacts',
	'error',
	'error_field',
	'message',
	'id',
	'email',
	'standard_fields',
	'custom_fields',
	'field',
	'name',
	'value',
	'preferences',
	'preference',
	'permission',
	'permissionType',
	'__proto__',
	'constructor',
	'a:b',
];

/** Elements with Maileon's names in any order, also where they do not belong. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
	element: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		fc.constantFrom('', 'text', '1', 'true', '&amp;', '&#65;', '&#x1F600;', '<![CDATA[<x>]]>', ' '),
		fc
			.tuple(
				fc.constantFrom(...NAMES),
				fc.constantFrom('', ' nil="true"', ' code="3"', ' anonymous="true"', ' __proto__="x"'),
				fc.array(tie('element'), { maxLength: 4 }),
			)
			.map(([name, attribute, children]) => `<${name}${attribute}>${children.join('')}</${name}>`),
	),
}));

/** Bytes that look like an answer until they do not. */
const damaged: fc.Arbitrary<Buffer> = fc
	.tuple(element, fc.nat(), fc.uint8Array({ maxLength: 6 }), fc.boolean())
	.map(([xml, at, bytes, cut]) => {
		const whole = Buffer.from(xml);
		const position = whole.length === 0 ? 0 : at % (whole.length + 1);
		const rest = cut ? Buffer.alloc(0) : whole.subarray(position);
		return Buffer.concat([whole.subarray(0, position), bytes, rest]);
	});

const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
	element.map((xml) => Buffer.from(xml)),
	damaged,
	anyText.map((text) => Buffer.from(text)),
	anyText.map((text) => Buffer.from(`<contact>${text}</contact>`)),
	fc.json().map((text) => Buffer.from(text)),
);

const anyType = fc.oneof(
	fc.constantFrom(
		undefined,
		'application/vnd.maileon.api+xml; charset=utf-8',
		'text/xml; charset=ISO-8859-1',
		'text/xml; charset="utf-16"',
		'text/xml; charset=no-such-charset',
		['text/xml'],
	),
	anyText,
);

const REQUEST = { method: 'POST', canSendMail: true } as const;

/** Everything that is made of an answer, whatever it is. */
function readInEveryWay(bytes: Buffer, contentType: unknown): void {
	const text = decodeBody(bytes, contentType);
	const answer = readAnswer(text);
	expect(typeof excerpt(text)).toBe('string');
	expect(['string', 'undefined']).toContain(typeof errorWords(answer));
	const explained = explain({
		kind: 'status',
		outcome: 'unclear',
		status: 500,
		answer,
		...REQUEST,
	});
	expect(explained.message.length).toBeGreaterThan(0);
	expectValueOrOurError(() =>
		readWriteAnswer({ status: 200, headers: {}, answer }, { ...REQUEST }),
	);
	if (answer.kind === 'xml') readTree(answer.root);
}

function readTree(root: XmlElement): void {
	for (const read of [readContact, readSynchronizationReport, readUpdateReport, xmlToJson]) {
		const value = read(root);
		expect(() => JSON.stringify(value)).not.toThrow();
	}
	expect(Object.getPrototypeOf({})).toBe(Object.prototype);
	expect(({} as Record<string, unknown>).x).toBeUndefined();
}

function expectValueOrOurError(action: () => unknown): void {
	try {
		action();
	} catch (error) {
		expect(error).toBeInstanceOf(MaileonFailure);
	}
}

test('any bytes give a value or one of our errors', () => {
	check('bytes', fc.property(anyBytes, anyType, readInEveryWay));
});

test('any text read as XML gives an element or a refusal', () => {
	check(
		'XML',
		fc.property(
			anyBytes.map((bytes) => bytes.toString('latin1')),
			(text) => {
				try {
					readTree(readXml(text));
				} catch (error) {
					expect(error).toBeInstanceOf(XmlRefusal);
				}
			},
		),
	);
});

/** Longest that a hostile answer may take, in CPU time; machines differ, orders of magnitude do not. */
const ENOUGH_CPU_MS = 20_000;

const MEGA = 200_000;
const HOSTILE: Record<string, () => string> = {
	'an entity bomb': () =>
		`<!DOCTYPE a [<!ENTITY a "${'x'.repeat(1000)}">${Array.from({ length: 20 }, (_, level) => `<!ENTITY b${level} "${`&${level === 0 ? 'a' : `b${level - 1}`};`.repeat(10)}">`).join('')}]><a>&b19;</a>`,
	'an external entity': () => '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
	'entities without a document type': () => `<a>${'&lol;'.repeat(MEGA)}</a>`,
	'character references': () => `<a>${'&#x1F600;'.repeat(MEGA)}</a>`,
	'deep nesting': () => '<a>'.repeat(MEGA) + '</a>'.repeat(MEGA),
	'deep nesting without an end': () => '<a>'.repeat(MEGA),
	'an attribute flood': () =>
		`<a ${Array.from({ length: 100_000 }, (_, index) => `a${index}="x"`).join(' ')}/>`,
	'an attribute of 10 MB': () => `<a x="${'y'.repeat(50 * MEGA)}"/>`,
	'a name of 10 MB': () => `<${'n'.repeat(50 * MEGA)}/>`,
	'a name of 10 MB without an end': () => `<${'n'.repeat(50 * MEGA)}`,
	'many elements': () => `<a>${'<b/>'.repeat(200_000)}</a>`,
	'many different elements': () =>
		`<a>${Array.from({ length: 100_000 }, (_, index) => `<b${index}/>`).join('')}</a>`,
	'opening brackets': () => '<'.repeat(MEGA),
	'comments without an end': () => `<a>${'<!-- '.repeat(200_000)}`,
	'CDATA without an end': () => `<a>${'<![CDATA['.repeat(200_000)}`,
	'scripts without an end': () => `<html>${'<script>'.repeat(200_000)}`,
	blanks: () => ' '.repeat(50 * MEGA),
	'blanks within a declaration': () => `<?xml ${' '.repeat(50 * MEGA)}`,
	'deep JSON': () => '['.repeat(MEGA),
	digits: () => '1'.repeat(MEGA),
};

test.each(Object.entries(HOSTILE))('%s is dealt with in bounded time', (_, make) => {
	const bytes = Buffer.from(make());
	const before = process.cpuUsage();
	readInEveryWay(bytes, 'application/vnd.maileon.api+xml');
	const { user, system } = process.cpuUsage(before);
	expect((user + system) / 1_000).toBeLessThan(ENOUGH_CPU_MS);
});
