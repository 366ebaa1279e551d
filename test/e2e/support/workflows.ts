import type { StoredWorkflow, WorkflowNode } from '../../../scripts/n8n';
import { credentialType, maileonType, type Editor } from './editor';
import { environment } from './environment';

export const sheetName = 'Sheet';

/** A trigger and a node that stands for a sheet, with these rows. */
export function sheetNodes(rows: object[]): WorkflowNode[] {
	const jsCode = `return ${JSON.stringify(rows)}.map((json) => ({ json }));`;
	return [
		{
			id: '5a6c1f3e-0001-4000-8000-000000000001',
			name: 'Run by Hand',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '5a6c1f3e-0001-4000-8000-000000000002',
			name: sheetName,
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [220, 0],
			parameters: { jsCode },
		},
	];
}

/** Connects the nodes one after the other. */
export function inLine(nodes: WorkflowNode[]): Record<string, unknown> {
	const pairs = nodes.slice(0, -1).map((node, index) => {
		const next = nodes[index + 1];
		return [node.name, { main: [[{ node: next?.name, type: 'main', index: 0 }]] }];
	});
	return Object.fromEntries(pairs) as Record<string, unknown>;
}

/** When to poll. n8n takes no interval below a minute, but as many times within one as somebody sets. */
export function everyFiveSeconds(): Array<{ mode: string; cronExpression: string }> {
	const seconds = Array.from({ length: 12 }, (_, index) => index * 5);
	return seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
}

/** Stores a workflow of a sheet and a Maileon node that has its credential, and opens it in the editor. */
export async function openSheetWorkflow(
	editor: Editor,
	name: string,
	rows: object[],
	parameters: Record<string, unknown>,
	more: Partial<WorkflowNode> = {},
): Promise<StoredWorkflow> {
	const credential = await editor.client.saveCredential(credentialType, 'Sandbox', {
		apiKey: environment.apiKey,
		baseUrl: environment.baseUrl,
	});
	const nodes: WorkflowNode[] = [
		...sheetNodes(rows),
		{
			name: 'Maileon',
			type: maileonType,
			typeVersion: 1,
			position: [440, 0],
			parameters,
			credentials: { [credentialType]: { id: credential.id, name: credential.name } },
			...more,
		},
	];
	const workflow = await editor.client.saveWorkflow({ name, nodes, connections: inLine(nodes) });
	await editor.openWorkflow(workflow.id);
	return workflow;
}
