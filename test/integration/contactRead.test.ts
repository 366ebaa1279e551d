import type { IDataObject } from 'n8n-workflow';

import type { SandboxContact } from '../../sandbox';
import { callMethod, links } from '../support/engine';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials, run, wire } = operationTests();

const by = (mode: string, value: string) => ({ contact: { __rl: true, mode, value } });
const filter = (value: string) => ({
	selection: 'contactFilter',
	contactFilter: { __rl: true, mode: 'id', value },
});
const NO_FIELDS = { standardFields: [], customFields: [] };

function contactWith(email: string, data: Partial<SandboxContact> = {}) {
	const { contacts } = sandbox().account;
	const contact = contacts.create(new Date('2026-01-02T03:04:05Z'));
	const { externalId = null, ...others } = data;
	contacts.setEmail(contact, email);
	contacts.setExternalId(contact, externalId);
	return Object.assign(contact, others);
}

function people(count: number) {
	return Array.from({ length: count }, (_, n) => contactWith(`p${n}@example.com`));
}

function urls() {
	return wire().map(([, url]) => url.replace('/1.0/', ''));
}

function emails(items: Array<{ json: IDataObject }>) {
	return items.map(({ json }) => json.email);
}

describe('get', () => {
	it('finds a contact by Maileon ID', async () => {
		const { id } = contactWith('ada@example.com');
		const result = await run('contact.get', { ...by('maileonId', String(id)), ...NO_FIELDS });
		expect(wire()).toEqual([['GET', `/1.0/contacts/contact?id=${id}&ignore_checksum=true`]]);
		expect(sandbox().requests[0]?.headers.accept).toBe(
			'application/vnd.maileon.api+xml; charset=utf-8',
		);
		expect(result.main).toEqual([
			{
				json: {
					id,
					permission: 1,
					permission_name: 'None',
					email: 'ada@example.com',
					external_id: null,
					created: '2026-01-02 03:04:05.0',
					updated: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends a checksum where one is given', async () => {
		const { id } = contactWith('ada@example.com');
		const result = await run('contact.get', {
			...by('maileonId', String(id)),
			...NO_FIELDS,
			options: { checksum: 'wrong' },
		});
		expect(urls()).toEqual([`contacts/contact?id=${id}&checksum=wrong`]);
		expect(result.error?.message).toContain('checksum');
	});

	it('gives every match of an email and of an external ID as an item', async () => {
		contactWith('same@example.com', { externalId: '00123' });
		contactWith('same@example.com', { externalId: '00123' });
		const items = [{ email: 'same@example.com' }];
		const byEmail = await run(
			'contact.get',
			{ ...by('email', '={{ $json.email }}'), ...NO_FIELDS },
			{ items },
		);
		const byExternalId = await run('contact.get', { ...by('externalId', '00123'), ...NO_FIELDS });
		expect(urls()).toEqual(['contacts/emails/same%40example.com', 'contacts/externalid/00123']);
		expect(links(byEmail.main)).toEqual([[0], [0]]);
		expect(byExternalId.main.map(({ json }) => json.external_id)).toEqual(['00123', '00123']);
	});

	it('returns the fields and preferences that are chosen', async () => {
		contactWith('ada@example.com', {
			standardFields: { FIRSTNAME: 'Ada' },
			customFields: { COLOR: 'blue' },
			preferences: [
				{
					category: 'Newsletter',
					name: 'Weekly',
					value: true,
					source: null,
					lastModified: '2026-01-01 00:00:00',
				},
			],
		});
		const parameters = {
			...by('email', 'ada@example.com'),
			standardFields: ['FIRSTNAME', 'LASTNAME'],
			customFields: ['COLOR', 'Größe Schuh'],
			preferenceCategories: ['Newsletter'],
		};
		const simple = await run('contact.get', parameters);
		expect(urls()).toEqual([
			'contacts/emails/ada%40example.com?standard_field=FIRSTNAME&standard_field=LASTNAME&custom_field=COLOR&custom_field=Gr%C3%B6%C3%9Fe%20Schuh&preference_categories=Newsletter',
		]);
		expect(rows(simple.main)).toMatchObject([
			{
				FIRSTNAME: 'Ada',
				COLOR: 'blue',
				preferences: [{ category: 'Newsletter', name: 'Weekly', value: true }],
			},
		]);
		expect(simple.main[0]?.json).not.toHaveProperty('LASTNAME');

		const raw = await run('contact.get', { ...parameters, simplify: false });
		expect(raw.main[0]?.json).toMatchObject({
			standard_fields: { FIRSTNAME: 'Ada', LASTNAME: null },
			preferences: [{ source: null, last_modified: '2026-01-01 00:00:00' }],
		});
	});

	it('asks for all fields by default, and for their list once a run', async () => {
		contactWith('a@example.com', { customFields: { VIP: 'true' } });
		contactWith('b@example.com');
		const result = await run(
			'contact.get',
			{ ...by('email', '={{ $json.email }}'), preferenceCategories: ['*'] },
			{ items: [{ email: 'a@example.com' }, { email: 'b@example.com' }] },
		);
		expect(urls().slice(0, 2)).toEqual([
			'contacts/fields/custom',
			'contacts/preference_categories',
		]);
		expect(urls()).toHaveLength(4);
		const query = sandbox().requests[2]?.query ?? [];
		const asked = (name: string) => query.filter(([key]) => key === name).map(([, one]) => one);
		expect(asked('standard_field')).toHaveLength(19);
		expect(asked('standard_field')).not.toContain('CHECKSUM');
		expect(asked('custom_field')).toEqual([...sandbox().account.customFields.keys()]);
		expect(asked('preference_categories')).toEqual(['Development', 'Newsletter']);
		expect(result.main[0]?.json).toMatchObject({ VIP: 'true' });
	});

	it.each(['empty', 'notFound'] as const)(
		'treats no match as not found, whether Maileon answers "%s"',
		async (noMatch) => {
			Object.assign(sandbox().variants, { noMatch });
			contactWith('a@example.com');
			const items = [{ email: 'gone@example.com' }, { email: 'a@example.com' }];
			const get = async (ifNotFound: string) =>
				await run(
					'contact.get',
					{ ...by('email', '={{ $json.email }}'), ...NO_FIELDS, ifNotFound },
					{ items, onError: 'continueErrorOutput' },
				);
			const failed = await get('fail');
			expect(links(failed.main)).toEqual([[1]]);
			expect(links(failed.errors)).toEqual([[0]]);
			expect(rows(failed.errors)).toMatchObject([
				{
					error: {
						message: 'Maileon did not find the contact with email "gone@example.com".',
						http_status: 404,
						contact: { email: 'gone@example.com' },
					},
				},
			]);
			const nothing = await get('nothing');
			expect(links(nothing.main)).toEqual([[1]]);
			expect(nothing.errors).toEqual([]);
			const emptyItem = await get('emptyItem');
			expect(links(emptyItem.main)).toEqual([[0], [1]]);
			expect(emptyItem.main[0]?.json).toEqual({});
		},
	);

	it('stops the workflow by default, naming the contact', async () => {
		const result = await run('contact.get', { ...by('maileonId', '99999'), ...NO_FIELDS });
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the contact with Maileon ID 99999.',
			httpCode: '404',
		});
	});

	it.each(['attribute', 'element'] as const)(
		'gives an anonymous contact, told by an %s',
		async (anonymousForm) => {
			Object.assign(sandbox().variants, { anonymousForm });
			const { id } = contactWith('ada@example.com', { anonymous: true });
			const result = await run('contact.get', { ...by('maileonId', String(id)), ...NO_FIELDS });
			expect(rows(result.main)).toMatchObject([{ id, anonymous: true }]);
		},
	);
});

describe('get many', () => {
	it('gives the first 50 in one page', async () => {
		people(60);
		const result = await run('contact.getMany', NO_FIELDS);
		expect(urls()).toEqual(['contacts?page_index=1&page_size=50']);
		expect(emails(result.main)).toHaveLength(50);
		expect(links(result.main).every(([item]) => item === 0)).toBe(true);
	});

	it.each([
		[0, 1],
		[1, 1],
		[1000, 1],
		[1001, 2],
		[2500, 3],
	])('returns all of %i contacts in %i pages', async (count, pages) => {
		people(count);
		const result = await run('contact.getMany', { ...NO_FIELDS, returnAll: true });
		expect(result.main).toHaveLength(count);
		expect(new Set(emails(result.main)).size).toBe(count);
		expect(urls()).toEqual(
			Array.from({ length: pages }, (_, n) => `contacts?page_index=${n + 1}&page_size=1000`),
		);
	});

	it('sends the time of "updated after" as it is written', async () => {
		contactWith('old@example.com', { updated: new Date('2026-01-01T00:00:00Z') });
		contactWith('new@example.com', { updated: new Date('2026-03-01T00:00:00Z') });
		const items = [{ after: '2026-02-01T10:30:00.000+02:00' }, { after: '2026-02-01' }];
		const result = await run(
			'contact.getMany',
			{ ...NO_FIELDS, updatedAfter: '={{ $json.after }}' },
			{ items },
		);
		expect(urls()).toEqual([
			'contacts?page_index=1&page_size=50&updated_after=2026-02-01%2010%3A30%3A00',
			'contacts?page_index=1&page_size=50&updated_after=2026-02-01%2000%3A00%3A00',
		]);
		expect(emails(result.main)).toEqual(['new@example.com', 'new@example.com']);
		expect(links(result.main)).toEqual([[0], [1]]);
	});

	it('takes a date that Luxon made, and refuses what is no date', async () => {
		const luxon = await run('contact.getMany', {
			...NO_FIELDS,
			updatedAfter: '={{ DateTime.fromISO("2026-02-01T08:00:00", { zone: "Asia/Tokyo" }) }}',
		});
		expect(luxon.error).toBeUndefined();
		expect(urls()[0]).toContain('updated_after=2026-02-01%2008%3A00%3A00');
		const refused = await run('contact.getMany', {
			...NO_FIELDS,
			updatedAfter: '={{ "yesterday" }}',
		});
		expect(refused.error?.message).toContain('Updated After: "yesterday" is not a date');
	});

	it.each(['dropped', 'shown'] as const)(
		'reads a contact filter to its end where anonymous contacts are %s',
		async (filterAnonymized) => {
			Object.assign(sandbox().variants, { filterAnonymized });
			for (const contact of people(2100)) contact.anonymous = contact.id % 3 === 0;
			for (const contact of sandbox().contacts().slice(1000, 2000)) contact.anonymous = true;
			const identified = sandbox()
				.contacts()
				.filter(({ anonymous }) => !anonymous);
			const result = await run('contact.getMany', {
				...NO_FIELDS,
				...filter('1'),
				returnAll: true,
			});
			expect(urls()).toEqual(
				[1, 2, 3].map((page) => `contacts/filter/1?page_index=${page}&page_size=1000`),
			);
			expect(result.main).toHaveLength(filterAnonymized === 'shown' ? 2100 : identified.length);
			expect(result.main.filter(({ json }) => json.anonymous === true)).toHaveLength(
				filterAnonymized === 'shown' ? 2100 - identified.length : 0,
			);
		},
	);

	it('reads on past short and empty pages until the limit is reached', async () => {
		for (const contact of people(250)) contact.anonymous = true;
		people(5);
		const result = await run('contact.getMany', { ...NO_FIELDS, ...filter('1'), limit: 3 });
		expect(urls()).toEqual(
			[1, 2, 3].map((page) => `contacts/filter/1?page_index=${page}&page_size=100`),
		);
		expect(result.main).toHaveLength(3);
	});

	it.each(['type', 'code', 'both'] as const)(
		'understands the permission of a filter as "%s"',
		async (filterPermission) => {
			Object.assign(sandbox().variants, { filterPermission });
			contactWith('ada@example.com', { permission: 5 });
			const result = await run('contact.getMany', { ...NO_FIELDS, ...filter('2') });
			expect(rows(result.main)).toEqual([
				{
					id: expect.any(Number),
					email: 'ada@example.com',
					external_id: null,
					permission: 5,
					permission_name: 'Double Opt-In Plus',
				},
			]);
			const raw = await run('contact.getMany', {
				...NO_FIELDS,
				...filter('2'),
				simplify: false,
			});
			if (filterPermission !== 'code')
				expect(raw.main[0]?.json).toMatchObject({ permissionType: 'doi+' });
		},
	);

	it.each(['empty', 'notFound'] as const)(
		'gives those that share an email, also none (%s)',
		async (noMatch) => {
			Object.assign(sandbox().variants, { noMatch });
			people(1);
			contactWith('same@example.com');
			contactWith('same@example.com');
			const result = await run(
				'contact.getMany',
				{ ...NO_FIELDS, selection: 'email', email: '={{ $json.email }}', returnAll: true },
				{ items: [{ email: 'gone@example.com' }, { email: 'same@example.com' }] },
			);
			expect(result.error).toBeUndefined();
			expect(links(result.main)).toEqual([[1], [1]]);
		},
	);

	it('gives a contact once that moves to the next page while pages are read', async () => {
		const shifted = people(1500)
			.slice(1, 1001)
			.map(({ id }) => `<contact><id>${id}</id></contact>`);
		sandbox().fail({
			path: '/contacts',
			respond: (_, response) => {
				response.writeHead(200, { 'X-Pages': '2' });
				response.end(`<contacts>${shifted.join('')}</contacts>`);
			},
		});
		const result = await run('contact.getMany', { ...NO_FIELDS, returnAll: true });
		const ids = result.main.map(({ json }) => json.id);
		expect(ids).toHaveLength(1499);
		expect(new Set(ids).size).toBe(1499);
	});

	it('ends a list whose server sends the same page for ever, with one hint', async () => {
		const page = people(3).map(({ id }) => `<contact><id>${id}</id></contact>`);
		sandbox().fail({
			path: '/contacts',
			times: Infinity,
			respond: (_, response) => response.end(`<contacts>${page.join('')}</contacts>`),
		});
		const result = await run(
			'contact.getMany',
			{ ...NO_FIELDS, returnAll: true },
			{ items: [{}, {}] },
		);
		expect(result.main).toHaveLength(6);
		expect(urls()).toHaveLength(4);
		expect(result.hints?.map(({ message }) => message)).toEqual([
			expect.stringContaining('contacts may be missing'),
		]);
	});

	it('names the filter that does not exist, and goes on', async () => {
		people(1);
		const result = await run(
			'contact.getMany',
			{
				...NO_FIELDS,
				selection: 'contactFilter',
				contactFilter: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
			{ items: [{ id: 77 }, { id: 'x' }, { id: 1 }], onError: 'continueErrorOutput' },
		);
		expect(links(result.errors)).toEqual([[0], [1]]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: { message: 'Maileon did not find the contact filter with ID 77.', http_status: 404 },
			},
			{ error: { message: 'Contact Filter must be a number, but is "x".' } },
		]);
		expect(links(result.main)).toEqual([[2]]);
	});

	it('repeats a page, and tells what is in the way otherwise', async () => {
		people(1100);
		sandbox().fail({ status: 503, headers: { 'Retry-After': '0' } });
		const result = await run('contact.getMany', { ...NO_FIELDS, returnAll: true });
		expect(result.main).toHaveLength(1100);
		sandbox().fail({ truncate: true });
		const broken = await run('contact.getMany', NO_FIELDS);
		expect(broken.error?.message).toBeDefined();
		expect(broken.main).toEqual([]);
	});
});

describe('get blocked', () => {
	it('gives reason and time', async () => {
		const since = new Date('2013-05-15T20:59:00Z');
		const { id } = contactWith('ada@example.com', {
			permission: 2,
			block: { reason: 'blacklist', since },
			standardFields: { FIRSTNAME: 'Ada' },
		});
		people(2);
		const result = await run('contact.getBlocked', {
			standardFields: ['FIRSTNAME'],
			customFields: [],
			returnAll: true,
		});
		expect(urls()).toEqual([
			'contacts/blocked?page_index=1&page_size=1000&standard_field=FIRSTNAME',
		]);
		expect(rows(result.main)).toEqual([
			{
				id,
				email: 'ada@example.com',
				external_id: null,
				blocking_reason: 'blacklist',
				blocking_timestamp: '2013-05-15 20:59',
				FIRSTNAME: 'Ada',
			},
		]);
	});
});

describe('count', () => {
	it('counts all, those of a filter and the active ones', async () => {
		people(3);
		contactWith('ada@example.com', { permission: 4 });
		const count = async (parameters: IDataObject) =>
			rows((await run('contact.count', parameters)).main);
		const chosen = filter('1');
		expect(await count({})).toEqual([{ count: 4 }]);
		expect(await count({ updatedAfter: '2099-01-01T00:00:00' })).toEqual([{ count: 0 }]);
		expect(await count(chosen)).toEqual([{ count: 4, contact_filter_id: 1 }]);
		expect(await count({ ...chosen, selection: 'activeOfContactFilter' })).toEqual([
			{ count: 1, contact_filter_id: 1 },
		]);
		expect(urls()).toEqual([
			'contacts/count',
			'contacts/count?updated_after=2099-01-01%2000%3A00%3A00',
			'contacts/filter/1/count',
			'contacts/filter/1/count/active',
		]);
	});

	it('refuses an answer without a number', async () => {
		sandbox().fail({ status: 200, body: '<count/>', act: false });
		const result = await run('contact.count', {});
		expect(result.error).toMatchObject({
			message: 'Unexpected response from Maileon.',
			description: expect.stringContaining('It contains no number.'),
		});
	});

	it('goes on after a filter that does not exist', async () => {
		const result = await run(
			'contact.count',
			{
				selection: 'contactFilter',
				contactFilter: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
			{ items: [{ id: 77 }, { id: 5 }], onError: 'continueRegularOutput' },
		);
		expect(links(result.main)).toEqual([[0], [1]]);
		expect(rows(result.main)).toMatchObject([
			{ error: { http_status: 404 } },
			{ count: 0, contact_filter_id: 5 },
		]);
	});
});

describe('lists of the editor', () => {
	const options = async (name: string, apiKey = sandbox().apiKey) =>
		await callMethod('loadOptions', name, { credentials: { ...credentials(), apiKey } });

	it('offer custom fields and categories, with all of them first', async () => {
		const fields = await options('getCustomFieldOptions');
		expect(fields[0]).toEqual({ name: 'All Fields', value: '*' });
		expect(fields.slice(1).map(({ value }) => value)).toEqual([
			'COLOR',
			'CUSTOMER_NUMBER',
			'FIRST_ORDER',
			'Größe Schuh',
			'SCORE',
			'VIP',
		]);
		expect(await options('getPreferenceCategoryOptions')).toEqual([
			{ name: 'All Categories', value: '*' },
			{ name: 'Development', value: 'Development' },
			{ name: 'Newsletter', value: 'Newsletter' },
		]);
	});

	it('stay short for a key that may not read', async () => {
		sandbox().addKey('write-only', ['POST', 'PUT']);
		expect(await options('getCustomFieldOptions', 'write-only')).toEqual([
			{ name: 'All Fields', value: '*' },
		]);
	});
});
