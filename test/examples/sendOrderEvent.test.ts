import type { INodeParameters } from 'n8n-workflow';

import { runWorkflow, type TestItem } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const workflow = readExample('send-order-event.json');

/** What the node that stands for the shop emits. */
function placedOrder(): TestItem {
	const { parameters } = workflow.nodes.find(({ name }) => name === 'Order Placed') ?? {};
	return JSON.parse(String((parameters as INodeParameters).jsonOutput)) as TestItem;
}

const run = async (...orders: TestItem[]) =>
	await runWorkflow(workflow, { credentials: credentials(), pinned: { 'Order Placed': orders } });

/** As it is imported: the node that stands for the shop runs. */
const runAsItIs = async () =>
	await runWorkflow(workflow, { credentials: credentials(), nodeTypes: nodesOfExamples });

describe('order placed → send event', () => {
	it('creates the customer and queues the event', async () => {
		const { nodes, error } = await runAsItIs();
		expect(error).toBeUndefined();
		expect(rows(nodes['Send Event']?.main ?? [])).toMatchObject([
			{
				queued: true,
				transaction_id: expect.stringMatching(/.{8,}/),
				contact: { email: 'ada.lovelace@example.com', external_id: '00123', created: true },
			},
		]);
		expect(sandbox().account.transactions).toMatchObject([
			{
				typeId: 42,
				content: {
					'order.id': 'A-1001',
					'order.total': 59.8,
					'order.count': 2,
					'order.express': true,
					'order.date': '2026-11-22 18:30:00',
					'order.items': [{ sku: 'MUG-01', name: 'Mug', quantity: 2, price: 29.9 }],
				},
			},
		]);
		expect(sandbox().mails).toEqual([]);
	});

	it('sends many orders in one request', async () => {
		const order = placedOrder();
		const { nodes } = await run(order, { ...order, number: 'A-1002' });
		expect(nodes['Send Event']?.main).toHaveLength(2);
		expect(sandbox().requests).toHaveLength(1);
	});
});
