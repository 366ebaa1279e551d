import type { IExecuteFunctions } from 'n8n-workflow';

import { preferences } from '../../../nodes/Maileon/actions/contact/shared/preferences';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import {
	expectAnswers,
	preferencesFromJson,
	readPreferences,
} from '../../../nodes/Maileon/input/preferences';
import { refusalOf } from '../../support/refusals';

const WEEKLY = { category: 'Newsletter', name: 'Weekly' };

function read(value: unknown) {
	const node = { getNodeParameter: () => value } as unknown as IExecuteFunctions;
	return readPreferences(new Parameters(node, [preferences]).ofItem(0));
}

describe('the answer to a topic', () => {
	test.each([
		[true, 'true'],
		[false, 'false'],
		['true', 'true'],
		['no', 'false'],
		[' Ja ', 'true'],
		[0, 'false'],
	])('is read from %j', (value, answer) => {
		expect(read({ preference: [{ ...WEEKLY, value }] })).toEqual([{ ...WEEKLY, value: answer }]);
		expect(preferencesFromJson([{ ...WEEKLY, value }], 'Contact 1 of the list')).toEqual([
			{ ...WEEKLY, value: answer },
		]);
	});

	test('belongs to a category and a name that were chosen from lists, or typed', () => {
		const chosen = (value: string, mode: string) => ({ __rl: true, mode, value });
		const entry = {
			category: chosen('Newsletter', 'list'),
			name: chosen('Weekly', 'name'),
			value: true,
		};
		expect(read({ preference: [entry] })).toEqual([{ ...WEEKLY, value: 'true' }]);
		const empty = { ...entry, name: chosen('', 'list') };
		expect(refusalOf(() => read({ preference: [empty] })).message).toBe(
			'Preference 1 needs a category and a name.',
		);
	});

	test.each([{}, { value: undefined }, { value: '' }, { value: '  ' }])(
		'is never made up: %j is refused',
		(given) => {
			const [good, bad] = [
				{ ...WEEKLY, value: true },
				{ ...WEEKLY, ...given },
			];
			const typed = refusalOf(() => read({ preference: [good, bad] }));
			expect(typed.message).toBe('Preference 2 does not say whether the contact wants this topic.');
			expect(typed.details).toMatchObject({
				description: expect.stringContaining('Wants This Topic') as string,
				field: 'preferences',
			});
			expect(refusalOf(() => preferencesFromJson([bad], 'Contact 3 of the list')).message).toBe(
				'Contact 3 of the list, preference 1 does not say whether the contact wants this topic.',
			);
		},
	);

	test('that is neither yes nor no is refused', () => {
		expect(refusalOf(() => read([{ ...WEEKLY, value: 'perhaps' }])).message).toBe(
			'Preference 1: value "perhaps" is neither true nor false.',
		);
	});

	test('that is null clears, except where a contact is created', () => {
		const cleared = read([{ ...WEEKLY, value: null }]);
		expect(cleared).toEqual([{ ...WEEKLY, value: null }]);
		expect(refusalOf(() => expectAnswers([{ ...WEEKLY, value: 'true' }, ...cleared])).message).toBe(
			'Preference 2 does not say whether the contact wants this topic.',
		);
		expect(() => expectAnswers([{ ...WEEKLY, value: 'false' }])).not.toThrow();
	});
});

test('an empty source keeps the stored one in the parameter, and deletes it in JSON', () => {
	const entry = { ...WEEKLY, value: true, source: '' };
	expect(read([entry])).toEqual([{ ...WEEKLY, value: 'true', source: undefined }]);
	expect(preferencesFromJson([entry], '')).toEqual([{ ...WEEKLY, value: 'true', source: '' }]);
});

test.each([
	[[{ value: true }], 'Preference 1 needs a category and a name'],
	[[{ ...WEEKLY, name: ' ', value: true }], 'Preference 1 needs a category and a name'],
	[[{ ...WEEKLY, category: ['x'], value: true }], 'Preference 1: category "["x"]" is a list'],
	[[{ ...WEEKLY, wanted: true }], 'Preferences holds an entry with the unknown key "wanted"'],
	['Weekly', 'Preferences must be a list of entries, but is "Weekly"'],
	[undefined, 'Preferences must be a list of entries, but its expression gives nothing'],
])('%j is refused', (value, message) => {
	expect(refusalOf(() => read(value)).message).toContain(message);
});

describe('preferences in JSON', () => {
	const fromJson = (json: unknown) => preferencesFromJson(json, 'Contact 1');

	test.each([undefined, null, []])('are none in %j', (json) => {
		expect(fromJson(json)).toEqual([]);
	});

	test('are text, with nothing where there is no source, and null where it is deleted', () => {
		expect(
			fromJson([
				{ category: 1, name: 2, value: null },
				{ ...WEEKLY, value: 'no', source: null },
				{ ...WEEKLY, value: 'no', source: 7 },
			]),
		).toStrictEqual([
			{ category: '1', name: '2', value: null, source: undefined },
			{ ...WEEKLY, value: 'false', source: null },
			{ ...WEEKLY, value: 'false', source: '7' },
		]);
	});

	test.each<[unknown, string, string | undefined]>([
		[{ ...WEEKLY, value: true }, ': preferences must be a list.', undefined],
		['Newsletter', ': preferences must be a list.', undefined],
		[['Newsletter'], ', preference 1 is not an object with category, name and value.', undefined],
		[[null], ', preference 1 is not an object with category, name and value.', undefined],
		[
			[
				{ ...WEEKLY, value: true },
				{ ...WEEKLY, wanted: true },
			],
			', preference 2 has the unknown key "wanted".',
			'Use category, name, value and source.',
		],
		[[{ name: 'Weekly', value: true }], ', preference 1 needs a category and a name.', undefined],
		[
			[{ category: 'Newsletter', value: true }],
			', preference 1 needs a category and a name.',
			undefined,
		],
		[
			[{ ...WEEKLY, category: ' ', value: true }],
			', preference 1 needs a category and a name.',
			undefined,
		],
		[
			[{ ...WEEKLY, name: null, value: true }],
			', preference 1 needs a category and a name.',
			undefined,
		],
		[
			[{ ...WEEKLY, value: true, source: {} }],
			', preference 1: source "{}" is an object, where a single value is needed.',
			undefined,
		],
	])('are not %j', (json, message, description) => {
		const refusal = refusalOf(() => fromJson(json));
		expect(refusal.message).toBe(`Contact 1${message}`);
		expect(refusal.details).toEqual({ description, field: 'preferences' });
	});
});
