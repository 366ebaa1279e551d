import fc from 'fast-check';

import type { Contact, FieldValue } from '../../../../nodes/Maileon/maileon/contact/contact';
import {
	child,
	childrenNamed,
	childText,
	descendant,
	isNil,
	readXml,
	textOrNull,
	tryXml,
	XmlRefusal,
	type XmlElement,
} from '../../../../nodes/Maileon/maileon/xml/read';
import {
	contactDocument,
	contactElement,
	element,
	escapeText,
} from '../../../../nodes/Maileon/maileon/xml/write';
import { contactsDocument } from '../../../support/contactsDocument';

const EMPTY: Contact = { standardFields: [], customFields: [], preferences: [] };

describe('escaping', () => {
	test.each([
		['plain ümläut 日本', 'plain ümläut 日本'],
		['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
		['"quotes" and \'these\'', '"quotes" and \'these\''],
		[']]>', ']]&gt;'],
		['\t\n', '\t\n'],
		['line\r\nline\r', 'line&#13;\nline&#13;'],
		['😀', '😀'],
		['a\u0000b\u0001c\u000bd\u001fe', 'abcde'],
		['a\ud800b\udc00c', 'abc'],
		['a\ufffeb\uffffc', 'abc'],
		['', ''],
	])('%j becomes %j', (text, xml) => {
		expect(escapeText(text)).toBe(xml);
	});

	test('any text of any user makes a document that comes back intact', () => {
		const text = fc.string({ unit: 'binary', maxLength: 60 });
		fc.assert(
			fc.property(text, text, (name, value) => {
				const contact = { ...EMPTY, customFields: [[name, value] as const] };
				const field = descendant(readXml(contactDocument(contact)), 'field');
				expect(field && childText(field, 'name')).toBe(allowed(name));
				expect(field && childText(field, 'value')).toBe(allowed(value));
			}),
			{ numRuns: 2_000 },
		);
	});

	test('lone surrogates and control characters never break a document', () => {
		const unit = fc.constantFrom(
			'\ud83d',
			'\ude00',
			'\u0000',
			'\u0008',
			'<',
			'&',
			']]>',
			'a',
			'\r',
		);
		fc.assert(
			fc.property(fc.string({ unit, maxLength: 30 }), (value) => {
				const root = readXml(contactDocument({ ...EMPTY, email: value }));
				expect(childText(root, 'email')).toBe(allowed(value));
			}),
			{ numRuns: 1_000 },
		);
	});
});

/** The text without the characters that XML 1.0 cannot hold. */
function allowed(text: string): string {
	return [...text]
		.filter((character) => {
			const code = character.codePointAt(0) ?? 0;
			return (
				code === 9 ||
				code === 10 ||
				code === 13 ||
				(code >= 0x20 && code <= 0xd7ff) ||
				(code >= 0xe000 && code <= 0xfffd) ||
				code >= 0x10000
			);
		})
		.join('');
}

describe('elements', () => {
	test.each<[FieldValue | undefined, string]>([
		[undefined, ''],
		[null, '<v nil="true"/>'],
		['', '<v></v>'],
		['x', '<v>x</v>'],
	])('%p', (value, xml) => {
		expect(element('v', value)).toBe(xml);
	});

	test('a whole contact, in one pass', () => {
		const contact: Contact = {
			id: '7',
			email: 'max@example.com',
			externalId: null,
			standardFields: [
				['FIRSTNAME', 'Max'],
				['LASTNAME', null],
			],
			customFields: [['<b>&', '']],
			preferences: [
				{ category: 'D&D', name: 'Shopware', value: 'true', source: 'test' },
				{ category: 'Development', name: 'Security', value: null, source: null },
				{ category: 'Development', name: 'Magento', value: 'false' },
			],
		};
		expect(contactElement(contact)).toBe(
			'<contact><id>7</id><email>max@example.com</email><external_id nil="true"/>' +
				'<standard_fields><field><name>FIRSTNAME</name><value>Max</value></field>' +
				'<field><name>LASTNAME</name><value nil="true"/></field></standard_fields>' +
				'<custom_fields><field><name>&lt;b&gt;&amp;</name><value></value></field></custom_fields>' +
				'<preferences>' +
				'<preference><name>Shopware</name><category>D&amp;D</category><value>true</value><source>test</source></preference>' +
				'<preference><name>Security</name><category>Development</category><value nil="true"/><source nil="true"/></preference>' +
				'<preference><name>Magento</name><category>Development</category><value>false</value></preference>' +
				'</preferences></contact>',
		);
	});

	test('empty parts are left out', () => {
		expect(contactElement(EMPTY)).toBe('<contact></contact>');
		expect(contactDocument(EMPTY)).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><contact></contact>',
		);
		expect(contactsDocument([])).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><contacts></contacts>',
		);
		expect(contactsDocument(['<contact></contact>', '<contact></contact>'])).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><contacts><contact></contact><contact></contact></contacts>',
		);
	});
});

