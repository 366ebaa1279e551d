import type { IDataObject } from 'n8n-workflow';

import { links, tellingPart, type TestItem } from '../support/engine';
import {
	authorizationOf,
	automatic,
	column,
	DELICATE_IDS,
	mapped,
	ON_ERROR,
	runContactOperation,
	sandboxForTests,
	wire,
	writes,
	XML,
} from '../support/maileon';

const sandbox = sandboxForTests();

const update = async (
	parameters: IDataObject,
	items: TestItem[],
	further: Parameters<typeof runContactOperation>[4] = {},
) =>
	await runContactOperation(
		sandbox.current,
		'updateById',
		{
			contactId: '={{ $json.maileon }}',
			contactFields: mapped({ FIRSTNAME: '={{ $json.first }}' }),
			...parameters,
		},
		items,
		further,
	);

/** Contacts that Maileon has already; gives the items that name them. */
function storedPeople(count: number): Array<{ maileon: number; first: string }> {
	const { contacts, now } = sandbox.current.account;
	return Array.from({ length: count }, (_, n) => {
		const contact = contacts.create(now());
		contacts.setEmail(contact, `p${n}@example.com`);
		contact.standardFields = { FIRSTNAME: 'before', LASTNAME: 'stays' };
		return { maileon: contact.id, first: `P ${n}` };
	});
}

const storedFields = () => sandbox.current.contacts().map(({ standardFields }) => standardFields);
const queryOf = (index = 0) => writes(sandbox.current)[index]?.rawUrl.split('?')[1];
const bodyOf = (index = 0) => writes(sandbox.current)[index]?.body;

