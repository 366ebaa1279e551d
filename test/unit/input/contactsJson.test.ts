import {
	contactEntries,
	contactFromJson,
	identifiersOfEntry,
	nameOfEntry,
} from '../../../nodes/Maileon/input/contactsJson';
import { refusalOf } from '../../support/refusals';

const ADA = { email: 'ada@example.com' };
const WHERE = nameOfEntry(2);

describe('a list of contacts', () => {
	test.each<[unknown, unknown]>([
		[
			[ADA, 5],
			[ADA, 5],
		],
		[{ contacts: [ADA] }, [ADA]],
		[{ contacts: [] }, []],
		[[], []],
		[undefined, []],
	])('is %j', (json, entries) => {
		expect(contactEntries(json, 'Contacts (JSON)')).toEqual(entries);
	});

	test.each([null, 5, 'x', ADA, { contacts: ADA }, {}])('is not %j', (json) => {
		const refusal = refusalOf(() => contactEntries(json, 'Contacts (JSON)'));
		expect(refusal.message).toBe(
			'Contacts (JSON) must be a list of contacts, or an object with "contacts".',
		);
		expect(refusal.details).toEqual({
			description: expect.stringContaining('For example [{"email"') as string,
			field: 'contactsJson',
		});
	});
});

test.each<[unknown, object]>([
	[
		{ id: 5, email: 'ada@example.com', external_id: 7 },
		{ id: 5, email: 'ada@example.com', external_id: '7' },
	],
	[
		{ id: '5', email: ['x'], external_id: 'A' },
		{ id: 5, external_id: 'A' },
	],
	[{ id: true, email: null, unknown: 1 }, {}],
	[['ada@example.com'], {}],
	[null, {}],
	['ada@example.com', {}],
])('the error row of %j names what can be read', (entry, identifiers) => {
	expect(identifiersOfEntry(entry)).toEqual(identifiers);
});

describe('an entry', () => {
	test('has all parts of a contact', () => {
		const entry = {
			id: 5,
			email: 'ada@example.com',
			external_id: 7,
			standard_fields: { FIRSTNAME: 'Ada', GENDER: 'female' },
			custom_fields: { COLOR: null, SIZE: 4 },
			preferences: [{ category: 'Newsletter', name: 'Weekly', value: true }],
		};
		expect(contactFromJson(entry, WHERE)).toEqual({
			id: '5',
			email: 'ada@example.com',
			externalId: '7',
			standardFields: [
				['FIRSTNAME', 'Ada'],
				['GENDER', 'f'],
			],
			customFields: [
				['COLOR', null],
				['SIZE', '4'],
			],
			preferences: [{ category: 'Newsletter', name: 'Weekly', value: 'true', source: undefined }],
		});
	});

	test.each([undefined, null])('may leave out every part: %j', (nothing) => {
		const entry = {
			id: nothing,
			email: nothing,
			external_id: nothing,
			standard_fields: nothing,
			custom_fields: nothing,
			preferences: nothing,
		};
		expect(contactFromJson(entry, WHERE)).toStrictEqual({
			id: undefined,
			email: nothing,
			externalId: nothing,
			standardFields: [],
			customFields: [],
			preferences: [],
		});
	});

	test.each<[unknown, string, string]>([
		['ada@example.com', ' is "ada@example.com", not an object.', 'contactsJson'],
		[[ADA], ' is "[{"email":"ada@example.com"}]", not an object.', 'contactsJson'],
		[{ FIRSTNAME: 'Ada' }, ' has the unknown key "FIRSTNAME".', 'contactsJson'],
		[{ email: [] }, ': "[]" is a list, where a single value is needed.', 'contactsJson'],
		[
			{ standard_fields: ['Ada'] },
			': fields must be an object of names and values.',
			'contactsJson',
		],
		[{ custom_fields: 'COLOR' }, ': fields must be an object of names and values.', 'contactsJson'],
		[
			{ standard_fields: { GENDER: 'x' } },
			': Contact field Gender (GENDER): "x" is none of m, f and d.',
			'GENDER',
		],
		[{ preferences: {} }, ': preferences must be a list.', 'preferences'],
		[{ preferences: [ADA] }, ', preference 1 has the unknown key "email".', 'preferences'],
	])('%j is refused', (entry, message, field) => {
		const refusal = refusalOf(() => contactFromJson(entry, WHERE));
		expect(refusal.message).toBe(`Contact 3 of the list${message}`);
		expect(refusal.details.field).toBe(field);
	});

	test('with an unknown key is told where fields belong', () => {
		const refusal = refusalOf(() => contactFromJson({ FIRSTNAME: 'Ada' }, WHERE));
		expect(refusal.details.description).toContain('"standard_fields"');
	});
});
