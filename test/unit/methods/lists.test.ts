import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import * as contactOptions from '../../../nodes/Maileon/methods/contactOptions';
import * as listSearch from '../../../nodes/Maileon/methods/listSearch';
import { searchMailingAttachments } from '../../../nodes/Maileon/methods/mailingAttachments';
import * as mailings from '../../../nodes/Maileon/methods/mailings';
import * as mappers from '../../../nodes/Maileon/methods/resourceMapping';
import * as transactionTypes from '../../../nodes/Maileon/methods/transactionTypes';

const CHOSEN = { maileonRestApi: { id: '1', name: 'Maileon account' } };

interface Given {
	/** What Maileon answers, by the path; other paths answer with 404, a number is a status of its own. */
	answers?: Record<string, string | number>;
	/** The parameters that are set in the node now. */
	parameters?: Record<string, unknown>;
	hasCredential?: boolean;
}

/** The editor as a method sees it, and the paths that it asked Maileon for. */
function editor({ answers = {}, parameters = {}, hasCredential = true }: Given) {
	const asked: string[] = [];
	const context = {
		getNode: () => ({ name: 'Maileon', credentials: hasCredential ? CHOSEN : {} }),
		getCredentials: async () => ({ apiKey: 'key', baseUrl: 'https://api.example.com/1.0' }),
		getCurrentNodeParameter: (name: string) => parameters[name],
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: IHttpRequestOptions) => {
				const path = decodeURIComponent(new URL(url).pathname.replace('/1.0/', ''));
				asked.push(path);
				const answer = answers[path] ?? 404;
				return typeof answer === 'number'
					? { statusCode: answer, headers: {} }
					: { statusCode: 200, headers: { 'x-pages': '1' }, body: answer };
			},
		},
	};
	return { context: context as unknown as ILoadOptionsFunctions, asked };
}

const elements = (values: Record<string, string>) =>
	Object.entries(values)
		.map(([name, value]) => `<${name}>${value}</${name}>`)
		.join('');
const list = (of: string, each: string, ...entries: Array<Record<string, string>>) =>
	`<${of}>${entries.map((entry) => `<${each}>${elements(entry)}</${each}>`).join('')}</${of}>`;

const mailing = (id: string, fields: Record<string, string>) =>
	`<mailing><id>${id}</id><fields>${Object.entries(fields)
		.map(([name, value]) => `<field>${elements({ name, value })}</field>`)
		.join('')}</fields></mailing>`;

const FIELDS = list(
	'custom_fields',
	'custom_field',
	{ name: 'SIZE', type: 'integer' },
	{ name: 'COLOR', type: 'string' },
);

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
) => Promise<{ results: object[] } | object[]>;