describe('the example of the documentation', () => {
	test('is sent byte for byte, with nil', async () => {
		const [{ maileon } = { maileon: 0 }] = storedPeople(1);
		const { main } = await update(
			{
				contactFields: mapped({ FIRSTNAME: 'Max', LASTNAME: '={{ null }}', COLOR: 'BLUE' }),
				newIdentifiers: { email: 'max.mustermann@xqueue.com', externalId: 'dummy' },
			},
			[{ maileon }],
		);
		expect(sandbox.current.requests.map(wire)).toEqual([
			{
				method: 'PUT',
				url: `/1.0/contacts/contact?id=${maileon}&ignore_checksum=true`,
				accept: XML,
				type: XML,
				authorization: authorizationOf(sandbox.current.apiKey),
				body:
					'<?xml version="1.0" encoding="UTF-8"?><contact>' +
					'<email>max.mustermann@xqueue.com</email><external_id>dummy</external_id>' +
					'<standard_fields><field><name>FIRSTNAME</name><value>Max</value></field>' +
					'<field><name>LASTNAME</name><value nil="true"/></field></standard_fields>' +
					'<custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields>' +
					'</contact>',
			},
		]);
		expect(main).toEqual([
			{
				json: {
					success: true,
					id: maileon,
					email: 'max.mustermann@xqueue.com',
					external_id: 'dummy',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(sandbox.current.contacts()).toMatchObject([
			{ email: 'max.mustermann@xqueue.com', externalId: 'dummy', customFields: { COLOR: 'BLUE' } },
		]);
		expect(storedFields()).toEqual([{ FIRSTNAME: 'Max' }]);
	});

	test('the ID is in the query and never in the body', async () => {
		await update({}, storedPeople(1));
		expect(bodyOf()).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><contact><standard_fields><field><name>FIRSTNAME</name><value>P 0</value></field></standard_fields></contact>',
		);
		expect(storedFields()).toEqual([{ FIRSTNAME: 'P 0', LASTNAME: 'stays' }]);
	});

	test('the conflict that it shows is an error, whatever its status', async () => {
		for (const status of [200, 400, 409] as const) {
			sandbox.current.reset();
			sandbox.current.variants.updateConflictStatus = status;
			const [first, second] = storedPeople(2);
			const { main } = await update(
				{ newIdentifiers: { email: '={{ $json.email }}' } },
				[
					{ ...first, email: 'p1@example.com' },
					{ ...second, email: 'new@example.com' },
				],
				{ onError: 'continueRegularOutput' },
			);
			expect(main[0]).toEqual({
				json: {
					error: {
						message: 'Another contact already has this email.',
						description: 'Use another email, or update that contact instead.',
						http_status: status,
						field: 'email',
						contact: { id: first?.maileon, email: 'p1@example.com' },
					},
				},
				pairedItem: { item: 0 },
			});
			expect(main[1]?.json).toMatchObject({ success: true, email: 'new@example.com' });
		}
	});
});

describe('the query', () => {
	test.each<[string, IDataObject, string]>([
		['a permission', { permission: 1 }, 'ignore_checksum=true&permission=1'],
		['no permission', { permission: 'unchanged' }, 'ignore_checksum=true'],
		[
			'DOI values for a permission that has no DOI',
			{ permission: 3, triggerDoi: true, doiMailing: 'doi-key-2' },
			'ignore_checksum=true&permission=3',
		],
		[
			'DOI values without a permission',
			{ permission: 'unchanged', triggerDoi: true, doiMailing: 'doi-key-2' },
			'ignore_checksum=true',
		],
		[
			'a mailing without DOI',
			{ permission: 4, triggerDoi: false, doiMailing: 'doi-key-2' },
			'ignore_checksum=true&permission=4',
		],
		[
			'DOI',
			{ permission: 5, triggerDoi: true, doiMailing: 'doi-key-2' },
			'ignore_checksum=true&permission=5&triggerdoi=true&doimailing=doi-key-2',
		],
		[
			'options',
			{ options: { source: 'CRM & more', pageKey: 'profile/1' } },
			'ignore_checksum=true&src=CRM%20%26%20more&page_key=profile%2F1',
		],
	])('%s', async (_what, parameters, query) => {
		const [item] = storedPeople(1);
		const { error } = await update(parameters, [item ?? {}]);
		expect(error).toBeUndefined();
		expect(queryOf()).toBe(`id=${item?.maileon}&${query}`);
	});

	test('a checksum stands instead of ignoring it', async () => {
		const [item] = storedPeople(1);
		await update({ ignoreChecksum: false, checksum: 'a+b/c=' }, [item ?? {}]);
		expect(queryOf()).toBe(`id=${item?.maileon}&checksum=a%2Bb%2Fc%3D`);
	});

	test('permission by expression, per item', async () => {
		const [first, second, third] = storedPeople(3);
		const items = [
			{ ...first, p: 'unchanged' },
			{ ...second, p: '2' },
			{ ...third, p: 6 },
		];
		await update({ permission: '={{ $json.p }}', options: { concurrency: 1 } }, items);
		expect([queryOf(0), queryOf(1), queryOf(2)]).toEqual([
			`id=${first?.maileon}&ignore_checksum=true`,
			`id=${second?.maileon}&ignore_checksum=true&permission=2`,
			`id=${third?.maileon}&ignore_checksum=true&permission=6`,
		]);
	});
});

describe.each(ON_ERROR)('%s', (onError) => {
	const many = onError === 'stopWorkflow' ? 1_100 : 250;
	test.each(tellingPart([1, 3, many], 2))('%i items', async (count) => {
		const items = storedPeople(count);
		const { main, errors, error } = await update({}, items, { onError });
		expect(error).toBeUndefined();
		expect(errors).toEqual([]);
		expect(main).toEqual(
			items.map(({ maileon }, item) => ({
				json: { success: true, id: maileon },
				pairedItem: { item },
			})),
		);
		expect(writes(sandbox.current)).toHaveLength(count);
		expect(storedFields().map(({ FIRSTNAME }) => FIRSTNAME)).toEqual(
			items.map(({ first }) => first),
		);
	});

	test('one of three that Maileon does not know', async () => {
		const [first, , third] = storedPeople(3);
		const items = [{ ...first }, { maileon: 999, first: 'x' }, { ...third }];
		const { main, errors, error } = await update({}, items, { onError });
		const row = {
			message: 'Maileon did not find the contact with Maileon ID 999.',
			description: expect.stringMatching(
				/^The contact may have been deleted\. .* Maileon says: /,
			) as string,
			http_status: 404,
			contact: { id: 999 },
		};
		if (onError === 'stopWorkflow') {
			expect(error).toMatchObject({ name: 'NodeApiError', message: row.message, httpCode: '404' });
			expect(error?.context?.itemIndex).toBe(1);
			expect(main).toEqual([]);
		} else if (onError === 'continueRegularOutput') {
			expect(main[1]).toEqual({ json: { error: row }, pairedItem: { item: 1 } });
			expect(main.map(({ json }) => json.success)).toEqual([true, undefined, true]);
		} else {
			expect(links(main)).toEqual([[0], [2]]);
			expect(errors.map(({ json }) => json.error)).toEqual([row]);
			expect(links(errors)).toEqual([[1]]);
		}
	});
});

describe('external IDs arrive unchanged and come out unchanged', () => {
	test.each(DELICATE_IDS)('%s', async (externalId) => {
		const { main } = await update({ newIdentifiers: { externalId } }, storedPeople(1));
		expect(main[0]?.json.external_id).toBe(externalId);
		expect(sandbox.current.contacts()[0]?.externalId).toBe(externalId);
	});
});

describe('bad input stops everything before anything is sent', () => {
	test.each<[string, IDataObject, IDataObject, RegExp]>([
		['no contact ID', {}, { maileon: '' }, /^Maileon ID is empty/],
		['null as contact ID', {}, { maileon: null }, /^Maileon ID is empty/],
		['a contact ID that is no number', {}, { maileon: 'crm-1' }, /^Maileon ID must be a number/],
		['a negative contact ID', {}, { maileon: -5 }, /^Maileon ID must be a number/],
		[
			'a checksum that is asked for but empty',
			{ ignoreChecksum: false, checksum: '={{ $json.checksum }}' },
			{ checksum: '' },
			/^Checksum is empty/,
		],
		[
			'a date that is none',
			{ contactFields: mapped({ NAMEDAY: '={{ $json.day }}' }) },
			{ day: '2026-02-30' },
			/^Contact field Name Day \(NAMEDAY\): "2026-02-30" is a date that the calendar does not have/,
		],
		[
			'custom fields that are not JSON',
			{ options: { customFieldsJson: '={{ $json.json }}' } },
			{ json: '{' },
			/^Custom Fields \(JSON\) is not valid JSON/,
		],
		[
			'a preference without name',
			{
				preferences: {
					preference: [{ category: 'Newsletter', name: '={{ $json.name }}', value: true }],
				},
			},
			{ name: '' },
			/^Preference 1 needs a category and a name/,
		],
		[
			'a permission that does not exist',
			{ permission: '={{ $json.permission }}' },
			{ permission: 'doi' },
			/^Permission must be one of unchanged, 1, 2/,
		],
		[
			'retries out of range',
			{ options: { retries: '={{ $json.retries }}' } },
			{ retries: 11 },
			/^Retries must be a whole number from 0 to 10/,
		],
	])('%s', async (_what, parameters, bad, message) => {
		const good = {
			checksum: 'abc',
			day: '2026-02-28',
			json: '{}',
			name: 'Weekly',
			permission: 2,
			retries: 1,
		};
		const items = storedPeople(2).map((item) => ({ ...item, ...good }));
		const { error } = await update(parameters, [items[0] ?? {}, { ...items[1], ...bad }]);
		expect(error?.message).toMatch(message);
		expect(error?.context?.itemIndex).toBe(1);
		expect(sandbox.current.requests).toEqual([]);
	});
});

describe('fields', () => {
	test('missing keeps, null and empty clear', async () => {
		const { error } = await update(
			{
				contactFields: mapped({
					FIRSTNAME: '={{ $json.nothing }}',
					LASTNAME: '={{ "" }}',
					CITY: null,
				}),
				options: { customFieldsJson: '{"COLOR": null, "SCORE": ""}' },
			},
			storedPeople(1),
		);
		expect(error).toBeUndefined();
		expect(bodyOf()).toContain(
			'<standard_fields><field><name>LASTNAME</name><value></value></field><field><name>CITY</name><value nil="true"/></field></standard_fields>' +
				'<custom_fields><field><name>COLOR</name><value nil="true"/></field><field><name>SCORE</name><value></value></field></custom_fields>',
		);
		expect(storedFields()).toEqual([{ FIRSTNAME: 'before' }]);
	});

	test('removed columns are not sent, so they clear nothing', async () => {
		const schema = [column('FIRSTNAME'), column('LASTNAME', { removed: true })];
		const contactFields = mapped({ FIRSTNAME: 'x', LASTNAME: null }, schema);
		await update({ contactFields }, storedPeople(1));
		expect(storedFields()).toEqual([{ FIRSTNAME: 'x', LASTNAME: 'stays' }]);
	});

	test('__proto__ is a name like any other', async () => {
		sandbox.current.account.addCustomField('__proto__', 'string');
		const { error } = await update(
			{ options: { customFieldsJson: '{"__proto__": "<x>"}' } },
			storedPeople(1),
		);
		expect(error).toBeUndefined();
		expect(bodyOf()).toContain('<field><name>__proto__</name><value>&lt;x&gt;</value></field>');
	});

	test('text that XML cannot hold never breaks a request', async () => {
		const [item] = storedPeople(1);
		const first = 'a\u0000\u000b<&>"\'\ud800 ]]> 😀\r\nü';
		const { error } = await update({}, [{ ...item, first }]);
		expect(error).toBeUndefined();
		expect(storedFields()[0]?.FIRSTNAME).toBe('a<&>"\' ]]> 😀\r\nü');
	});

	test('preferences: value and source, a source that stays, a value from a sheet', async () => {
		const preference = [
			{ category: 'Development', name: 'Shopware', value: '={{ $json.wants }}', source: 'test' },
			{ category: 'Newsletter', name: 'Weekly', value: false, source: '' },
		];
		const [item] = storedPeople(1);
		const { error } = await update({ preferences: { preference } }, [{ ...item, wants: 'yes' }]);
		expect(error).toBeUndefined();
		expect(bodyOf()).toContain(
			'<preferences><preference><name>Shopware</name><category>Development</category><value>true</value><source>test</source></preference>' +
				'<preference><name>Weekly</name><category>Newsletter</category><value>false</value></preference></preferences>',
		);
	});

	test('preferences: null clears an answer, and nothing makes one up', async () => {
		const topic = { category: 'Newsletter', name: 'Weekly', value: '={{ $json.wants }}' };
		const preferences = { preference: [topic] };
		const [item, other] = storedPeople(2);
		const [contact] = sandbox.current.contacts();
		const stored = { category: 'Newsletter', name: 'Weekly', source: 'form', lastModified: '' };
		contact?.preferences.push({ ...stored, value: true });
		const { main } = await update({ preferences }, [{ ...item, wants: null }, { ...other }], {
			onError: 'continueRegularOutput',
		});
		expect(writes(sandbox.current).map(({ body }) => body)).toEqual([
			expect.stringContaining('<category>Newsletter</category><value nil="true"/></preference>'),
		]);
		expect(main[0]?.json).toMatchObject({ success: true });
		expect(contact?.preferences).toMatchObject([{ name: 'Weekly', value: null, source: 'form' }]);
		expect(main[1]?.json).toMatchObject({
			error: { message: 'Preference 1 does not say whether the contact wants this topic.' },
		});
	});

	test('a new email loses the blanks around it, and one of blanks is none', async () => {
		const [item, other] = storedPeople(2);
		const newIdentifiers = { email: '={{ $json.address }}' };
		await update({ newIdentifiers, options: { concurrency: 1 } }, [
			{ ...item, address: ' new@example.com ' },
			{ ...other, address: '  ' },
		]);
		expect(writes(sandbox.current).map(({ body }) => /<email>.*<\/email>/.exec(body)?.[0])).toEqual(
			['<email>new@example.com</email>', undefined],
		);
	});

	test('automatic mapping tells what it ignored, but not what other parameters read', async () => {
		const [{ maileon } = { maileon: 0 }] = storedPeople(1);
		const { main, hints } = await update(
			{
				contactId: '={{ $json["crm contact"] }}',
				contactFields: automatic(column('COLOR')),
				newIdentifiers: { externalId: '={{ $json.number }}' },
			},
			[{ 'crm contact': maileon, number: '00123', color: 'red', Phone: '1', last_name: 'L' }],
		);
		expect(main[0]?.json).toEqual({
			success: true,
			id: maileon,
			external_id: '00123',
			ignored_fields: ['Phone'],
		});
		expect(hints?.[0]?.message).toContain('"Phone"');
		expect(sandbox.current.contacts()[0]).toMatchObject({
			customFields: { COLOR: 'red' },
			standardFields: { LASTNAME: 'L' },
		});
	});
});

describe('answers', () => {
	test.each<[string, string | undefined, IDataObject]>([
		['nothing', '', {}],
		['an ID', '<id>1001</id>', { id: 1001 }],
		['a report', '<report><success>true</success></report>', { report: { success: true } }],
		[
			'a contact',
			'<contact><id>1001</id><external_id>00123</external_id><custom_fields/></contact>',
			{ id: 1001, contact: { id: 1001, external_id: '00123', custom_fields: {} } },
		],
		['words', 'OK', { answer: 'OK' }],
	])('%s', async (_what, body, further) => {
		sandbox.current.fail({ method: 'PUT', status: 200, body });
		const { main } = await update({}, [{ maileon: 1001, first: 'x' }]);
		expect(main[0]?.json).toEqual({ success: true, id: 1001, ...further });
	});

	test('204 and 201 are successes', async () => {
		for (const status of [201, 204] as const) {
			sandbox.current.variants.updateStatus = status;
			expect((await update({}, storedPeople(1))).error).toBeUndefined();
		}
	});

	test('an answer in ISO-8859-1 is read as such', async () => {
		sandbox.current.fail({
			method: 'PUT',
			status: 400,
			headers: { 'Content-Type': 'application/vnd.maileon.api+xml; charset=ISO-8859-1' },
			body: Buffer.from('<error><message>ungültig</message></error>', 'latin1'),
		});
		const { error } = await update({}, storedPeople(1));
		expect(error?.message).toBe('Maileon refused the request: ungültig.');
	});
});

describe('requests that can send a mail', () => {
	test('are not repeated when Maileon may have acted', async () => {
		sandbox.current.fail({ method: 'PUT', breakConnection: 'after' });
		const parameters = { permission: 4, triggerDoi: true };
		const { error } = await update(parameters, storedPeople(1));
		expect(error?.description).toMatch(/second double opt-in mail/);
		expect(writes(sandbox.current)).toHaveLength(1);
		expect(sandbox.current.mails).toHaveLength(1);
	});

	test('without a mail they are', async () => {
		sandbox.current.fail({
			method: 'PUT',
			status: 504,
			headers: { 'Retry-After': '0' },
			act: true,
		});
		const { error } = await update({ permission: 4 }, storedPeople(1));
		expect(error).toBeUndefined();
		expect(writes(sandbox.current)).toHaveLength(2);
	});
});

test('items for one contact keep their order', async () => {
	const [{ maileon } = { maileon: 0 }] = storedPeople(1);
	const items = Array.from({ length: 30 }, (_, n) => ({ maileon, first: `version ${n}` }));
	await update({ options: { concurrency: 10 } }, items);
	expect(storedFields()[0]?.FIRSTNAME).toBe('version 29');
	expect(writes(sandbox.current).map(({ body }) => /version \d+/.exec(body)?.[0])).toEqual(
		items.map(({ first }) => first),
	);
});
