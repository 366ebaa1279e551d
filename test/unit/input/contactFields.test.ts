import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	columnOfCustomField,
	fieldOfColumn,
	isIdentifierColumn,
	typeOfColumn,
	type ContactColumn,
} from '../../../nodes/Maileon/input/columns';
import {
	ContactFieldsReader,
	customFieldEntries,
	customFieldsFromJson,
	mergeFields,
	standardFieldEntries,
} from '../../../nodes/Maileon/input/contactFields';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import { answerOf, failureOf, fakeClient, fakeNode, type Answering } from '../../support/fakeRun';
import { refusalOf } from '../../support/refusals';

const ACCOUNT =
	'<custom_fields>' +
	'<custom_field><name>COLOR</name><type>string</type></custom_field>' +
	'<custom_field><name>AGE</name><type>integer</type></custom_field>' +
	'<custom_field><name>email</name><type>string</type></custom_field>' +
	'</custom_fields>';

interface Given {
	mapper: unknown;
	/** The other parameters of the node, as they were saved. */
	parameters?: IDataObject;
	withIdentifiers?: boolean;
	account?: Answering;
	/** What n8n makes of an expression of an item. */
	evaluate?: (item: number) => unknown;
}

/** A reader of these items, what it asked Maileon for, and what it had n8n evaluate. */
async function open(items: IDataObject[], given: Given) {
	const { mapper, parameters = {}, withIdentifiers = false } = given;
	const { evaluate = (item) => `evaluated ${item}` } = given;
	const evaluated: string[] = [];
	const node = {
		...fakeNode({
			items: items.map((json) => ({ json })),
			parameters: { contactFields: mapper },
			settings: { parameters: { contactFields: mapper, ...parameters } as never },
		}),
		evaluateExpression: (expression: string, item: number) => {
			evaluated.push(`${expression} ${item}`);
			return evaluate(item);
		},
	} as unknown as IExecuteFunctions;
	const client = fakeClient(given.account ?? (() => answerOf(ACCOUNT)));
	const reader = await ContactFieldsReader.create(node, client, { withIdentifiers });
	return { reader, evaluated, requests: client.requests };
}

function column(id: string, more: Partial<ContactColumn> = {}): ContactColumn {
	return { id, displayName: id, defaultMatch: false, required: false, display: true, ...more };
}

const IDENTIFIERS = [
	column('email', { displayName: 'Email' }),
	column('external_id', { displayName: 'External ID' }),
	column('id', { displayName: 'Maileon ID' }),
];

function manually(value: IDataObject, schema: ContactColumn[] = []) {
	return { mappingMode: 'defineBelow', value, schema };
}

function automatically(...schema: ContactColumn[]) {
	return { mappingMode: 'autoMapInputData', value: null, schema };
}

const NOBODY = { id: undefined, email: undefined, externalId: undefined };

describe('fields that are mapped manually', () => {
	const items = [{ name: 'Ada', age: 36 }, { name: 'Bob' }];

	test('are typed, read from the item, or evaluated by n8n, without asking Maileon', async () => {
		const mapper = manually(
			{
				FIRSTNAME: '={{ $json.name }}',
				CITY: 'London',
				AGE: '={{ $json.age }}',
				NOTE: '={{ $json.name.trim() }}',
				OLD: 'removed',
			},
			[column('AGE', { maileonType: 'integer' }), column('OLD', { removed: true })],
		);
		const { reader, evaluated, requests } = await open(items, { mapper });
		expect(items.map((_, item) => reader.read(item))).toEqual([
			{
				identifiers: NOBODY,
				standardFields: [
					['FIRSTNAME', 'Ada'],
					['CITY', 'London'],
				],
				customFields: [
					['AGE', '36'],
					['NOTE', 'evaluated 0'],
				],
			},
			{
				identifiers: NOBODY,
				standardFields: [
					['FIRSTNAME', 'Bob'],
					['CITY', 'London'],
				],
				customFields: [['NOTE', 'evaluated 1']],
			},
		]);
		expect(evaluated).toEqual(['{{ $json.name.trim() }} 0', '{{ $json.name.trim() }} 1']);
		expect(requests).toEqual([]);
		expect([...reader.ignoredKeys]).toEqual([]);
		expect(reader.ignoredOf(0)).toEqual([]);
	});

	test('are evaluated once where their values are asked for first', async () => {
		const mapper = manually({ CITY: 'London', NOTE: '={{ $json.name.trim() }}' });
		const { reader, evaluated } = await open(items, { mapper });
		const values = reader.values(1);
		expect(values).toEqual(['London', 'evaluated 1']);
		expect(reader.check(1, values)).toEqual(NOBODY);
		expect(reader.read(1, values).customFields).toEqual([['NOTE', 'evaluated 1']]);
		expect(evaluated).toHaveLength(1);
	});

	test('pass on what n8n says of an expression', async () => {
		const said = new Error('n8n cannot evaluate it');
		const mapper = manually({ CITY: '={{ $json.name.trim() }}' });
		const { reader } = await open(items, {
			mapper,
			evaluate: () => {
				throw said;
			},
		});
		for (const action of [() => reader.read(0), () => reader.check(0)])
			expect(action).toThrow(said);
	});

	test('are left to n8n where the item holds an object', async () => {
		const mapper = manually({ NOTE: '={{ $json.name }}' });
		const { reader, evaluated } = await open([{ name: { first: 'Ada' } }], { mapper });
		expect(reader.read(0).customFields).toEqual([['NOTE', 'evaluated 0']]);
		expect(evaluated).toEqual(['{{ $json.name }} 0']);
	});
});

