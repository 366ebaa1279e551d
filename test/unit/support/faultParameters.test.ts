import type { INodeProperties } from 'n8n-workflow';

import { fewestParameters } from '../../support/faultParameters';

const field = (name: string, rest: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	required: true,
	...rest,
});
const locator = (name: string, ...modes: string[]) =>
	field(name, {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: ['list', ...modes].map((mode) => ({ displayName: mode, name: mode, type: 'string' })),
	});
const confirmation = (placeholder: string) => field('confirmation', { placeholder });

const KEY = '={{ $json.key }}';
const EMAIL = `${KEY}@example.com`;

test('names things by the key of the item, people by an address', () => {
	const fields = [
		field('name', { placeholder: 'e.g. COLOR' }),
		field('email', { placeholder: 'e.g. ada@example.com' }),
		field('note', { required: false }),
	];
	expect(fewestParameters(fields)).toEqual({ name: KEY, email: EMAIL });
});

test('types into resource locators: an email before an ID, an ID before a name', () => {
	const fields = [
		locator('contact', 'maileonId', 'email'),
		locator('type', 'name', 'id'),
		locator('category', 'name'),
	];
	expect(fewestParameters(fields)).toEqual({
		contact: { __rl: true, mode: 'email', value: EMAIL },
		type: { __rl: true, mode: 'id', value: KEY },
		category: { __rl: true, mode: 'name', value: KEY },
	});
	expect(() => fewestParameters([locator('filter')])).toThrow(
		'No mode of filter takes what a person types',
	);
});

test('where a name has to be confirmed, all is about the example of the confirmation', () => {
	const options = [
		{ name: 'City', value: 'CITY' },
		{ name: 'State', value: 'STATE' },
	];
	expect(fewestParameters([locator('customField', 'name'), confirmation('e.g. COLOR')])).toEqual({
		customField: { __rl: true, mode: 'name', value: 'COLOR' },
		confirmation: 'COLOR',
	});
	expect(
		fewestParameters([field('of', { type: 'options', options }), confirmation('e.g. STATE')]),
	).toEqual({ of: 'STATE', confirmation: 'STATE' });
});

test('chooses, dates, maps a field to write, and asks for no fields to return', () => {
	const fields = [
		field('standardField', {
			type: 'options',
			options: [
				{ name: 'City', value: 'CITY' },
				{ name: 'State', value: 'STATE' },
			],
		}),
		field('before', { type: 'dateTime' }),
		field('contactFields', { type: 'resourceMapper', required: false }),
		field('customFields', { type: 'multiOptions', default: ['*'], required: false }),
	];
	expect(fewestParameters(fields)).toEqual({
		standardField: 'CITY',
		before: '2026-01-31',
		contactFields: {
			mappingMode: 'defineBelow',
			value: { FIRSTNAME: 'Ada' },
			matchingColumns: [],
			schema: [],
		},
		customFields: [],
	});
});

test('leaves out what is hidden, and keeps what is given', () => {
	const fields = [
		field('by', { type: 'options', default: 'email', required: false }),
		field('email', { placeholder: 'ada@example.com', displayOptions: { show: { by: ['email'] } } }),
		field('id', { displayOptions: { show: { by: ['id'] } } }),
		field('name'),
	];
	expect(fewestParameters(fields)).toEqual({ email: EMAIL, name: KEY });
	expect(fewestParameters(fields, { by: 'id', name: 'New' })).toEqual({
		by: 'id',
		id: KEY,
		name: 'New',
	});
});