/** Each list: what Maileon answers, and what the editor offers of it. */
const LISTS: Array<[string, Search, Given, object[]]> = [
	[
		'custom fields, with their types',
		listSearch.searchCustomFields,
		{ answers: { 'contacts/fields/custom': FIELDS } },
		[
			{ name: 'COLOR (Text)', value: 'COLOR' },
			{ name: 'SIZE (Whole Number)', value: 'SIZE' },
		],
	],
	[
		'preference categories, with what is said of them',
		listSearch.searchPreferenceCategories,
		{
			answers: {
				'contacts/preference_categories': list(
					'preference_categories',
					'preference_category',
					{ name: 'Offers', description: 'What we sell' },
					{ name: 'News' },
				),
			},
		},
		[
			{ name: 'News', value: 'News' },
			{ name: 'Offers', value: 'Offers', description: 'What we sell' },
		],
	],
	[
		'preferences of the chosen category',
		listSearch.searchPreferences,
		{
			parameters: { category: { mode: 'list', value: 'News' } },
			answers: {
				'contacts/preference_categories/News/preferences': list('preferences', 'preference', {
					name: 'Weekly',
				}),
			},
		},
		[{ name: 'Weekly', value: 'Weekly' }],
	],
	[
		'preferences of the category of an entry',
		listSearch.searchPreferencesOfEntry,
		{
			parameters: { '&category': 'News', category: 'Offers' },
			answers: {
				'contacts/preference_categories/News/preferences': list('preferences', 'preference', {
					name: 'Weekly',
				}),
			},
		},
		[{ name: 'Weekly', value: 'Weekly' }],
	],
	[
		'contact filters, with their sizes',
		contactOptions.searchContactFilters,
		{
			answers: {
				contactfilters: list(
					'contactfilters',
					'contactfilter',
					{ id: '3', name: 'VIPs', count_contacts: '1' },
					{ id: '4', name: 'All', count_contacts: '2' },
					{ id: '5', name: 'Other' },
				),
			},
		},
		[
			{ name: 'All (ID 4, 2 contacts)', value: '4' },
			{ name: 'Other (ID 5)', value: '5' },
			{ name: 'VIPs (ID 3, 1 contact)', value: '3' },
		],
	],
	[
		'attachments of the chosen mailing',
		searchMailingAttachments,
		{
			parameters: { mailing: { mode: 'list', value: ' 501 ' } },
			answers: {
				'mailings/501/attachments': list(
					'attachments',
					'attachment',
					{ id: '2', filename: 'b.pdf', sizekb: '7' },
					{ id: '1', filename: 'a.pdf' },
					{ id: '3' },
					{ filename: 'lost.pdf' },
				),
			},
		},
		[
			{ name: 'a.pdf (ID 1, ? kB)', value: '1' },
			{ name: 'b.pdf (ID 2, 7 kB)', value: '2' },
			{ name: 'Unnamed (ID 3, ? kB)', value: '3' },
		],
	],
	[
		'mailings, the newest first',
		mailings.searchMailings,
		{
			answers: {
				'mailings/filter/types': `<mailings>${mailing('502', { name: 'Sale', state: 'draft', type: 'regular' })}${mailing('501', {})}</mailings>`,
			},
		},
		[
			{ name: 'Sale (ID 502, regular, draft)', value: '502' },
			{ name: 'Unnamed (ID 501)', value: '501' },
		],
	],
	[
		'target groups, with their sizes',
		mailings.searchTargetGroups,
		{
			answers: {
				targetgroups: list(
					'targetgroups',
					'targetgroup',
					{ id: '3', name: 'Test', type: 'test', count_contacts: '1' },
					{ id: '4', name: 'All', type: 'regular', count_contacts: '12' },
					{ id: '5', name: 'New' },
				),
			},
		},
		[
			{ name: 'All (ID 4, regular, 12 contacts)', value: '4' },
			{ name: 'New (ID 5)', value: '5' },
			{ name: 'Test (ID 3, test, 1 contact)', value: '3' },
		],
	],
	[
		'mailing blacklists',
		mailings.searchMailingBlacklists,
		{
			answers: {
				mailingblacklists: list('mailing_blacklists', 'mailing_blacklist', {
					id: '3',
					name: 'Press',
				}),
			},
		},
		[{ name: 'Press (ID 3)', value: '3' }],
	],
	[
		'transaction types, with what is said of them',
		transactionTypes.searchTransactionTypes,
		{
			answers: {
				'transactions/types': list(
					'transaction_types',
					'transaction_type',
					{ id: '7', name: 'order', description: 'Of the shop' },
					{ id: '8', name: 'invoice' },
				),
			},
		},
		[
			{ name: 'invoice', value: '8' },
			{ name: 'order', value: '7', description: 'Of the shop' },
		],
	],
];

const resultsOf = (found: { results: object[] } | object[]) =>
	Array.isArray(found) ? found : found.results;

describe.each(LISTS)('%s', (_, search, given, expected) => {
	test('are offered', async () => {
		const { context, asked } = editor(given);
		expect(resultsOf(await search.call(context))).toEqual(expected);
		expect(asked).toEqual(Object.keys(given.answers ?? {}));
	});

	test('are found by a part of their name', async () => {
		const [first] = expected as Array<{ name: string }>;
		const part = ` ${first?.name.slice(1).toUpperCase() ?? ''} `;
		expect(resultsOf(await search.call(editor(given).context, part))).toEqual([first]);
		expect(resultsOf(await search.call(editor(given).context, 'none of these'))).toEqual([]);
	});

	test('are none without a credential', async () => {
		const { context, asked } = editor({ ...given, hasCredential: false });
		expect(resultsOf(await search.call(context))).toEqual([]);
		expect(asked).toEqual([]);
	});

	test('are missed in words', async () => {
		const answers = Object.fromEntries(Object.keys(given.answers ?? {}).map((path) => [path, 401]));
		const searching = search.call(editor({ ...given, answers }).context);
		await expect(searching).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '401' });
	});
});

