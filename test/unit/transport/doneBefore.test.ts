import { readAnswer } from '../../../nodes/Maileon/maileon/answer';
import type { Contact } from '../../../nodes/Maileon/maileon/contact/contact';
import { customFields } from '../../../nodes/Maileon/maileon/endpoints/fields';
import { preferenceCategories } from '../../../nodes/Maileon/maileon/endpoints/preferences';
import {
	contactUpdated,
	customFieldCreated,
	customFieldRenamed,
	definitionCreated,
	definitionUpdated,
	mailingCreated,
	transactionTypeCreated,
} from '../../../nodes/Maileon/transport/doneBefore';
import type { DoneBefore } from '../../../nodes/Maileon/maileon/request';

const proves = (doneBefore: DoneBefore | undefined, body: string) =>
	doneBefore?.proof?.read(readAnswer(body)) !== undefined;

const fields = (...names: string[]) =>
	`<custom_fields>${names
		.map((name) => `<custom_field><name>${name}</name><type>string</type></custom_field>`)
		.join('')}</custom_fields>`;

const LIST = preferenceCategories.getMany.request();
const CATEGORIES = { element: 'preference_category', request: LIST } as const;
const categories = (...definitions: Array<[name: string, description?: string]>) =>
	`<preference_categories>${definitions
		.map(
			([name, description]) =>
				`<preference_category><name>${name}</name>${
					description === undefined ? '' : `<description>${description}</description>`
				}</preference_category>`,
		)
		.join('')}</preference_categories>`;

test('what is removed is gone', () => {
	const { doneBefore } = preferenceCategories.delete.request({ category: 'News' });
	expect(doneBefore).toEqual({ statuses: [404] });
});

test('a field that was created is there with its type', () => {
	const created = customFieldCreated('SIZE', 'string');
	expect(created.statuses).toEqual([400, 409]);
	expect(created.proof?.request).toEqual(customFields.getMany.request());
	expect(proves(created, fields('COLOR', 'SIZE'))).toBe(true);
	expect(proves(created, fields('COLOR', 'size'))).toBe(false);
	expect(proves(customFieldCreated('SIZE', 'date'), fields('SIZE'))).toBe(false);
	for (const body of ['', '[]', '<html/>', 'SIZE']) expect(proves(created, body)).toBe(false);
});

test('a field that was renamed is there by its new name only', () => {
	const renamed = customFieldRenamed('COLOR', 'COLOUR');
	expect(renamed.statuses).toEqual([404, 400, 409]);
	expect(proves(renamed, fields('SIZE', 'COLOUR'))).toBe(true);
	expect(proves(renamed, fields('COLOR', 'COLOUR'))).toBe(false);
	expect(proves(renamed, fields('COLOR'))).toBe(false);
	expect(proves(renamed, fields())).toBe(false);
});

test('a definition that was created is in the list with its description', () => {
	const created = definitionCreated(CATEGORIES, { name: 'News', description: 'All' });
	expect(created.statuses).toEqual([400, 409]);
	expect(created.proof?.request).toEqual(LIST);
	expect(proves(created, categories(['Shoes'], ['News', 'All']))).toBe(true);
	expect(proves(created, categories(['News', 'Other']))).toBe(false);
	expect(proves(created, categories(['News']))).toBe(false);
	expect(proves(created, categories(['Shoes', 'All']))).toBe(false);
	const bare = definitionCreated(CATEGORIES, { name: 'News' });
	expect(proves(bare, categories(['News']))).toBe(true);
	expect(proves(bare, categories(['News', '']))).toBe(true);
	expect(proves(bare, categories(['News', 'All']))).toBe(false);
});

test('a definition that was renamed is in the list by its new name only', () => {
	const renamed = definitionUpdated(CATEGORIES, 'News', { newName: 'Updates' });
	expect(renamed?.statuses).toEqual([404, 400, 409]);
	expect(proves(renamed, categories(['Updates', 'any']))).toBe(true);
	expect(proves(renamed, categories(['Updates'], ['News']))).toBe(false);
	expect(proves(renamed, categories(['News']))).toBe(false);
	const described = definitionUpdated(CATEGORIES, 'News', { newName: 'Updates', description: '' });
	expect(proves(described, categories(['Updates']))).toBe(true);
	expect(proves(described, categories(['Updates', 'any']))).toBe(false);
});

test('a definition that keeps its name can be updated again', () => {
	expect(definitionUpdated(CATEGORIES, 'News', { description: 'x' })).toBeUndefined();
	expect(definitionUpdated(CATEGORIES, 'News', { newName: 'News' })).toBeUndefined();
});

describe('a transaction type that was created', () => {
	const attribute = (name: string, type: string) => ({ name, type, required: false });
	const created = transactionTypeCreated({
		name: 'shop_order',
		attributes: [attribute('id', 'string'), attribute('total', 'double')],
	});
	const type = (...attributes: Array<[string, string]>) =>
		`<transaction_type><id>42</id><name>shop_order</name><attributes>${attributes
			.map(([name, kind]) => `<attribute><name>${name}</name><type>${kind}</type></attribute>`)
			.join('')}</attributes></transaction_type>`;

	test('is asked for by its name, and its answer is kept for the ID', () => {
		expect(created.statuses).toEqual([400, 409]);
		expect(created.proof?.request).toMatchObject({
			method: 'GET',
			path: ['transactions', 'types', 'shop_order'],
		});
		const answer = readAnswer(type(['total', 'double'], ['id', 'string']));
		expect(created.proof?.read(answer)).toBe(answer);
	});

	test.each([
		['lacks an attribute', type(['id', 'string'])],
		['has one more', type(['id', 'string'], ['total', 'double'], ['x', 'json'])],
		['has one of another type', type(['id', 'string'], ['total', 'float'])],
		['has another name', type(['id', 'string'], ['total', 'double']).replace('shop_', '')],
		[
			'has a description',
			type(['id', 'string'], ['total', 'double']).replace(
				'<attributes>',
				'<description>x</description><attributes>',
			),
		],
		['is none', ''],
	])('is not one that %s', (_, body) => {
		expect(proves(created, body)).toBe(false);
	});
});

