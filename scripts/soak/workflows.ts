import type { Credential, N8nClient, WorkflowNode } from '../n8n';
import { serve, serveNodes, serveTrigger, webhook } from '../queue/workflows';
import type { Sink } from './sink';

/** Puts a workflow into service that tells the sink of each event; gives its ID. */
export async function serveEvents(
	client: N8nClient,
	credential: Credential,
	sink: Sink,
): Promise<string> {
	const told = '{ event: $json.external_id, execution: $execution.id }';
	return await serveTrigger(
		client,
		credential,
		'maileonTrigger',
		{ event: 'unsubscription' },
		telling(`${sink.url}/told`, told),
	);
}

/** The same with n8n's own Webhook node in place of the trigger, at this path. */
export async function serveWitness(client: N8nClient, path: string, sink: Sink): Promise<string> {
	const told = '{ event: $json.body.external_id, execution: $execution.id }';
	return await serveNodes(client, path, [webhook(path), telling(`${sink.url}/told`, told)]);
}

/** Puts a workflow into service that synchronizes the people of a call, and tells the sink; gives its path. */
export async function serveSynchronize(
	client: N8nClient,
	credential: Credential,
	sink: Sink,
): Promise<string> {
	const sum = '$input.all().reduce((sum, { json }) => sum + json.count_contacts, 0)';
	const told = `{ contacts: ${sum}, execution: $execution.id }`;
	const followers = [telling(`${sink.url}/synchronized`, told)];
	return (await serve(client, credential, 'synchronize', {}, followers)).path;
}

function telling(url: string, told: string): WorkflowNode {
	return {
		id: 'sink',
		name: 'Sink',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [660, 0],
		executeOnce: true,
		parameters: {
			method: 'POST',
			url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify(${told}) }}`,
			options: {},
		},
	};
}