describe('DOI keys', () => {
	const answers = {
		'mailings/filter/types': `<mailings>${mailing('1', { name: 'Confirm', state: 'released' })}${mailing('2', {})}${mailing('3', {})}</mailings>`,
		'mailings/1/settings/doi_key': '<doi_key> shop </doi_key>',
		'mailings/2/settings/doi_key': '<doi_key>bare</doi_key>',
	};

	test('are those of mailings that have one', async () => {
		const { context, asked } = editor({ answers });
		const { results } = await mailings.searchDoiKeys.call(context);
		expect([asked, results]).toEqual([
			expect.arrayContaining(Object.keys(answers)),
			[
				{ name: 'bare', value: 'bare' },
				{ name: 'shop (Confirm, released)', value: 'shop' },
			],
		]);
	});
});

describe('the choices of what to return', () => {
	const ALL = { value: '*' };

	test('are the custom fields of the account, and all', async () => {
		const { context } = editor({ answers: { 'contacts/fields/custom': FIELDS } });
		expect(await contactOptions.getCustomFieldOptions.call(context)).toEqual([
			{ name: 'All Fields', ...ALL },
			{ name: 'COLOR (Text)', value: 'COLOR' },
			{ name: 'SIZE (Whole Number)', value: 'SIZE' },
		]);
	});

	test('are the preference categories of the account, and all', async () => {
		const answer = list(
			'preference_categories',
			'preference_category',
			{ name: 'Offers' },
			{ name: 'News' },
		);
		const { context } = editor({ answers: { 'contacts/preference_categories': answer } });
		expect(await contactOptions.getPreferenceCategoryOptions.call(context)).toEqual([
			{ name: 'All Categories', ...ALL },
			{ name: 'News', value: 'News' },
			{ name: 'Offers', value: 'Offers' },
		]);
	});

	test.each([{ hasCredential: false }, { answers: { 'contacts/fields/custom': 403 } }])(
		'are all alone with %j',
		async (given) => {
			const { context } = editor(given);
			expect(await contactOptions.getCustomFieldOptions.call(context)).toEqual([
				{ name: 'All Fields', ...ALL },
			]);
		},
	);
});

describe('what a list depends on', () => {
	test.each(['', { mode: 'list', value: '' }, undefined])(
		'has no preferences as a category: %j',
		async (category) => {
			const { context, asked } = editor({ parameters: { category, '&category': category } });
			expect(await listSearch.searchPreferences.call(context)).toEqual({ results: [] });
			expect(await listSearch.searchPreferencesOfEntry.call(context)).toEqual({ results: [] });
			expect(asked).toEqual([]);
		},
	);

	test.each(['', ' ', '={{ $json.id }}', { mode: 'id', value: '={{ $json.id }}' }, undefined])(
		'has no attachments as a mailing: %j',
		async (chosen) => {
			const { context, asked } = editor({ parameters: { mailing: chosen } });
			expect(await searchMailingAttachments.call(context)).toEqual({ results: [] });
			expect(asked).toEqual([]);
		},
	);

	test('can be a mailing by its name', async () => {
		const { context, asked } = editor({
			parameters: { mailing: { mode: 'name', value: 'Sale' } },
			answers: {
				'mailings/name/Sale': '<id>501</id>',
				'mailings/501/attachments': list('attachments', 'attachment', { id: '1', filename: 'a' }),
			},
		});
		const { results } = await searchMailingAttachments.call(context);
		expect(results).toEqual([{ name: 'a (ID 1, ? kB)', value: '1' }]);
		expect(asked).toHaveLength(2);
	});
});

describe('the attributes of a transaction type', () => {
	const TYPE =
		'<transaction_type><id>7</id><name>order</name><attributes>' +
		['string', 'boolean', 'float', 'other', 'toString']
			.map(
				(type, index) =>
					`<attribute>${elements({ name: `a${index}`, type, required: String(index === 0) })}</attribute>`,
			)
			.join('') +
		'</attributes></transaction_type>';

	const columnsOf = async (given: Given) =>
		await transactionTypes.getTransactionAttributes.call(editor(given).context);

	test('are columns, with their types in words', async () => {
		const chosen = { transactionType: { mode: 'list', value: '7' } };
		const found = await columnsOf({
			parameters: chosen,
			answers: { 'transactions/types/7': TYPE },
		});
		expect(found).not.toHaveProperty('emptyFieldsNotice');
		expect(found.fields).toMatchObject([
			{ id: 'a0', displayName: 'a0 (Text)', required: true, type: 'string' },
			{ id: 'a1', displayName: 'a1 (Boolean)', required: false, type: 'boolean' },
			{ id: 'a2', displayName: 'a2 (Decimal Number)', type: 'string', attributeType: 'float' },
			{ id: 'a3', displayName: 'a3 (other)', type: 'string', attributeType: 'other' },
			{ id: 'a4', displayName: 'a4 (tostring)', type: 'string' },
		]);
	});

	test.each<[string, Given]>([
		['Choose a transaction type first.', { parameters: { transactionType: '' } }],
		['Choose a transaction type first.', { parameters: { transactionType: '={{ $json.a }}' } }],
		['Choose a credential first.', { parameters: { transactionType: 'a' }, hasCredential: false }],
		[
			'This transaction type has no attributes: its transactions carry no content.',
			{
				parameters: { transactionType: 'a' },
				answers: {
					'transactions/types/a': '<transaction_type><id>7</id><name>a</name></transaction_type>',
				},
			},
		],
	])('are none: %s', async (emptyFieldsNotice, given) => {
		expect(await columnsOf(given)).toEqual({ fields: [], emptyFieldsNotice });
	});

	test('are missed in words', async () => {
		const asking = columnsOf({ parameters: { transactionType: 'a' } });
		await expect(asking).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '404' });
	});
});