describe('a contact that was given another identifier', () => {
	const key = { by: 'email', value: 'old@example.com' } as const;
	const contact: Contact = {
		email: 'New@example.com',
		externalId: '007',
		standardFields: [
			['FIRSTNAME', 'Ada'],
			['CITY', null],
		],
		customFields: [['COLOR', '']],
		preferences: [],
	};
	const found = (parts: string) =>
		`<contact><email>new@example.com</email><external_id>007</external_id><permission>4</permission>${parts}</contact>`;
	const field = (name: string, value: string) =>
		`<field><name>${name}</name><value>${value}</value></field>`;
	const ada = `<standard_fields>${field('FIRSTNAME', 'Ada')}</standard_fields>`;

	test('is asked for by the new one, with the fields that were sent', () => {
		const updated = contactUpdated(key, contact, undefined);
		expect(updated?.statuses).toEqual([404]);
		expect(updated?.proof?.request).toEqual({
			method: 'GET',
			path: ['contacts', 'email', 'New@example.com'],
			query: [
				['standard_field', 'FIRSTNAME'],
				['standard_field', 'CITY'],
				['custom_field', 'COLOR'],
			],
		});
		expect(proves(updated, found(ada))).toBe(true);
		expect(proves(updated, `<contacts>${found(ada)}</contacts>`)).toBe(true);
	});

	test.each([
		['nothing', ''],
		['no contact', '<contacts/>'],
		['something else', `<things>${found(ada)}</things>`],
		['several', `<contacts>${found(ada)}${found(ada)}</contacts>`],
		['another value', found(ada.replace('Ada', 'Bob'))],
		['a value that was cleared', found(ada.replace('FIRSTNAME', 'CITY'))],
		['a missing value', found('')],
		['another external ID', found(ada).replace('007', '008')],
		['another email', found(ada).replace('new@', 'newer@')],
		[
			'another custom value',
			found(`${ada}<custom_fields>${field('COLOR', 'RED')}</custom_fields>`),
		],
	])('is not shown by %s', (_, body) => {
		expect(proves(contactUpdated(key, contact, undefined), body)).toBe(false);
	});

	test('has the permission that was sent', () => {
		expect(proves(contactUpdated(key, contact, 4), found(ada))).toBe(true);
		expect(proves(contactUpdated(key, contact, 5), found(ada))).toBe(false);
	});

	test('by its external ID is found by the new one', () => {
		const byId = { by: 'externalId', value: '006' } as const;
		const updated = contactUpdated(byId, { ...contact, email: undefined }, undefined);
		expect(updated?.proof?.request.path).toEqual(['contacts', 'externalid', '007']);
		expect(proves(updated, found(ada).replace('new@', 'any@'))).toBe(true);
	});

	test('is not certain where it keeps the identifier, or preferences were sent', () => {
		expect(contactUpdated(key, { ...contact, email: undefined }, undefined)).toBeUndefined();
		const preferences = [{ category: 'News', name: 'Weekly', value: 'true' }];
		expect(contactUpdated(key, { ...contact, preferences }, undefined)).toBeUndefined();
	});
});

describe('a mailing that was created', () => {
	const NEW = { name: 'Spring sale', subject: 'Spring & you', type: 'regular' };
	const listed = (...mailings: Array<Record<string, string>>) =>
		`<mailings>${mailings
			.map(
				(fields, index) =>
					`<mailing><id>${501 + index}</id><fields>${Object.entries(fields)
						.map(([name, value]) => `<field><name>${name}</name><value>${value}</value></field>`)
						.join('')}</fields></mailing>`,
			)
			.join('')}</mailings>`;
	const created = mailingCreated(NEW);
	const draft = { name: 'Spring sale', state: 'draft', type: 'regular' };

	test('is looked for among those of its subject, the newest first', () => {
		expect(created.statuses).toEqual([400, 409]);
		expect(created.proof?.request).toMatchObject({
			method: 'GET',
			path: ['mailings', 'filter', 'subject'],
			query: [
				['subject', 'Spring & you'],
				['subjectOp', 'equals'],
				['fields', 'name'],
				['fields', 'state'],
				['fields', 'type'],
				['orderBy', 'id'],
				['order', 'DESC'],
				['page_size', 1_000],
			],
		});
	});

	test('is there as a draft of its name and type, and its ID stands for the answer', () => {
		const body = listed({ ...draft, name: 'Spring sale 2' }, draft);
		expect(created.proof?.read(readAnswer(body))).toEqual({ kind: 'text', text: '502' });
	});

	test.each([
		['another name', { ...draft, name: 'spring sale' }],
		['another type', { ...draft, type: 'trigger' }],
		['another state', { ...draft, state: 'done' }],
		['nothing told of it', {}],
	])('is not there with %s', (_, fields) => {
		expect(proves(created, listed(fields))).toBe(false);
	});

	test('is not there where the answer is no list', () => {
		for (const body of ['', '[]', '<html/>', '501']) expect(proves(created, body)).toBe(false);
	});
});
