import { links, n8nLine } from '../support/engine';
import { byName, fromList, operationTests, rows } from '../support/operations';

const { sandbox, run, list, wire } = operationTests();

function contactWith(customFields: Record<string, string>) {
	const contact = sandbox().account.contacts.create(new Date());
	Object.assign(contact.customFields, customFields);
	return contact;
}

describe('create', () => {
	it.each(['boolean', 'date', 'float', 'integer', 'string'])(
		'adds a field of type %s',
		async (type) => {
			const result = await run('customField.create', { name: 'Größe/1 & 2', type });
			expect(result.error).toBeUndefined();
			expect(rows(result.main)).toEqual([{ name: 'Größe/1 & 2', type }]);
			expect(wire()).toEqual([
				['POST', `/1.0/contacts/fields/custom/Gr%C3%B6%C3%9Fe%2F1%20%26%202?type=${type}`],
			]);
			expect(sandbox().account.customFields.get('Größe/1 & 2')).toBe(type);
		},
	);

	it('makes text fields by default', async () => {
		const result = await run('customField.create', { name: 'NICKNAME' });
		expect(rows(result.main)).toEqual([{ name: 'NICKNAME', type: 'string' }]);
	});

	it.each([
		['ab', 'Name must have 3 to 64 characters, but "ab" has 2.'],
		['x'.repeat(65), `Name must have 3 to 64 characters, but "${'x'.repeat(65)}" has 65.`],
		['FIRSTNAME', 'Name cannot be "FIRSTNAME", since Maileon uses that name itself.'],
		['external_id', 'Name cannot be "external_id", since Maileon uses that name itself.'],
	])('refuses the name %s before it is sent', async (name, message) => {
		const result = await run('customField.create', { name });
		expect(result.error).toMatchObject({ message });
		expect(sandbox().requests).toHaveLength(0);
	});

	it('refuses an unknown type before it is sent', async () => {
		const result = await run('customField.create', { name: 'NICKNAME', type: '={{ "text" }}' });
		expect(result.error?.message).toBe(
			'Type must be one of boolean, date, float, string, integer, but is "text".',
		);
		expect(sandbox().requests).toHaveLength(0);
	});

	it('says that a field may exist already', async () => {
		const result = await run('customField.create', { name: 'COLOR' });
		expect(result.error).toMatchObject({
			message: 'Maileon refused the request: custom field COLOR exists already.',
			description:
				'The account may have a field of this name already, or Maileon uses the name itself.',
			httpCode: '400',
		});
	});

	it('goes on after an item that is refused, and links every row', async () => {
		const items = [{ name: 'SIZE' }, { name: 'COLOR' }, { name: '' }, { name: 'WIDTH' }];
		const result = await run(
			'customField.create',
			{ name: '={{ $json.name }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(rows(result.main)).toEqual([
			{ name: 'SIZE', type: 'string' },
			{ name: 'WIDTH', type: 'string' },
		]);
		expect(links(result.main)).toEqual([[0], [3]]);
		expect(links(result.errors)).toEqual([[1], [2]]);
		expect(rows(result.errors)).toMatchObject([
			{ error: { http_status: 400 } },
			{ error: { message: 'Name is empty.', field: 'name' } },
		]);
	});

	it.each([
		[200, ''],
		[201, '<id>7</id>'],
		[204, ''],
		[200, '<custom_field><name>SIZE</name></custom_field>'],
		[200, 'OK'],
		[200, '{"name":"SIZE"}'],
	])('takes status %d with the body %j as done', async (status, body) => {
		sandbox().fail({ status, body });
		const result = await run('customField.create', { name: 'SIZE' });
		expect(rows(result.main)).toEqual([{ name: 'SIZE', type: 'string' }]);
	});

	it.each([
		['<!DOCTYPE html><html><body>Sign in</body></html>', 'Unexpected response from Maileon.'],
		['<custom_field><na', 'Unexpected response from Maileon.'],
		['<error><message>not today</message></error>', 'Maileon refused the request: not today.'],
		[
			'<report><success>false</success><contact><error><error_message>no room</error_message></error></contact></report>',
			'Maileon refused the request: no room.',
		],
	])('does not take %j for a success', async (body, message) => {
		sandbox().fail({ status: 200, body });
		const result = await run('customField.create', { name: 'SIZE' });
		expect(result.error?.message).toBe(message);
	});
});

