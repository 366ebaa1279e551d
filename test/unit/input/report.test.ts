import type { IExecuteFunctions } from 'n8n-workflow';

import { Parameters } from '../../../nodes/Maileon/input/parameters';
import {
	filterCollection,
	filterQuery,
	FILTERS,
} from '../../../nodes/Maileon/input/report/filters';
import { mailing, readMailing } from '../../../nodes/Maileon/input/report/mailing';
import { period, periodQuery } from '../../../nodes/Maileon/input/report/period';
import type { FilterName } from '../../../nodes/Maileon/maileon/report/lists';
import { refusalOf } from '../../support/refusals';

const NAMES = Object.keys(FILTERS) as FilterName[];
const PROPERTIES = [mailing, ...period, filterCollection(NAMES)];

function itemWith(values: Record<string, unknown>, properties = PROPERTIES) {
	const node = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			name in values ? values[name] : fallback,
	};
	return new Parameters(node as unknown as IExecuteFunctions, properties).ofItem(0);
}

describe('the filters of a report', () => {
	const queryOf = (filters: object, names = NAMES) =>
		filterQuery(itemWith({ filters }).within('filters'), names);

	test.each<[object, Array<[string, string]>]>([
		[{}, []],
		[
			{ contactIds: '1, 22', emails: ['a@b.de'] },
			[
				['ids', '1'],
				['ids', '22'],
				['emails', 'a@b.de'],
			],
		],
		[{ contactIds: '' }, []],
		[{ format: 'text' }, [['format', 'text']]],
		[
			{ deviceTypes: ['MOBILE', 'TABLET'] },
			[
				['device_type', 'MOBILE'],
				['device_type', 'TABLET'],
			],
		],
		[{ linkUrl: 'https://a.de' }, [['link_url', 'https://a.de']]],
		[{ conversionLinkIds: 7 }, [['link_ids', '7']]],
	])('%j', (filters, query) => {
		expect(queryOf(filters)).toEqual(query);
	});

	test('are only those that the report has', () => {
		expect(queryOf({ contactIds: 1, format: 'html' }, ['format'])).toEqual([['format', 'html']]);
	});

	test.each<[object, string, string, string | undefined]>([
		[
			{ contactIds: '1,a2' },
			'Maileon IDs must be numbers, but one is "a2".',
			'contactIds',
			undefined,
		],
		[{ linkIds: '2a,1' }, 'Link IDs must be numbers, but one is "2a".', 'linkIds', undefined],
		[{ format: 'pdf' }, 'Format must be one of html, text, but is "pdf".', 'format', undefined],
		[
			{ deviceTypes: 'MOBILE,PHONE' },
			'Devices does not know "PHONE".',
			'deviceTypes',
			'Choose from COMPUTER, MOBILE, TABLET, UNKNOWN.',
		],
	])('%j is refused', (filters, message, field, description) => {
		const refusal = refusalOf(() => queryOf(filters));
		expect(refusal.message).toBe(message);
		expect(refusal.details).toEqual({ field, description });
	});
});

describe('the period of a report', () => {
	const queryOf = (from: unknown, to: unknown) =>
		Object.fromEntries(periodQuery(itemWith({ from, to }), 'Europe/Berlin'));
	const DAY = Date.UTC(2026, 5, 30, 22);

	test.each<[unknown, unknown, number | undefined, number | undefined]>([
		['', '', undefined, undefined],
		[undefined, null, undefined, undefined],
		['2026-07-01', null, DAY, undefined],
		[null, '2026-07-01', undefined, DAY],
		['2026-07-01', '2026-07-01', DAY, DAY],
		['1970-01-01T00:00:00Z', '2026-07-01', 0, DAY],
		[new Date(DAY), '2026-07-02', DAY, DAY + 86_400_000],
	])('from %j to %j', (from, to, from_date, to_date) => {
		expect(queryOf(from, to)).toEqual({ from_date, to_date });
	});

	test.each<[unknown, unknown, RegExp, object]>([
		[
			'2026-07-02',
			'2026-07-01',
			/^The period ends before it begins\.$/,
			{
				description: 'Fill in a time under "To" that comes after "From".',
				field: 'to',
			},
		],
		['2026-07-01', '1970-01-01T00:00:00Z', /^The period ends before/, { field: 'to' }],
		['soon', '', /^From: "soon" is not a date/, { field: 'from' }],
		['', 5, /^To: "5" is not a date/, { field: 'to' }],
	])('is not from %j to %j', (from, to, message, details) => {
		const refusal = refusalOf(() => queryOf(from, to));
		expect(refusal.message).toMatch(message);
		expect(refusal.details).toMatchObject(details);
	});
});

describe('the mailing of a report', () => {
	test.each<[unknown, string | undefined]>([
		['', undefined],
		[{ mode: 'list', value: '' }, undefined],
		[{ mode: 'list', value: '501' }, '501'],
		[{ mode: 'id', value: ' 501 ' }, '501'],
		[501, '501'],
	])('%j', (given, id) => {
		expect(readMailing(itemWith({ mailing: given }))).toBe(id);
	});

	test('is none where the report has no such parameter', () => {
		expect(readMailing(itemWith({ mailing: 501 }, []))).toBeUndefined();
	});

	test.each(['Sale', '5a', 'a5', '-5'])('is not %j', (value) => {
		const refusal = refusalOf(() => readMailing(itemWith({ mailing: { mode: 'id', value } })));
		expect(refusal.message).toBe(`Mailing must be a number, but is "${value}".`);
		expect(refusal.details).toEqual({
			description: expect.stringContaining('fill in the ID') as string,
			field: 'mailing',
		});
	});
});
