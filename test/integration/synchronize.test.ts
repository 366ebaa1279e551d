import type { IDataObject } from 'n8n-workflow';

import { links, type OnError, type TestItem } from '../support/engine';
import {
	authorizationOf,
	automatic,
	column,
	DELICATE_IDS,
	emailsOf,
	mapped,
	ON_ERROR,
	runContactOperation,
	sandboxForTests,
	wire,
	writes,
	XML,
} from '../support/maileon';

const sandbox = sandboxForTests();

const synchronize = async (
	parameters: IDataObject,
	items: TestItem[],
	further: Parameters<typeof runContactOperation>[4] = {},
) =>
	await runContactOperation(
		sandbox.current,
		'synchronize',
		{
			contactFields: mapped({ email: '={{ $json.email }}', FIRSTNAME: '={{ $json.first }}' }),
			...parameters,
		},
		items,
		further,
	);

const person = (n: number) => ({ email: `p${n}@example.com`, first: `P ${n}` });
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));
const indexes = (count: number) => Array.from({ length: count }, (_, n) => n);
const queries = () => writes(sandbox.current).map(({ rawUrl }) => rawUrl.split('?')[1]);

const PLAIN_QUERY =
	'sync_mode=1&ignore_invalid_contacts=true&reimport_unsubscribed_contacts=false&update_only=false';

/** The report of the documentation. */
const DOCUMENTED_REPORT = `<report>
    <success>false</success>
    <count_contacts>3</count_contacts>
    <count_existing_contacts>0</count_existing_contacts>
    <count_new_contacts>0</count_new_contacts>
    <count_invalid_contacts>2</count_invalid_contacts>
    <count_unsubscribed_contacts>0</count_unsubscribed_contacts>
    <invalid_contacts>
        <contact>
            <email>max.mustermann.3@xqueue</email>
            <external_id nil="true"/>
            <error code="3">
                <error_field>max.mustermann.3@xqueue</error_field>
            </error>
        </contact>
        <contact>
            <email>max.mustermann.2@xqueue.com</email>
            <external_id nil="true"/>
            <error code="21">
                <error_field>test</error_field>
            </error>
        </contact>
    </invalid_contacts>
</report>`;

const CODE_3 = {
	code: 3,
	field: 'max.mustermann.3@xqueue',
	message: 'Email is invalid.',
	description: 'Check the address for typing errors.',
};
const CODE_21 = {
	code: 21,
	field: 'test',
	message: 'Custom field does not exist.',
	description: 'Names are case sensitive. Create the field in Maileon first.',
};

const THREE = [
	{ email: 'max.mustermann.1@xqueue.com', first: 'One' },
	{ email: 'max.mustermann.2@xqueue.com', first: 'Two' },
	{ email: 'max.mustermann.3@xqueue', first: 'Three' },
];

function answerWith(body: string, status = 200): void {
	sandbox.current.fail({ method: 'POST', path: '/contacts', status, body });
}