test.each<[string, boolean, unknown]>([
	['typed values', true, manually({ CITY: 'London' })],
	['plain references', true, manually({ CITY: '={{ $json.city }}' })],
	['automatic mapping', true, automatically(column('COLOR'))],
	['an expression in between', false, manually({ CITY: '={{ $json.city.trim() }}', ZIP: '1' })],
	['one expression for all', false, '={{ $json }}'],
])('reading twice costs little, for %s: %p', async (_, isDirect, mapper) => {
	const { reader } = await open([{ city: 'London' }], { mapper });
	expect(reader.isDirect).toBe(isDirect);
});

describe('the fields of the account are asked for', () => {
	test.each<[string, number, IDataObject[], Given]>([
		['where no column is saved', 1, [{ FIRSTNAME: 'Ada' }], { mapper: automatically() }],
		[
			'where an item has a key that no standard column takes',
			1,
			[{ FIRSTNAME: 'Ada' }, { COLOR: 'blue' }],
			{ mapper: automatically(column('FIRSTNAME')) },
		],
		[
			'not where standard columns take all keys',
			0,
			[{ FIRSTNAME: 'Ada' }, { first_name: 'Bob', Email: 'bob@example.com' }],
			{ mapper: automatically(column('FIRSTNAME')) },
		],
		[
			'not where identifiers and standard columns take all keys',
			0,
			[{ email: 'ada@example.com', FIRSTNAME: 'Ada' }],
			{ mapper: automatically(...IDENTIFIERS, column('FIRSTNAME')), withIdentifiers: true },
		],
		[
			'not where other parameters read the keys that are left',
			0,
			[{ FIRSTNAME: 'Ada', reason: 'x' }],
			{
				mapper: automatically(column('FIRSTNAME')),
				parameters: { options: { note: '={{ $json.reason }}' } },
			},
		],
		[
			'not where a column of a custom field is saved',
			0,
			[{ OTHER: 'x' }],
			{ mapper: automatically(column('FIRSTNAME'), column('COLOR')) },
		],
		['not for manual mapping', 0, [{ OTHER: 'x' }], { mapper: manually({ COLOR: 'blue' }) }],
	])('%s', async (_, count, items, given) => {
		const { requests } = await open(items, given);
		expect(requests).toHaveLength(count);
	});
});

