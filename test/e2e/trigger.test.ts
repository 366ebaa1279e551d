import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { N8nClient, StoredWorkflow, WorkflowFile, WorkflowNode } from '../../scripts/n8n';
import { itemsOf, N8nAnswerError, waitFor } from '../../scripts/n8n';
import { credentialType, type Editor } from './support/editor';
import { environment } from './support/environment';
import { executions } from './support/executions';
import {
	contactAwaitingConfirmation,
	control,
	inMaileon,
	type ShownWebhook,
} from './support/sandbox';
import { scenarios } from './support/scenario';
import { inLine } from './support/workflows';

/** What happens between a real n8n, its trigger workflow and Maileon. */

const { scenario } = scenarios();

const triggerName = 'Maileon Trigger';
const triggerType = 'n8n-nodes-maileon-api.maileonTrigger';
let webhookCount = 0;

/** A trigger and a node behind it. */
async function triggerWorkflow(
	client: N8nClient,
	name: string,
	{ event = 'doi', baseUrl = environment.baseUrl } = {},
): Promise<WorkflowFile> {
	const credential = await client.saveCredential(credentialType, `Sandbox ${baseUrl}`, {
		apiKey: environment.apiKey,
		baseUrl,
	});
	webhookCount++;
	const trigger: WorkflowNode = {
		id: 'trigger',
		name: triggerName,
		type: triggerType,
		typeVersion: 1,
		position: [0, 0],
		parameters: { event },
		webhookId: `7d1e0a44-0000-4000-8000-${String(webhookCount).padStart(12, '0')}`,
		credentials: { [credentialType]: { id: credential.id, name: credential.name } },
	};
	const follower: WorkflowNode = {
		id: 'follower',
		name: 'CRM',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [220, 0],
		parameters: {},
	};
	const nodes = [trigger, follower];
	return { name, nodes, connections: inLine(nodes) };
}

/** Saves a change to a workflow and puts it into service, as "Save" and "Publish" do. */
async function saveActive(client: N8nClient, workflow: StoredWorkflow, change: WorkflowFile) {
	const { versionId } = await client.workflow(workflow.id);
	const body = { ...change, versionId, active: true };
	await client.send('PATCH', `/rest/workflows/${workflow.id}?forceSave=true`, body);
	await client.activate(workflow.id);
}

/** Waits until Maileon has so many webhooks: activation answers before they are registered. */
async function webhooksInMaileon(count: number): Promise<ShownWebhook[]> {
	return await waitFor(`${count} webhooks in Maileon`, async () => {
		const { webhooks } = await inMaileon();
		return webhooks.length === count ? webhooks : undefined;
	});
}

async function receivedBy(client: N8nClient, execution: { id: string } | undefined, node = 'CRM') {
	const found = await client.execution(execution?.id ?? '');
	return itemsOf(found, node).map(({ json }) => json);
}

/** Why a workflow cannot be activated: n8n 1.x answers with it, n8n 2.x shows it with the workflow. */
async function activationRefusal(client: N8nClient, workflowId: string): Promise<string> {
	try {
		await client.activate(workflowId);
	} catch (error) {
		if (error instanceof N8nAnswerError) return error.answer;
		throw error;
	}
	return await waitFor('the reason of the refusal', async () => {
		const path = `/rest/workflows/${workflowId}/publication-status`;
		const { triggers } = (await client.send('GET', path)) as {
			triggers: Array<{ errorMessage: string | null }>;
		};
		return triggers[0]?.errorMessage ?? undefined;
	});
}

function callUrl({ url, urlParams }: ShownWebhook): string {
	return `${url}?${urlParams.map(({ name, customValue }) => `${name}=${customValue}`).join('&')}`;
}

async function post(url: string, body?: string, type?: string): Promise<number> {
	const response = await fetch(url, {
		method: 'POST',
		body: body === undefined ? undefined : Buffer.from(body),
		headers: type === undefined ? {} : { 'content-type': type },
	});
	await response.arrayBuffer();
	return response.status;
}

async function pressInSandbox(editor: Editor, button: string): Promise<void> {
	await editor.page.goto(environment.sandboxUrl);
	await editor.page.getByRole('button', { name: button, exact: true }).first().click();
}

