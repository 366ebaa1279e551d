import type { IDataObject } from 'n8n-workflow';

import { links } from '../support/engine';
import { operationTests, rows } from '../support/operations';

const { sandbox, run, wire } = operationTests();

const XML = 'application/vnd.maileon.api+xml; charset=utf-8';
const JSON_TYPE = 'application/vnd.maileon.api+json';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

function mapped(value: IDataObject) {
	return {
		contactFields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
	};
}

function contactWith(email: string, externalId: string | null = null) {
	const { contacts } = sandbox().account;
	const contact = contacts.create(new Date());
	contacts.setEmail(contact, email);
	contacts.setExternalId(contact, externalId);
	return contact;
}

function headers() {
	const { accept, 'content-type': type } = sandbox().requests[0]?.headers ?? {};
	return { accept, type };
}

describe('create by email', () => {
	it('sends JSON, with the email in the path only', async () => {
		const result = await run('contact.createByEmail', {
			email: ' ada+news@example.com ',
			externalId: '00123',
			...mapped({ FIRSTNAME: 'Änne', COLOR: 'blue' }),
		});
		expect(wire()).toEqual([
			[
				'POST',
				'/1.0/contacts/email/ada%2Bnews%40example.com?permission=1&sync_mode=2',
				'{"custom_fields":{"COLOR":"blue"},"external_id":"00123","standard_fields":{"FIRSTNAME":"Änne"}}',
			],
		]);
		expect(headers()).toEqual({ accept: XML, type: JSON_TYPE });
		const [contact] = sandbox().contacts();
		expect(rows(result.main)).toEqual([
			{ success: true, id: contact?.id, email: 'ada+news@example.com', external_id: '00123' },
		]);
		expect(contact).toMatchObject({
			email: 'ada+news@example.com',
			externalId: '00123',
			standardFields: { FIRSTNAME: 'Änne' },
		});
	});

	it('sends nothing but an empty object where nothing is given', async () => {
		await run('contact.createByEmail', { email: 'ada@example.com' });
		expect(wire()[0]?.[2]).toBe('{}');
	});

	it('starts a double opt-in with all of its settings', async () => {
		await run('contact.createByEmail', {
			email: 'ada@example.com',
			permission: 1,
			syncMode: 1,
			doi: true,
			doiPlus: true,
			doiMailing: 'doi-key-2',
			options: { source: 'Shop & more', subscriptionPage: 'Page 1' },
		});
		expect(wire()[0]?.[1]).toBe(
			'/1.0/contacts/email/ada%40example.com?permission=1&sync_mode=1&doi=true&doiplus=true&doimailing=doi-key-2&src=Shop%20%26%20more&subscription_page=Page%201',
		);
		expect(sandbox().mails).toMatchObject([{ kind: 'doi+', doiMailing: 'doi-key-2' }]);
	});

	it('sends XML where preferences are given', async () => {
		await run('contact.createByEmail', {
			email: 'ada@example.com',
			externalId: 'crm-1',
			preferences: {
				preference: [{ category: 'Newsletter', name: 'Weekly', value: true, source: '' }],
			},
		});
		expect(headers().type).toBe(XML);
		expect(wire()[0]?.[2]).toBe(
			`${DECLARATION}<contact><external_id>crm-1</external_id><preferences><preference><name>Weekly</name><category>Newsletter</category><value>true</value></preference></preferences></contact>`,
		);
		expect(sandbox().contacts()[0]?.preferences).toMatchObject([{ name: 'Weekly', value: true }]);
	});

	it.each([
		{ createExistingStatus: 200, createAnswer: 'empty' },
		{ createExistingStatus: 201, createAnswer: 'id' },
	] as const)('takes every answer about an existing contact: %j', async (variants) => {
		Object.assign(sandbox().variants, variants);
		const { id } = contactWith('ada@example.com');
		const result = await run('contact.createByEmail', {
			email: 'ada@example.com',
			syncMode: 1,
			...mapped({ FIRSTNAME: 'Ada' }),
		});
		const identified = variants.createAnswer === 'id' ? { id } : {};
		expect(rows(result.main)).toEqual([{ success: true, ...identified, email: 'ada@example.com' }]);
		expect(sandbox().contacts()[0]?.standardFields).toEqual({ FIRSTNAME: 'Ada' });
	});

	it('goes on after what is refused, linked, and sends items of one contact in their order', async () => {
		const items = [
			{ email: 'a@example.com', name: '1' },
			{ email: '', name: '2' },
			{ email: 'not an email', name: '3' },
			{ email: 'A@example.com', name: '4' },
		];
		const result = await run(
			'contact.createByEmail',
			{ email: '={{ $json.email }}', syncMode: 1, ...mapped({ FIRSTNAME: '={{ $json.name }}' }) },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(links(result.main)).toEqual([[0], [3]]);
		expect(links(result.errors)).toEqual([[1], [2]]);
		expect(rows(result.errors)).toMatchObject([
			{ error: { message: 'Email is empty.', field: 'email' } },
			{ error: { http_status: 400, contact: { email: 'not an email' } } },
		]);
		expect(sandbox().contacts()).toHaveLength(1);
		expect(sandbox().contacts()[0]?.standardFields.FIRSTNAME).toBe('4');
	});
});

describe('update by email', () => {
	it('sends XML, and the permission in the query', async () => {
		contactWith('ada@example.com');
		const result = await run('contact.updateByEmail', {
			email: 'ada@example.com',
			permission: 4,
			...mapped({ FIRSTNAME: 'Ada', LASTNAME: '={{ null }}', COLOR: '' }),
			newIdentifiers: { email: 'lovelace@example.com', externalId: 'crm-7' },
		});
		expect(wire()).toEqual([
			[
				'PUT',
				'/1.0/contacts/email/ada%40example.com?permission=4',
				`${DECLARATION}<contact><email>lovelace@example.com</email><external_id>crm-7</external_id><standard_fields><field><name>FIRSTNAME</name><value>Ada</value></field><field><name>LASTNAME</name><value nil="true"/></field></standard_fields><custom_fields><field><name>COLOR</name><value></value></field></custom_fields></contact>`,
			],
		]);
		expect(headers()).toEqual({ accept: XML, type: XML });
		expect(rows(result.main)).toEqual([
			{ success: true, email: 'lovelace@example.com', external_id: 'crm-7' },
		]);
		expect(sandbox().contacts()[0]).toMatchObject({
			email: 'lovelace@example.com',
			permission: 4,
		});
	});

	it('sends no permission unless one is chosen', async () => {
		contactWith('ada@example.com').permission = 5;
		await run('contact.updateByEmail', { email: 'ada@example.com', ...mapped({ CITY: 'Bonn' }) });
		expect(wire()[0]?.[1]).toBe('/1.0/contacts/email/ada%40example.com');
		expect(sandbox().contacts()[0]?.permission).toBe(5);
	});

	it.each([
		{ updateByKeyStatus: 201, updateAnswer: 'empty' },
		{ updateByKeyStatus: 200, updateAnswer: 'report' },
		{ updateByKeyStatus: 204 },
		{ updateByKeyStatus: 200, updateAnswer: 'id', updatePermissionIn: 'both' },
	] as const)('takes every documented answer: %j', async (variants) => {
		Object.assign(sandbox().variants, variants);
		contactWith('ada@example.com');
		const result = await run('contact.updateByEmail', { email: 'ada@example.com', permission: 2 });
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toMatchObject([{ success: true, email: 'ada@example.com' }]);
		expect(sandbox().contacts()[0]?.permission).toBe(2);
	});

	it.each([400, 200, 409] as const)(
		'fails where Maileon reports a taken email with status %i',
		async (updateConflictStatus) => {
			Object.assign(sandbox().variants, { updateConflictStatus });
			contactWith('ada@example.com');
			contactWith('taken@example.com');
			const result = await run(
				'contact.updateByEmail',
				{ email: 'ada@example.com', newIdentifiers: { email: 'taken@example.com' } },
				{ onError: 'continueErrorOutput' },
			);
			expect(rows(result.errors)).toEqual([
				{
					error: {
						message: 'Another contact already has this email.',
						description: 'Use another email, or update that contact instead.',
						http_status: updateConflictStatus,
						field: 'email',
						contact: { email: 'ada@example.com' },
					},
				},
			]);
		},
	);

	it('says which contact does not exist', async () => {
		const result = await run('contact.updateByEmail', { email: 'nobody@example.com' });
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the contact with email "nobody@example.com".',
			httpCode: '404',
		});
	});
});