describe('fields that are mapped automatically', () => {
	test('have the types that Maileon tells, and leave out what belongs to none', async () => {
		const items = [
			{ age: 36, 'First Name': 'Ada', color: '', email: 'ada@example.com', extra: 1 },
			{ age: 'old' },
			{ extra: 1, other: 2, id: 5 },
		];
		const { reader } = await open(items, { mapper: automatically() });
		expect(reader.read(0)).toEqual({
			identifiers: NOBODY,
			standardFields: [['FIRSTNAME', 'Ada']],
			customFields: [
				['AGE', '36'],
				['COLOR', ''],
				['email', 'ada@example.com'],
			],
		});
		expect(reader.ignoredOf(0)).toEqual(['extra']);
		const refusal = refusalOf(() => reader.read(1));
		expect(refusal.message).toMatch(/^Contact field AGE: "old" is not a whole number/);
		expect(refusal.details.field).toBe('AGE');
		expect(reader.ignoredOf(2)).toEqual(['extra', 'other']);
		expect([...reader.ignoredKeys]).toEqual(['extra', 'other']);
		expect(reader.ignoredOf(1)).toEqual([]);
	});

	test('are matched anew for each set of keys, and known again', async () => {
		const sets: IDataObject[] = [
			{ CITY: '1', ZIP: '2' },
			{ CITY: '3' },
			{ ZIP: '4' },
			{ ZIP: '5', CITY: '6' },
			{ CITY: '7', COLOR: '8' },
			{},
			{ CITY: '9', ZIP: '10' },
			{ CITY: '11', ZIP: '12' },
		];
		const { reader } = await open(sets, { mapper: automatically(column('COLOR')) });
		for (const [item, json] of sets.entries()) {
			const { standardFields, customFields } = reader.read(item);
			expect([...standardFields, ...customFields]).toEqual(Object.entries(json));
		}
	});

	test('of a saved column count also where it was removed, as the mapper shows it for manual mapping', async () => {
		const mapper = automatically(column('COLOR', { removed: true }), column('SIZE'));
		const { reader } = await open([{ COLOR: 'blue', SIZE: 'L' }], { mapper });
		expect(reader.read(0).customFields).toEqual([
			['COLOR', 'blue'],
			['SIZE', 'L'],
		]);
	});

	test('go without custom fields where the key may not read', async () => {
		const { reader } = await open([{ COLOR: 'blue', CITY: 'London' }], {
			mapper: automatically(),
			account: (request) => {
				throw failureOf(request, 403);
			},
		});
		expect(reader.read(0)).toMatchObject({
			standardFields: [['CITY', 'London']],
			customFields: [],
		});
		expect(reader.ignoredOf(0)).toEqual(['COLOR']);
	});

	test('tell a saved identifier from a custom field of the same name', async () => {
		const items = [{ email: 'ada@example.com', 'custom_fields.email': 'text', ID: 7 }];
		const schema = [...IDENTIFIERS, column('custom_fields.email', { displayName: 'email' })];
		for (const mapper of [automatically(...schema), automatically()]) {
			const { reader } = await open(items, { mapper, withIdentifiers: true });
			expect(reader.read(0)).toEqual({
				identifiers: { id: '7', email: 'ada@example.com', externalId: undefined },
				standardFields: [],
				customFields: [['email', 'text']],
			});
		}
	});
});

describe('one expression for all fields', () => {
	test('is read item by item', async () => {
		const mapper = (json: IDataObject) => ({ FIRSTNAME: json.name, AGE: 36 });
		const { reader, requests } = await open([{ name: 'Ada' }, { name: 'Bob' }], { mapper });
		expect(reader.read(1)).toEqual({
			identifiers: NOBODY,
			standardFields: [['FIRSTNAME', 'Bob']],
			customFields: [['AGE', '36']],
		});
		expect(reader.values(0)).toEqual(['Ada', 36]);
		expect(reader.ignoredOf(0)).toEqual([]);
		expect(requests).toEqual([]);
	});
});

describe('the column', () => {
	test.each([
		['email', 'Email', true],
		['id', 'Maileon ID', true],
		['email', 'email', false],
		['COLOR', 'Email', false],
	])('%s called %s is that of an identifier: %p', (id, displayName, isIdentifier) => {
		expect(isIdentifierColumn(column(id, { displayName }))).toBe(isIdentifier);
	});

	test.each([
		['email', true, 'custom_fields.email'],
		['email', false, 'email'],
		['COLOR', true, 'COLOR'],
	])('of a custom field %s, with identifiers %p, is %s', (name, withIdentifiers, expected) => {
		expect(columnOfCustomField(name, withIdentifiers)).toBe(expected);
		expect(fieldOfColumn(expected)).toBe(name);
	});

	test('of any other custom field keeps its dots', () => {
		expect(fieldOfColumn('custom_fields.COLOR')).toBe('custom_fields.COLOR');
	});

	test('has the type that Maileon told, or that n8n shows', () => {
		expect(typeOfColumn(column('AGE', { maileonType: 'integer', type: 'boolean' }))).toBe(
			'integer',
		);
		expect(typeOfColumn(column('VIP', { type: 'boolean' }))).toBe('boolean');
		expect(typeOfColumn(column('AGE', { type: 'number' }))).toBe('untyped');
	});
});

