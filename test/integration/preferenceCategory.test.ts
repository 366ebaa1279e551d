import { links } from '../support/engine';
import { byName, fromList, operationTests, rows } from '../support/operations';

const { sandbox, run, list, wire } = operationTests();

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

describe('create', () => {
	it('sends name and description', async () => {
		const result = await run('preferenceCategory.create', {
			name: 'R&D <new>',
			description: 'Zoë’s topics',
		});
		expect(rows(result.main)).toEqual([{ name: 'R&D <new>', description: 'Zoë’s topics' }]);
		expect(wire()).toEqual([
			[
				'POST',
				'/1.0/contacts/preference_categories',
				`${XML}<preference_category><name>R&amp;D &lt;new&gt;</name><description>Zoë’s topics</description></preference_category>`,
			],
		]);
		expect(sandbox().account.preferenceCategories.get('R&D <new>')?.description).toBe(
			'Zoë’s topics',
		);
	});

	it('leaves an empty description out', async () => {
		const result = await run('preferenceCategory.create', { name: 'Events' });
		expect(rows(result.main)).toEqual([{ name: 'Events', description: null }]);
		expect(wire()[0]?.[2]).toBe(
			`${XML}<preference_category><name>Events</name></preference_category>`,
		);
	});

	it('goes on after one that exists, and links every row', async () => {
		const result = await run(
			'preferenceCategory.create',
			{ name: '={{ $json.name }}' },
			{ items: [{ name: 'Development' }, { name: 'Events' }], onError: 'continueErrorOutput' },
		);
		expect(rows(result.main)).toEqual([{ name: 'Events', description: null }]);
		expect(links(result.main)).toEqual([[1]]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: 'Maileon refused the request: preference category Development exists already.',
					description: 'The account may have a category of this name already.',
					http_status: 400,
				},
			},
		]);
		expect(links(result.errors)).toEqual([[0]]);
	});
});

describe('get', () => {
	it('reads one category', async () => {
		const result = await run('preferenceCategory.get', { category: fromList('Development') });
		expect(rows(result.main)).toEqual([
			{ name: 'Development', description: 'Topics for developers' },
		]);
		expect(wire()).toEqual([['GET', '/1.0/contacts/preference_categories/Development']]);
	});

	it('reads one without a description, whatever its name', async () => {
		sandbox().account.addPreferenceCategory('a/b c?&#');
		const result = await run('preferenceCategory.get', { category: byName('a/b c?&#') });
		expect(rows(result.main)).toEqual([{ name: 'a/b c?&#', description: null }]);
		expect(wire()).toEqual([['GET', '/1.0/contacts/preference_categories/a%2Fb%20c%3F%26%23']]);
	});

	it('keeps what else Maileon tells', async () => {
		sandbox().fail({
			status: 200,
			body: '<preference_category><name>A</name><id>3</id></preference_category>',
		});
		const result = await run('preferenceCategory.get', { category: byName('A') });
		expect(rows(result.main)).toEqual([{ name: 'A', id: '3', description: null }]);
	});

	it.each(['<preference_category/>', '<preferences/>', '', 'nothing'])(
		'refuses the answer %j',
		async (body) => {
			sandbox().fail({ status: 200, body });
			const result = await run('preferenceCategory.get', { category: byName('A') });
			expect(result.error?.message).toBe('Unexpected response from Maileon.');
		},
	);

	it.each([
		['fail', undefined, 'Maileon did not find the preference category "Gone".'],
		['nothing', [], undefined],
		['emptyItem', [{}], undefined],
	])('does as chosen when there is none: %s', async (ifNotFound, output, message) => {
		const result = await run('preferenceCategory.get', { category: byName('Gone'), ifNotFound });
		expect(result.error?.message).toBe(message);
		if (output) expect(rows(result.main)).toEqual(output);
	});
});

describe('get many', () => {
	it('lists the categories of each item', async () => {
		const result = await run(
			'preferenceCategory.getMany',
			{ returnAll: true },
			{ items: [{}, {}] },
		);
		const both = [
			{ name: 'Development', description: 'Topics for developers' },
			{ name: 'Newsletter', description: 'Regular mailings' },
		];
		expect(rows(result.main)).toEqual([...both, ...both]);
		expect(links(result.main)).toEqual([[0], [0], [1], [1]]);
		expect(wire()[0]).toEqual(['GET', '/1.0/contacts/preference_categories']);
	});

	it('returns up to a limit, and nothing of an empty account', async () => {
		const one = await run('preferenceCategory.getMany', { limit: 1 });
		expect(one.main).toHaveLength(1);
		sandbox().account.preferenceCategories.clear();
		const none = await run('preferenceCategory.getMany', {});
		expect(none.error).toBeUndefined();
		expect(none.main).toEqual([]);
	});

	it.each([0, 1.5, -1])('refuses the limit %d', async (limit) => {
		const result = await run('preferenceCategory.getMany', { limit });
		expect(result.error?.message).toContain('Limit must be a whole number');
	});
});

