import type { Execution, N8nClient, WorkflowNode } from '../../scripts/n8n';
import { credentialType, maileonType, type Editor } from './support/editor';
import { environment } from './support/environment';
import { contactsInMaileon } from './support/sandbox';
import { scenarios } from './support/scenario';
import { inLine } from './support/workflows';

/** The node as the tool of an AI agent; n8n's own test of tools stands in for the model. */

const { scenario } = scenarios();

const toolType = `${maileonType}Tool`;
const toolName = 'Maileon';
const startName = 'Run by Hand';

/** A workflow of an agent that has the node as its tool. */
async function agentWorkflow({ client }: Editor): Promise<string> {
	const credential = await client.saveCredential(credentialType, 'Sandbox', {
		apiKey: environment.apiKey,
		baseUrl: environment.baseUrl,
	});
	const start: WorkflowNode = {
		id: '6b7d2f40-0001-4000-8000-000000000001',
		name: startName,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const agent: WorkflowNode = {
		id: '6b7d2f40-0001-4000-8000-000000000002',
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 2,
		position: [220, 0],
		parameters: { promptType: 'define', text: 'Add the person to the newsletter' },
	};
	const tool: WorkflowNode = {
		id: '6b7d2f40-0001-4000-8000-000000000003',
		name: toolName,
		type: toolType,
		typeVersion: 1,
		position: [220, 220],
		parameters: {
			descriptionType: 'auto',
			resource: 'contact',
			operation: 'createByExternalId',
			externalId: "={{ $fromAI('external_id', 'Customer number') }}",
			email: "={{ $fromAI('email', 'Email address') }}",
			permission: "={{ $fromAI('permission', '1 None to 6 Other', 'number') }}",
			doi: "={{ $fromAI('ask', 'Whether to ask for consent by mail', 'boolean') }}",
			contactFields: {
				mappingMode: 'defineBelow',
				value: { FIRSTNAME: "={{ $fromAI('first_name', 'First name') }}" },
				matchingColumns: [],
				schema: [],
			},
		},
		credentials: { [credentialType]: { id: credential.id, name: credential.name } },
	};
	const { id } = await client.saveWorkflow({
		name: 'Agent with Maileon as its tool',
		nodes: [start, agent, tool],
		connections: {
			...inLine([start, agent]),
			[toolName]: { ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]] },
		},
	});
	return id;
}

/**
 * Calls the tool as "Execute step" on it does, once its arguments are filled in; n8n 2.x takes them under
 * the name of the tool.
 */
async function callTool(client: N8nClient, workflowId: string, given: object): Promise<Execution> {
	const workflowData = await client.workflow(workflowId);
	const query = environment.line === '1' ? given : { [toolName]: given };
	const { executionId } = (await client.send('POST', `/rest/workflows/${workflowId}/run`, {
		workflowData,
		destinationNode: { nodeName: toolName, mode: 'inclusive' },
		triggerToStartFrom: { name: startName },
		agentRequest: { query, tool: { name: toolName } },
	})) as { executionId: string };
	return await client.execution(executionId);
}

scenario('n8n offers the node to agents', async ({ client }) => {
	const types = await client.nodeTypes();
	expect(types.find(({ name }) => name === toolType)).toMatchObject({
		displayName: 'Maileon API Tool',
		outputs: ['ai_tool'],
	});
});

scenario('an agent adds a contact, and is told in words what it lacks', async (editor) => {
	const { client } = editor;
	const workflowId = await agentWorkflow(editor);
	const ada = {
		external_id: '00123',
		email: 'ada@example.com',
		permission: 1,
		ask: true,
		first_name: 'Ada',
	};

	const added = await callTool(client, workflowId, ada);
	expect(added.status).toBe('success');
	expect(added.runs[toolName]?.[0]?.data).toEqual({
		ai_tool: [
			[
				{
					json: {
						response: [
							{
								success: true,
								doi_requested: true,
								email: 'ada@example.com',
								external_id: '00123',
								id: expect.any(Number),
							},
						],
					},
				},
			],
		],
	});
	expect(await contactsInMaileon()).toMatchObject([
		{ email: 'ada@example.com', externalId: '00123', standardFields: { FIRSTNAME: 'Ada' } },
	]);

	const refused = await callTool(client, workflowId, { ...ada, external_id: '' });
	expect(refused.status).toBe('error');
	expect(refused.error?.message).toContain('External ID is empty.');
	expect(refused.error?.message).toContain('Fill in "External ID" for this item.');
	expect(await contactsInMaileon()).toHaveLength(1);
});