scenario('a real confirmation starts the workflow, a forged one does not', async (editor) => {
	const { client } = editor;
	await contactAwaitingConfirmation('ada@example.com');
	const file = await triggerWorkflow(client, 'Trigger: confirmed');
	const workflow = await client.saveWorkflow(file);
	await client.activate(workflow.id);
	const [webhook] = await webhooksInMaileon(1);
	if (!webhook) throw new Error('There is no webhook');
	expect(webhook.url).toMatch(`${environment.n8nUrl}/webhook/`);

	await pressInSandbox(editor, 'Confirm');
	const [first] = await executions(client, workflow.id, 1);
	await editor.screenshot('trigger-sandbox');
	expect(await receivedBy(client, first)).toEqual([
		{
			event: 'doi',
			received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			email: 'ada@example.com',
			external_id: '00123',
		},
	]);
	expect((await inMaileon()).deliveries).toMatchObject([{ event: 'doi', status: 200 }]);
	const secret = webhook.urlParams[0]?.customValue ?? '';
	const stored = await client.send('GET', `/rest/executions/${first?.id}`);
	expect(JSON.stringify(stored)).not.toContain(secret);

	const body = '{"email":"mallory@example.com"}';
	const json = 'application/json';
	expect(await post(webhook.url, body, json)).toBe(403);
	expect(await post(`${webhook.url}?n8n_secret=${'0'.repeat(64)}`, body, json)).toBe(403);
	expect(await post(`${callUrl(webhook)}&n8n_secret=${secret}`, body, json)).toBe(403);

	const genuine: Array<[string | undefined, string | undefined, object]> = [
		[undefined, undefined, {}],
		[
			'email=a%2B1%40example.com',
			'application/x-www-form-urlencoded',
			{ email: 'a+1@example.com' },
		],
		['{"email":"ü@example.com"}', 'application/json; charset=UTF-8', { email: 'ü@example.com' }],
		['{"email":"ü@example.com"}', undefined, { email: 'ü@example.com' }],
		['{"email":"ü@example.com"}', undefined, { email: 'ü@example.com' }],
	];
	let count = 1;
	for (const [text, type, fields] of genuine) {
		expect(await post(`${callUrl(webhook)}&shop=a`, text, type)).toBe(200);
		const [latest, ...others] = await executions(client, workflow.id, ++count);
		expect(others).toHaveLength(count - 1);
		expect(await receivedBy(client, latest)).toEqual([
			{ event: 'doi', received_at: expect.any(String), query: { shop: 'a' }, ...fields },
		]);
	}

	await client.deactivate(workflow.id);
	await webhooksInMaileon(0);
	expect(await post(callUrl(webhook), body, json)).toBe(404);
	expect(await executions(client, workflow.id, count)).toHaveLength(count);
});

