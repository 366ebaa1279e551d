import type { IDataObject, ResourceMapperField } from 'n8n-workflow';

import { callMethod, testCredential } from '../support/engine';
import { authorizationOf, sandboxForTests, wire, XML } from '../support/maileon';

const sandbox = sandboxForTests();

const credentials = (apiKey = sandbox.current.apiKey) => ({
	apiKey,
	baseUrl: sandbox.current.baseUrl,
});

const fieldsOf = async (method: string, parameters: IDataObject = {}, apiKey?: string) =>
	await callMethod('resourceMapping', method, {
		parameters: { resource: 'contact', operation: 'synchronize', ...parameters },
		credentials: credentials(apiKey),
	});

const ids = (fields: ResourceMapperField[]) => fields.map(({ id }) => id);

const STANDARD = [
	'SALUTATION',
	'TITLE',
	'FIRSTNAME',
	'LASTNAME',
	'FULLNAME',
	'GENDER',
	'BIRTHDAY',
	'NAMEDAY',
	'LOCALE',
	'ORGANIZATION',
	'ADDRESS',
	'HNR',
	'ZIP',
	'CITY',
	'STATE',
	'REGION',
	'COUNTRY',
];

describe('the columns of contact fields', () => {
	test('are the 17 standard fields and the account’s own', async () => {
		const { fields, emptyFieldsNotice } = await fieldsOf('getContactFields');
		const custom = [...sandbox.current.account.customFields.keys()];
		expect(ids(fields)).toEqual([...STANDARD, ...custom]);
		expect(emptyFieldsNotice).toBeUndefined();
		expect(sandbox.current.requests.map(wire)).toEqual([
			{
				method: 'GET',
				url: '/1.0/contacts/fields/custom',
				accept: XML,
				authorization: authorizationOf(sandbox.current.apiKey),
				body: '',
			},
		]);
	});

	test('are text for n8n, except booleans and fixed choices, and labelled with their type', async () => {
		const { fields } = await fieldsOf('getContactFields');
		const shown = Object.fromEntries(
			fields.map(({ id, type, displayName }) => [id, [type, displayName]]),
		);
		expect(shown).toMatchObject({
			FIRSTNAME: ['string', 'First Name'],
			GENDER: ['options', 'Gender'],
			BIRTHDAY: ['string', expect.stringContaining('Date')],
			LOCALE: ['string', expect.stringContaining('Locale')],
			COLOR: ['string', 'COLOR (Text)'],
			CUSTOMER_NUMBER: ['string', 'CUSTOMER_NUMBER (Whole Number)'],
			SCORE: ['string', 'SCORE (Decimal Number)'],
			VIP: ['boolean', 'VIP (Yes/No)'],
			FIRST_ORDER: ['string', 'FIRST_ORDER (Date)'],
			'Größe Schuh': ['string', 'Größe Schuh (Text)'],
		});
		expect(fields.find(({ id }) => id === 'GENDER')?.options?.map(({ value }) => value)).toEqual([
			'm',
			'f',
			'd',
		]);
		expect(fields.some(({ required }) => required)).toBe(false);
	});

	test('follow the account, and are never remembered', async () => {
		await fieldsOf('getContactFields');
		sandbox.current.account.customFields.clear();
		sandbox.current.account.addCustomField('ONLY', 'string');
		expect(ids((await fieldsOf('getContactFields')).fields)).toEqual([...STANDARD, 'ONLY']);
		sandbox.current.account.customFields.clear();
		expect(ids((await fieldsOf('getContactFields')).fields)).toEqual(STANDARD);
	});

	test('a key that may not read gets the standard fields, with a notice', async () => {
		sandbox.current.addKey('write-only', ['POST', 'PUT']);
		const { fields, emptyFieldsNotice } = await fieldsOf('getContactFields', {}, 'write-only');
		expect(ids(fields)).toEqual(STANDARD);
		expect(emptyFieldsNotice).toContain('Custom Fields (JSON)');
	});

	test('a refused key says so, without the key', async () => {
		const failing = fieldsOf('getContactFields', {}, 'a-wrong-and-secret-key');
		await expect(failing).rejects.toMatchObject({ message: 'Maileon refused the API key.' });
		const error: unknown = await failing.catch((reason: unknown) => reason);
		expect(JSON.stringify(error)).not.toContain('a-wrong-and-secret-key');
		expect(JSON.stringify(error)).not.toContain(authorizationOf('a-wrong-and-secret-key'));
	});

	test('a custom field that is called as an identifier is told apart from it', async () => {
		sandbox.current.account.addCustomField('email', 'string');
		const { fields } = await fieldsOf('getSynchronizeFields', { identifyBy: 'email' });
		expect(new Set(ids(fields)).size).toBe(fields.length);
		expect(fields.filter(({ id }) => id.endsWith('email'))).toMatchObject([
			{ id: 'email', displayName: 'Email' },
			{ id: 'custom_fields.email', displayName: 'email (Custom Field, Text)' },
		]);
		expect(ids((await fieldsOf('getContactFields')).fields)).toContain('email');
	});

	test.each([
		['email', ['email', 'external_id'], 'email'],
		['externalId', ['email', 'external_id'], 'external_id'],
		['maileonId', ['email', 'external_id', 'id'], undefined],
	])('synchronizing by %s', async (identifyBy, identifiers, required) => {
		const { fields } = await fieldsOf('getSynchronizeFields', { identifyBy });
		expect(ids(fields).slice(0, identifiers.length)).toEqual(identifiers);
		expect(ids(fields.filter((field) => field.required))).toEqual(required ? [required] : []);
		expect(ids(fields)).toContain('COLOR');
	});
});

