import { readAnswer } from '../../../../nodes/Maileon/maileon/answer';
import { readContactFilters } from '../../../../nodes/Maileon/maileon/contact/contactFilters';
import {
	contactRequest,
	describeKey,
	identifiersOfKey,
	orderKey,
} from '../../../../nodes/Maileon/maileon/contact/contactKey';
import {
	isContactRoot,
	readContacts,
	simplifyContact,
} from '../../../../nodes/Maileon/maileon/contact/contactList';
import { contacts } from '../../../../nodes/Maileon/maileon/endpoints/contacts';
import { readCount } from '../../../../nodes/Maileon/maileon/count';
import { contactJsonBody } from '../../../../nodes/Maileon/maileon/contact/jsonContact';
import { updateByKeyQuery } from '../../../../nodes/Maileon/maileon/contact/query';
import {
	ALL_STANDARD_FIELDS,
	READABLE_STANDARD_FIELDS,
	selectionQuery,
} from '../../../../nodes/Maileon/maileon/contact/readableFields';
import {
	addReasonsQuery,
	checksumQuery,
	REASON_TYPES,
	reasonsQuery,
	unsubscriptionQuery,
} from '../../../../nodes/Maileon/maileon/contact/unsubscription';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const DELETE_BY = {
	email: contacts.deleteByEmail,
	externalId: contacts.deleteByExternalId,
	maileonId: contacts.deleteById,
};

describe('a contact is addressed', () => {
	test.each([
		[
			{ by: 'email', value: 'A@example.com' },
			['contacts', 'email', 'A@example.com'],
			[],
			{ email: 'A@example.com' },
			'contact with email "A@example.com"',
			'email a@example.com',
		],
		[
			{ by: 'externalId', value: '00123' },
			['contacts', 'externalid', '00123'],
			[],
			{ external_id: '00123' },
			'contact with external ID "00123"',
			'externalId 00123',
		],
		[
			{ by: 'maileonId', value: '42' },
			['contacts', 'contact'],
			[['id', '42']],
			{ id: 42 },
			'contact with Maileon ID 42',
			'maileonId 42',
		],
	] as const)('by %j', (key, path, query, identifiers, words, order) => {
		const request = contactRequest(DELETE_BY, key);
		expect(request.path).toEqual(path);
		expect(request.query).toEqual(query);
		expect(identifiersOfKey(key)).toEqual(identifiers);
		expect(describeKey(key)).toBe(words);
		expect(orderKey(key)).toBe(order);
	});
});

describe('contacts of an answer', () => {
	test('are those of a list, of a single contact, or none', () => {
		const ids = (xml: string) => readContacts(readXml(xml)).map(({ id }) => id);
		expect(
			ids('<contacts><contact><id>1</id></contact><contact><id>2</id></contact></contacts>'),
		).toEqual([1, 2]);
		expect(ids('<contacts><contact><id>1</id></contact></contacts>')).toEqual([1]);
		expect(ids('<contact><id>1</id></contact>')).toEqual([1]);
		expect(ids('<contacts/>')).toEqual([]);
	});

	test.each([
		['contacts', true],
		['contact', true],
		['custom_fields', false],
	])('%s is their root: %p', (name, expected) => {
		expect(isContactRoot(readXml(`<${name}/>`))).toBe(expected);
	});
});

describe('a simplified contact', () => {
	test('is a flat row without what is empty or said twice', () => {
		const contact = {
			id: 1,
			email: null,
			permission: 5,
			permissionType: 'doi+',
			permissionStatus: 'available',
			standard_fields: { FIRSTNAME: 'Ada', LASTNAME: null, CITY: '' },
			custom_fields: {},
			preferences: [
				{ name: 'Weekly', category: 'Newsletter', value: true, source: null, last_modified: 'x' },
			],
			blocking_reason: 'blacklist',
			permission_name: 'Double Opt-In Plus',
		};
		const before = structuredClone(contact);
		expect(simplifyContact(contact)).toEqual({
			id: 1,
			email: null,
			permission: 5,
			permission_name: 'Double Opt-In Plus',
			FIRSTNAME: 'Ada',
			preferences: [{ name: 'Weekly', category: 'Newsletter', value: true }],
			blocking_reason: 'blacklist',
		});
		expect(contact).toEqual(before);
		const columns = Object.keys(simplifyContact(contact));
		expect(columns.slice(2, 4)).toEqual(['permission', 'permission_name']);
	});

	test('keeps a field in its list where its column is taken', () => {
		const contact = {
			email: 'ada@example.com',
			standard_fields: { CITY: 'London' },
			custom_fields: { email: 'other', CITY: 'x', permission: 'y', __proto__: null },
			permission: 1,
		};
		Object.defineProperty(contact.custom_fields, '__proto__', { value: 'z', enumerable: true });
		const simple = simplifyContact(contact);
		expect(Object.entries(simple)).toEqual([
			['email', 'ada@example.com'],
			['CITY', 'London'],
			['__proto__', 'z'],
			['custom_fields', { email: 'other', CITY: 'x', permission: 'y' }],
			['permission', 1],
		]);
	});

	test('keeps a permission that is known in its second form only', () => {
		const contact = { permissionType: 'new-kind', permissionStatus: 'available' };
		expect(simplifyContact(contact)).toEqual(contact);
	});

	test('drops empty lists and keeps what it does not understand', () => {
		const contact = { preferences: [], standard_fields: { A: null }, custom_fields: 'odd' };
		expect(simplifyContact(contact)).toEqual({ custom_fields: 'odd' });
		expect(simplifyContact({ preferences: ['odd'] })).toEqual({ preferences: ['odd'] });
	});
});

