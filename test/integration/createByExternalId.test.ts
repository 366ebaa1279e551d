import type { IDataObject } from 'n8n-workflow';

import { links, n8nLine, tellingPart, type TestItem } from '../support/engine';
import {
	authorizationOf,
	automatic,
	column,
	DELICATE_IDS,
	JSON_TYPE,
	mapped,
	ON_ERROR,
	runContactOperation,
	sandboxForTests,
	wire,
	writes,
	XML,
} from '../support/maileon';

const sandbox = sandboxForTests();

type Further = Parameters<typeof runContactOperation>[4];

const FROM_ITEM = {
	externalId: '={{ $json.ext }}',
	email: '={{ $json.email }}',
	contactFields: mapped({ FIRSTNAME: '={{ $json.first }}' }),
};

const create = async (parameters: IDataObject, items: TestItem[], further: Further = {}) =>
	await runContactOperation(
		sandbox.current,
		'createByExternalId',
		{ ...FROM_ITEM, ...parameters },
		items,
		further,
	);

const person = (n: number) => ({ ext: `crm-${n}`, email: `p${n}@example.com`, first: `P ${n}` });
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

describe('the example of the documentation', () => {
	const PARAMETERS = {
		externalId: 'external-id-1',
		email: 'max.mustermann@xqueue.com',
		permission: 1,
		syncMode: 2,
		doi: true,
		doiPlus: true,
		contactFields: mapped({ FIRSTNAME: 'Max', LASTNAME: 'Mustermann', COLOR: 'BLUE' }),
	};

	test('is sent byte for byte', async () => {
		const { main } = await create(PARAMETERS, [{}]);
		expect(sandbox.current.requests.map(wire)).toEqual([
			{
				method: 'POST',
				url: '/1.0/contacts/externalid/external-id-1?permission=1&sync_mode=2&doi=true&doiplus=true',
				accept: XML,
				type: JSON_TYPE,
				authorization: authorizationOf(sandbox.current.apiKey),
				body: '{"custom_fields":{"COLOR":"BLUE"},"email":"max.mustermann@xqueue.com","standard_fields":{"FIRSTNAME":"Max","LASTNAME":"Mustermann"}}',
			},
		]);
		expect(main).toEqual([
			{
				json: {
					success: true,
					id: sandbox.current.contacts()[0]?.id,
					email: 'max.mustermann@xqueue.com',
					external_id: 'external-id-1',
					doi_requested: true,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(sandbox.current.mails).toMatchObject([{ kind: 'doi+' }]);
	});

	test('with preferences it is sent as XML', async () => {
		const preference = [
			{ category: 'Development', name: 'Shopware', value: true, source: 'test' },
			{ category: 'Newsletter', name: 'Weekly', value: false, source: '' },
		];
		await create({ ...PARAMETERS, preferences: { preference } }, [{}]);
		expect(writes(sandbox.current).map(wire)).toMatchObject([
			{
				type: XML,
				body:
					'<?xml version="1.0" encoding="UTF-8"?><contact><email>max.mustermann@xqueue.com</email>' +
					'<standard_fields><field><name>FIRSTNAME</name><value>Max</value></field><field><name>LASTNAME</name><value>Mustermann</value></field></standard_fields>' +
					'<custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields>' +
					'<preferences><preference><name>Shopware</name><category>Development</category><value>true</value><source>test</source></preference>' +
					'<preference><name>Weekly</name><category>Newsletter</category><value>false</value></preference></preferences></contact>',
			},
		]);
		expect(sandbox.current.contacts()[0]?.preferences).toMatchObject([
			{ name: 'Shopware', value: true, source: 'test' },
			{ name: 'Weekly', value: false, source: null },
		]);
	});
});

describe('the query', () => {
	const queryOf = async (parameters: IDataObject) => {
		await create(parameters, [person(1)]);
		const [request] = writes(sandbox.current);
		return request?.rawUrl.split('?')[1];
	};

	test.each<[string, IDataObject, string]>([
		['defaults', {}, 'permission=1&sync_mode=2'],
		[
			'DOI values without DOI',
			{ doiPlus: true, doiMailing: 'doi-key-2' },
			'permission=1&sync_mode=2',
		],
		[
			'DOI with a key',
			{ doi: true, doiMailing: 'doi-key-2', permission: 3, syncMode: 1 },
			'permission=3&sync_mode=1&doi=true&doimailing=doi-key-2',
		],
		[
			'options, with anything in them',
			{ options: { source: 'Shop & Café #1', subscriptionPage: 'a/b?c=ü' } },
			'permission=1&sync_mode=2&src=Shop%20%26%20Caf%C3%A9%20%231&subscription_page=a%2Fb%3Fc%3D%C3%BC',
		],
		[
			'empty options',
			{ options: { source: '', subscriptionPage: '' } },
			'permission=1&sync_mode=2',
		],
	])('%s', async (_what, parameters, query) => {
		expect(await queryOf(parameters)).toBe(query);
	});

	test('permission and DOI may differ from item to item', async () => {
		const items = [
			{ ...person(1), permission: 2, doi: 'yes' },
			{ ...person(2), permission: '6', doi: 'no' },
		];
		await create({ permission: '={{ $json.permission }}', doi: '={{ $json.doi }}' }, items);
		expect(writes(sandbox.current).map(({ rawUrl }) => rawUrl.split('?')[1])).toEqual([
			'permission=2&sync_mode=2&doi=true',
			'permission=6&sync_mode=2',
		]);
	});
});

describe.each(ON_ERROR)('%s', (onError) => {
	const many = onError === 'stopWorkflow' ? 1_100 : 250;
	test.each(tellingPart([1, 3, many], 2))('%i items', async (count) => {
		const { main, errors, error } = await create({}, people(count), { onError });
		expect(error).toBeUndefined();
		expect(errors).toEqual([]);
		expect(main).toHaveLength(count);
		expect(links(main)).toEqual(Array.from({ length: count }, (_, n) => [n]));
		expect(main.map(({ json }) => json.external_id)).toEqual(people(count).map(({ ext }) => ext));
		expect(main.every(({ json }) => json.success === true && typeof json.id === 'number')).toBe(
			true,
		);
		expect(writes(sandbox.current)).toHaveLength(count);
		expect(sandbox.current.contacts()).toHaveLength(count);
	});
});

describe('external IDs arrive unchanged and come out unchanged', () => {
	test.each(DELICATE_IDS)('%s', async (ext) => {
		const { main } = await create({}, [{ ...person(1), ext }]);
		expect(main[0]?.json.external_id).toBe(ext);
		expect(sandbox.current.contacts()[0]?.externalId).toBe(ext);
		expect(writes(sandbox.current)[0]?.path).toBe(
			`/contacts/externalid/${encodeURIComponent(ext)}`,
		);
	});

	test('a number that is not exact is refused, not changed', async () => {
		const { error } = await create({}, [{ ...person(1), ext: 2 ** 53 }]);
		expect(error?.message).toMatch(/External ID.*too large/);
		expect(sandbox.current.requests).toEqual([]);
	});
});

describe('bad input stops everything before anything is sent', () => {
	const good = person(0);
	test.each<[string, IDataObject, IDataObject, RegExp]>([
		['no external ID', {}, { ext: '' }, /^External ID is empty/],
		['an external ID of blanks', {}, { ext: '  ' }, /^External ID is empty/],
		['an external ID that is none', {}, { ext: { a: 1 } }, /^External ID: /],
		[
			'a date that is none',
			{ contactFields: mapped({ BIRTHDAY: '={{ $json.day }}' }) },
			{ day: '12/31/2026' },
			/^Contact field Birthday \(BIRTHDAY\): "12\/31\/2026" could mean two different days/,
		],
		[
			'a number that is none',
			{
				contactFields: mapped({ CUSTOMER_NUMBER: '={{ $json.number }}' }, [
					column('CUSTOMER_NUMBER', { maileonType: 'integer' } as object),
				]),
			},
			{ number: '00420' },
			/^Contact field CUSTOMER_NUMBER: "00420" is not a whole number/,
		],
		[
			'custom fields that are not JSON',
			{ options: { customFieldsJson: '={{ $json.broken ?? "{}" }}' } },
			{ broken: '{"COLOR":' },
			/^Custom Fields \(JSON\) is not valid JSON/,
		],
		[
			'custom fields that are a list',
			{ options: { customFieldsJson: '={{ $json.list ?? "{}" }}' } },
			{ list: '["COLOR"]' },
			/^Custom Fields \(JSON\) must be a JSON object/,
		],
		[
			'a permission that does not exist',
			{ permission: '={{ $json.permission ?? 1 }}' },
			{ permission: 7 },
			/^Permission must be one of 1, 2, 3, 4, 5, 6, but is "7"/,
		],
	])('%s', async (_what, parameters, bad, message) => {
		const { main, error } = await create(parameters, [good, { ...person(1), ...bad }]);
		expect(error?.message).toMatch(message);
		expect(error?.context?.itemIndex).toBe(1);
		expect(main).toEqual([]);
		expect(writes(sandbox.current)).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s the others go on',
		async (onError) => {
			const items = [good, { ...person(1), ext: '' }, person(2)];
			const { main, errors } = await create({}, items, { onError });
			const row = {
				error: {
					message: 'External ID is empty.',
					description: 'Fill in "External ID" for this item.',
					field: 'externalId',
				},
			};
			if (onError === 'continueRegularOutput') {
				expect(main.map(({ json }) => json.external_id ?? json)).toEqual(['crm-0', row, 'crm-2']);
				expect(links(main)).toEqual([[0], [1], [2]]);
				expect(errors).toEqual([]);
			} else {
				expect(main.map(({ json }) => json.external_id)).toEqual(['crm-0', 'crm-2']);
				expect(links(main)).toEqual([[0], [2]]);
				expect(errors).toHaveLength(1);
				expect(errors[0]?.json.error).toEqual(row.error);
				expect(links(errors)).toEqual([[1]]);
			}
			expect(writes(sandbox.current)).toHaveLength(2);
		},
	);
});

describe('what Maileon refuses', () => {
	test('409 says that several contacts share the ID, and what to use instead', async () => {
		const { contacts, now } = sandbox.current.account;
		for (const email of ['a@example.com', 'b@example.com']) {
			const contact = contacts.create(now());
			contacts.setEmail(contact, email);
			contacts.setExternalId(contact, 'crm-1');
		}
		const { error } = await create({}, people(3));
		expect(error?.name).toBe('NodeApiError');
		expect(error?.httpCode).toBe('409');
		expect(error?.message).toContain('contact with external ID "crm-1"');
		expect(error?.description).toMatch(
			/Update by ID.*This is item 2 of 3; 2 items were completed/s,
		);
		expect(error?.context?.itemIndex).toBe(1);
	});

	test('an error row holds error and nothing else', async () => {
		const items = [person(0), { ext: 'crm-1', email: '', first: 'no email' }];
		const { main, errors } = await create({}, items, { onError: 'continueRegularOutput' });
		expect(errors).toEqual([]);
		expect(main[1]).toEqual({
			json: {
				error: {
					message: 'Maileon refused the request: a new contact needs an email address.',
					http_status: 400,
					contact: { external_id: 'crm-1' },
				},
			},
			pairedItem: { item: 1 },
		});
	});

	test('a key that may not write names the right that it lacks', async () => {
		sandbox.current.addKey('read-only', ['GET']);
		const credentials = { apiKey: 'read-only', baseUrl: sandbox.current.baseUrl };
		const { error } = await create({}, [person(1)], { credentials });
		expect(error?.message).toBe('The API key lacks the right for creating (POST).');
		expect(writes(sandbox.current)).toHaveLength(1);
	});

	test('a wrong key says so, and is nowhere in the error', async () => {
		const apiKey = 'a-wrong-and-secret-key';
		const credentials = { apiKey, baseUrl: sandbox.current.baseUrl };
		const result = await create({}, [person(1)], { credentials });
		expect(result.error?.message).toBe('Maileon refused the API key.');
		const everything = JSON.stringify([result.error, result.main, result.logs]);
		expect(everything).not.toContain(apiKey);
		expect(everything).not.toContain(authorizationOf(apiKey));
	});

	test('a report of refusal is an error, whatever its status', async () => {
		for (const status of [200, 400]) {
			sandbox.current.fail({
				method: 'POST',
				status,
				body: '<report><success>false</success><contact><error><error_field>email</error_field><error_message>duplicate email</error_message></error></contact></report>',
			});
			const { main } = await create({}, [person(1)], { onError: 'continueRegularOutput' });
			expect(main[0]?.json).toEqual({
				error: {
					message: 'Another contact already has this email.',
					description: 'Use another email, or update that contact instead.',
					http_status: status,
					field: 'email',
					contact: { email: 'p1@example.com', external_id: 'crm-1' },
				},
			});
		}
	});

	test.each([
		['a web page', '<html><body>Please log in</body></html>', /Please log in/],
		['an answer broken off', '<id>12', /incomplete/],
	])('%s with status 200 is no success', async (_what, body, words) => {
		sandbox.current.fail({ method: 'POST', status: 200, body });
		const { error } = await create({}, [person(1)]);
		expect(error?.message).toBe('Unexpected response from Maileon.');
		expect(error?.description).toMatch(words);
	});

	test('an answer without a body is a success', async () => {
		sandbox.current.variants.createAnswer = 'empty';
		const { main } = await create({}, [person(1)]);
		expect(main[0]?.json).toEqual({
			success: true,
			email: 'p1@example.com',
			external_id: 'crm-1',
		});
	});
});

describe('retries', () => {
	const NOW = { 'Retry-After': '0' };

	test.each([429, 502, 503, 504])('status %i is tried again', async (status) => {
		sandbox.current.fail({ method: 'POST', status, headers: NOW, times: 2 });
		const { main } = await create({}, [person(1)]);
		expect(main[0]?.json.success).toBe(true);
		expect(writes(sandbox.current).map((request) => request.status)).toEqual([status, status, 201]);
	});

	test.each([400, 401, 403, 404, 405, 409, 500])('status %i is not', async (status) => {
		sandbox.current.fail({ method: 'POST', status, headers: NOW });
		const { error } = await create({}, [person(1)]);
		expect(error?.httpCode).toBe(String(status));
		expect(writes(sandbox.current)).toHaveLength(1);
	});

	test('as often as the option says', async () => {
		sandbox.current.fail({ method: 'POST', status: 503, headers: NOW, times: 99 });
		const { error } = await create({ options: { retries: 1 } }, [person(1)]);
		expect(error?.description).toContain('Tried 2 times.');
		expect(writes(sandbox.current)).toHaveLength(2);
		sandbox.current.requests.length = 0;
		await create({ options: { retries: 0 } }, [person(1)]);
		expect(writes(sandbox.current)).toHaveLength(1);
	});

	test('a request that can send a mail is not repeated when Maileon may have acted', async () => {
		sandbox.current.fail({ method: 'POST', status: 502, headers: NOW, act: true });
		const { error } = await create({ doi: true }, [person(1)]);
		expect(error?.description).toMatch(/second double opt-in mail/);
		expect(sandbox.current.mails).toHaveLength(1);
		expect(writes(sandbox.current)).toHaveLength(1);

		sandbox.current.fail({ method: 'POST', breakConnection: 'after' });
		const broken = await create({ doi: true }, [person(2)]);
		expect(broken.error?.message).toMatch(/connection to Maileon was lost/);
		expect(sandbox.current.mails).toHaveLength(2);

		sandbox.current.fail({ method: 'POST', status: 503, headers: NOW });
		expect((await create({ doi: true }, [person(3)])).error).toBeUndefined();
	});

	test('a long wait that the server asks for is not waited for', async () => {
		sandbox.current.fail({ method: 'POST', status: 429, headers: { 'Retry-After': '86400' } });
		const { error } = await create({}, [person(1)]);
		expect(error?.message).toBe('Maileon is receiving too many requests.');
		expect(writes(sandbox.current)).toHaveLength(1);
	});

	test('a host that is not there', async () => {
		const credentials = { apiKey: 'key', baseUrl: 'http://127.0.0.1:1/1.0' };
		const { error } = await create({ options: { retries: 0 } }, [person(1)], { credentials });
		expect(error?.message).toBe('Maileon could not be reached at 127.0.0.1:1.');
		expect(error?.description).toMatch(/connection was refused/);
	});
});

describe('several at a time', () => {
	/** Holds back answers, and notes how many requests were open at once. */
	function observeRequests(count: number) {
		const seen = { open: 0, most: 0, order: [] as string[] };
		sandbox.current.fail({
			method: 'POST',
			times: count,
			respond: (request, response) => {
				seen.open += 1;
				seen.most = Math.max(seen.most, seen.open);
				seen.order.push(decodeURIComponent(request.url ?? '').replace(/^.*\/|\?.*$/g, ''));
				setImmediate(() =>
					setImmediate(() => {
						seen.open -= 1;
						response.writeHead(201).end('<id>1</id>');
					}),
				);
			},
		});
		return seen;
	}

	test('one at a time where that is asked for', async () => {
		const seen = observeRequests(20);
		await create({ options: { concurrency: 1 } }, people(20));
		expect(seen.most).toBe(1);
		expect(seen.order).toEqual(people(20).map(({ ext }) => ext));
	});

	test('never more than the option says', async () => {
		const seen = observeRequests(40);
		await create({ options: { concurrency: 3 } }, people(40));
		expect(seen.most).toBeGreaterThan(1);
		expect(seen.most).toBeLessThanOrEqual(3);
	});

	test('items that name the same contact keep their order; the last one wins', async () => {
		const items = Array.from({ length: 60 }, (_, n) => ({
			...person(n % 3),
			first: `version ${n}`,
		}));
		const { main } = await create({ syncMode: 1, options: { concurrency: 20 } }, items);
		expect(links(main)).toEqual(items.map((_item, n) => [n]));
		expect(
			sandbox.current
				.contacts()
				.map(({ externalId, standardFields }) => [externalId, standardFields.FIRSTNAME])
				.sort(),
		).toEqual([
			['crm-0', 'version 57'],
			['crm-1', 'version 58'],
			['crm-2', 'version 59'],
		]);
	});
});

describe('fields', () => {
	const bodyOf = (index = 0) =>
		JSON.parse(writes(sandbox.current)[index]?.body ?? '') as {
			standard_fields?: Record<string, string>;
			custom_fields?: Record<string, string>;
		};

	test('missing and null are left out, empty clears', async () => {
		await create(
			{
				contactFields: mapped({
					FIRSTNAME: '={{ $json.first }}',
					LASTNAME: '={{ null }}',
					CITY: '={{ "" }}',
					STATE: '={{ $json.missing }}',
					COLOR: null,
				}),
			},
			[person(1)],
		);
		expect(bodyOf()).toEqual({
			email: 'p1@example.com',
			standard_fields: { FIRSTNAME: 'P 1', CITY: '' },
		});
	});

	test('null is left out with preferences too, in which case the body is XML', async () => {
		const preference = [
			{ category: 'Newsletter', name: 'Weekly', value: true, source: '={{ null }}' },
		];
		await create(
			{
				contactFields: mapped({ LASTNAME: '={{ null }}', CITY: '={{ "" }}', COLOR: null }),
				preferences: { preference },
			},
			[person(1)],
		);
		const [{ body = '' } = {}] = writes(sandbox.current);
		expect(body).toContain('<field><name>CITY</name><value></value></field>');
		expect(body).toContain('<value>true</value></preference>');
		expect(body).not.toMatch(/nil|LASTNAME|COLOR|<source/);
	});

	test.each([undefined, '', null])(
		'no consent is made up where %j is given for a topic',
		async (wanted) => {
			const topic = { category: 'Newsletter', name: 'Weekly', value: '={{ $json.wanted }}' };
			const { main } = await create(
				{ preferences: { preference: [topic] } },
				[
					{ ...person(1), wanted: 'yes' },
					{ ...person(2), wanted },
				],
				{ onError: 'continueRegularOutput' },
			);
			expect(main.map(({ json }) => json)).toMatchObject([
				{ success: true },
				{
					error: {
						message: 'Preference 1 does not say whether the contact wants this topic.',
						field: 'preferences',
					},
				},
			]);
			expect(writes(sandbox.current)).toHaveLength(1);
		},
	);

	test('a topic without an answer stops the workflow in n8n already', async () => {
		const preference = [{ category: 'Newsletter', name: 'Weekly' }];
		await expect(create({ preferences: { preference } }, [person(1)])).rejects.toThrow(/issues/);
		expect(sandbox.current.requests).toEqual([]);
	});

	test('what XML cannot hold is sent in JSON and in the path neither', async () => {
		// The interpreter that n8n 2.x offers on older versions of Node changes a NUL and half an emoji itself.
		const [nul, half] = n8nLine() === 1 ? ['\u0000', '\ud800'] : ['', ''];
		const dirty = (text: string) => `${nul}\u0001${text}\u0008${half}\uffff`;
		const item = { ext: dirty('crm-1'), email: dirty('a@example.com'), first: dirty('Ada 😀') };
		const options = { customFieldsJson: { [dirty('COLOR')]: dirty('blue') } };
		const { main, error } = await create({ options }, [item]);
		expect(error).toBeUndefined();
		expect(writes(sandbox.current).map(({ path, body }) => [path, body])).toEqual([
			[
				'/contacts/externalid/crm-1',
				'{"custom_fields":{"COLOR":"blue"},"email":"a@example.com","standard_fields":{"FIRSTNAME":"Ada 😀"}}',
			],
		]);
		expect(main[0]?.json).toMatchObject({ email: 'a@example.com', external_id: 'crm-1' });
	});

	test.each([
		['  ', undefined],
		[' a@example.com\n', 'a@example.com'],
	])('the email %j is sent as %j', async (email, sent) => {
		const { main } = await create({}, [{ ...person(1), email }]);
		const body = JSON.parse(writes(sandbox.current)[0]?.body ?? '') as IDataObject;
		expect([body.email, main[0]?.json.email]).toEqual([sent, sent]);
	});

	test('columns that were removed in the editor are not sent', async () => {
		const schema = [column('FIRSTNAME'), column('COLOR', { removed: true })];
		await create({ contactFields: mapped({ FIRSTNAME: 'Ada', COLOR: 'old' }, schema) }, [
			person(1),
		]);
		expect(bodyOf()).not.toHaveProperty('custom_fields');
	});

	test('values get the form that Maileon documents', async () => {
		const schema = [
			column('CUSTOMER_NUMBER', { maileonType: 'integer' }),
			column('SCORE', { maileonType: 'float' }),
			column('VIP', { type: 'boolean', maileonType: 'boolean' }),
			column('FIRST_ORDER', { maileonType: 'date' }),
		];
		const contactFields = mapped(
			{
				CUSTOMER_NUMBER: '={{ 42 }}',
				SCORE: '3,5',
				VIP: true,
				FIRST_ORDER: '={{ DateTime.fromISO("2026-12-31T23:30:00-08:00", { setZone: true }) }}',
				BIRTHDAY: '31.12.1990',
				GENDER: 'Female',
				LOCALE: 'de-DE',
				ZIP: '01067',
			},
			schema,
		);
		const { error } = await create({ contactFields }, [person(1)]);
		expect(error).toBeUndefined();
		expect(bodyOf()).toMatchObject({
			standard_fields: { BIRTHDAY: '1990-12-31', GENDER: 'f', LOCALE: 'de_DE', ZIP: '01067' },
			custom_fields: {
				CUSTOMER_NUMBER: '42',
				SCORE: '3.5',
				VIP: 'true',
				FIRST_ORDER: '2026-12-31 23:30:00',
			},
		});
	});

	test('a boolean column takes what forms and sheets give', async () => {
		const contactFields = mapped({ VIP: '={{ $json.vip }}' }, [column('VIP', { type: 'boolean' })]);
		const items = [true, false, 'yes', 'NO', 1, 0, 'true', null].map((vip, n) => ({
			...person(n),
			vip,
		}));
		const { error } = await create({ contactFields, options: { concurrency: 1 } }, items);
		expect(error).toBeUndefined();
		expect(items.map((_item, n) => bodyOf(n).custom_fields?.VIP)).toEqual([
			'true',
			'false',
			'true',
			'false',
			'true',
			'false',
			'true',
			undefined,
		]);
	});

	test('custom fields from JSON, which win over mapped ones', async () => {
		await create(
			{
				contactFields: mapped({ COLOR: 'mapped' }),
				options: { customFieldsJson: '{"COLOR":"json","VIP":true,"Größe Schuh":"42","SCORE":1.5}' },
			},
			[person(1)],
		);
		expect(bodyOf().custom_fields).toEqual({
			COLOR: 'json',
			VIP: 'true',
			'Größe Schuh': '42',
			SCORE: '1.5',
		});
	});

	test('__proto__ is a name like any other', async () => {
		sandbox.current.account.addCustomField('__proto__', 'string');
		const { error } = await create({ options: { customFieldsJson: '{"__proto__":"x"}' } }, [
			person(1),
		]);
		expect(error).toBeUndefined();
		expect(writes(sandbox.current)[0]?.body).toContain('"custom_fields":{"__proto__":"x"}');
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});

	test('any text arrives intact', async () => {
		const first = 'Ä "<&>\' 日本 😀 \t\n end';
		await create({}, [{ ...person(1), first }]);
		expect(sandbox.current.contacts()[0]?.standardFields.FIRSTNAME).toBe(first);
		expect(Buffer.byteLength(writes(sandbox.current)[0]?.body ?? '')).toBe(
			writes(sandbox.current)[0]?.bodyBytes,
		);
	});

	const WHOLE = [
		['the values', { ...mapped({}), value: '={{ $json.fields }}' }],
		['the mapper', '={{ $json.fields }}'],
	] as const;

	// n8n 2.x leaves an expression that stands for the whole mapper as its text, which is refused in words.
	test.each(tellingPart(WHOLE, 1))('%s from one expression', async (_what, contactFields) => {
		const fields = { FIRSTNAME: 'Ada', COLOR: 'blue' };
		const forms = [fields, JSON.stringify(fields), { value: fields }];
		const { error } = await create(
			{ contactFields, options: { concurrency: 1 } },
			forms.slice(0, contactFields === '={{ $json.fields }}' ? 3 : 2).map((form, n) => ({
				...person(n),
				fields: form,
			})),
		);
		expect(error).toBeUndefined();
		for (const contact of sandbox.current.contacts())
			expect(contact).toMatchObject({
				standardFields: { FIRSTNAME: 'Ada' },
				customFields: { COLOR: 'blue' },
			});
	});

	test.each(WHOLE)(
		'%s from one expression that gives something else',
		async (_what, contactFields) => {
			const odd = [undefined, null, [{ FIRSTNAME: 'Ada' }], '[]', 'FIRSTNAME', '', 7];
			const items = odd.map((fields, n) => ({ ...person(n), fields }));
			const { main } = await create({ contactFields }, items, { onError: 'continueRegularOutput' });
			expect(main).toHaveLength(odd.length);
			for (const { json } of main)
				expect(json).toEqual({
					error: {
						message: expect.stringMatching(
							/^Contact Fields must be an object of names and values, but /,
						) as string,
						description: 'An empty object, {}, stands for none.',
						field: 'contactFields',
					},
				});
			expect(sandbox.current.requests).toEqual([]);
		},
	);

	test('custom fields in JSON whose expression gives nothing', async () => {
		const options = { customFieldsJson: '={{ $json.none }}' };
		const { error } = await create({ options }, [person(1)]);
		expect(error?.message).toBe('Custom Fields (JSON): its expression gives nothing.');
		expect(sandbox.current.requests).toEqual([]);
	});
});

describe('automatic mapping', () => {
	test('matches loosely, asks for the fields once, and says what it ignored', async () => {
		const items = [
			{ ext: '1', email: 'a@example.com', 'First Name': 'Ada', color: 'blue', Shoe: 42 },
			{ ext: '2', email: 'b@example.com', last_name: 'B', 'Größe-Schuh': '39' },
		];
		const { main, hints, logs } = await create({ contactFields: automatic() }, items);
		expect(sandbox.current.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
		expect(sandbox.current.contacts()).toMatchObject([
			{ standardFields: { FIRSTNAME: 'Ada' }, customFields: { COLOR: 'blue' } },
			{ standardFields: { LASTNAME: 'B' }, customFields: { 'Größe Schuh': '39' } },
		]);
		expect(main.map(({ json }) => json.ignored_fields)).toEqual([['Shoe'], undefined]);
		expect(hints).toHaveLength(1);
		expect(hints?.[0]?.message).toContain('"Shoe"');
		expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
	});

	test.each([
		'={{ $json.ext }}',
		'={{ $json["ext"] }}',
		"={{ $json['ext'] }}",
		'=CRM-{{ $json.ext.trim() }}',
	])('a key that another parameter reads by %s is not ignored', async (externalId) => {
		const { main, hints } = await create({ externalId, contactFields: automatic() }, [person(1)]);
		expect(main[0]?.json.ignored_fields).toEqual(['first']);
		expect(hints?.[0]?.message).not.toContain('"ext"');
	});

	test('a key that an option reads deep inside is not ignored either', async () => {
		const { main } = await create(
			{
				contactFields: automatic(),
				options: { source: '=from {{ $json.first }}' },
				preferences: {
					preference: [{ category: 'Newsletter', name: 'Weekly', value: '={{ $json.weekly }}' }],
				},
			},
			[{ ...person(1), weekly: true, other: 1 }],
		);
		expect(main[0]?.json.ignored_fields).toEqual(['other']);
	});

	test('values left over from manual mapping count for nothing', async () => {
		const contactFields = { ...automatic(), value: { CITY: '={{ $json.first }}' } };
		const { main } = await create({ contactFields }, [person(1)]);
		expect(main[0]?.json.ignored_fields).toEqual(['first']);
		expect(sandbox.current.contacts()[0]?.standardFields).toEqual({});
	});

	test('saved columns are used without asking Maileon', async () => {
		const contactFields = automatic(column('FIRSTNAME'), column('COLOR'));
		await create({ contactFields }, [{ ...person(1), Color: 'red' }]);
		expect(sandbox.current.requests).toHaveLength(1);
		expect(sandbox.current.contacts()[0]?.customFields).toEqual({ COLOR: 'red' });
	});

	test.each(['email', 'external_id', 'id'])(
		'fills a custom field that is called %s, by the account and by saved columns',
		async (name) => {
			sandbox.current.account.addCustomField(name, 'string');
			const item = { ext: 'crm-1', [name]: 'x' };
			for (const contactFields of [automatic(), automatic(column(name))]) {
				const { main } = await create({ email: 'a@example.com', syncMode: 1, contactFields }, [
					item,
				]);
				expect(main[0]?.json).not.toHaveProperty('ignored_fields');
			}
			expect(writes(sandbox.current).map(({ body }) => body)).toEqual([
				`{"custom_fields":{"${name}":"x"},"email":"a@example.com"}`,
				`{"custom_fields":{"${name}":"x"},"email":"a@example.com"}`,
			]);
		},
	);

	test('takes identifier columns that Synchronize left behind for no custom field', async () => {
		const contactFields = automatic(column('email', { displayName: 'Email' }), column('COLOR'));
		await create({ contactFields }, [{ ...person(1), color: 'red' }]);
		expect(writes(sandbox.current)[0]?.body).toBe(
			'{"custom_fields":{"COLOR":"red"},"email":"p1@example.com"}',
		);
	});

	test('a key that may not read maps the standard fields', async () => {
		sandbox.current.addKey('write-only', ['POST']);
		const credentials = { apiKey: 'write-only', baseUrl: sandbox.current.baseUrl };
		const { main, error } = await create(
			{ contactFields: automatic() },
			[{ ...person(1), city: 'Bonn', color: 'red' }],
			{ credentials },
		);
		expect(error).toBeUndefined();
		expect(sandbox.current.contacts()[0]?.standardFields).toEqual({ CITY: 'Bonn' });
		expect(main[0]?.json.ignored_fields).toEqual(['first', 'color']);
	});
});

describe('the rest', () => {
	test('run again after a run that died in the middle, it doubles no contact and sends no mail', async () => {
		await create({ syncMode: 1 }, people(40));
		const { main } = await create({ syncMode: 1 }, people(100));
		expect(main).toHaveLength(100);
		const emails = sandbox.current.contacts().map(({ email }) => email);
		expect(emails.sort()).toEqual(
			people(100)
				.map(({ email }) => email)
				.sort(),
		);
		expect(sandbox.current.mails).toEqual([]);
	});

	test('a base URL that is not safe is refused before anything is sent', async () => {
		const credentials = { apiKey: 'key', baseUrl: 'http://api.maileon.example/1.0' };
		const { error } = await create({}, [person(1)], { credentials });
		expect(error?.message).toMatch(/must begin with https/);
	});

	test('redirects are not followed with the key', async () => {
		sandbox.current.fail({ method: 'POST', status: 302, headers: { Location: '/1.0/ping' } });
		const { error } = await create({}, [person(1)]);
		expect(error?.message).toBe('Redirect not followed.');
		expect(sandbox.current.requests).toHaveLength(1);
	});

	test('an execution that is cancelled sends nothing further', async () => {
		const controller = new AbortController();
		sandbox.current.fail({
			method: 'POST',
			respond: () => controller.abort(),
		});
		await create({ options: { concurrency: 1 } }, people(5), { cancelSignal: controller.signal });
		expect(writes(sandbox.current)).toHaveLength(1);
	});
});