describe('the columns of contact fields', () => {
	const saved = (...schema: unknown[]) => ({ contactFields: { schema } });
	const idsOf = async (given: Given, method = mappers.getContactFields) => {
		const { fields } = await method.call(editor(given).context);
		return fields.slice(fields.findIndex(({ id }) => id === 'COUNTRY') + 1).map(({ id }) => id);
	};
	const answers = { 'contacts/fields/custom': FIELDS };
	const kept = [{ id: 'OLD' }, { id: 'GONE', removed: true }, { id: 'SIZE' }, { id: 'CITY' }];

	test.each<[string, Given, string[]]>([
		['the account', { answers }, ['SIZE', 'COLOR']],
		['the workflow, too', { answers, parameters: saved(...kept) }, ['SIZE', 'COLOR', 'OLD']],
		[
			'the workflow, where nobody can be asked',
			{ hasCredential: false, parameters: saved(...kept) },
			['OLD', 'GONE', 'SIZE'],
		],
		[
			'the account, not what is no column',
			{ answers, parameters: saved(null, 'a', {}) },
			['SIZE', 'COLOR'],
		],
		[
			'the account, where nothing is saved',
			{ answers, parameters: { contactFields: 'x' } },
			['SIZE', 'COLOR'],
		],
		[
			'the account, without a schema',
			{ answers, parameters: { contactFields: {} } },
			['SIZE', 'COLOR'],
		],
	])('are those of %s', async (_, given, ids) => {
		expect(await idsOf(given)).toEqual(ids);
	});

	test.each<[unknown, string[], string[]]>([
		['email', ['email', 'external_id'], ['email']],
		['externalId', ['email', 'external_id'], ['external_id']],
		['maileonId', ['email', 'external_id', 'id'], []],
		[undefined, ['email', 'external_id'], []],
	])('begin with identifiers where contacts are found by %s', async (identifyBy, ids, required) => {
		const { context } = editor({ answers, parameters: { identifyBy } });
		const { fields } = await mappers.getSynchronizeFields.call(context);
		expect(fields.slice(0, ids.length + 1).map(({ id }) => id)).toEqual([...ids, 'SALUTATION']);
		expect(fields.filter((field) => field.required).map(({ id }) => id)).toEqual(required);
	});

	test('of a name that an identifier has are told apart', async () => {
		const twins = list(
			'custom_fields',
			'custom_field',
			{ name: 'email', type: 'string' },
			{ name: 'VIP', type: 'boolean' },
		);
		const { context } = editor({ answers: { 'contacts/fields/custom': twins } });
		const { fields } = await mappers.getSynchronizeFields.call(context);
		expect(fields.slice(-2)).toMatchObject([
			{
				id: 'custom_fields.email',
				displayName: 'email (Custom Field, Text)',
				type: 'string',
				maileonType: 'string',
			},
			{ id: 'VIP', displayName: 'VIP (Yes/No)', type: 'boolean', maileonType: 'boolean' },
		]);
	});

	test('come with a notice where the key may not read', async () => {
		const notice = async (given: Given) =>
			(await mappers.getContactFields.call(editor(given).context)).emptyFieldsNotice;
		expect(await notice({ answers: { 'contacts/fields/custom': 403 } })).toContain('may not read');
		expect(await notice({ answers })).toBeUndefined();
		expect(await notice({ hasCredential: false })).toBeUndefined();
	});
});