scenario('"Listen for test event" has a webhook of its own', async (editor) => {
	const { client } = editor;
	const file = await triggerWorkflow(client, 'Trigger: test event', { event: 'unsubscription' });
	const workflow = await client.saveWorkflow(file);
	await client.activate(workflow.id);
	const [production] = await webhooksInMaileon(1);

	const listen = async () => {
		const workflowData = await client.workflow(workflow.id);
		expect(
			await client.send('POST', `/rest/workflows/${workflow.id}/run`, {
				workflowData,
				triggerToStartFrom: { name: triggerName },
			}),
		).toMatchObject({ waitingForWebhook: true });
		const webhooks = await webhooksInMaileon(2);
		const test = webhooks.find(({ id }) => id !== production?.id);
		expect(test?.url).toMatch(`${environment.n8nUrl}/webhook-test/`);
		expect(test?.urlParams).not.toEqual(production?.urlParams);
		return test;
	};

	const first = await listen();
	expect(await post(first?.url ?? '')).toBe(403);
	await contactAwaitingConfirmation('ada@example.com');
	await control('unsubscribe', { email: 'ada@example.com' });
	const { deliveries } = await inMaileon();
	expect(deliveries).toMatchObject([{ status: 200 }, { status: 200 }]);
	const ended = await executions(client, workflow.id, 2);
	expect(ended.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
	for (const execution of ended) {
		expect(await receivedBy(client, execution)).toMatchObject([
			{ event: 'unsubscription', email: 'ada@example.com', method: 'link' },
		]);
	}
	expect(await webhooksInMaileon(1)).toEqual([production]);

	await listen();
	await client.send('DELETE', `/rest/test-webhook/${workflow.id}`);
	expect(await webhooksInMaileon(1)).toEqual([production]);
	await client.deactivate(workflow.id);
	await webhooksInMaileon(0);
});

scenario('a renamed and changed trigger leaves nothing behind', async (editor) => {
	const { client } = editor;
	const file = await triggerWorkflow(client, 'Trigger: renamed');
	const workflow = await client.saveWorkflow(file);
	await client.activate(workflow.id);
	const [before] = await webhooksInMaileon(1);

	const [trigger, follower] = file.nodes;
	if (!trigger || !follower) throw new Error('There are no nodes');
	const nodes = [{ ...trigger, name: 'Bounced', parameters: { event: 'bounce' } }, follower];
	await saveActive(client, workflow, { ...file, nodes, connections: inLine(nodes) });
	const after = await waitFor('the webhook of the renamed node', async () => {
		const { webhooks } = await inMaileon();
		return webhooks.length === 1 && webhooks[0]?.event === 'bounce' ? webhooks[0] : undefined;
	});
	expect(after.id).not.toBe(before?.id);
	expect(await post(callUrl(after))).toBe(200);
	const [execution] = await executions(client, workflow.id, 1);
	expect(await receivedBy(client, execution)).toMatchObject([{ event: 'bounce' }]);

	await client.send('POST', `/rest/workflows/${workflow.id}/archive`);
	await webhooksInMaileon(0);
});

scenario(
	'a long run that writes old static data back does not shut Maileon out',
	async (editor) => {
		const { client } = editor;
		const server = createServer().listen(0, '127.0.0.1');
		try {
			await once(server, 'listening');
			const file = await triggerWorkflow(client, 'Trigger: static data');
			const node = (
				id: string,
				type: string,
				parameters: Record<string, unknown>,
			): WorkflowNode => ({
				id,
				name: id,
				type: `n8n-nodes-base.${type}`,
				typeVersion: 2,
				position: [0, 0],
				parameters,
			});
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
			const jsCode = "$getWorkflowStaticData('global').at = Date.now(); return $input.all();";
			const nodes = [
				...file.nodes.slice(0, 1),
				node('Takes Long', 'httpRequest', { url }),
				node('Counts', 'code', { jsCode }),
			];
			const workflow = await client.saveWorkflow({ ...file, nodes, connections: inLine(nodes) });
			await client.activate(workflow.id);
			const [before] = await webhooksInMaileon(1);
			if (!before) throw new Error('There is no webhook');

			const reached = once(server, 'request');
			expect(await post(callUrl(before))).toBe(200);
			const [, response] = (await reached) as [unknown, ServerResponse];
			await client.deactivate(workflow.id);
			await webhooksInMaileon(0);
			await client.activate(workflow.id);
			const [after] = await webhooksInMaileon(1);
			if (!after) throw new Error('There is no webhook');
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			await executions(client, workflow.id, 1);
			server.on('request', (_request, immediate: ServerResponse) => {
				immediate.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			});

			const secretOf = ({ urlParams }: ShownWebhook) => urlParams[0]?.customValue;
			expect(secretOf(after)).not.toBe(secretOf(before));
			expect(await post(callUrl(after))).toBe(200);
			await executions(client, workflow.id, 2);
			expect(await post(`${after.url}?n8n_secret=${'0'.repeat(64)}`)).toBe(403);
			await client.deactivate(workflow.id);
			await webhooksInMaileon(0);
		} finally {
			server.close();
		}
	},
);

scenario('the example: unsubscribed in Maileon, so the CRM is updated', async (editor) => {
	const { client } = editor;
	const path = join(__dirname, '../../examples/unsubscribed-update-crm.json');
	const file = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	const credential = await client.saveCredential(credentialType, 'Sandbox', {
		apiKey: environment.apiKey,
		baseUrl: environment.baseUrl,
	});
	const credentials = { [credentialType]: { id: credential.id, name: credential.name } };
	const nodes = file.nodes.map((node) => (node.credentials ? { ...node, credentials } : node));
	const workflow = await client.saveWorkflow({ ...file, nodes });
	await client.activate(workflow.id);
	await webhooksInMaileon(1);
	await contactAwaitingConfirmation('ada@example.com');
	await pressInSandbox(editor, 'Unsubscribe');
	const [execution] = await executions(client, workflow.id, 1);
	expect(await receivedBy(client, execution, 'Update CRM')).toEqual([
		{
			customer: '00123',
			email: 'ada@example.com',
			newsletter: false,
			unsubscribed_at: expect.any(String),
			unsubscribed_by: 'link',
		},
	]);
	await client.deactivate(workflow.id);
	await webhooksInMaileon(0);
});

scenario('an n8n that Maileon cannot call is told what to set', async (editor) => {
	const { client } = editor;
	const file = await triggerWorkflow(client, 'Trigger: not https', {
		baseUrl: 'https://api.maileon.com/1.0',
	});
	const workflow = await client.saveWorkflow(file);
	expect(await activationRefusal(client, workflow.id)).toMatch(
		/Maileon cannot call this n8n\. .*WEBHOOK_URL.*https/,
	);
	await client.deactivate(workflow.id);
});

scenario('a webhook that Maileon refuses is told in words, and removed later', async (editor) => {
	const { client } = editor;
	const workflow = await client.saveWorkflow(await triggerWorkflow(client, 'Trigger: refused'));
	const body = '<error><message>no more webhooks</message></error>';
	await control('fail', { method: 'POST', path: '/webhooks', status: 400, times: 10, body });
	expect(await activationRefusal(client, workflow.id)).toContain('no more webhooks');
	await client.deactivate(workflow.id);
	await webhooksInMaileon(0);
	await control('clearFaults');
	await client.activate(workflow.id);
	await webhooksInMaileon(1);
	await control('fail', { method: 'DELETE', status: 500 });
	await client.deactivate(workflow.id);
	await client.activate(workflow.id);
	await webhooksInMaileon(1);
	await client.deactivate(workflow.id);
	await webhooksInMaileon(0);
});