describe('identifiers among the fields', () => {
	const read = async (value: IDataObject) => {
		const mapper = manually(value, IDENTIFIERS);
		const { reader } = await open([{}], { mapper, withIdentifiers: true });
		const checked = reader.check(0);
		expect(reader.read(0).identifiers).toEqual(checked);
		return checked;
	};

	test.each<[IDataObject, object]>([
		[
			{ email: 'a@example.com', external_id: 12, id: 34 },
			{ email: 'a@example.com', externalId: '12', id: '34' },
		],
		[
			{ email: null, external_id: null, id: null },
			{ email: null, externalId: null, id: undefined },
		],
		[
			{ email: '={{ $json.missing }}', id: '' },
			{ ...NOBODY, id: '' },
		],
	])('%j', async (value, identifiers) => {
		expect(await read(value)).toStrictEqual({ ...NOBODY, ...identifiers });
	});

	test('are text', async () => {
		const mapper = manually({ email: ['a@example.com'] }, IDENTIFIERS);
		const { reader } = await open([{}], { mapper, withIdentifiers: true });
		for (const action of [() => reader.read(0), () => reader.check(0)])
			expect(refusalOf(action)).toMatchObject({
				message: expect.stringMatching(/^Contact field email: .* is a list/) as string,
				details: { field: 'email' },
			});
	});
});

test.each<[string, IDataObject, string]>([
	['GENDER', { GENDER: 'x' }, 'Contact field Gender (GENDER): "x" is none of m, f and d.'],
	['VIP', { VIP: 'perhaps' }, 'Contact field VIP: "perhaps" is neither true nor false.'],
])('a look at an item finds a bad %s as reading does', async (field, value, message) => {
	const schema = [column('GENDER'), column('VIP', { type: 'boolean' })];
	const { reader } = await open([{}], { mapper: manually(value, schema) });
	for (const action of [() => reader.read(0), () => reader.check(0)])
		expect(refusalOf(action)).toMatchObject({ message, details: { field } });
});

describe('fields in JSON', () => {
	const fromJson = (value: unknown) => {
		const node = { getNodeParameter: () => value } as unknown as IExecuteFunctions;
		const property = {
			displayName: 'Custom Fields (JSON)',
			name: 'customFieldsJson',
			type: 'json',
			default: '{}',
		} as const;
		return customFieldsFromJson(new Parameters(node, [property]).ofItem(0));
	};

	test('are an object of names and values', () => {
		expect(fromJson('{"COLOR": "blue", "VIP": true, "OLD": null}')).toEqual([
			['COLOR', 'blue'],
			['VIP', 'true'],
			['OLD', null],
		]);
		expect(fromJson('')).toEqual([]);
		const refusal = refusalOf(() => fromJson('["COLOR"]'));
		expect(refusal.message).toBe(
			'Custom Fields (JSON) must be a JSON object of field names and values.',
		);
		expect(refusal.details).toEqual({
			description: expect.stringContaining('"COLOR"') as string,
			field: 'customFieldsJson',
		});
	});

	test('have the types of standard fields, and any other name is text', () => {
		expect(standardFieldEntries({ GENDER: 'female', NICKNAME: 5, CITY: undefined })).toEqual([
			['GENDER', 'f'],
			['NICKNAME', '5'],
		]);
		expect(refusalOf(() => standardFieldEntries({ GENDER: 'x' })).message).toBe(
			'Contact field Gender (GENDER): "x" is none of m, f and d.',
		);
		expect(refusalOf(() => standardFieldEntries({ NICKNAME: [] })).message).toBe(
			'Contact field NICKNAME: "[]" is a list, where a single value is needed.',
		);
		expect(customFieldEntries({ GENDER: 'x', EMPTY: undefined })).toEqual([['GENDER', 'x']]);
	});

	test('win over mapped ones of the same name', () => {
		const fields = [
			['COLOR', 'blue'],
			['SIZE', 'L'],
		] as const;
		expect(mergeFields(fields, [['COLOR', 'red']])).toEqual([
			['COLOR', 'red'],
			['SIZE', 'L'],
		]);
		expect(mergeFields(fields, [])).toEqual(fields);
	});
});