describe('a count', () => {
	test.each([
		['<count>42</count>', 42],
		['<?xml version="1.0"?><count_contacts> 0 </count_contacts>', 0],
		['7', 7],
		['"8"', 8],
		['<count/>', undefined],
		['<count nil="true"/>', undefined],
		['<count><x>1</x></count>', undefined],
		['<count>1<x/></count>', undefined],
		['<count>12 or so</count>', undefined],
		['<count>', undefined],
		['<count>-1</count>', undefined],
		['many', undefined],
		['', undefined],
		['{"count":1}', undefined],
		['<html><body>1</body></html>', undefined],
	])('of %s is %p', (body, expected) => {
		expect(readCount(readAnswer(body))).toBe(expected);
	});

	test('of a text is the number in it', () => {
		expect(readCount({ kind: 'text', text: ' 42\n' })).toBe(42);
		expect(readCount({ kind: 'broken', text: '42', reason: 'it is broken' })).toBeUndefined();
		expect(readCount({ kind: 'html', text: '42' })).toBeUndefined();
	});
});

test('contact filters are a list, with what Maileon tells of them', () => {
	const root = readXml(
		'<contactfilters><contactfilter><id> 12 </id><name>Newsletter DE</name><count_contacts>120</count_contacts></contactfilter><contactfilter><id>13</id></contactfilter><contactfilter><name>None</name></contactfilter></contactfilters>',
	);
	expect(readContactFilters(root)).toEqual([
		{ id: '12', name: 'Newsletter DE', contacts: '120' },
		{ id: '13', name: '' },
	]);
});

describe('the fields to return', () => {
	test('are repeated parameters, each name once', () => {
		expect(
			selectionQuery({
				standardFields: ['CITY', 'ZIP', 'CITY'],
				customFields: ['a b'],
				preferenceCategories: ['News'],
			}),
		).toEqual([
			['standard_field', 'CITY'],
			['standard_field', 'ZIP'],
			['custom_field', 'a b'],
			['preference_categories', 'News'],
		]);
	});

	test('as a whole are those of the official page', () => {
		const names = READABLE_STANDARD_FIELDS.map(({ name }) => name);
		expect(ALL_STANDARD_FIELDS).toHaveLength(19);
		expect(names.filter((name) => !ALL_STANDARD_FIELDS.includes(name))).toEqual([
			'CHECKSUM',
			'CUSTOM_SOURCE',
		]);
	});
});

describe('an unsubscription', () => {
	test('names mailing, reasons and accounts', () => {
		expect(
			unsubscriptionQuery({
				mailingId: '42',
				reasons: [
					{ type: 'other', message: 'moved away' },
					{ type: 'no_demand', message: '' },
				],
				accountIds: ['88', '89'],
			}),
		).toEqual([
			['mailingId', '42'],
			['reason', 'other|moved away'],
			['reason', 'no_demand'],
			['nlaccountid', '88'],
			['nlaccountid', '89'],
		]);
	});

	test('has six documented reasons', () => {
		expect(REASON_TYPES.map(({ type }) => type).sort()).toEqual([
			'change_of_channel',
			'change_of_interest',
			'no_demand',
			'other',
			'technical_reasons',
			'too_many_messages',
		]);
		expect(reasonsQuery([])).toEqual([]);
	});

	test('takes reasons afterwards, with or without a checksum', () => {
		const reasons = [{ type: 'other', message: '' }];
		expect(addReasonsQuery('7', undefined, reasons)).toEqual([
			['id', '7'],
			['ignore_checksum', true],
			['reason', 'other'],
		]);
		expect(addReasonsQuery('7', 'abc', [])).toEqual([
			['id', '7'],
			['checksum', 'abc'],
		]);
		expect(checksumQuery('')).toEqual([['checksum', '']]);
	});
});

test('an update by email or external ID names the permission in its query, or nothing', () => {
	expect(updateByKeyQuery(4)).toEqual([['permission', 4]]);
	expect(updateByKeyQuery(undefined)).toEqual([['permission', undefined]]);
});

test('a contact in JSON can hold an external ID', () => {
	const empty = { standardFields: [], customFields: [], preferences: [] };
	expect(contactJsonBody({ ...empty, externalId: '00123' })).toBe('{"external_id":"00123"}');
	expect(contactJsonBody({ ...empty, externalId: '' })).toBe('{}');
});