describe('reading', () => {
	test('elements, attributes, text, lists', () => {
		const root = readXml(
			'<?xml version="1.0"?>\n<!-- note --><r a="1" b="x &amp; y">t<c>1</c><c/>u<d><e>in</e></d></r>\n',
		);
		expect(root.name).toBe('r');
		expect(root.attributes).toEqual({ a: '1', b: 'x & y' });
		expect(root.text).toBe('tu');
		expect(childrenNamed(root, 'c').map(({ text }) => text)).toEqual(['1', '']);
		expect(child(root, 'd')?.children).toHaveLength(1);
		expect(child(root, 'none')).toBeUndefined();
		expect(childText(root, 'none')).toBeUndefined();
		expect(descendant(root, 'e')?.text).toBe('in');
		expect(descendant(root, 'r')).toBeUndefined();
	});

	test('numbers and booleans stay text, with their zeros and blanks', () => {
		const root = readXml('<r><a>00123</a><b> true </b><c>1e5</c><d>9007199254740993</d></r>');
		expect(root.children.map(({ text }) => text)).toEqual([
			'00123',
			' true ',
			'1e5',
			'9007199254740993',
		]);
	});

	test('nil is null, empty is empty, missing is undefined', () => {
		const root = readXml(
			'<r xmlns:xsi="x"><a nil="true"/><b nil="true"></b><c/><d></d><e xsi:nil="true"/><f nil="false">x</f></r>',
		);
		expect(root.children.map((node) => textOrNull(node))).toEqual([null, null, '', '', null, 'x']);
		expect(textOrNull(undefined)).toBeUndefined();
		expect(root.children.map(isNil)).toEqual([true, true, false, false, true, false]);
	});

	test.each([
		['&amp;&lt;&gt;&quot;&apos;', '&<>"\''],
		['&#228;&#xE4;&#x1F600;', 'ää😀'],
		['&amp;lt;', '&lt;'],
		['&unknown;', '&unknown;'],
		['&#0;', '&#0;'],
		['&#1;', '&#1;'],
		['&#x10FFFF;', '\u{10ffff}'],
		['&#x110000;', '&#x110000;'],
		['<!-- a --><?pi b?>c', 'c'],
		['<![CDATA[<b> & ]]>', '<b> & '],
		['a<![CDATA[b]]>c<![CDATA[]]>', 'abc'],
		['<![CDATA[<!DOCTYPE html><p>]]>', '<!DOCTYPE html><p>'],
		['<!-- <!DOCTYPE html> -->c', 'c'],
		['<![CDATA[<!--]]>a<![CDATA[-->]]>', '<!--a-->'],
		['<?pi <!doctype?>c', 'c'],
	])('%s is read as %j', (xml, text) => {
		expect(readXml(`<r>${xml}</r>`).text).toBe(text);
	});

	test.each([
		['nothing', ''],
		['text', 'hello'],
		['broken off', '<r><a>1</a>'],
		['broken off in a tag', '<r><a'],
		['crossed', '<r><a></r></a>'],
		['two roots', '<a/><b/>'],
		['a document type', '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>'],
		['a document type in small letters', '<!doctype html><html></html>'],
		['a document type after the declaration', '<?xml version="1.0"?>\n<!DOCTYPE r><r/>'],
		['a document type after a comment', '<!-- <![CDATA[ --><!DOCTYPE r><r/><!-- ]]> -->'],
		['a document type after an instruction', '<?x <!-- ?><!DOCTYPE r><r/><?y --> ?>'],
		['a document type within an element', '<r><!DOCTYPE r></r>'],
		['a comment without an end', '<r/><!-- <!DOCTYPE r>'],
		['an attribute without quotes', '<r a=1/>'],
	])('%s is refused', (_what, xml) => {
		expect(() => readXml(xml)).toThrow(XmlRefusal);
		expect(tryXml(xml).refusal).not.toBe('');
		expect(tryXml(xml).root).toBeUndefined();
	});

	test('a text of many beginnings is looked through once', () => {
		const beginnings = '<!-- <![CDATA[ <? '.repeat(200_000);
		expect(tryXml(`<r>${beginnings}<!DOCTYPE r></r>`).root).toBeUndefined();
	});

	test('sixty elements in each other are read, and a hundred are refused', () => {
		let node: XmlElement | undefined = readXml(`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`);
		let depth = 0;
		for (; node; node = node.children[0]) depth += 1;
		expect(depth).toBe(60);
		expect(() => readXml(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)).toThrow(XmlRefusal);
	});

	test('an endless nesting is refused, not followed', () => {
		const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
		expect(() => readXml(deep)).toThrow(XmlRefusal);
	});

	test('names that touch the prototype do no harm', () => {
		const { root } = tryXml('<r><__proto__><polluted>yes</polluted></__proto__></r>');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(root === undefined || root.name === 'r').toBe(true);
		const attributes = tryXml('<r __proto__="x" constructor="y">t</r>').root;
		expect(attributes === undefined || attributes.text === 't').toBe(true);
	});

	test('any bytes give a tree or a refusal, never anything else', () => {
		const part = fc.constantFrom(
			'<',
			'>',
			'/',
			'a',
			'"',
			'=',
			' ',
			'&amp;',
			'<a>',
			'</a>',
			'<!--',
			']]>',
			'<![CDATA[',
			'<?',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
				const { root, refusal } = tryXml(parts.join(''));
				expect(root === undefined).toBe(refusal !== undefined);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('what is written is read again: trees of contacts', () => {
		const field = fc.tuple(
			fc.string({ unit: 'grapheme' }),
			fc.option(fc.string({ unit: 'grapheme' })),
		);
		fc.assert(
			fc.property(fc.array(fc.array(field, { maxLength: 4 }), { maxLength: 4 }), (contacts) => {
				const xml = contactsDocument(
					contacts.map((customFields) => contactElement({ ...EMPTY, customFields })),
				);
				const read = childrenNamed(readXml(xml), 'contact').map(fieldsOf);
				expect(read).toEqual(contacts);
			}),
			{ numRuns: 1_000 },
		);
	});
});

function fieldsOf(contact: XmlElement): Array<[string, string | null]> {
	const list = child(contact, 'custom_fields');
	return (list ? childrenNamed(list, 'field') : []).map((field) => [
		childText(field, 'name') ?? '',
		childText(field, 'value') ?? null,
	]);
}