describe('status 200 with an error', () => {
	it.each([
		['contact.createByEmail', { email: 'ada@example.com' }],
		['contact.createByExternalId', { externalId: '007' }],
		['contact.updateByEmail', { email: 'ada@example.com' }],
		['contact.updateByExternalId', { externalId: '007' }],
		['contact.updateById', { contactId: '7', ...mapped({ CITY: 'Bonn' }) }],
		['contact.get', { contact: { __rl: true, mode: 'email', value: 'ada@example.com' } }],
		['contact.synchronize', mapped({ email: 'ada@example.com' })],
	])('is no success: %s', async (operation, parameters) => {
		sandbox().fail({
			method: /get$/.test(operation) ? 'GET' : /update/.test(operation) ? 'PUT' : 'POST',
			times: Infinity,
			status: 200,
			body: '<error><message>not today</message></error>',
		});
		const result = await run(operation, parameters, {
			items: [{ email: 'ada@example.com' }],
			onError: 'continueErrorOutput',
		});
		expect(result.main).toEqual([]);
		expect(rows(result.errors)).toMatchObject([
			{ error: { message: 'Maileon refused the request: not today.', http_status: 200 } },
		]);
	});
});

describe('update by external ID', () => {
	it.each(['00123', 'a/b c?ü&#%', '1e3'])('finds the contact %s', async (externalId) => {
		contactWith('ada@example.com', externalId);
		const result = await run(
			'contact.updateByExternalId',
			{ externalId: '={{ $json.id }}', permission: 3, ...mapped({ CITY: 'Bonn' }) },
			{ items: [{ id: externalId }] },
		);
		expect(wire()[0]?.slice(0, 2)).toEqual([
			'PUT',
			`/1.0/contacts/externalid/${encodeURIComponent(externalId)}?permission=3`,
		]);
		expect(rows(result.main)).toEqual([{ success: true, external_id: externalId }]);
		expect(sandbox().contacts()[0]?.standardFields.CITY).toBe('Bonn');
	});

	it('says what to do where several contacts share the ID, and goes on', async () => {
		contactWith('a@example.com', 'twice');
		contactWith('b@example.com', 'twice');
		contactWith('c@example.com', 'once');
		const result = await run(
			'contact.updateByExternalId',
			{ externalId: '={{ $json.id }}', ...mapped({ CITY: 'Bonn' }) },
			{ items: [{ id: 'twice' }, { id: 'once' }], onError: 'continueRegularOutput' },
		);
		expect(links(result.main)).toEqual([[0], [1]]);
		expect(rows(result.main)).toMatchObject([
			{ error: { http_status: 409, contact: { external_id: 'twice' } } },
			{ success: true, external_id: 'once' },
		]);
	});

	it('updates all of them where Maileon does', async () => {
		Object.assign(sandbox().variants, { updateAmbiguous: 'all' });
		contactWith('a@example.com', 'twice');
		contactWith('b@example.com', 'twice');
		await run('contact.updateByExternalId', { externalId: 'twice', ...mapped({ CITY: 'Bonn' }) });
		expect(
			sandbox()
				.contacts()
				.map(({ standardFields }) => standardFields.CITY),
		).toEqual(['Bonn', 'Bonn']);
	});
});