describe('update', () => {
	it('changes the description and leaves the name', async () => {
		const result = await run('preferenceCategory.update', {
			category: byName('Development'),
			updateFields: { description: 'Code' },
		});
		expect(rows(result.main)).toEqual([{ name: 'Development', description: 'Code' }]);
		expect(wire()).toEqual([
			[
				'PUT',
				'/1.0/contacts/preference_categories/Development',
				`${XML}<preference_category><name>Development</name><description>Code</description></preference_category>`,
			],
		]);
	});

	it('renames and leaves the description out', async () => {
		const result = await run('preferenceCategory.update', {
			category: byName('Development'),
			updateFields: { newName: 'Engineering' },
		});
		expect(rows(result.main)).toEqual([{ name: 'Engineering', previous_name: 'Development' }]);
		expect(wire()[0]?.[2]).toBe(
			`${XML}<preference_category><name>Engineering</name></preference_category>`,
		);
		expect(sandbox().account.preferenceCategories.has('Engineering')).toBe(true);
	});

	it('clears a description', async () => {
		await run('preferenceCategory.update', {
			category: byName('Development'),
			updateFields: { description: '' },
		});
		expect(wire()[0]?.[2]).toContain('<description></description>');
	});

	it.each([
		[{}, 'There is nothing to update.'],
		[{ newName: ' ' }, 'New Name is empty.'],
	])('refuses the update fields %j', async (updateFields, message) => {
		const result = await run('preferenceCategory.update', {
			category: byName('Development'),
			updateFields,
		});
		expect(result.error?.message).toBe(message);
		expect(sandbox().requests).toHaveLength(0);
	});

	it('says which category is missing', async () => {
		const result = await run('preferenceCategory.update', {
			category: byName('Gone'),
			updateFields: { description: 'x' },
		});
		expect(result.error?.message).toBe('Maileon did not find the preference category "Gone".');
	});
});

describe('delete', () => {
	it.each([200, 204] as const)('removes the category (status %d)', async (deleteStatus) => {
		sandbox().variants.deleteStatus = deleteStatus;
		const result = await run('preferenceCategory.delete', {
			category: fromList('Newsletter'),
			confirmation: 'Newsletter',
		});
		expect(rows(result.main)).toEqual([{ deleted: true, name: 'Newsletter' }]);
		expect(wire()).toEqual([['DELETE', '/1.0/contacts/preference_categories/Newsletter']]);
		expect(sandbox().account.preferenceCategories.has('Newsletter')).toBe(false);
	});

	it.each([
		['nothing', []],
		['emptyItem', [{}]],
	])('does as chosen when it is gone: %s', async (ifNotFound, output) => {
		const result = await run('preferenceCategory.delete', {
			category: byName('Gone'),
			confirmation: 'Gone',
			ifNotFound,
		});
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual(output);
	});

	it('sends nothing for a category whose name was not typed', async () => {
		const result = await run(
			'preferenceCategory.delete',
			{ category: byName('={{ $json.name }}'), confirmation: 'Newsletter' },
			{ items: [{ name: 'Development' }, { name: 'Newsletter' }], onError: 'continueErrorOutput' },
		);
		expect(links(result.errors)).toEqual([[0]]);
		expect(rows(result.main)).toEqual([{ deleted: true, name: 'Newsletter' }]);
		expect(sandbox().account.preferenceCategories.has('Development')).toBe(true);
	});

	it('stops at the first that is gone, and says how far it came', async () => {
		const result = await run(
			'preferenceCategory.delete',
			{ category: byName('Newsletter'), confirmation: 'Newsletter', options: { concurrency: 1 } },
			{ items: [{}, {}, {}] },
		);
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the preference category "Newsletter".',
			context: { itemIndex: 1 },
		});
		expect(result.error?.description).toContain('This is item 2 of 3; 1 item was completed.');
		expect(wire()).toHaveLength(2);
	});
});

it('offers the categories in the editor', async () => {
	expect(await list('searchPreferenceCategories')).toEqual([
		{ name: 'Development', value: 'Development', description: 'Topics for developers' },
		{ name: 'Newsletter', value: 'Newsletter', description: 'Regular mailings' },
	]);
	expect(await list('searchPreferenceCategories', {}, 'NEWS')).toHaveLength(1);
});
