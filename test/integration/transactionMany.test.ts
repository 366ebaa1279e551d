import type { IDataObject } from 'n8n-workflow';

import { links } from '../support/engine';
import { fromList, operationTests, rows } from '../support/operations';

const { sandbox, run } = operationTests();

const COUNT = 10_000;
const item = (index: number): IDataObject => ({
	customer: `K-${index % 500}`,
	number: `A-${index}`,
	total: index / 100,
	count: index,
	express: index % 2 === 0,
	day: '2026-11-22',
});

const ORDER = {
	transactionType: fromList('42'),
	identifyBy: 'externalId',
	externalId: '={{ $json.customer }}',
	content: {
		mappingMode: 'defineBelow',
		matchingColumns: [],
		schema: [],
		value: {
			'order.id': '={{ $json.number }}',
			'order.total': '={{ $json.total }}',
			'order.count': '={{ $json.count }}',
			'order.express': '={{ $json.express }}',
			'order.day': '={{ $json.day }}',
		},
	},
};

beforeEach(() => {
	const { contacts } = sandbox().account;
	for (let index = 0; index < 500; index++) {
		const contact = contacts.create(new Date(0));
		contacts.setExternalId(contact, `K-${index}`);
	}
});

const posts = () => sandbox().requests.filter(({ method }) => method === 'POST');

describe('10,000 transactions with 5 attributes', () => {
	it.each<[string, IDataObject, number]>([
		['one request', {}, 1],
		['requests of 1,000', { batchSize: 1_000 }, 10],
	])('are %s, and every transaction is accounted for', async (_what, options, requests) => {
		const items = Array.from({ length: COUNT }, (_one, index) => item(index));
		const result = await run('transaction.send', { ...ORDER, options }, { items });
		expect(result.error).toBeUndefined();
		expect(posts()).toHaveLength(requests);
		expect(posts().every(({ bodyBytes }) => bodyBytes <= 9_000_000)).toBe(true);
		expect(links(result.main)).toEqual(items.map((_one, index) => [index]));
		expect(rows(result.main).every(({ queued }) => queued === true)).toBe(true);
		const stored = sandbox().account.transactions.map(({ content }) => content);
		expect(stored).toEqual(
			items.map(({ number, total, count, express, day }) => ({
				'order.id': number,
				'order.total': total,
				'order.count': count,
				'order.express': express,
				'order.day': day,
			})),
		);
	});

	it('leave by the right branch, each by its own report', async () => {
		const items = Array.from({ length: COUNT }, (_one, index) => ({
			...item(index),
			...(index % 100 === 7 && { customer: `nobody-${index}` }),
			...(index % 100 === 8 && { count: 'many' }),
		}));
		const result = await run(
			'transaction.send',
			{ ...ORDER, options: { batchSize: 3_000 } },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(posts()).toHaveLength(4);
		expect(result.main).toHaveLength(9_800);
		expect(links(result.errors).flat()).toEqual(
			items.flatMap((_one, index) => ([7, 8].includes(index % 100) ? [index] : [])),
		);
		expect(sandbox().account.transactions.map(({ content }) => content['order.id'])).toEqual(
			links(result.main).map(([index]) => `A-${index}`),
		);
	});
});
