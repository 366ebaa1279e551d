import fc from 'fast-check';

import {
	withoutNulls,
	type Contact,
	type FieldValue,
	type Preference,
} from '../../../nodes/Maileon/maileon/contact/contact';
import { contactJsonBody } from '../../../nodes/Maileon/maileon/contact/jsonContact';
import { readXml, type XmlElement } from '../../../nodes/Maileon/maileon/xml/read';
import { contactDocument, contactElement } from '../../../nodes/Maileon/maileon/xml/write';
import { anyText, check, whatXmlCanHold } from '../../support/propertySettings';
import { readStrictly, type StrictElement } from '../../support/strictXml';
import { contactsDocument } from '../../support/contactsDocument';

const value: fc.Arbitrary<FieldValue> = fc.oneof(
	{ weight: 5, arbitrary: anyText },
	fc.constant(null),
);
const optional = fc.option(value, { nil: undefined });
const field = fc.tuple(anyText, value);
const preference: fc.Arbitrary<Preference> = fc.record(
	{ category: anyText, name: anyText, value, source: value },
	{ requiredKeys: ['category', 'name'] },
);
const contact: fc.Arbitrary<Contact> = fc.record({
	id: fc.option(anyText, { nil: undefined }),
	email: optional,
	externalId: optional,
	standardFields: fc.array(field, { maxLength: 4 }),
	customFields: fc.array(field, { maxLength: 4 }),
	preferences: fc.array(preference, { maxLength: 3 }),
});

type Read = StrictElement | undefined;

const childOf = (parent: Read, name: string): Read =>
	parent?.children.find((child) => child.name === name);

function valueOf(element: Read): FieldValue | undefined {
	if (!element) return undefined;
	return element.attributes.get('nil') === 'true' ? null : element.text;
}

const held = (text: FieldValue | undefined) =>
	typeof text === 'string' ? whatXmlCanHold(text) : text;

function fieldsOf(root: Read, name: string) {
	return (childOf(root, name)?.children ?? []).map((element) => [
		valueOf(childOf(element, 'name')),
		valueOf(childOf(element, 'value')),
	]);
}

function readBack(root: Read) {
	return {
		id: valueOf(childOf(root, 'id')),
		email: valueOf(childOf(root, 'email')),
		externalId: valueOf(childOf(root, 'external_id')),
		standardFields: fieldsOf(root, 'standard_fields'),
		customFields: fieldsOf(root, 'custom_fields'),
		preferences: (childOf(root, 'preferences')?.children ?? []).map((element) => ({
			category: valueOf(childOf(element, 'category')),
			name: valueOf(childOf(element, 'name')),
			value: valueOf(childOf(element, 'value')),
			source: valueOf(childOf(element, 'source')),
		})),
	};
}

function expected(one: Contact) {
	return {
		id: held(one.id),
		email: held(one.email),
		externalId: held(one.externalId),
		standardFields: one.standardFields.map((pair) => pair.map(held)),
		customFields: one.customFields.map((pair) => pair.map(held)),
		preferences: one.preferences.map((each) => ({
			category: held(each.category),
			name: held(each.name),
			value: held(each.value),
			source: held(each.source),
		})),
	};
}

/** Our own reader's tree in the form of the strict parser's. */
function asStrict({ name, attributes, children, text }: XmlElement): StrictElement {
	return {
		name,
		attributes: new Map(Object.entries(attributes)),
		children: children.map(asStrict),
		text,
	};
}

test('any contact comes back from a strict parser as it went, less what XML cannot hold', () => {
	check(
		'contact as XML',
		fc.property(contact, (one) => {
			expect(readBack(readStrictly(contactDocument(one)))).toEqual(expected(one));
		}),
	);
});

test('any list of contacts keeps its contacts apart and in order', () => {
	check(
		'contacts as XML',
		fc.property(fc.array(contact, { maxLength: 3 }), (list) => {
			const root = readStrictly(contactsDocument(list.map(contactElement)));
			expect(root.children.map(readBack)).toEqual(list.map(expected));
		}),
	);
});

test("the package's own reader agrees with the strict parser", () => {
	check(
		'both readers',
		fc.property(contact, (one) => {
			const xml = contactDocument(one);
			expect(asStrict(readXml(xml))).toEqual(readStrictly(xml));
		}),
	);
});

test('any contact comes back from JSON as it does from XML, less null, which Maileon forbids there', () => {
	check(
		'contact as JSON',
		fc.property(contact, (one) => {
			const json = JSON.parse(contactJsonBody(one)) as Record<string, object | undefined>;
			const xml = readBack(readStrictly(contactDocument(withoutNulls(one))));
			for (const [key, fields, sent] of [
				['standard_fields', one.standardFields, xml.standardFields],
				['custom_fields', one.customFields, xml.customFields],
			] as const) {
				const kept = fields.filter(([, text]) => text !== null).map((pair) => pair.map(held));
				expect(sent).toEqual(kept);
				expect(new Map(Object.entries(json[key] ?? {}))).toEqual(
					new Map(kept as Array<[string, string]>),
				);
			}
			expect(json.email ?? '').toBe(held(one.email) ?? '');
			expect(json.external_id ?? '').toBe(held(one.externalId) ?? '');
		}),
	);
});

test.each(['x', '\u0000', '&', ']]>', '\ud83d', '\ud83d\ude00', '\u00e4', '\r'])(
	'a value of 300,000 %j',
	(character) => {
		const text = character.repeat(300_000);
		const one: Contact = {
			email: text,
			standardFields: [['FIRSTNAME', text]],
			customFields: [],
			preferences: [],
		};
		const back = readBack(readStrictly(contactDocument(one)));
		const kept = whatXmlCanHold(text);
		expect(back.email === kept).toBe(true);
		expect(back.standardFields[0]?.[1] === kept).toBe(true);
	},
);

test('names that mean something to JavaScript are names like any other', () => {
	const names = ['__proto__', 'constructor', 'prototype', 'toString'];
	const one: Contact = {
		standardFields: [],
		customFields: names.map((name) => [name, `value of ${name}`] as const),
		preferences: [],
	};
	expect(readBack(readStrictly(contactDocument(one))).customFields).toEqual(
		names.map((name) => [name, `value of ${name}`]),
	);
	const { custom_fields: fields } = JSON.parse(contactJsonBody(one)) as {
		custom_fields: Record<string, string>;
	};
	expect(Object.entries(fields)).toEqual(names.map((name) => [name, `value of ${name}`]));
	expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});
