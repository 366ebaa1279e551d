import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { contact } from '../../../../../nodes/Maileon/actions/contact/shared/contact';
import {
	contactFilter,
	readContactFilter,
} from '../../../../../nodes/Maileon/actions/contact/shared/contactFilter';
import { readReasons, reasons } from '../../../../../nodes/Maileon/actions/contact/shared/reasons';
import {
	readUpdatedAfter,
	updatedAfter,
} from '../../../../../nodes/Maileon/actions/contact/shared/updatedAfter';
import { readContactKey, readContactLocator } from '../../../../../nodes/Maileon/input/contactKey';
import { Parameters } from '../../../../../nodes/Maileon/input/parameters';

const NAMES: INodeProperties = {
	displayName: 'Names',
	name: 'names',
	type: 'string',
	default: '',
};
const PROPERTIES = [contact(''), contactFilter, reasons, updatedAfter, NAMES];

function parametersOf(raw: Record<string, unknown>) {
	const node = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			name in raw ? raw[name] : fallback,
	} as unknown as IExecuteFunctions;
	return new Parameters(node, PROPERTIES).ofItem(0);
}

const located = (mode: unknown, value: unknown) =>
	parametersOf({ contact: { __rl: true, mode, value } });

describe('which contact an item names', () => {
	test.each([
		['email', ' ada@example.com ', { by: 'email', value: 'ada@example.com' }],
		['externalId', ' 00123 ', { by: 'externalId', value: ' 00123 ' }],
		['externalId', 123, { by: 'externalId', value: '123' }],
		['maileonId', ' 42 ', { by: 'maileonId', value: '42' }],
		['maileonId', 42, { by: 'maileonId', value: '42' }],
	])('is read by %s from %j', (mode, value, key) => {
		expect(readContactLocator(located(mode, value), 'contact')).toEqual(key);
	});

	test('is an email where an expression made a bare value', () => {
		expect(readContactLocator(parametersOf({ contact: 'a@example.com' }), 'contact')).toEqual({
			by: 'email',
			value: 'a@example.com',
		});
	});

	test.each([
		['email', '  ', 'Contact is empty'],
		['email', null, 'Contact is empty'],
		['externalId', ['a'], 'Contact: '],
		['maileonId', 'crm-7', 'Contact must be a number, but is "crm-7"'],
		['maileonId', '1.5', 'Contact must be a number, but is "1.5"'],
		[
			'name',
			'Ada',
			'Contact must be given by email, externalId, maileonId, but is given by "name"',
		],
	])('is refused for %s from %j', (mode, value, message) => {
		expect(() => readContactLocator(located(mode, value), 'contact')).toThrow(message);
	});

	test('can stand in a text parameter', () => {
		const read = (value: string, by: 'email' | 'maileonId') =>
			readContactKey(parametersOf({ names: value }), 'names', by);
		expect(read(' a@example.com', 'email')).toEqual({ by: 'email', value: 'a@example.com' });
		expect(() => read('x', 'maileonId')).toThrow('Names must be a number, but is "x"');
		expect(() => read('', 'email')).toThrow('Names is empty');
	});
});

describe('lists of texts', () => {
	test.each([
		[undefined, []],
		[null, []],
		['', []],
		[' , ', []],
		['a, b,,c ', ['a', 'b', 'c']],
		[
			['a, b', ' c', ''],
			['a, b', 'c'],
		],
		[7, ['7']],
		[
			[1, '2'],
			['1', '2'],
		],
	])('from %j', (value, texts) => {
		expect(parametersOf({ names: value }).texts('names')).toEqual(texts);
	});

	test.each([[{ a: 1 }], [[['a']]]])('refuse %j', (value) => {
		expect(() => parametersOf({ names: value }).texts('names')).toThrow('Names: ');
	});
});

describe('reasons', () => {
	const read = (value: unknown) => readReasons(parametersOf({ reasons: value }));

	test('are read with and without messages', () => {
		expect(
			read({ reason: [{ type: 'no_demand', message: ' why ' }, { type: 'other' }, {}] }),
		).toEqual([
			{ type: 'no_demand', message: 'why' },
			{ type: 'other', message: '' },
			{ type: 'other', message: '' },
		]);
		expect(read({ reason: { type: 'no_demand' } })).toEqual([{ type: 'no_demand', message: '' }]);
		expect(read({})).toEqual([]);
		expect(read({ reason: [] })).toEqual([]);
		expect(read([])).toEqual([]);
	});

	test('are read from what an expression may have made of the whole parameter', () => {
		const reason = { type: 'no_demand', message: 'why' };
		for (const given of [[reason], reason, { reason }, { reason: JSON.stringify([reason]) }])
			expect([read(given), read(JSON.stringify(given))]).toEqual([[reason], [reason]]);
	});

	test.each([
		[undefined, 'its expression gives nothing'],
		[null, 'is "null"'],
		['', 'is ""'],
		['no_demand', 'is "no_demand"'],
		[{ reason: null }, 'is "null"'],
		[{ reasons: [] }, 'is "{"reasons":[]}"'],
	])('that are %j are refused', (value, words) => {
		expect(() => read(value)).toThrow(`Reasons must be a list of entries, but ${words}`);
	});

	test('of unknown types, and what is no entry, are refused', () => {
		expect(() => read({ reason: [{ type: 'other' }, { type: 'bored' }] })).toThrow(
			'Reason 2 has the unknown type "bored"',
		);
		expect(() => read({ reason: ['other'] })).toThrow(
			'Reasons holds "other", which is not an entry',
		);
		expect(() => read([{ type: 'other', text: 'x' }])).toThrow(
			'Reasons holds an entry with the unknown key "text"',
		);
		expect(() => read([{ type: 'other', message: ['x'] }])).toThrow(/^Reason 1: message .*list/);
	});
});

test.each([
	['', undefined],
	[undefined, undefined],
	['2026-02-01', '2026-02-01 00:00:00'],
	['2026-02-01T10:30:00', '2026-02-01 10:30:00'],
	['2026-02-01T10:30:15.123+02:00', '2026-02-01 10:30:15'],
	['01.02.2026', '2026-02-01 00:00:00'],
])('"updated after" %j becomes %j', (value, expected) => {
	expect(readUpdatedAfter(parametersOf({ updatedAfter: value }))).toBe(expected);
});

test('"updated after" refuses what could be two days', () => {
	expect(() => readUpdatedAfter(parametersOf({ updatedAfter: '01/02/2026' }))).toThrow(
		'Updated After: "01/02/2026" could mean two different days',
	);
});

test('a contact filter is a number', () => {
	const read = (value: unknown) =>
		readContactFilter(parametersOf({ contactFilter: { __rl: true, mode: 'id', value } }));
	expect(read(' 12 ')).toBe('12');
	expect(read(12)).toBe('12');
	expect(() => read('blue')).toThrow('Contact Filter must be a number, but is "blue"');
});
