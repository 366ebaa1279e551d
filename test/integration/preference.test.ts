import { links } from '../support/engine';
import { byName, fromList, operationTests, rows } from '../support/operations';

const { sandbox, run, list, wire } = operationTests();

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const PREFERENCES = '/1.0/contacts/preference_categories/Development/preferences';
const development = fromList('Development');

function preferences() {
	return [...(sandbox().account.preferenceCategories.get('Development')?.preferences.keys() ?? [])];
}

describe('create', () => {
	it('sends name and description', async () => {
		const result = await run('preference.create', {
			category: development,
			name: 'Köln & more',
			description: 'Mail on "events"',
		});
		expect(rows(result.main)).toEqual([
			{ category: 'Development', name: 'Köln & more', description: 'Mail on "events"' },
		]);
		expect(wire()).toEqual([
			[
				'POST',
				PREFERENCES,
				`${XML}<preference><name>Köln &amp; more</name><description>Mail on "events"</description></preference>`,
			],
		]);
		expect(preferences()).toContain('Köln & more');
	});

	it.each([
		[{ name: 'x'.repeat(256) }, 'Name may have at most 255 characters, but has 256.'],
		[
			{ name: 'A', description: '😀'.repeat(256) },
			'Description may have at most 255 characters, but has 256.',
		],
	])('refuses what is too long before it is sent', async (texts, message) => {
		const result = await run('preference.create', { category: development, ...texts });
		expect(result.error?.message).toBe(message);
		expect(sandbox().requests).toHaveLength(0);
	});

	it('tells the limit of a category when Maileon refuses the 21st', async () => {
		const items = Array.from({ length: 17 }, (_, index) => ({ name: `Topic ${index}` }));
		const result = await run(
			'preference.create',
			{ category: development, name: '={{ $json.name }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(result.main).toHaveLength(16);
		expect(links(result.errors)).toEqual([[16]]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message:
						'Maileon refused the request: a category must not have more than 20 preferences.',
					description: 'A category holds at most 20 preferences, and each name once.',
				},
			},
		]);
	});

	it('says which category is missing', async () => {
		const result = await run('preference.create', { category: byName('Gone'), name: 'A' });
		expect(result.error?.message).toBe('Maileon did not find the preference category "Gone".');
	});
});

describe('get', () => {
	it('reads one preference', async () => {
		const result = await run('preference.get', {
			category: development,
			preference: fromList('Release notes'),
		});
		expect(rows(result.main)).toEqual([
			{ category: 'Development', name: 'Release notes', description: null },
		]);
		expect(wire()).toEqual([['GET', `${PREFERENCES}/Release%20notes`]]);
	});

	it.each([
		[
			'fail',
			undefined,
			'Maileon did not find the preference "Gone" in the category "Development".',
		],
		['nothing', [], undefined],
		['emptyItem', [{}], undefined],
	])('does as chosen when there is none: %s', async (ifNotFound, output, message) => {
		const result = await run('preference.get', {
			category: development,
			preference: byName('Gone'),
			ifNotFound,
		});
		expect(result.error?.message).toBe(message);
		if (output) expect(rows(result.main)).toEqual(output);
	});
});

describe('get many', () => {
	it('lists the preferences of the category of each item', async () => {
		const result = await run(
			'preference.getMany',
			{ category: byName('={{ $json.category }}'), returnAll: true },
			{
				items: [{ category: 'Newsletter' }, { category: 'Gone' }, { category: 'Development' }],
				onError: 'continueRegularOutput',
			},
		);
		expect(rows(result.main)).toMatchObject([
			{ category: 'Newsletter', name: 'Weekly', description: null },
			{ category: 'Newsletter', name: 'Monthly' },
			{ error: { message: 'Maileon did not find the preference category "Gone".' } },
			{ category: 'Development', name: 'Release notes' },
			{ category: 'Development', name: 'Shopware' },
			{ category: 'Development', name: 'Magento' },
			{ category: 'Development', name: 'Security' },
		]);
		expect(links(result.main)).toEqual([[0], [0], [1], [2], [2], [2], [2]]);
	});

	it('returns up to a limit', async () => {
		const result = await run('preference.getMany', { category: development, limit: 3 });
		expect(result.main).toHaveLength(3);
		expect(wire()).toEqual([['GET', PREFERENCES]]);
	});
});