describe('the examples of the documentation', () => {
	test('contacts with preferences are sent byte for byte', async () => {
		const contactsJson = [
			{
				email: 'max.mustermann@xqueue.com',
				external_id: 'external-id-1',
				standard_fields: { LASTNAME: 'Mustermann' },
				custom_fields: { COLOR: 'BLUE' },
				preferences: [{ name: 'Shopware', category: 'Development', value: true, source: 'test' }],
			},
		];
		const { main } = await synchronize(
			{ contactsSource: 'json', contactsJson: JSON.stringify(contactsJson) },
			[{}],
		);
		expect(sandbox.current.requests.map(wire)).toEqual([
			{
				method: 'POST',
				url: `/1.0/contacts?${PLAIN_QUERY}`,
				accept: XML,
				type: XML,
				authorization: authorizationOf(sandbox.current.apiKey),
				body:
					'<?xml version="1.0" encoding="UTF-8"?><contacts><contact>' +
					'<email>max.mustermann@xqueue.com</email><external_id>external-id-1</external_id>' +
					'<standard_fields><field><name>LASTNAME</name><value>Mustermann</value></field></standard_fields>' +
					'<custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields>' +
					'<preferences><preference><name>Shopware</name><category>Development</category><value>true</value><source>test</source></preference></preferences>' +
					'</contact></contacts>',
			},
		]);
		expect(main).toEqual([
			{
				json: {
					success: true,
					count_contacts: 1,
					count_existing_contacts: 0,
					count_new_contacts: 1,
					count_invalid_contacts: 0,
					count_unsubscribed_contacts: 0,
					invalid_contacts: [],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('the report with codes 3 and 21', async () => {
		answerWith(DOCUMENTED_REPORT);
		const { main } = await synchronize({ ignoreInvalidContacts: true }, THREE);
		expect(main).toEqual([
			{
				json: {
					success: false,
					count_contacts: 3,
					count_existing_contacts: 0,
					count_new_contacts: 0,
					count_invalid_contacts: 2,
					count_unsubscribed_contacts: 0,
					invalid_contacts: [
						{ email: 'max.mustermann.3@xqueue', external_id: null, error: CODE_3 },
						{ email: 'max.mustermann.2@xqueue.com', external_id: null, error: CODE_21 },
					],
				},
				pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
			},
		]);
	});

	test('its invalid contacts, each linked to its own item', async () => {
		answerWith(DOCUMENTED_REPORT);
		const { main } = await synchronize(
			{ ignoreInvalidContacts: true, output: 'invalidContacts' },
			THREE,
		);
		expect(main).toEqual([
			{
				json: {
					email: 'max.mustermann.2@xqueue.com',
					external_id: null,
					error: CODE_21,
					contact: {
						email: 'max.mustermann.2@xqueue.com',
						standard_fields: { FIRSTNAME: 'Two' },
					},
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					email: 'max.mustermann.3@xqueue',
					external_id: null,
					error: CODE_3,
					contact: { email: 'max.mustermann.3@xqueue', standard_fields: { FIRSTNAME: 'Three' } },
				},
				pairedItem: { item: 2 },
			},
		]);
	});

	test('all contacts, with what became of them', async () => {
		answerWith(DOCUMENTED_REPORT);
		const { main } = await synchronize({ ignoreInvalidContacts: true, output: 'contacts' }, THREE);
		expect(main.map(({ json }) => [json.email, json.status, json.error])).toEqual([
			['max.mustermann.1@xqueue.com', 'accepted', undefined],
			['max.mustermann.2@xqueue.com', 'invalid', CODE_21],
			['max.mustermann.3@xqueue', 'invalid', CODE_3],
		]);
		expect(links(main)).toEqual([[0], [1], [2]]);
	});

	test('with the error output in use, refused contacts leave by it', async () => {
		answerWith(DOCUMENTED_REPORT);
		const { main, errors } = await synchronize(
			{ ignoreInvalidContacts: true, output: 'contacts' },
			THREE,
			{ onError: 'continueErrorOutput' },
		);
		expect(main.map(({ json }) => json.email)).toEqual(['max.mustermann.1@xqueue.com']);
		expect(links(main)).toEqual([[0]]);
		expect(errors.map(({ json }) => json.error)).toEqual([
			{ ...CODE_21, contact: { email: 'max.mustermann.2@xqueue.com' } },
			{ ...CODE_3, contact: { email: 'max.mustermann.3@xqueue' } },
		]);
		expect(links(errors)).toEqual([[1], [2]]);
	});
});

describe('refused contacts', () => {
	const items = [
		{ email: 'one', first: 'One' },
		person(1),
		{ email: 'two', first: 'Two' },
		person(3),
		{ first: 'Three' },
		{ first: 'Four' },
	];
	const reason = (json: IDataObject) => json.error as IDataObject;

	test.each([
		['report', [[0, 1, 2, 3, 4, 5]]],
		['contacts', [[1], [3]]],
		['invalidContacts', []],
	])('leave by the error branch with the output %s', async (output, onMain) => {
		const { main, errors, hints } = await synchronize({ output }, items, {
			onError: 'continueErrorOutput',
		});
		expect(links(main)).toEqual(onMain);
		expect(links(errors)).toEqual([[0], [2], [4], [5]]);
		expect(errors.map(({ json }) => [json.first, reason(json).message])).toEqual([
			['One', 'Email is invalid.'],
			['Two', 'Email is invalid.'],
			['Three', 'Email is missing.'],
			['Four', 'Email is missing.'],
		]);
		if (output === 'report') expect(main[0]?.json.invalid_contacts).toHaveLength(4);
		expect(hints).toEqual([]);
	});

	test('of several requests leave each beside its own item', async () => {
		const parameters = { options: { batchSize: 2 } };
		const { main, errors } = await synchronize(parameters, items.slice(0, 4), {
			onError: 'continueErrorOutput',
		});
		expect(links(main)).toEqual([
			[0, 1],
			[2, 3],
		]);
		expect(main.map(({ json }) => [json.batch, json.count_invalid_contacts])).toEqual([
			[1, 1],
			[2, 1],
		]);
		expect(links(errors)).toEqual([[0], [2]]);
	});

	test.each([
		['report', 'The report names it under "invalid_contacts".'],
		['contacts', 'Its status in the output is "invalid".'],
		['invalidContacts', 'It stands in the output.'],
	])('are counted in a hint with the output %s', async (output, where) => {
		const { hints } = await synchronize({ output }, items.slice(0, 2));
		expect(hints?.map(({ message }) => message)).toEqual([
			`1 contact was refused. ${where} To handle refused contacts on a branch of their own, set "On Error" in the settings of this node to "Continue (using error output)".`,
		]);
	});

	test('are counted over all requests', async () => {
		const { hints } = await synchronize({ options: { batchSize: 2 } }, items);
		expect(hints?.[0]?.message).toMatch(
			/^4 contacts were refused\. The report names them under "invalid_contacts"\./,
		);
	});

	const TWICE = `<report><success>true</success><invalid_contacts>
		<contact><email>p0@example.com</email><error code="17"><error_field>BIRTHDAY</error_field></error></contact>
		<contact><email>p0@example.com</email><error code="21"><error_field>test</error_field></error></contact>
		</invalid_contacts></report>`;

	test.each(['contacts', 'invalidContacts'])(
		'that are named twice keep both reasons, with the output %s',
		async (output) => {
			answerWith(TWICE);
			const { main, hints } = await synchronize({ output }, people(2));
			expect(main[0]?.json).toMatchObject({
				error: { code: 17 },
				errors: [{ code: 17 }, { code: 21, field: 'test' }],
			});
			expect(links(main)).toEqual(output === 'contacts' ? [[0], [1]] : [[0]]);
			expect(hints?.[0]?.message).toMatch(/^1 contact was refused\./);
		},
	);

	test('that are named twice are one row of the error branch', async () => {
		answerWith(TWICE);
		const { errors } = await synchronize({}, people(2), { onError: 'continueErrorOutput' });
		expect(errors.map(({ json }) => json.error)).toEqual([
			{
				message: 'Standard field BIRTHDAY has a value that is not allowed.',
				description:
					'Allowed are yyyy-MM-dd and yyyy-MM-dd HH:mm:ss. Also: Custom field does not exist (field test). Names are case sensitive. Create the field in Maileon first.',
				code: 17,
				field: 'BIRTHDAY',
				contact: { email: 'p0@example.com' },
			},
		]);
	});

	test('stop the run at the first of them, where one is not to be ignored', async () => {
		const { error } = await synchronize({ ignoreInvalidContacts: false }, [
			person(0),
			...items.slice(0, 2),
		]);
		expect(error?.message).toBe('Maileon refused 1 of 3 contacts.');
		expect(error?.description).toBe(
			'Refused: item 2 of 3, one: Email is invalid (code 3). No contact was synchronized before. Turn on "Ignore Invalid Contacts" to store the valid ones.',
		);
		expect(error?.context?.itemIndex).toBe(1);
	});
});

describe('contacts that Maileon knows', () => {
	test('are updated by default', async () => {
		await synchronize({}, people(2));
		const { hints } = await synchronize({}, [{ ...person(0), first: 'New' }]);
		expect(sandbox.current.contacts()[0]?.standardFields.FIRSTNAME).toBe('New');
		expect(hints).toEqual([]);
	});

	test.each([
		[1, '1 contact existed already and was left unchanged.'],
		[4, '4 contacts existed already and were left unchanged.'],
	])('are counted in a hint where they are left unchanged: %i', async (count, hint) => {
		await synchronize({}, people(count));
		const { hints } = await synchronize({ syncMode: 2 }, people(5));
		expect(hints?.map(({ message }) => message)).toEqual([hint]);
	});

	test.each([
		[1, '1 contact was skipped because the person has unsubscribed.'],
		[2, '2 contacts were skipped because the people have unsubscribed.'],
	])('are not taken in again after they unsubscribed: %i', async (count, hint) => {
		const { account } = sandbox.current;
		const gone = people(count);
		for (const { email } of gone) account.unsubscriptionMarkers.add(email);
		const { main, hints } = await synchronize({ permission: 4 }, people(3));
		expect(sandbox.current.contacts().map(({ email }) => email)).toEqual(
			people(3)
				.slice(count)
				.map(({ email }) => email),
		);
		expect(main[0]?.json.count_unsubscribed_contacts).toBe(count);
		expect(hints?.map(({ message }) => message)).toEqual([hint]);
	});

	test('are taken in again only where a person has turned it on', async () => {
		sandbox.current.account.unsubscriptionMarkers.add('p0@example.com');
		await synchronize({ reimportUnsubscribedContacts: true }, people(1));
		expect(sandbox.current.contacts()).toHaveLength(1);
	});
});

describe.each(ON_ERROR)('%s', (onError) => {
	test.each([
		[1, [1]],
		[3, [3]],
		[2_500, [1_000, 1_000, 500]],
	])('%i items are requests of %p contacts', async (count, sizes) => {
		const { main, errors, error } = await synchronize({}, people(count), { onError });
		expect(error).toBeUndefined();
		expect(errors).toEqual([]);
		expect(writes(sandbox.current).map((request) => emailsOf(request).length)).toEqual(sizes);
		expect(writes(sandbox.current).flatMap(emailsOf)).toEqual(
			people(count).map(({ email }) => email),
		);
		expect(main.map(({ json }) => [json.success, json.count_new_contacts])).toEqual(
			sizes.map((size) => [true, size]),
		);
		expect(main.map(({ json }) => json.batch)).toEqual(
			sizes.map((_size, n) => (sizes.length > 1 ? n + 1 : undefined)),
		);
		expect(links(main).flat()).toEqual(indexes(count));
		expect(links(main).map(({ length }) => length)).toEqual(sizes);
	});

	test('2,500 items as contacts, one of them invalid', async () => {
		const items = people(2_500).map((item, n) => (n === 1_234 ? { ...item, email: 'bad' } : item));
		const parameters = { output: 'contacts', ignoreInvalidContacts: true };
		const { main, errors } = await synchronize(parameters, items, { onError });
		const invalidLeaves = onError === 'continueErrorOutput';
		expect(main).toHaveLength(invalidLeaves ? 2_499 : 2_500);
		expect(links(main).flat()).toEqual(indexes(2_500).filter((n) => !invalidLeaves || n !== 1_234));
		expect(links(errors)).toEqual(invalidLeaves ? [[1_234]] : []);
		expect(main.filter(({ json }) => json.status === 'invalid')).toHaveLength(
			invalidLeaves ? 0 : 1,
		);
	});
});

describe('the query', () => {
	test.each<[string, IDataObject, string]>([
		['defaults', {}, PLAIN_QUERY],
		[
			'external ID',
			{ identifyBy: 'externalId', contactFields: mapped({ email: 'a@x.de', external_id: '1' }) },
			'sync_mode=1&use_external_id=true&ignore_invalid_contacts=true&reimport_unsubscribed_contacts=false&update_only=false',
		],
		[
			'Maileon ID',
			{ identifyBy: 'maileonId' },
			'sync_mode=1&prefer_maileon_id=true&ignore_invalid_contacts=true&reimport_unsubscribed_contacts=false&update_only=false',
		],
		['an override without a permission', { overridePermission: false }, PLAIN_QUERY],
		[
			'everything',
			{
				permission: 4,
				overridePermission: false,
				syncMode: 2,
				ignoreInvalidContacts: false,
				reimportUnsubscribedContacts: true,
				updateOnly: true,
			},
			'permission=4&sync_mode=2&ignore_invalid_contacts=false&override_permission=false&reimport_unsubscribed_contacts=true&update_only=true',
		],
		[
			'a permission',
			{ permission: 1 },
			'permission=1&sync_mode=1&ignore_invalid_contacts=true&override_permission=true&reimport_unsubscribed_contacts=false&update_only=false',
		],
	])('%s', async (_what, parameters, query) => {
		const { error } = await synchronize(parameters, [person(1)]);
		expect(error).toBeUndefined();
		expect(queries()).toEqual([query]);
	});

	test('items with different permissions never share a request', async () => {
		const items = indexes(30).map((n) => ({ ...person(n), p: ['notSet', 2, '3'][n % 3] }));
		const { main } = await synchronize({ permission: '={{ $json.p }}', output: 'contacts' }, items);
		expect(
			writes(sandbox.current).map((request) => [
				new URLSearchParams(request.rawUrl.split('?')[1]).get('permission'),
				emailsOf(request).length,
			]),
		).toEqual([
			[null, 10],
			['2', 10],
			['3', 10],
		]);
		for (const [index, { email }] of items.entries()) {
			const contact = sandbox.current.contacts().find((one) => one.email === email);
			expect(contact?.permission).toBe([1, 2, 3][index % 3]);
		}
		expect(links(main)).toEqual(indexes(30).map((n) => [n]));
	});
});

describe('one contact twice', () => {
	test('never shares a request; the last one wins and none is lost', async () => {
		const items = [
			{ email: 'a@example.com', first: 'old' },
			{ email: 'b@example.com', first: 'B' },
			{ email: 'A@Example.com', first: 'newer' },
			{ email: 'c@example.com', first: 'C' },
			{ email: ' a@example.com', first: 'newest' },
		];
		const { main } = await synchronize({ syncMode: 1, output: 'contacts' }, items.slice(0, 4));
		expect(writes(sandbox.current).map(emailsOf)).toEqual([
			['a@example.com', 'b@example.com', 'c@example.com'],
			['A@Example.com'],
		]);
		expect(links(main)).toEqual([[0], [1], [2], [3]]);
		expect(
			sandbox.current
				.contacts()
				.map(({ email, standardFields }) => [email?.toLowerCase(), standardFields.FIRSTNAME]),
		).toEqual([
			['a@example.com', 'newer'],
			['b@example.com', 'B'],
			['c@example.com', 'C'],
		]);
	});

	test('by external ID when that identifies', async () => {
		const items = [
			{ email: 'a@example.com', ext: '1' },
			{ email: 'b@example.com', ext: '01' },
			{ email: 'c@example.com', ext: '1' },
		];
		await synchronize(
			{
				identifyBy: 'externalId',
				contactFields: mapped({ email: '={{ $json.email }}', external_id: '={{ $json.ext }}' }),
			},
			items,
		);
		expect(writes(sandbox.current).map(emailsOf)).toEqual([
			['a@example.com', 'b@example.com'],
			['c@example.com'],
		]);
	});
});

describe('external IDs arrive unchanged and come out unchanged', () => {
	test.each(DELICATE_IDS)('%s', async (externalId) => {
		const { main } = await synchronize(
			{
				identifyBy: 'externalId',
				output: 'contacts',
				contactFields: mapped({ email: '={{ $json.email }}', external_id: '={{ $json.ext }}' }),
			},
			[{ ...person(1), ext: externalId }],
		);
		expect(main[0]?.json).toEqual({
			email: 'p1@example.com',
			external_id: externalId,
			status: 'accepted',
		});
		expect(sandbox.current.contacts()[0]?.externalId).toBe(externalId);
	});
});

describe('batches', () => {
	test.each([
		[1, [1, 1, 1]],
		[2, [2, 1]],
		[10_000, [3]],
	])('of at most %i contacts', async (batchSize, sizes) => {
		await synchronize({ options: { batchSize } }, people(3));
		expect(writes(sandbox.current).map((request) => emailsOf(request).length)).toEqual(sizes);
	});

	test('of at most 8 MiB', async () => {
		const first = 'ä'.repeat(1_500_000);
		const items = people(5).map((item) => ({ ...item, first }));
		const { error } = await synchronize({ ignoreInvalidContacts: true }, items);
		expect(error).toBeUndefined();
		expect(writes(sandbox.current)).toHaveLength(3);
		for (const { bodyBytes } of writes(sandbox.current))
			expect(bodyBytes).toBeLessThanOrEqual(8 * 1024 * 1024);
	});

	test('one after the other', async () => {
		let open = 0;
		let most = 0;
		sandbox.current.fail({
			method: 'POST',
			times: 5,
			respond: (_request, response) => {
				most = Math.max(most, ++open);
				setImmediate(() => {
					open -= 1;
					response.end('<report><success>true</success></report>');
				});
			},
		});
		await synchronize({ options: { batchSize: 1 } }, people(5));
		expect(most).toBe(1);
	});

	test('a JSON list is cut too, and every contact is linked to the item that brought it', async () => {
		const contactsJson = '={{ $json.list }}';
		const named = (...numbers: number[]) => numbers.map((n) => ({ email: person(n).email }));
		const items = [
			{ list: named(0, 1, 2) },
			{ list: { contacts: named(7) } },
			{ list: [] },
		] as unknown as IDataObject[];
		const { main } = await synchronize(
			{ contactsSource: 'json', contactsJson, output: 'contacts', options: { batchSize: 2 } },
			items,
		);
		expect(links(main)).toEqual([[0], [0], [0], [1]]);
		expect(main.map(({ json }) => json.email)).toEqual([
			'p0@example.com',
			'p1@example.com',
			'p2@example.com',
			'p7@example.com',
		]);
	});

	test('nothing to send asks nothing, and says so', async () => {
		const { main, hints, error } = await synchronize({ contactsSource: 'json' }, [{}]);
		expect(error).toBeUndefined();
		expect(main).toEqual([]);
		expect(sandbox.current.requests).toEqual([]);
		expect(hints?.[0]?.message).toContain('no contact to send');
	});
});

describe('bad input stops everything before anything is sent', () => {
	test.each<[string, IDataObject, IDataObject, RegExp]>([
		['no email', {}, { email: '' }, /^The contact has no email/],
		['an email of blanks', {}, { email: '  ' }, /^The contact has no email/],
		['null as email', {}, { email: null }, /^The contact has no email/],
		[
			'no external ID',
			{
				identifyBy: 'externalId',
				contactFields: mapped({ email: '={{ $json.email }}', external_id: '={{ $json.ext }}' }),
			},
			{ ext: '' },
			/^The contact has no external ID/,
		],
		[
			'a Maileon ID that is no number',
			{
				identifyBy: 'maileonId',
				contactFields: mapped({ email: '={{ $json.email }}', id: '={{ $json.id }}' }),
			},
			{ id: 'crm-7' },
			/^The contact has a Maileon ID that is not a number: "crm-7"/,
		],
		[
			'a date that is none',
			{ contactFields: mapped({ email: '={{ $json.email }}', BIRTHDAY: '={{ $json.day }}' }) },
			{ day: 'tomorrow' },
			/^Contact field Birthday \(BIRTHDAY\): "tomorrow" is not a date/,
		],
		[
			'an Excel serial as date',
			{ contactFields: mapped({ email: '={{ $json.email }}', BIRTHDAY: '={{ $json.day }}' }) },
			{ day: 46387 },
			/^Contact field Birthday \(BIRTHDAY\): "46387" is not a date/,
		],
		[
			'a JSON list that is not JSON',
			{ contactsSource: 'json', contactsJson: '={{ $json.list }}' },
			{ list: '[{"email": "a@x.de"' },
			/^Contacts \(JSON\) is not valid JSON/,
		],
		[
			'a JSON list that is no list',
			{ contactsSource: 'json', contactsJson: '={{ $json.list }}' },
			{ list: '"a@x.de"' },
			/^Contacts \(JSON\) must be a list of contacts/,
		],
		[
			'a JSON list with a strange entry',
			{ contactsSource: 'json', contactsJson: '={{ $json.list }}' },
			{ list: '[{"email": "a@x.de"}, "b@x.de"]' },
			/^Contact 2 of the list is "b@x.de", not an object/,
		],
		[
			'a JSON contact with a field in the wrong place',
			{ contactsSource: 'json', contactsJson: '={{ $json.list }}' },
			{ list: '[{"email": "a@x.de", "FIRSTNAME": "A"}]' },
			/^Contact 1 of the list has the unknown key "FIRSTNAME"/,
		],
		[
			'a JSON contact without email',
			{ contactsSource: 'json', contactsJson: '={{ $json.list }}' },
			{ list: '[{"email": "a@x.de"}, {"external_id": "1"}]' },
			/^Contact 2 of the list has no email/,
		],
		[
			'a JSON contact with a date that is none',
			{ contactsSource: 'json', contactsJson: '={{ $json.list }}' },
			{ list: '[{"email": "a@x.de", "standard_fields": {"BIRTHDAY": "2026-02-30"}}]' },
			/^Contact 1 of the list: Contact field Birthday \(BIRTHDAY\): "2026-02-30"/,
		],
		[
			'a JSON contact with a Maileon ID that is no number',
			{ contactsSource: 'json', identifyBy: 'maileonId', contactsJson: '={{ $json.list }}' },
			{ list: '[{"id": "crm-7", "email": "a@x.de"}]' },
			/^Contact 1 of the list has a Maileon ID that is not a number: "crm-7"/,
		],
		[
			'a permission that does not exist',
			{ permission: '={{ $json.p }}' },
			{ p: 9 },
			/^Permission must be one of notSet, 1, 2/,
		],
		[
			'custom fields that are not JSON',
			{ options: { customFieldsJson: '={{ $json.custom }}' } },
			{ custom: '{]' },
			/^Custom Fields \(JSON\) is not valid JSON/,
		],
	])('%s', async (_what, parameters, bad, message) => {
		const good = { ext: '1', id: '7', day: '2026-02-28', list: '[]', p: 1, custom: '{}' };
		const items = people(1_500).map((item, n) => ({
			...item,
			...good,
			ext: String(n),
			...(n === 1_400 && bad),
		}));
		const { error, main } = await synchronize(
			{ ignoreInvalidContacts: false, ...parameters },
			items,
		);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/This is item 1401 of 1500\.$/);
		expect(error?.context?.itemIndex).toBe(1_400);
		expect(main).toEqual([]);
		expect(sandbox.current.requests).toEqual([]);
	});

	test('a batch size out of range', async () => {
		const { error } = await synchronize({ options: { batchSize: 10_001 } }, people(2));
		expect(error?.message).toMatch(/^Batch Size must be a whole number from 1 to 10000/);
		expect(sandbox.current.requests).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s the others go on',
		async (onError) => {
			const items = [person(0), { first: 'nobody' }, person(2)];
			const parameters = { output: 'contacts', ignoreInvalidContacts: false };
			const result = await synchronize(parameters, items, { onError });
			expect(writes(sandbox.current).map(emailsOf)).toEqual([['p0@example.com', 'p2@example.com']]);
			const row = {
				message: 'The contact has no email.',
				description: expect.stringContaining('Identify Contacts By') as string,
				field: 'email',
			};
			const { main, errors } = result;
			if (onError === 'continueRegularOutput') {
				expect(links(main)).toEqual([[0], [1], [2]]);
				expect(main[1]?.json).toEqual({ error: row });
			} else {
				expect(links(main)).toEqual([[0], [2]]);
				expect(links(errors)).toEqual([[1]]);
				expect(errors[0]?.json.error).toEqual(row);
			}
		},
	);
});

describe('a JSON list', () => {
	const list = [
		{ email: 'a@example.com', standard_fields: { BIRTHDAY: '1990-12-31' } },
		{ email: 'b@example.com', standard_fields: { BIRTHDAY: '12/31/1990' } },
		'c@example.com',
		{ external_id: 'no-email' },
		{
			email: 'e@example.com',
			preferences: [{ category: 'Newsletter', name: 'Weekly' }],
		},
		{ email: ' f@example.com ' },
	];
	const parameters = { contactsSource: 'json', contactsJson: '={{ $json.list }}' };
	const refused = [
		[
			'Contact 2 of the list: Contact field Birthday (BIRTHDAY): "12/31/1990" could mean two different days; use 2026-12-31 or 31.12.2026.',
			{ email: 'b@example.com' },
		],
		['Contact 3 of the list is "c@example.com", not an object.', undefined],
		['Contact 4 of the list has no email.', { external_id: 'no-email' }],
		[
			'Contact 5 of the list, preference 1 does not say whether the contact wants this topic.',
			{ email: 'e@example.com' },
		],
	];

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s keeps back the bad contacts only',
		async (onError) => {
			const items = [{ list: [{ email: 'p1@example.com' }] }, { list }, { list: 'none' }];
			const { main, errors } = await synchronize(
				{ ...parameters, ignoreInvalidContacts: false, output: 'contacts' },
				items,
				{ onError },
			);
			expect(writes(sandbox.current).map(emailsOf)).toEqual([
				['p1@example.com'],
				['a@example.com', 'f@example.com'],
			]);
			const isRefused = ({ json }: { json: IDataObject }) => 'error' in json;
			const rows = onError === 'continueErrorOutput' ? errors : main.filter(isRefused);
			expect(rows.map(({ json }) => json.error as IDataObject)).toMatchObject(
				[...refused, ['Contacts (JSON) is not valid JSON.', undefined]].map(
					([message, contact]) => ({ message, ...(contact && { contact }) }),
				),
			);
			expect(links(rows)).toEqual([[1], [1], [1], [1], [2]]);
			expect(links(main.filter((row) => !isRefused(row)))).toEqual([[0], [1], [1]]);
			if (onError === 'continueRegularOutput')
				expect(main.map(({ json }) => json.email ?? 'refused')).toEqual([
					'p1@example.com',
					'a@example.com',
					...refused.map(() => 'refused'),
					'f@example.com',
					'refused',
				]);
		},
	);

	test('of 10,000 sends 9,999 beside one bad date', async () => {
		const many = indexes(10_000).map((n) => ({
			email: `p${n}@example.com`,
			standard_fields: { BIRTHDAY: n === 5_000 ? '2026-02-30' : '2026-02-28' },
		}));
		const { main } = await synchronize(
			{ ...parameters, ignoreInvalidContacts: true, options: { batchSize: 10_000 } },
			[{ list: many }],
			{ onError: 'continueRegularOutput' },
		);
		expect(sandbox.current.contacts()).toHaveLength(9_999);
		expect(
			main.map(({ json }) => json.count_contacts ?? (json.error as IDataObject).message),
		).toEqual([9_999, expect.stringMatching(/^Contact 5001 of the list: .*"2026-02-30"/)]);
	});

	test('that nothing gives is refused', async () => {
		const { error } = await synchronize(parameters, [{ list: [{ email: 'a@example.com' }] }, {}]);
		expect(error?.message).toBe('Contacts (JSON): its expression gives nothing.');
		expect(sandbox.current.requests).toEqual([]);
	});
});

describe('what differs from item to item', () => {
	test('output, and how requests are sent', async () => {
		const items = indexes(6).map((n) => ({
			...person(n),
			output: n % 2 === 0 ? 'contacts' : 'report',
			tries: n < 4 ? 0 : 1,
		}));
		sandbox.current.fail({
			method: 'POST',
			status: 503,
			headers: { 'Retry-After': '0' },
			times: 1,
		});
		const { main } = await synchronize(
			{ output: '={{ $json.output }}', options: { retries: '={{ $json.tries }}' } },
			items,
			{ onError: 'continueRegularOutput' },
		);
		expect(writes(sandbox.current).map(emailsOf)).toEqual([
			['p0@example.com', 'p2@example.com'],
			['p1@example.com', 'p3@example.com'],
			['p4@example.com'],
			['p5@example.com'],
		]);
		expect(links(main)).toEqual([[0], [1, 3], [2], [4], [5]]);
		expect(main.map(({ json }) => Object.keys(json)[0])).toEqual([
			'error',
			'success',
			'error',
			'email',
			'success',
		]);
	});

	test('where the contacts come from', async () => {
		const items = [
			{ ...person(1), source: 'inputItems', other: 1 },
			{ source: 'json', list: [person(2), person(3)].map(({ email }) => ({ email })), other: 2 },
			{ ...person(4), source: 'inputItems' },
		];
		const { main } = await synchronize(
			{
				contactsSource: '={{ $json.source }}',
				contactsJson: '={{ $json.list }}',
				contactFields: automatic(column('COLOR')),
				output: 'contacts',
			},
			items,
		);
		expect(writes(sandbox.current).map(emailsOf)).toEqual([
			['p1@example.com', 'p4@example.com'],
			['p2@example.com', 'p3@example.com'],
		]);
		expect(links(main)).toEqual([[0], [1], [1], [2]]);
		expect(main.map(({ json }) => json.ignored_fields)).toEqual([
			['first', 'other'],
			undefined,
			undefined,
			['first'],
		]);
	});

	test('of several batch sizes the smallest counts, and a wrong one fails its item alone', async () => {
		const sizes = [500, 2, 0, 500, 500];
		const { main } = await synchronize(
			{ options: { batchSize: '={{ $json.size }}' }, output: 'contacts' },
			sizes.map((size, n) => ({ ...person(n), size })),
			{ onError: 'continueRegularOutput' },
		);
		expect(writes(sandbox.current).map((request) => emailsOf(request).length)).toEqual([2, 2]);
		expect(main[2]?.json).toMatchObject({
			error: { message: 'Batch Size must be a whole number from 1 to 10000, but is "0".' },
		});
		expect(main).toHaveLength(5);
	});
});

describe('a batch that fails', () => {
	const run = async (onError: OnError, output: string) => {
		let request = 0;
		sandbox.current.fail({
			method: 'POST',
			times: 3,
			respond: (_incoming, response) => {
				request += 1;
				if (request === 2)
					response.writeHead(500).end('<error><message>out of order</message></error>');
				else response.end('<report><success>true</success></report>');
			},
		});
		return await synchronize({ output, options: { batchSize: 2 } }, people(6), { onError });
	};

	test('stops the run, and says what was done before', async () => {
		const { error, main } = await run('stopWorkflow', 'report');
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
		expect(error?.message).toBe('Maileon could not process the request (status 500).');
		expect(error?.description).toMatch(/out of order.*2 contacts were synchronized before\./);
		expect(main).toEqual([]);
		expect(writes(sandbox.current)).toHaveLength(2);
	});

	test.each(['report', 'contacts', 'invalidContacts'])(
		'fails its own contacts only, with the output %s',
		async (output) => {
			const { main, errors } = await run('continueErrorOutput', output);
			expect(writes(sandbox.current)).toHaveLength(3);
			expect(links(errors)).toEqual([[2], [3]]);
			expect(errors[0]?.json.error).toEqual({
				message: 'Maileon could not process the request (status 500).',
				description: expect.stringContaining('It says: out of order') as string,
				http_status: 500,
				contact: { email: 'p2@example.com' },
			});
			expect(links(main)).toEqual(
				{
					report: [
						[0, 1],
						[4, 5],
					],
					contacts: [[0], [1], [4], [5]],
					invalidContacts: [],
				}[output],
			);
		},
	);

	test('on the regular output each row holds error and nothing else', async () => {
		const { main } = await run('continueRegularOutput', 'contacts');
		expect(main.map(({ json }) => Object.keys(json)[0])).toEqual([
			'email',
			'email',
			'error',
			'error',
			'email',
			'email',
		]);
		expect(main.slice(2, 4).map(({ json }) => Object.keys(json))).toEqual([['error'], ['error']]);
		expect(links(main)).toEqual([[0], [1], [2], [3], [4], [5]]);
	});
});

describe('a report of refusal', () => {
	const ALL_OR_NOTHING = { ignoreInvalidContacts: false };

	test.each([200, 400])('with status %i stops the run and lists the refused', async (status) => {
		answerWith(DOCUMENTED_REPORT, status);
		const { error } = await synchronize(ALL_OR_NOTHING, THREE);
		expect(error?.message).toBe('Maileon refused 2 of 3 contacts.');
		expect(error?.httpCode).toBe(String(status));
		expect(error?.description).toMatch(
			/Refused: item 3 of 3, max\.mustermann\.3@xqueue: Email is invalid \(code 3\); item 2 of 3, max\.mustermann\.2@xqueue\.com: Custom field does not exist \(code 21, field test\)\./,
		);
		expect(error?.description).toMatch(/No contact was synchronized before/);
		expect(error?.description).toMatch(/Ignore Invalid Contacts/);
	});

	test.each([200, 400])('with status %i gives each contact its own reason', async (status) => {
		answerWith(DOCUMENTED_REPORT, status);
		const { main } = await synchronize(ALL_OR_NOTHING, THREE, { onError: 'continueRegularOutput' });
		expect(main.map(({ json }) => json)).toEqual([
			{
				error: {
					message: 'Maileon refused the request because of other contacts in it.',
					description: expect.stringContaining(
						'max.mustermann.3@xqueue: Email is invalid',
					) as string,
					http_status: status,
					contact: { email: 'max.mustermann.1@xqueue.com' },
				},
			},
			{
				error: {
					...CODE_21,
					http_status: status,
					contact: { email: 'max.mustermann.2@xqueue.com' },
				},
			},
			{ error: { ...CODE_3, http_status: status, contact: { email: 'max.mustermann.3@xqueue' } } },
		]);
		expect(links(main)).toEqual([[0], [1], [2]]);
	});

	test('an entry that fits no contact is linked to none', async () => {
		const report = DOCUMENTED_REPORT.replace('max.mustermann.2@xqueue.com', 'someone@else.com');
		const parameters = { ignoreInvalidContacts: true };
		answerWith(report);
		const invalid = await synchronize({ ...parameters, output: 'invalidContacts' }, THREE);
		expect(links(invalid.main).sort()).toEqual([[], [2]]);
		expect(invalid.main.find(({ json }) => json.email === 'someone@else.com')?.json).toEqual({
			email: 'someone@else.com',
			external_id: null,
			error: CODE_21,
		});
		answerWith(report);
		const reports = await synchronize(parameters, THREE);
		expect(reports.main[0]?.json.count_unmatched_contacts).toBe(1);
		answerWith(report);
		const contacts = await synchronize({ ...parameters, output: 'contacts' }, THREE);
		expect(contacts.main.map(({ json }) => json.status)).toEqual([
			'accepted',
			'accepted',
			'invalid',
			'invalid',
		]);
		expect(links(contacts.main)).toEqual([[0], [1], [2], []]);
	});

	test('an unknown code keeps its number and says so', async () => {
		answerWith(DOCUMENTED_REPORT.replace('code="21"', 'code="4711"'));
		const { main } = await synchronize({ ignoreInvalidContacts: true }, THREE);
		expect(main[0]?.json.invalid_contacts).toMatchObject([
			{},
			{ error: { code: 4711, message: 'Unknown error code 4711.' } },
		]);
	});

	test('an answer that is no report is no success', async () => {
		for (const body of ['', '<id>1</id>', '<html>Log in</html>', '<report><success>tr', 'OK']) {
			answerWith(body);
			const { error } = await synchronize({}, people(2));
			expect(error?.message).toBe('Unexpected response from Maileon.');
		}
	});
});

describe('fields', () => {
	test('null and empty clear, missing keeps, an email is never cleared', async () => {
		await synchronize({}, [person(1)]);
		const { error } = await synchronize(
			{
				syncMode: 1,
				identifyBy: 'externalId',
				contactFields: mapped({
					email: '={{ $json.none }}',
					external_id: 'x',
					FIRSTNAME: '={{ null }}',
					LASTNAME: '={{ "" }}',
					CITY: '={{ $json.none }}',
					STATE: null,
				}),
				options: { customFieldsJson: '{"COLOR":null,"VIP":1}' },
				updateOnly: true,
			},
			[{}],
		);
		expect(error).toBeUndefined();
		expect(writes(sandbox.current)[1]?.body).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><contacts><contact><external_id>x</external_id>' +
				'<standard_fields><field><name>FIRSTNAME</name><value nil="true"/></field><field><name>LASTNAME</name><value></value></field><field><name>STATE</name><value nil="true"/></field></standard_fields>' +
				'<custom_fields><field><name>COLOR</name><value nil="true"/></field><field><name>VIP</name><value>1</value></field></custom_fields></contact></contacts>',
		);
	});

	test('the Maileon ID travels only where it identifies', async () => {
		const contactFields = mapped({ email: '={{ $json.email }}', id: '={{ $json.id }}' });
		await synchronize({ contactFields }, [{ ...person(1), id: 7 }]);
		await synchronize({ contactFields, identifyBy: 'maileonId' }, [{ ...person(1), id: 7 }]);
		expect(writes(sandbox.current).map(({ body }) => body.includes('<id>7</id>'))).toEqual([
			false,
			true,
		]);
	});

	test('the ID of another system does no harm where the email identifies', async () => {
		const items = [{ ...person(1), id: 'rec-17' }];
		const parameters = { contactFields: automatic(column('COLOR')), output: 'contacts' };
		const { main, error } = await synchronize(parameters, items);
		expect(error).toBeUndefined();
		expect(main[0]?.json).toEqual({
			email: 'p1@example.com',
			status: 'accepted',
			ignored_fields: ['first'],
		});
	});

	test('automatic mapping, with __proto__ and unknown keys', async () => {
		sandbox.current.account.addCustomField('__proto__', 'string');
		const items = [
			JSON.parse(
				'{"E-Mail":"a@example.com","__proto__":"p","first name":"A","shoe":1}',
			) as IDataObject,
			{ email: 'b@example.com', Vorname: 'B', permission: 2 },
		];
		const { main, hints, error } = await synchronize(
			{
				contactFields: automatic(column('COLOR'), column('__proto__')),
				permission: '={{ $json.permission ?? "notSet" }}',
				output: 'contacts',
			},
			items,
		);
		expect(error).toBeUndefined();
		expect(main.map(({ json }) => json.ignored_fields)).toEqual([['shoe'], ['Vorname']]);
		expect(hints?.[0]?.message).toContain('"shoe", "Vorname"');
		expect(writes(sandbox.current)[0]?.body).toContain('<name>__proto__</name><value>p</value>');
	});

	test('a custom field with the name of an identifier has a column of its own', async () => {
		sandbox.current.account.addCustomField('email', 'string');
		const items = [{ email: 'a@example.com', 'custom_fields.email': 'b@example.com' }];
		for (const contactFields of [
			automatic(),
			automatic(column('email'), column('custom_fields.email')),
			mapped({ email: 'a@example.com', 'custom_fields.email': 'b@example.com' }),
		])
			await synchronize({ contactFields }, items);
		const [first, ...others] = writes(sandbox.current).map(({ body }) => body);
		expect(first).toContain('<contact><email>a@example.com</email>');
		expect(first).toContain('<field><name>email</name><value>b@example.com</value></field>');
		expect(others).toEqual([first, first]);
	});

	test('an email loses the blanks around it; identifiers of blanks are empty', async () => {
		await synchronize(
			{
				identifyBy: 'externalId',
				contactFields: mapped({ email: '={{ $json.email }}', external_id: '={{ $json.ext }}' }),
				ignoreInvalidContacts: true,
			},
			[
				{ email: ' a@example.com ', ext: ' 1 ' },
				{ email: '  ', ext: '  ' },
			],
		);
		expect(writes(sandbox.current)[0]?.body).toContain(
			'<contact><email>a@example.com</email><external_id> 1 </external_id></contact>' +
				'<contact><external_id></external_id></contact>',
		);
	});

	test('reports name ignored fields once', async () => {
		const items = people(3).map((item) => ({ ...item, shoe: 1 }));
		const { main } = await synchronize({ contactFields: automatic(column('COLOR')) }, items);
		expect(main[0]?.json.ignored_fields).toEqual(['first', 'shoe']);
	});

	test('text that XML cannot hold never breaks a batch', async () => {
		const items = [
			{ email: 'a@example.com', first: '\u0000<>&"\ud800' },
			{ email: 'b@example.com', first: ']]> 😀 日本\r\n' },
		];
		const { error } = await synchronize({}, items);
		expect(error).toBeUndefined();
		expect(
			sandbox.current.contacts().map(({ standardFields }) => standardFields.FIRSTNAME),
		).toEqual(['<>&"', ']]> 😀 日本\r\n']);
	});

	test('preferences in JSON: a source that is empty deletes, a missing one keeps', async () => {
		const contactsJson = JSON.stringify([
			{
				email: 'a@example.com',
				preferences: [
					{ category: 'Newsletter', name: 'Weekly', value: 'no', source: null },
					{ category: 'Newsletter', name: 'Monthly', value: 1 },
				],
			},
		]);
		const { main } = await synchronize(
			{ contactsSource: 'json', contactsJson, output: 'contacts' },
			[{}],
		);
		expect(writes(sandbox.current)[0]?.body).toContain(
			'<preferences><preference><name>Weekly</name><category>Newsletter</category><value>false</value><source nil="true"/></preference>' +
				'<preference><name>Monthly</name><category>Newsletter</category><value>true</value></preference></preferences>',
		);
		expect(main[0]?.json.preferences).toEqual([
			{ category: 'Newsletter', name: 'Weekly', value: false, source: null },
			{ category: 'Newsletter', name: 'Monthly', value: true },
		]);
	});
});

describe('retries', () => {
	test('a busy Maileon is asked again', async () => {
		const headers = { 'Retry-After': '0' };
		sandbox.current.fail({ method: 'POST', status: 503, headers, times: 2 });
		const { main } = await synchronize({}, people(3));
		expect(main[0]?.json.count_new_contacts).toBe(3);
		expect(writes(sandbox.current).map(({ status }) => status)).toEqual([503, 503, 200]);
		expect(new Set(writes(sandbox.current).map(({ body }) => body)).size).toBe(1);
	});

	test('an execution that is cancelled sends no further batch', async () => {
		const controller = new AbortController();
		sandbox.current.fail({
			method: 'POST',
			respond: (_request, response) => {
				controller.abort();
				response.end('<report><success>true</success></report>');
			},
		});
		const options = { cancelSignal: controller.signal, onError: 'continueRegularOutput' as const };
		await synchronize({ options: { batchSize: 1 } }, people(5), options);
		expect(writes(sandbox.current)).toHaveLength(1);
	});
});
