import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	itemsOf,
	N8nClient,
	startN8n,
	type RunningN8n,
	type WorkflowNode,
} from '../../../scripts/n8n';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { credentialType } from '../support/editor';
import { environment } from '../support/environment';
import { inLine } from '../support/workflows';

/**
 * A real n8n that keeps files in memory, on disk or in its database: a file goes out with a mailing and comes
 * back as it was.
 */

const draft = 22;
const text = `Preise ä € 😀 ${'0123456789'.repeat(10_000)}`;
const modes = environment.line === '1' ? ['default', 'filesystem'] : ['filesystem', 'database'];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function withN8n(mode: string, use: (client: N8nClient) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'maileon-files-'));
	const { host, tarball, login } = environment;
	const settings = {
		N8N_AVAILABLE_BINARY_DATA_MODES: mode,
		N8N_DEFAULT_BINARY_DATA_MODE: mode,
	};
	let running: RunningN8n | undefined;
	try {
		running = await startN8n({ host, userFolder: folder, tarballs: [tarball], settings });
		await use(await N8nClient.signIn(running.url, login));
	} finally {
		await running?.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A file made of text, attached to the draft, downloaded, and attached once more. */
async function workflowNodes(client: N8nClient): Promise<WorkflowNode[]> {
	const { id, name } = await client.saveCredential(credentialType, 'Sandbox', {
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.baseUrl,
	});
	const maileon = (title: string, operation: string, parameters: object) => ({
		name: title,
		type: 'n8n-nodes-maileon-api.maileonMailing',
		typeVersion: 1,
		parameters: {
			resource: 'mailingAttachment',
			operation,
			mailing: { __rl: true, mode: 'id', value: String(draft) },
			...parameters,
		},
		credentials: { [credentialType]: { id, name } },
	});
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Text',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return [{ json: { text: ${JSON.stringify(text)} } }];` },
		},
		{
			name: 'File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toText',
				sourceProperty: 'text',
				options: { fileName: 'prices.txt' },
			},
		},
		maileon('Attach', 'add', { binaryPropertyName: 'data' }),
		maileon('Download', 'download', {
			attachment: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			binaryPropertyName: 'download',
		}),
		maileon('Attach Again', 'add', { binaryPropertyName: 'download' }),
	];
	return nodes.map((node, index) => ({
		id: `node-${index}`,
		position: [220 * index, 0] as [number, number],
		...node,
	}));
}

test.each(modes)('files go out and come back with binary data mode "%s"', async (mode) => {
	await withN8n(mode, async (client) => {
		const nodes = await workflowNodes(client);
		const file = { name: 'Files', nodes, connections: inLine(nodes) };
		const { id } = await client.saveWorkflow(file);
		const execution = await client.runWorkflow(id, 'Start');
		expect(execution.error?.message).toBeUndefined();
		const attached = sandbox.account.mailings.get(draft)?.attachments ?? [];
		expect(attached.map(({ bytes }) => bytes.toString('utf8') === text)).toEqual([true, true]);
		const [downloaded] = itemsOf(execution, 'Download');
		expect(downloaded).toMatchObject({
			binary: { download: { fileName: 'prices.txt', mimeType: 'text/plain' } },
		});
		const kept = JSON.stringify(downloaded);
		expect(kept.includes(`"id":"${mode}`)).toBe(mode !== 'default');
	});
});
