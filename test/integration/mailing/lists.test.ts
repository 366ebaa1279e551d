import { callMethod } from '../../support/engine';
import { operationTests } from '../../support/operations';

const { sandbox, credentials, list, wire, run } = operationTests();

const ofMailings = { resource: 'mailing' };

describe('lists for the parameters of mailings', () => {
	test('target groups, with their kind and size, page after page', async () => {
		const created = new Date(Date.UTC(2026, 0, 1));
		for (let id = 1001; id <= 1060; id++)
			sandbox().account.targetGroups.set(id, {
				id,
				name: `Zone ${id}`,
				type: 'regular',
				contactFilterId: 1,
				author: 'a@example.com',
				created,
			});
		const groups = await list('searchTargetGroups', ofMailings);
		expect(groups).toHaveLength(65);
		expect(groups).toContainEqual({
			name: 'Test readers (ID 3, test, 0 contacts)',
			value: '3',
		});
		expect(wire().map(([, url]) => url)).toEqual([
			'/1.0/targetgroups?page_index=1&page_size=50',
			'/1.0/targetgroups?page_index=2&page_size=50',
		]);
		expect(await list('searchTargetGroups', ofMailings, 'APPROV')).toEqual([
			{ name: 'Approvers (ID 4, approval, 0 contacts)', value: '4' },
		]);
	});

	test('mailing blacklists', async () => {
		expect(await list('searchMailingBlacklists', ofMailings)).toEqual([
			{ name: 'Competitors (ID 1)', value: '1' },
			{ name: 'Press (ID 2)', value: '2' },
		]);
	});

	test.each(['objects', 'names', 'strings'] as const)(
		'templates, where the list holds %s',
		async (templateItems) => {
			sandbox().variants.templateItems = templateItems;
			const values = async (method: string) =>
				(
					await callMethod('listSearch', method, {
						type: 'maileonMailing',
						credentials: credentials(),
					})
				).results.map(({ value }) => value);
			expect(new Set(await values('searchMailingTemplates'))).toEqual(
				new Set(['default folder/Newsletter', 'default folder/Invitation', '/shared/Announcement']),
			);
			expect(new Set(await values('searchCms2Templates'))).toEqual(
				new Set(['default folder/Newsletter', 'default folder/Product news', '/shared/Greeting']),
			);
		},
	);
});

describe('the list of DOI mailing keys', () => {
	test('holds the keys of DOI mailings, in both nodes; mailings without a key are left out', async () => {
		const [without] = sandbox().account.mailings.values();
		if (without) delete without.doiKey;
		const keys = [
			{ name: 'doi-key-2 (Confirm your address, shop, released)', value: 'doi-key-2' },
			{ name: 'retired-doi (Confirm your address, old, archived)', value: 'retired-doi' },
		];
		expect(await list('searchDoiKeys', ofMailings)).toEqual(keys);
		expect(await list('searchDoiKeys', { resource: 'contact' })).toEqual(keys);
	});

	test.each([
		[{ __rl: true, mode: 'list', value: 'doi-key-2', cachedResultName: 'Shop' }],
		[{ __rl: true, mode: 'key', value: 'doi-key-2' }],
		['doi-key-2'],
		['={{ "doi-key-2" }}'],
	])('%j is a key for the contact operations', async (doiMailing) => {
		const result = await run('contact.createByEmail', {
			email: 'ada@example.com',
			doi: true,
			doiMailing,
		});
		expect(result.error).toBeUndefined();
		expect(sandbox().mails).toMatchObject([{ kind: 'doi', doiMailing: 'doi-key-2' }]);
	});

	test.each([[{ __rl: true, mode: 'list', value: '' }], [''], ['={{ undefined }}']])(
		'%j leaves the choice to Maileon',
		async (doiMailing) => {
			const parameters = { email: 'ada@example.com', doi: true, doiMailing };
			const result = await run('contact.createByEmail', parameters);
			expect(result.error).toBeUndefined();
			expect(wire()[0]?.[1]).not.toContain('doimailing');
		},
	);

	test('a list is no key', async () => {
		const doiMailing = '={{ ["doi-key-2"] }}';
		const parameters = { email: 'ada@example.com', doi: true, doiMailing };
		const { error } = await run('contact.createByEmail', parameters);
		expect(error?.message).toMatch(/^DOI Mailing Key/);
		expect(wire()).toEqual([]);
	});
});

test('without a credential every list is empty', async () => {
	for (const method of [
		'searchDoiKeys',
		'searchTargetGroups',
		'searchMailingBlacklists',
		'searchMailingTemplates',
		'searchCms2Templates',
	])
		expect(await callMethod('listSearch', method, { type: 'maileonMailing' })).toEqual({
			results: [],
		});
	expect(wire()).toEqual([]);
});