describe('update', () => {
	it('sends the name and what is to be changed', async () => {
		const result = await run('preference.update', {
			category: development,
			preference: byName('Magento'),
			updateFields: { newName: 'Adobe Commerce', description: 'Shops' },
		});
		expect(rows(result.main)).toEqual([
			{
				category: 'Development',
				name: 'Adobe Commerce',
				description: 'Shops',
				previous_name: 'Magento',
			},
		]);
		expect(wire()).toEqual([
			[
				'PUT',
				`${PREFERENCES}/Magento`,
				`${XML}<preference><name>Adobe Commerce</name><description>Shops</description></preference>`,
			],
		]);
		expect(preferences()).toEqual(['Release notes', 'Shopware', 'Security', 'Adobe Commerce']);
	});

	it('refuses a description that is too long, and an update of nothing', async () => {
		const preference = byName('Magento');
		const long = await run('preference.update', {
			category: development,
			preference,
			updateFields: { description: 'x'.repeat(256) },
		});
		expect(long.error?.message).toBe('Description may have at most 255 characters, but has 256.');
		const nothing = await run('preference.update', { category: development, preference });
		expect(nothing.error?.message).toBe('There is nothing to update.');
		expect(sandbox().requests).toHaveLength(0);
	});

	it('says which preference is missing', async () => {
		const result = await run('preference.update', {
			category: development,
			preference: byName('Gone'),
			updateFields: { description: '' },
		});
		expect(result.error?.message).toBe(
			'Maileon did not find the preference "Gone" in the category "Development".',
		);
	});
});

describe('delete', () => {
	it.each([200, 204] as const)('removes the preference (status %d)', async (deleteStatus) => {
		sandbox().variants.deleteStatus = deleteStatus;
		const result = await run('preference.delete', {
			category: development,
			preference: byName('Magento'),
			confirmation: 'Magento',
		});
		expect(rows(result.main)).toEqual([
			{ deleted: true, category: 'Development', name: 'Magento' },
		]);
		expect(wire()).toEqual([['DELETE', `${PREFERENCES}/Magento`]]);
		expect(preferences()).not.toContain('Magento');
	});

	it.each(['', '.', '..'])('sends nothing for the name %j', async (name) => {
		const result = await run(
			'preference.delete',
			{ category: development, preference: byName('={{ $json.name }}'), confirmation: 'Magento' },
			{ items: [{ name }] },
		);
		expect(result.error).toBeDefined();
		expect(sandbox().requests).toHaveLength(0);
		expect(preferences()).toHaveLength(4);
	});

	it.each([
		['nothing', []],
		['emptyItem', [{}]],
	])('does as chosen when it is gone: %s', async (ifNotFound, output) => {
		const result = await run('preference.delete', {
			category: development,
			preference: byName('Gone'),
			confirmation: 'Gone',
			ifNotFound,
		});
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual(output);
	});

	it('sends nothing unless its name was typed', async () => {
		const result = await run('preference.delete', {
			category: development,
			preference: byName('Magento'),
			confirmation: 'Development',
		});
		expect(result.error).toMatchObject({
			message: '"Type the Name to Confirm" is not filled in correctly.',
			description:
				'Type "Magento" there. This affects all contacts of the account and cannot be undone.',
		});
		expect(sandbox().requests).toEqual([]);
	});
});

describe('the list in the editor', () => {
	it('depends on the category', async () => {
		expect(await list('searchPreferences', { category: fromList('Newsletter') })).toEqual([
			{ name: 'Monthly', value: 'Monthly' },
			{ name: 'Weekly', value: 'Weekly' },
		]);
		expect(wire()).toEqual([['GET', '/1.0/contacts/preference_categories/Newsletter/preferences']]);
	});

	it('is empty as long as no category is chosen', async () => {
		expect(await list('searchPreferences', { category: fromList('') })).toEqual([]);
		expect(sandbox().requests).toHaveLength(0);
	});
});
