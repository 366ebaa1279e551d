import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { allResources } from '../../../nodes/Maileon/actions';
import { createByExternalId } from '../../../nodes/Maileon/actions/contact/createByExternalId';
import { deleteContact } from '../../../nodes/Maileon/actions/contact/delete';
import { createClient } from '../../../nodes/Maileon/transport/client';
import { ITEM_KEYS, OPERATIONS, titleOf } from '../../support/faultOperations';
import { answerOf, failureOf, fakeClient, fakeNode, runOnce } from '../../support/fakeRun';

const FIELDS = { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] };
const CREATE = { externalId: (json: IDataObject) => json.key, contactFields: FIELDS };
const itemsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ json: { key: `crm-${index}` } }));

/** A node whose requests are answered by the last part of their path. */
function answeringNode(node: IExecuteFunctions, answers: Record<string, [number, object?]>) {
	const asked: string[] = [];
	const helpers = {
		httpRequestWithAuthentication: async (_type: string, { url }: IHttpRequestOptions) => {
			const key = new URL(url).pathname.split('/').at(-1) ?? '';
			asked.push(key);
			const [statusCode, headers = {}] = answers[key] ?? [200];
			return await Promise.resolve({ statusCode, headers, body: '' });
		},
	};
	const context = {
		...node,
		helpers,
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () =>
			await Promise.resolve({ apiKey: 'key', baseUrl: 'https://api.example.com/1.0' }),
	} as unknown as IExecuteFunctions;
	return { context, asked };
}

describe('the first item that stops the run', () => {
	const waiting: [number, object] = [503, { 'retry-after': '290' }];

	test('ends the waiting of the others at once, and is the one that is thrown', async () => {
		const node = fakeNode({ items: itemsOf(3), parameters: CREATE });
		const { context, asked } = answeringNode(node, {
			'crm-0': waiting,
			'crm-1': [400],
			'crm-2': waiting,
		});
		const run = runOnce(createByExternalId, context, await createClient(context));
		await expect(run).rejects.toMatchObject({
			message: 'Maileon refused the request (status 400).',
			context: { itemIndex: 1 },
		});
		expect(asked).toEqual(['crm-0', 'crm-1', 'crm-2']);
	}, 5_000);

	test('does not end the waiting where the run goes on', async () => {
		const node = fakeNode({ items: itemsOf(2), parameters: CREATE, continues: true });
		const { context, asked } = answeringNode(node, {
			'crm-0': [503, { 'retry-after': '0' }],
			'crm-1': [400],
		});
		const rows = await runOnce(createByExternalId, context, await createClient(context));
		expect(asked.filter((key) => key === 'crm-0')).toHaveLength(4);
		expect(rows.map(({ json }) => (json.error as IDataObject).http_status)).toEqual([503, 400]);
	});

	test('names what was on the way already', async () => {
		const client = fakeClient(async (request) => {
			const key = request.path.at(-1);
			await new Promise((resolve) => setImmediate(resolve));
			if (key === 'crm-1') throw failureOf(request, 400);
			await new Promise((resolve) => setImmediate(resolve));
			if (key === 'crm-3') throw failureOf(request, 500, 'unclear');
			return answerOf('');
		});
		const node = fakeNode({ items: itemsOf(20), parameters: CREATE });
		await expect(runOnce(createByExternalId, node, client)).rejects.toMatchObject({
			context: { itemIndex: 1 },
			description: expect.stringContaining(
				'This is item 2 of 20; 3 items were completed, 2 of them after this one, as they were under way already. Maileon may have acted on item 4 too, but did not confirm it.',
			) as string,
		});
		expect(client.requests).toHaveLength(5);
	});
});

describe('what destroys', () => {
	test('Delete touches nothing after the item that stops the run', async () => {
		const client = fakeClient((request) => {
			if (request.path.includes('crm-2')) throw failureOf(request, 403);
			return answerOf('');
		});
		const contact = ({ key }: IDataObject) => ({ __rl: true, mode: 'externalId', value: key });
		const node = fakeNode({ items: itemsOf(20), parameters: { contact } });
		await expect(runOnce(deleteContact, node, client)).rejects.toMatchObject({
			context: { itemIndex: 2 },
		});
		expect(client.requests).toHaveLength(3);
	});

	test('several are deleted at a time where that is asked for', async () => {
		let together = 0;
		let most = 0;
		const client = fakeClient(async () => {
			most = Math.max(most, ++together);
			await new Promise((resolve) => setImmediate(resolve));
			together -= 1;
			return answerOf('');
		});
		const contact = ({ key }: IDataObject) => ({ __rl: true, mode: 'externalId', value: key });
		const parameters = { contact, options: { concurrency: 4 } };
		await runOnce(deleteContact, fakeNode({ items: itemsOf(20), parameters }), client);
		expect(most).toBe(4);
	});

	const destroying = OPERATIONS.filter(
		({ endpoint, sameForAllItems }) => endpoint.method === 'DELETE' && !sameForAllItems,
	);

	test.each(destroying.map((operation) => [titleOf(operation), operation] as const))(
		'%s stops before the next item',
		async (_, { resource, operation, parameters }) => {
			const found = allResources
				.find(({ value }) => value === resource)
				?.operations.find(({ value }) => value === operation);
			if (!found) throw new Error('There is no such operation');
			const ofItem = (value: unknown) => {
				const text = JSON.stringify(value);
				if (!text.includes('={{ $json.key }}')) return value;
				return ({ key }: IDataObject) =>
					JSON.parse(text.replaceAll('={{ $json.key }}', String(key))) as unknown;
			};
			const node = fakeNode({
				items: ITEM_KEYS.map((key) => ({ json: { key } })),
				parameters: Object.fromEntries(
					Object.entries(parameters).map(([name, value]) => [name, ofItem(value)]),
				),
			});
			const client = fakeClient(async (request) => {
				await new Promise((resolve) => setImmediate(resolve));
				if (JSON.stringify(request).includes(ITEM_KEYS[1])) throw failureOf(request, 403);
				return answerOf('');
			});
			await expect(runOnce(found, node, client)).rejects.toMatchObject({
				context: { itemIndex: 1 },
			});
			expect(JSON.stringify(client.requests)).not.toContain(ITEM_KEYS[2]);
			expect(client.requests).toHaveLength(2);
		},
	);
});