describe('get', () => {
	it('finds a field by its exact name in the list of all', async () => {
		sandbox().account.customFields.set('Größe/1', 'float');
		const result = await run('customField.get', { customField: byName('Größe/1') });
		expect(rows(result.main)).toEqual([{ name: 'Größe/1', type: 'float' }]);
		expect(wire()).toEqual([['GET', '/1.0/contacts/fields/custom']]);
	});

	it.each([
		['fail', undefined],
		['nothing', []],
		['emptyItem', [{}]],
	])('a field of another spelling is not it (%s)', async (ifNotFound, expected) => {
		const result = await run('customField.get', { customField: byName('color'), ifNotFound });
		if (expected) expect(rows(result.main)).toEqual(expected);
		else
			expect(result.error).toMatchObject({
				message: 'Maileon did not find the custom field "color".',
				description: 'Check the name of the field; it is case sensitive.',
			});
	});
});

describe('get many', () => {
	it('lists all fields', async () => {
		const result = await run('customField.getMany', { returnAll: true });
		expect(rows(result.main)).toEqual([
			{ name: 'COLOR', type: 'string' },
			{ name: 'CUSTOMER_NUMBER', type: 'integer' },
			{ name: 'SCORE', type: 'float' },
			{ name: 'VIP', type: 'boolean' },
			{ name: 'FIRST_ORDER', type: 'date' },
			{ name: 'Größe Schuh', type: 'string' },
		]);
		expect(links(result.main)).toEqual(Array.from({ length: 6 }, () => [0]));
		expect(wire()).toEqual([['GET', '/1.0/contacts/fields/custom']]);
	});

	it('returns up to a limit', async () => {
		const result = await run('customField.getMany', { returnAll: false, limit: 2 });
		expect(result.main).toHaveLength(2);
	});

	it.each(['<custom_fields/>', ''])('takes the answer %j for an empty list', async (body) => {
		sandbox().fail({ status: 200, body });
		const result = await run('customField.getMany', { returnAll: true });
		expect(result.error).toBeUndefined();
		expect(result.main).toEqual([]);
	});

	it('lists a single field', async () => {
		sandbox().fail({
			status: 200,
			body: '<custom_fields><custom_field><name>A &amp; B</name><type>string</type></custom_field></custom_fields>',
		});
		const result = await run('customField.getMany', {});
		expect(rows(result.main)).toEqual([{ name: 'A & B', type: 'string' }]);
	});

	it('says which right the key lacks', async () => {
		sandbox().addKey('writer', ['POST', 'PUT', 'DELETE']);
		const result = await run('customField.getMany', {}, { apiKey: 'writer' });
		expect(result.error?.message).toBe('The API key lacks the right for reading (GET).');
	});
});

describe('rename', () => {
	it('keeps type and values', async () => {
		const contact = contactWith({ COLOR: 'blue' });
		const result = await run('customField.rename', {
			customField: fromList('COLOR'),
			newName: 'FAVOURITE/COLOR',
		});
		expect(rows(result.main)).toEqual([{ name: 'FAVOURITE/COLOR', previous_name: 'COLOR' }]);
		expect(wire()).toEqual([['PUT', '/1.0/contacts/fields/custom/COLOR/FAVOURITE%2FCOLOR']]);
		expect(contact.customFields).toEqual({ 'FAVOURITE/COLOR': 'blue' });
		expect(sandbox().account.customFields.get('FAVOURITE/COLOR')).toBe('string');
	});

	it('says which field is missing', async () => {
		const result = await run('customField.rename', {
			customField: byName('color'),
			newName: 'COLOUR',
		});
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the custom field "color".',
			description:
				'Check the name of the field; it is case sensitive. Maileon says: no such custom field color.',
		});
	});

	it('refuses a new name that Maileon uses itself', async () => {
		const result = await run('customField.rename', {
			customField: byName('COLOR'),
			newName: 'CITY',
		});
		expect(result.error?.message).toBe(
			'New Name cannot be "CITY", since Maileon uses that name itself.',
		);
		expect(sandbox().requests).toHaveLength(0);
	});

	it('renames in the order of the items', async () => {
		const items = [
			{ from: 'COLOR', to: 'PAINT' },
			{ from: 'PAINT', to: 'LACQUER' },
		];
		const result = await run(
			'customField.rename',
			{ customField: byName('={{ $json.from }}'), newName: '={{ $json.to }}' },
			{ items },
		);
		expect(result.error).toBeUndefined();
		expect(sandbox().account.customFields.has('LACQUER')).toBe(true);
		expect(links(result.main)).toEqual([[0], [1]]);
	});
});

