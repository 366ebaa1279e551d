import fc from 'fast-check';

import {
	contactToJson,
	identifiersOf,
	maileonId,
	type Contact,
} from '../../../../nodes/Maileon/maileon/contact/contact';
import { readCustomFields } from '../../../../nodes/Maileon/maileon/contact/customFields';
import {
	customFieldType,
	STANDARD_FIELDS,
	standardField,
} from '../../../../nodes/Maileon/maileon/contact/fields';
import { contactJsonBody } from '../../../../nodes/Maileon/maileon/contact/jsonContact';
import { PERMISSIONS, readPermission } from '../../../../nodes/Maileon/maileon/contact/permission';
import {
	createQuery,
	synchronizeQuery,
	updateByIdQuery,
	type CreateSettings,
	type SynchronizeSettings,
	type UpdateSettings,
} from '../../../../nodes/Maileon/maileon/contact/query';
import { readContact } from '../../../../nodes/Maileon/maileon/contact/readContact';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const EMPTY: Contact = { standardFields: [], customFields: [], preferences: [] };

describe('a contact that was sent', () => {
	test.each([
		['123', 123],
		['0', 0],
		['9007199254740991', 9007199254740991],
		['9007199254740993', '9007199254740993'],
		['', ''],
		['12a', '12a'],
		['a12', 'a12'],
	])('the Maileon ID %p is shown as %p', (text, shown) => {
		expect(maileonId(text)).toBe(shown);
	});

	test('only identifiers that exist', () => {
		expect(identifiersOf({ id: '', email: null, externalId: '' })).toEqual({});
		expect(identifiersOf({ id: '7', email: 'a@x.de', externalId: '00123' })).toEqual({
			id: 7,
			email: 'a@x.de',
			external_id: '00123',
		});
	});

	test('as an output item', () => {
		expect(Object.keys(contactToJson(EMPTY))).toEqual([]);
		expect(
			contactToJson({
				id: '7',
				email: null,
				externalId: '00123',
				standardFields: [['FIRSTNAME', 'Ada']],
				customFields: [['COLOR', null]],
				preferences: [
					{ category: 'C', name: 'N', value: 'true' },
					{ category: 'C', name: 'M', value: 'false', source: 's' },
					{ category: 'C', name: 'O', value: null, source: null },
					{ category: 'C', name: 'P' },
				],
			}),
		).toEqual({
			id: 7,
			email: null,
			external_id: '00123',
			standard_fields: { FIRSTNAME: 'Ada' },
			custom_fields: { COLOR: null },
			preferences: [
				{ category: 'C', name: 'N', value: true },
				{ category: 'C', name: 'M', value: false, source: 's' },
				{ category: 'C', name: 'O', value: null, source: null },
				{ category: 'C', name: 'P' },
			],
		});
	});
});

describe('the JSON body', () => {
	test('the bytes of the documentation', () => {
		const contact: Contact = {
			...EMPTY,
			email: 'max.mustermann@xqueue.com',
			standardFields: [
				['FIRSTNAME', 'Max'],
				['LASTNAME', 'Mustermann'],
			],
			customFields: [['COLOR', 'BLUE']],
		};
		expect(contactJsonBody(contact)).toBe(
			'{"custom_fields":{"COLOR":"BLUE"},"email":"max.mustermann@xqueue.com","standard_fields":{"FIRSTNAME":"Max","LASTNAME":"Mustermann"}}',
		);
	});

	test('an external ID stays the text that it is', () => {
		expect(contactJsonBody({ ...EMPTY, externalId: '00123' })).toBe('{"external_id":"00123"}');
	});

	test('at least {}; null is never sent, empty is', () => {
		expect(contactJsonBody(EMPTY)).toBe('{}');
		const fields = [
			['A', null],
			['B', ''],
		] as const;
		expect(contactJsonBody({ ...EMPTY, email: '', customFields: fields })).toBe(
			'{"custom_fields":{"B":""}}',
		);
		expect(contactJsonBody({ ...EMPTY, standardFields: [['FIRSTNAME', null]] })).toBe('{}');
	});

	test('any name and any value arrive, __proto__ among them', () => {
		const text = fc.string({ unit: 'grapheme' });
		const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'toJSON'));
		fc.assert(
			fc.property(fc.uniqueArray(fc.tuple(name, text), { selector: ([key]) => key }), (fields) => {
				const body = JSON.parse(contactJsonBody({ ...EMPTY, customFields: fields })) as {
					custom_fields?: Record<string, string>;
				};
				const read = Object.entries(body.custom_fields ?? {});
				expect(read.sort(byName)).toEqual([...fields].sort(byName));
			}),
			{ numRuns: 1_000 },
		);
	});
});

