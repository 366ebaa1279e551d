import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	readContactKey,
	readContactLocator,
	readIdentifiers,
} from '../../../nodes/Maileon/input/contactKey';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import { refusalOf } from '../../support/refusals';

const PROPERTIES: INodeProperties[] = [
	{ displayName: 'Contact', name: 'contact', type: 'resourceLocator', default: '' },
	{ displayName: 'Email', name: 'email', type: 'string', default: '' },
	{ displayName: 'External ID', name: 'externalId', type: 'string', default: '' },
];

function parametersOf(values: Record<string, unknown>) {
	const node = { getNodeParameter: (name: string) => values[name] };
	return new Parameters(node as unknown as IExecuteFunctions, PROPERTIES).ofItem(0);
}

describe('a contact in a locator', () => {
	const read = (contact: unknown) => readContactLocator(parametersOf({ contact }), 'contact');

	test.each([
		[{ mode: 'email', value: ' ada@example.com ' }, 'email', 'ada@example.com'],
		[{ mode: 'externalId', value: ' A 1 ' }, 'externalId', ' A 1 '],
		[{ mode: 'maileonId', value: ' 42 ' }, 'maileonId', '42'],
		[{ mode: 'maileonId', value: 42 }, 'maileonId', '42'],
		['ada@example.com', 'email', 'ada@example.com'],
	])('%j', (contact, by, value) => {
		expect(read(contact)).toEqual({ by, value });
	});

	test.each<[unknown, string, string | undefined]>([
		[
			{ mode: 'phone', value: '1' },
			'Contact must be given by email, externalId, maileonId, but is given by "phone".',
			undefined,
		],
		[
			{ mode: 'maileonId', value: '4a' },
			'Contact must be a number, but is "4a".',
			'If this is the ID of your own system, use it as the external ID.',
		],
		[
			{ mode: 'email', value: ' ' },
			'Contact is empty.',
			'Choose or fill in "Contact" for this item.',
		],
	])('%j is refused', (contact, message, description) => {
		const refusal = refusalOf(() => read(contact));
		expect(refusal.message).toBe(message);
		expect(refusal.details).toEqual({ description, field: 'contact' });
	});
});

test('a contact in a text', () => {
	const read = (email: unknown, by: 'email' | 'externalId' | 'maileonId') =>
		readContactKey(parametersOf({ email }), 'email', by);
	expect(read(' ada@example.com ', 'email')).toEqual({ by: 'email', value: 'ada@example.com' });
	expect(read(' 1 ', 'externalId')).toEqual({ by: 'externalId', value: ' 1 ' });
	expect(refusalOf(() => read('1.5', 'maileonId')).message).toBe(
		'Email must be a number, but is "1.5".',
	);
	expect(refusalOf(() => read(' ', 'externalId')).message).toBe('Email is empty.');
});

test.each<[Record<string, unknown>, object]>([
	[
		{ email: ' ada@example.com ', externalId: ' A 1 ' },
		{ email: 'ada@example.com', externalId: ' A 1 ' },
	],
	[
		{ email: ' ', externalId: ' ' },
		{ email: undefined, externalId: undefined },
	],
	[
		{ email: null, externalId: 7 },
		{ email: undefined, externalId: '7' },
	],
])('identifiers beside the one that finds a contact: %j', (values, identifiers) => {
	const parameters = parametersOf(values);
	expect(readIdentifiers(parameters, { email: 'email', externalId: 'externalId' })).toStrictEqual(
		identifiers,
	);
	expect(readIdentifiers(parameters, {})).toStrictEqual({
		email: undefined,
		externalId: undefined,
	});
});
