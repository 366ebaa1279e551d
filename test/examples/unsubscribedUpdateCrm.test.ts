import { openTrigger, runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';
import { WebhookServer } from '../support/webhookServer';

const { sandbox, credentials } = operationTests();

const server = new WebhookServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());

const TRIGGER = 'Contact Unsubscribed';
const workflow = readExample('unsubscribed-update-crm.json');

it('tells the CRM who has unsubscribed, when and how', async () => {
	const node = workflow.nodes.find(({ name }) => name === TRIGGER);
	server.session = await openTrigger({
		name: TRIGGER,
		parameters: { ...node?.parameters },
		credentials: credentials(),
		instanceUrl: server.url,
	});
	await server.session.activate();
	const { contacts } = sandbox().account;
	const ada = contacts.create(new Date());
	contacts.setEmail(ada, 'ada@example.com');
	contacts.setExternalId(ada, '00123');

	await sandbox().unsubscribe('ada@example.com');
	expect(server.received).toHaveLength(1);
	const { nodes, error } = await runWorkflow(workflow, {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
		pinned: { [TRIGGER]: server.received },
	});

	expect(error).toBeUndefined();
	expect(rows(nodes['Update CRM']?.main ?? [])).toEqual([
		{
			customer: '00123',
			email: 'ada@example.com',
			newsletter: false,
			unsubscribed_at: server.received[0]?.json.received_at,
			unsubscribed_by: 'link',
		},
	]);
	expect(ada.anonymous).toBe(true);
	await server.session.deactivate();
	expect(sandbox().account.webhooks.size).toBe(0);
});