function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
	return one < other ? -1 : 1;
}

describe('queries', () => {
	/** What is sent: nothing stands for left out. */
	const sent = (query: ReadonlyArray<readonly [string, unknown]>) =>
		query.filter(([, value]) => value !== undefined && value !== '').map(([k, v]) => `${k}=${v}`);

	const create: CreateSettings = { permission: 1, syncMode: 2, source: '', subscriptionPage: '' };
	test.each<[string, Partial<CreateSettings>, string[]]>([
		['nothing', {}, []],
		['doi', { doi: { plus: false, mailing: '' } }, ['doi=true']],
		[
			'everything',
			{ doi: { plus: true, mailing: 'key' }, source: 's', subscriptionPage: 'p' },
			['doi=true', 'doiplus=true', 'doimailing=key', 'src=s', 'subscription_page=p'],
		],
	])('create with %s', (_what, settings, further) => {
		expect(sent(createQuery({ ...create, ...settings }))).toEqual([
			'permission=1',
			'sync_mode=2',
			...further,
		]);
	});

	const update: UpdateSettings = { id: '7', source: '', pageKey: '' };
	test.each<[string, Partial<UpdateSettings>, string[]]>([
		['nothing', {}, ['ignore_checksum=true']],
		['checksum', { checksum: 'abc' }, ['checksum=abc']],
		['permission', { permission: 1 }, ['ignore_checksum=true', 'permission=1']],
		[
			'a DOI for 3, which has none',
			{ permission: 3, doiMailing: 'key' },
			['ignore_checksum=true', 'permission=3'],
		],
		['a DOI without permission', { doiMailing: 'key' }, ['ignore_checksum=true']],
		[
			'DOI',
			{ permission: 5, doiMailing: '' },
			['ignore_checksum=true', 'permission=5', 'triggerdoi=true'],
		],
		[
			'everything',
			{ checksum: 'c', permission: 4, doiMailing: 'key', source: 's', pageKey: 'p' },
			['checksum=c', 'permission=4', 'triggerdoi=true', 'doimailing=key', 'src=s', 'page_key=p'],
		],
	])('update with %s', (_what, settings, further) => {
		expect(sent(updateByIdQuery({ ...update, ...settings }))).toEqual(['id=7', ...further]);
	});

	const synchronize: SynchronizeSettings = {
		identifyBy: 'email',
		syncMode: 2,
		ignoreInvalidContacts: false,
		overridePermission: true,
		reimportUnsubscribedContacts: true,
		updateOnly: false,
	};
	const FLAGS = [
		'ignore_invalid_contacts=false',
		'reimport_unsubscribed_contacts=true',
		'update_only=false',
	];
	test.each<[string, Partial<SynchronizeSettings>, string[]]>([
		['nothing', {}, ['sync_mode=2', ...FLAGS]],
		[
			'external ID',
			{ identifyBy: 'externalId' },
			['sync_mode=2', 'use_external_id=true', ...FLAGS],
		],
		[
			'Maileon ID',
			{ identifyBy: 'maileonId' },
			['sync_mode=2', 'prefer_maileon_id=true', ...FLAGS],
		],
		[
			'a permission',
			{ permission: 4, overridePermission: false },
			[
				'permission=4',
				'sync_mode=2',
				'ignore_invalid_contacts=false',
				'override_permission=false',
				'reimport_unsubscribed_contacts=true',
				'update_only=false',
			],
		],
		['an override without permission', { overridePermission: false }, ['sync_mode=2', ...FLAGS]],
	])('synchronize with %s', (_what, settings, query) => {
		expect(sent(synchronizeQuery({ ...synchronize, ...settings }))).toEqual(query);
	});
});

describe('permissions', () => {
	test('codes 1 to 6 and their types', () => {
		expect(PERMISSIONS.map(({ code, type }) => [code, type])).toEqual([
			[1, 'none'],
			[2, 'soi'],
			[3, 'coi'],
			[4, 'doi'],
			[5, 'doi+'],
			[6, 'other'],
		]);
	});

	test.each([
		['5', 5],
		[' 4\n', 4],
		['DOI+', 5],
		['soi', 2],
		['7', undefined],
		['0', undefined],
		['new-kind', undefined],
		['doi5', undefined],
		['5th', undefined],
		['05', 5],
		['', undefined],
	])('%j is read as %p', (text, code) => {
		expect(readPermission(text)?.code).toBe(code);
	});

	test.each([
		['<permission>4</permission>', 4],
		['<permission>doi+</permission>', 5],
		['<permissionType>5</permissionType>', 5],
		['<permissionType>doi</permissionType>', 4],
		['<permission/><permissionType>2</permissionType>', 2],
		['<permission nil="true"/><permissionType>soi</permissionType>', 2],
		['<permission>1</permission><permissionType>doi</permissionType>', 1],
	])('of a contact: %s', (parts, code) => {
		expect(readContact(readXml(`<contact>${parts}</contact>`))).toMatchObject({
			permission: code,
			permission_name: PERMISSIONS.find((one) => one.code === code)?.name,
		});
	});

	test('of a kind that is not known stay as they came', () => {
		const parts = '<permission>7</permission><permissionType>doi</permissionType>';
		expect(readContact(readXml(`<contact>${parts}</contact>`))).toEqual({
			permission: '7',
			permissionType: 'doi',
		});
	});
});