describe('update by ID', () => {
	it('sends the example of the documentation, without the ID in the body', async () => {
		const { id } = contactWith('ada@example.com');
		const result = await run('contact.updateById', {
			contactId: ` ${id} `,
			permission: 4,
			triggerDoi: true,
			doiMailing: 'doi-key-2',
			...mapped({ FIRSTNAME: 'Max', LASTNAME: '={{ null }}', COLOR: 'BLUE' }),
			newIdentifiers: { email: 'max@example.com', externalId: 'dummy' },
			options: { source: 'CRM', pageKey: 'profile' },
		});
		expect(wire()).toEqual([
			[
				'PUT',
				`/1.0/contacts/contact?id=${id}&ignore_checksum=true&permission=4&triggerdoi=true&doimailing=doi-key-2&src=CRM&page_key=profile`,
				`${DECLARATION}<contact><email>max@example.com</email><external_id>dummy</external_id><standard_fields><field><name>FIRSTNAME</name><value>Max</value></field><field><name>LASTNAME</name><value nil="true"/></field></standard_fields><custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields></contact>`,
			],
		]);
		expect(rows(result.main)).toEqual([
			{ success: true, id, email: 'max@example.com', external_id: 'dummy' },
		]);
		expect(sandbox().mails).toMatchObject([{ kind: 'doi', doiMailing: 'doi-key-2' }]);
	});

	it('sends a checksum where it counts, and no permission unless one is chosen', async () => {
		const { id } = contactWith('ada@example.com');
		const result = await run('contact.updateById', {
			contactId: String(id),
			ignoreChecksum: false,
			checksum: 'wrong',
		});
		expect(wire()[0]?.[1]).toBe(`/1.0/contacts/contact?id=${id}&checksum=wrong`);
		expect(result.error).toBeDefined();
	});

	it('refuses an ID that is no number before anything is sent', async () => {
		const result = await run('contact.updateById', { contactId: 'crm-7' });
		expect(result.error?.message).toBe('Maileon ID must be a number, but is "crm-7".');
		expect(sandbox().requests).toHaveLength(0);
	});
});
