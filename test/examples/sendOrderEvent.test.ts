import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { runWorkflow, type TestItem, type WorkflowJson } from '../support/engine';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const FILE = path.join(__dirname, '../../examples/send-order-event.json');
const workflow = JSON.parse(readFileSync(FILE, 'utf8')) as WorkflowJson;

/** What the node that stands for the shop emits. */
function placedOrder(): TestItem {
	const { parameters } = workflow.nodes.find(({ name }) => name === 'Order Placed') ?? {};
	return JSON.parse(String((parameters as INodeParameters).jsonOutput)) as TestItem;
}

const run = async (...orders: TestItem[]) =>
	await runWorkflow(workflow, { credentials: credentials(), pinned: { 'Order Placed': orders } });

describe('order placed → send event', () => {
	it('creates the customer and queues the event', async () => {
		const { nodes, error } = await run(placedOrder());
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
