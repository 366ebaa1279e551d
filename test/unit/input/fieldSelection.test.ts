import type { IExecuteFunctions } from 'n8n-workflow';

import { FieldSelections } from '../../../nodes/Maileon/input/fieldSelection';
import {
	fieldsToReturn,
	preferenceCategoriesToReturn,
} from '../../../nodes/Maileon/input/fieldsToReturn';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import { ALL_STANDARD_FIELDS } from '../../../nodes/Maileon/maileon/contact/readableFields';
import { answerOf, failureOf, fakeClient } from '../../support/fakeRun';

const ACCOUNT: Record<string, string> = {
	'contacts/fields/custom':
		'<custom_fields><custom_field><name>COLOR</name></custom_field><custom_field><name>SIZE</name></custom_field></custom_fields>',
	'contacts/preference_categories':
		'<preference_categories><preference_category><name>Newsletter</name></preference_category></preference_categories>',
};

const PROPERTIES = [...fieldsToReturn, preferenceCategoriesToReturn];

function itemWith(values: Record<string, unknown>, properties = PROPERTIES) {
	const node = { getNodeParameter: (name: string) => values[name] };
	return new Parameters(node as unknown as IExecuteFunctions, properties).ofItem(0);
}

const everything = () =>
	fakeClient(({ path }) => answerOf(ACCOUNT[path.map(String).join('/')] ?? ''));

test('"all" is what the account has, with what was chosen besides, asked for once a run', async () => {
	const client = everything();
	const selections = new FieldSelections(client);
	const all = itemWith({
		standardFields: ['CHECKSUM', '*'],
		customFields: ['*', 'OTHER'],
		preferenceCategories: '*',
	});
	for (const item of [all, all])
		expect(await selections.read(item)).toEqual({
			standardFields: [...ALL_STANDARD_FIELDS, 'CHECKSUM'],
			customFields: ['COLOR', 'SIZE', 'OTHER'],
			preferenceCategories: ['Newsletter'],
		});
	expect(client.requests).toHaveLength(2);
});

test('what was chosen is not asked for', async () => {
	const client = everything();
	const chosen = itemWith({
		standardFields: [],
		customFields: 'COLOR, SIZE',
		preferenceCategories: '["Newsletter"]',
	});
	expect(await new FieldSelections(client).read(chosen)).toEqual({
		standardFields: [],
		customFields: ['COLOR', 'SIZE'],
		preferenceCategories: ['Newsletter'],
	});
	expect(client.requests).toEqual([]);
});

test('an operation without these parameters chooses nothing', async () => {
	const given = { standardFields: ['*'], customFields: ['*'], preferenceCategories: ['*'] };
	expect(await new FieldSelections(everything()).read(itemWith(given, []))).toEqual({
		standardFields: [],
		customFields: [],
		preferenceCategories: [],
	});
});

test('a key that may not read has no custom fields and no categories', async () => {
	const client = fakeClient((request) => {
		throw failureOf(request, 403);
	});
	const all = itemWith({ standardFields: [], customFields: ['*'], preferenceCategories: ['*'] });
	expect(await new FieldSelections(client).read(all)).toMatchObject({
		customFields: [],
		preferenceCategories: [],
	});
});

test('what is no list of names is refused by its label', async () => {
	const item = itemWith({ standardFields: [], customFields: { a: 1 }, preferenceCategories: [] });
	const reading = new FieldSelections(everything()).read(item);
	await expect(reading).rejects.toBeInstanceOf(InputRefusal);
	await expect(reading).rejects.toMatchObject({
		message: expect.stringMatching(/^Custom Field Names or IDs must be a list of names/) as string,
		details: { field: 'customFields' },
	});
});