describe.each([
	{ operation: 'delete', url: '/1.0/contacts/fields/custom/COLOR', done: { deleted: true } },
	{
		operation: 'clearValues',
		url: '/1.0/contacts/fields/custom/COLOR/values',
		done: { cleared: true },
	},
])('$operation', ({ operation, url, done }) => {
	const name = `customField.${operation}`;

	it.each([200, 204] as const)('acts for all contacts (status %d)', async (deleteStatus) => {
		sandbox().variants.deleteStatus = deleteStatus;
		const contacts = [contactWith({ COLOR: 'blue', SCORE: '1' }), contactWith({ COLOR: 'red' })];
		const result = await run(name, { customField: fromList('COLOR'), confirmation: 'COLOR' });
		expect(rows(result.main)).toEqual([{ ...done, name: 'COLOR' }]);
		expect(wire()).toEqual([['DELETE', url]]);
		expect(contacts.map(({ customFields }) => customFields)).toEqual([{ SCORE: '1' }, {}]);
		expect(sandbox().account.customFields.has('COLOR')).toBe(operation === 'clearValues');
	});

	it.each(['color', ' COLOR', 'yes', 'true'])(
		'sends nothing when %j was typed',
		async (confirmation) => {
			const result = await run(name, { customField: byName('COLOR'), confirmation });
			expect(result.error).toMatchObject({
				message: '"Type the Name to Confirm" is not filled in correctly.',
				description:
					'Type "COLOR" there. This affects all contacts of the account and cannot be undone.',
			});
			expect(sandbox().requests).toHaveLength(0);
		},
	);

	it('takes no expression for a confirmation', async () => {
		const result = await run(
			name,
			{ customField: byName('={{ $json.field }}'), confirmation: '={{ $json.field }}' },
			{ items: [{ field: 'COLOR' }] },
		);
		// n8n 2.x takes the text of an expression as it stands here, and evaluates nothing.
		expect(result.error?.message).toBe(
			n8nLine() === 1
				? 'Type the Name to Confirm must be typed in, not made by an expression.'
				: '"Type the Name to Confirm" is not filled in correctly.',
		);
		expect(sandbox().requests).toHaveLength(0);
	});

	it('hits no other field than the one that was typed', async () => {
		const result = await run(
			name,
			{ customField: byName('={{ $json.field }}'), confirmation: 'COLOR' },
			{
				items: [{ field: 'SCORE' }, { field: 'COLOR' }, { field: '' }],
				onError: 'continueErrorOutput',
			},
		);
		expect(rows(result.main)).toEqual([{ ...done, name: 'COLOR' }]);
		expect(links(result.main)).toEqual([[1]]);
		expect(links(result.errors)).toEqual([[0], [2]]);
		expect(wire()).toEqual([['DELETE', url]]);
	});
});

describe('delete a field that is gone', () => {
	const gone = { customField: byName('GONE'), confirmation: 'GONE' };

	it('fails by default', async () => {
		const result = await run('customField.delete', gone);
		expect(result.error?.message).toBe('Maileon did not find the custom field "GONE".');
	});

	it('emits nothing when that is chosen', async () => {
		const result = await run('customField.delete', { ...gone, ifNotFound: 'nothing' });
		expect(result.error).toBeUndefined();
		expect(result.main).toEqual([]);
	});

	it('emits an empty item when that is chosen', async () => {
		const result = await run('customField.delete', { ...gone, ifNotFound: 'emptyItem' });
		expect(rows(result.main)).toEqual([{}]);
		expect(links(result.main)).toEqual([[0]]);
	});

	it('does not take the 404 of a web page for it', async () => {
		sandbox().fail({ status: 404, body: '<html><body>Nothing here</body></html>' });
		const result = await run('customField.delete', { ...gone, ifNotFound: 'nothing' });
		expect(result.error?.message).toBe('There is no Maileon API at this address.');
	});
});

it('repeats a request while Maileon is busy', async () => {
	sandbox().fail({ status: 503, headers: { 'Retry-After': '0' }, times: 2 });
	const result = await run('customField.create', { name: 'SIZE' });
	expect(result.error).toBeUndefined();
	expect(sandbox().requests.map(({ status }) => status)).toEqual([503, 503, 201]);
});

it('offers the fields with their types in the editor', async () => {
	expect(await list('searchCustomFields', {}, 'o')).toEqual([
		{ name: 'COLOR (Text)', value: 'COLOR' },
		{ name: 'CUSTOMER_NUMBER (Whole Number)', value: 'CUSTOMER_NUMBER' },
		{ name: 'FIRST_ORDER (Date)', value: 'FIRST_ORDER' },
		{ name: 'SCORE (Decimal Number)', value: 'SCORE' },
		{ name: 'VIP (Yes/No)', value: 'VIP' },
	]);
	expect(await list('searchCustomFields', {}, ' größe ')).toEqual([
		{ name: 'Größe Schuh (Text)', value: 'Größe Schuh' },
	]);
});
