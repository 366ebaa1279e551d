import {
	missingProperties,
	planProperties,
	propertiesDocument,
} from '../../../../nodes/Maileon/maileon/mailing/properties';
import { readProperties } from '../../../../nodes/Maileon/maileon/mailing/parts';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const EXISTING = [
	{ key: 'campaign', value: 'spring' },
	{ key: 'cost', value: null },
];

it('writes what it reads', () => {
	const properties = [
		{ key: 'a & b', value: '<x>' },
		{ key: 'c', value: '' },
	];
	const document = propertiesDocument(properties);
	expect(document).toBe(
		'<?xml version="1.0" encoding="UTF-8"?><properties><property><key>a &amp; b</key><value>&lt;x&gt;</value></property><property><key>c</key><value></value></property></properties>',
	);
	expect(readProperties(readXml(document))).toEqual(properties);
	expect(propertiesDocument([{ key: 'none', value: null }])).toContain('<value nil="true"/>');
});

it('updates what is there, adds what is not, and removes only what is there', () => {
	expect(
		planProperties(EXISTING, [
			{ key: 'campaign', value: 'summer' },
			{ key: 'new', value: '1' },
			{ key: 'cost', value: null },
			{ key: 'gone', value: null },
		]),
	).toEqual({
		updated: [{ key: 'campaign', value: 'summer' }],
		removed: ['cost'],
		added: [{ key: 'new', value: '1' }],
	});
});

it('finds what is missing or different, but for white space and what XML cannot hold', () => {
	const found = [{ key: 'a', value: 'one\ntwo ' }, ...EXISTING];
	expect(missingProperties([{ key: 'a', value: 'one\r\ntwo\u0000' }, ...EXISTING], found)).toEqual(
		[],
	);
	expect(
		missingProperties(
			[
				{ key: 'campaign', value: 'summer' },
				{ key: 'lost', value: '' },
			],
			found,
		),
	).toEqual(['campaign', 'lost']);
});