describe('before a credential is chosen', () => {
	const ask = async (method: string, parameters: IDataObject = {}) =>
		await callMethod('resourceMapping', method, { parameters });

	test('mappers offer the standard fields', async () => {
		expect(ids((await ask('getContactFields')).fields)).toEqual(STANDARD);
		const { fields, emptyFieldsNotice } = await ask('getSynchronizeFields', {
			identifyBy: 'email',
		});
		expect(ids(fields)).toEqual(['email', 'external_id', ...STANDARD]);
		// n8n would go on showing a notice after the credential was chosen.
		expect(emptyFieldsNotice).toBeUndefined();
	});

	test('lists offer what needs no account', async () => {
		const options = async (method: string) => await callMethod('loadOptions', method, {});
		expect(await options('getCustomFieldOptions')).toEqual([{ name: 'All Fields', value: '*' }]);
		expect(await options('getPreferenceCategoryOptions')).toEqual([
			{ name: 'All Categories', value: '*' },
		]);
		for (const method of [
			'searchContactFilters',
			'searchCustomFields',
			'searchPreferenceCategories',
			'searchTransactionTypes',
		])
			expect(await callMethod('listSearch', method, {})).toEqual({ results: [] });
	});

	test('a list of a mailing’s attachments is empty', async () => {
		const mailing = { __rl: true, mode: 'id', value: '22' };
		expect(
			await callMethod('listSearch', 'searchMailingAttachments', {
				type: 'maileonMailing',
				parameters: { mailing },
			}),
		).toEqual({ results: [] });
	});

	test('the attributes of a transaction type ask for a credential', async () => {
		const transactionType = { __rl: true, mode: 'list', value: '42' };
		expect(await ask('getTransactionAttributes', { transactionType })).toEqual({
			fields: [],
			emptyFieldsNotice: 'Choose a credential first.',
		});
	});

	afterEach(() => expect(sandbox.current.requests).toEqual([]));
});

describe('columns that the workflow already has', () => {
	const saved = (id: string, removed: boolean): ResourceMapperField => ({
		id,
		displayName: `${id} (Text)`,
		defaultMatch: false,
		required: false,
		display: true,
		type: 'string',
		removed,
	});
	const contactFields = {
		mappingMode: 'defineBelow',
		value: { GONE: 'x', COLOR: 'blue' },
		schema: [
			saved('FIRSTNAME', true),
			saved('GONE', false),
			saved('OLD', true),
			saved('COLOR', false),
		],
	};

	test('stay as long as nobody can be asked', async () => {
		const { fields } = await callMethod('resourceMapping', 'getContactFields', {
			parameters: { contactFields },
		});
		expect(ids(fields)).toEqual([...STANDARD, 'GONE', 'OLD', 'COLOR']);
		sandbox.current.addKey('write-only', ['POST', 'PUT']);
		const forbidden = await fieldsOf('getContactFields', { contactFields }, 'write-only');
		expect(ids(forbidden.fields)).toEqual([...STANDARD, 'GONE', 'OLD', 'COLOR']);
	});

	test('stay where they are filled in, although the account does not have them', async () => {
		const { fields } = await fieldsOf('getContactFields', { contactFields });
		const custom = [...sandbox.current.account.customFields.keys()];
		expect(ids(fields)).toEqual([...STANDARD, ...custom, 'GONE']);
	});

	test('are not taken for those of an identifier', async () => {
		const email = { ...saved('email', false), displayName: 'Email' };
		const { fields } = await fieldsOf('getSynchronizeFields', {
			identifyBy: 'email',
			contactFields: { ...contactFields, schema: [email] },
		});
		expect(ids(fields).filter((id) => id === 'email')).toEqual(['email']);
	});
});

