import {
	customFieldNameRefusal,
	readCustomFields,
} from '../../../../nodes/Maileon/maileon/contact/customFields';
import {
	definitionDocument,
	readDefinition,
	readDefinitions,
	textRefusal,
} from '../../../../nodes/Maileon/maileon/preference/definitions';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

describe('writing a definition', () => {
	it.each([
		[{ name: 'A' }, '<preference><name>A</name></preference>'],
		[
			{ name: 'A', description: '' },
			'<preference><name>A</name><description></description></preference>',
		],
		[
			{ name: 'A', description: null },
			'<preference><name>A</name><description nil="true"/></preference>',
		],
		[
			{ name: '<A>', description: 'x\u0000 & y' },
			'<preference><name>&lt;A&gt;</name><description>x &amp; y</description></preference>',
		],
	])('writes %j', (definition, body) => {
		expect(definitionDocument('preference', definition)).toBe(XML + body);
	});
});

describe('reading definitions', () => {
	it.each([
		['<preference><name>A</name></preference>', { name: 'A', description: null }],
		[
			'<preference><name>A</name><description nil="true"/></preference>',
			{ name: 'A', description: null },
		],
		['<preference><description/><name>A</name></preference>', { name: 'A', description: '' }],
		[
			'<preference><name><![CDATA[A & B]]></name><description>d</description><category>C</category></preference>',
			{ name: 'A & B', description: 'd', category: 'C' },
		],
		['<preference><description>d</description></preference>', undefined],
	])('reads %s', (xml, definition) => {
		expect(readDefinition(readXml(xml))).toEqual(definition);
	});

	it('keeps a name that objects have a meaning for', () => {
		const read = readDefinition(readXml('<preference><name>__proto__</name></preference>'));
		expect(read).toEqual({ name: '__proto__', description: null });
	});

	it.each([
		['<preferences/>', []],
		['<preferences><preference><name>A</name></preference></preferences>', ['A']],
		[
			'<preferences><preference><name>A</name></preference><other/><preference/><preference><name>B</name></preference></preferences>',
			['A', 'B'],
		],
	])('reads the list %s', (xml, names) => {
		const read = readDefinitions(readXml(xml), 'preference');
		expect(read.map(({ name }) => name)).toEqual(names);
	});
});

it('counts characters, not code units', () => {
	expect(textRefusal('😀'.repeat(255))).toBeUndefined();
	expect(textRefusal('😀'.repeat(256))).toBe('may have at most 255 characters, but has 256');
});

describe('names of custom fields', () => {
	it.each(['abc', '😀😀😀', 'x'.repeat(64), 'firstname', 'ID_', 'Größe Schuh', '__proto__'])(
		'takes %s',
		(name) => expect(customFieldNameRefusal(name)).toBeUndefined(),
	);

	it.each(['', 'ab', '😀😀', 'x'.repeat(65)])('refuses %j for its length', (name) => {
		expect(customFieldNameRefusal(name)).toContain('must have 3 to 64 characters');
	});

	it.each(['FIRSTNAME', 'created', 'external_id', 'local_part', 'permission_type', 'updated'])(
		'refuses %s, which Maileon uses itself',
		(name) => expect(customFieldNameRefusal(name)).toContain('since Maileon uses that name itself'),
	);
});

it('reads custom fields of known and unknown types', () => {
	const xml =
		'<custom_fields><custom_field><type> date </type><name>D</name></custom_field><custom_field><name>N</name><type>double</type></custom_field><custom_field><name>T</name></custom_field><custom_field><type>string</type></custom_field></custom_fields>';
	expect(readCustomFields(readXml(xml))).toEqual([
		{ name: 'D', type: 'date' },
		{ name: 'N', type: 'double' },
		{ name: 'T', type: 'string' },
	]);
});