describe('fields', () => {
	test('17 standard fields, found by their exact name', () => {
		expect(STANDARD_FIELDS).toHaveLength(17);
		expect(standardField('FIRSTNAME')?.label).toBe('First Name');
		expect(standardField('firstname')).toBeUndefined();
		expect(standardField('__proto__')).toBeUndefined();
	});

	test.each([
		['string', 'string'],
		['integer', 'integer'],
		['float', 'float'],
		['double', 'float'],
		['date', 'date'],
		['timestamp', 'date'],
		['boolean', 'boolean'],
		['json', 'untyped'],
		['constructor', 'untyped'],
		['__proto__', 'untyped'],
	])('custom fields of type %s follow the rules of %s', (type, rules) => {
		expect(customFieldType(type)).toBe(rules);
	});

	test('custom fields are a list, with one or none too', () => {
		const read = (inner: string) =>
			readCustomFields(readXml(`<custom_fields>${inner}</custom_fields>`));
		expect(read('')).toEqual([]);
		expect(read('<custom_field><name>A &amp; B</name><type> float </type></custom_field>')).toEqual(
			[{ name: 'A & B', type: 'float' }],
		);
		expect(read('<custom_field><name>X</name></custom_field><custom_field/>')).toEqual([
			{ name: 'X', type: 'string' },
		]);
	});
});

describe('reading a contact', () => {
	const read = (inner: string, attributes = '') =>
		readContact(readXml(`<contact${attributes}>${inner}</contact>`));

	test('fields are objects, preferences a list, the permission has a name', () => {
		expect(
			read(
				'<id>12345</id><permission>4</permission><email>ada@example.com</email><external_id nil="true"/>' +
					'<created>2016-06-13 09:14:41.0</created>' +
					'<standard_fields><field><name>FIRSTNAME</name><value> Ada </value></field><field><name>LASTNAME</name><value nil="true"/></field></standard_fields>' +
					'<custom_fields><field><name>__proto__</name><value></value></field></custom_fields>' +
					'<preferences><preference><name>Release notes</name><category>Development</category><value>true</value><source nil="true"/><last_modified>2021-08-19 15:30:53</last_modified></preference></preferences>',
			),
		).toEqual({
			id: 12345,
			permission: 4,
			permission_name: 'Double Opt-In',
			email: 'ada@example.com',
			external_id: null,
			created: '2016-06-13 09:14:41.0',
			standard_fields: { FIRSTNAME: ' Ada ', LASTNAME: null },
			custom_fields: Object.fromEntries([['__proto__', '']]),
			preferences: [
				{
					name: 'Release notes',
					category: 'Development',
					value: true,
					source: null,
					last_modified: '2021-08-19 15:30:53',
				},
			],
		});
	});

	test('one field and no field still are objects', () => {
		expect(read('<standard_fields/><custom_fields></custom_fields><preferences/>')).toEqual({
			standard_fields: {},
			custom_fields: {},
			preferences: [],
		});
	});

	test('external IDs stay text', () => {
		expect(read('<external_id>00123</external_id>')).toEqual({ external_id: '00123' });
		expect(read('<id>9007199254740993</id>')).toEqual({ id: '9007199254740993' });
	});

	test('the permission of a filter, an unknown permission, and none', () => {
		expect(read('<permissionType>doi+</permissionType>')).toMatchObject({
			permission: 5,
			permission_name: 'Double Opt-In Plus',
		});
		expect(read('<permission>9</permission>')).toEqual({ permission: '9' });
		expect(read('<permission nil="true"/>')).toEqual({ permission: null });
	});

	test('anonymous as element or attribute', () => {
		expect(read('<anonymous>1</anonymous>')).toEqual({ anonymous: true });
		expect(read('<id>7</id>', ' anonymous="true"')).toEqual({ id: 7, anonymous: true });
	});
});