describe('lists of the account', () => {
	test('name the types of custom fields in words', async () => {
		const list = await callMethod('loadOptions', 'getCustomFieldOptions', {
			credentials: credentials(),
		});
		expect(list).toEqual(
			expect.arrayContaining([
				{ name: 'All Fields', value: '*' },
				{ name: 'VIP (Yes/No)', value: 'VIP' },
				{ name: 'SCORE (Decimal Number)', value: 'SCORE' },
			]),
		);
	});

	test('hold the preferences of the category beside them', async () => {
		const category = (value: string) => ({ __rl: true, mode: 'list', value });
		const preference = [
			{ category: category('Development'), name: category('') },
			{ category: category('Newsletter'), name: category('') },
			{ category: category(''), name: category('') },
		];
		const names = async (entry: number) => {
			const { results } = await callMethod('listSearch', 'searchPreferencesOfEntry', {
				parameters: { preferences: { preference } },
				path: `parameters.preferences.preference[${entry}].name`,
				credentials: credentials(),
			});
			return results.map(({ name }) => name);
		};
		expect(await names(1)).toContain('Weekly');
		expect(await names(0)).not.toContain('Weekly');
		expect(await names(2)).toEqual([]);
	});
});

describe('the credential test', () => {
	const tested = async (data: Partial<ReturnType<typeof credentials>> = {}) =>
		await testCredential({ ...credentials(), ...data });

	test('a key that is accepted', async () => {
		expect(await tested()).toMatchObject({ status: 'OK' });
		expect(sandbox.current.requests.map(wire)).toMatchObject([
			{
				method: 'GET',
				url: '/1.0/ping',
				authorization: authorizationOf(sandbox.current.apiKey),
			},
		]);
	});

	test('a slash behind the address, and blanks around the key', async () => {
		const { apiKey, baseUrl } = credentials();
		expect(await tested({ apiKey: ` ${apiKey}\n`, baseUrl: `${baseUrl}/` })).toMatchObject({
			status: 'OK',
		});
	});

	test('a key that is refused', async () => {
		const { status, message } = await tested({ apiKey: 'wrong' });
		expect(status).toBe('Error');
		expect(message).toMatch(/refused the API key.*expired/);
	});

	test('a key without the right to read', async () => {
		sandbox.current.addKey('write-only', ['POST']);
		const { status, message } = await tested({ apiKey: 'write-only' });
		expect(status).toBe('Error');
		expect(message).toMatch(/no right to read.*may still work for writing/);
	});

	test.each([
		['a host that is not reached', 'http://127.0.0.1:1/1.0', /was not reached/],
		['http to another machine', 'http://api.maileon.example/1.0', /must begin with https/],
		['no address', 'maileon', /is not a web address/],
	])('%s', async (_what, baseUrl, words) => {
		const { status, message } = await tested({ baseUrl });
		expect(status).toBe('Error');
		expect(message).toMatch(words);
		expect(sandbox.current.requests).toEqual([]);
	});

	test('no key', async () => {
		expect(await tested({ apiKey: ' ' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Enter the API key') as string,
		});
		expect(sandbox.current.requests).toEqual([]);
	});

	test.each([
		[302, /^Redirect not followed/],
		[404, /usually ends in \/1\.0/],
		[500, /status 500/],
	])('status %i', async (status, words) => {
		sandbox.current.fail({ status, headers: { Location: '/elsewhere' } });
		const result = await tested();
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(words);
		expect(sandbox.current.requests).toHaveLength(1);
	});
});
