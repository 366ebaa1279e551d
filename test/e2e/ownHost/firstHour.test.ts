import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { version } from '../../../package.json';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { itemsOf, N8nClient, startN8n, waitFor, type RunningN8n } from '../../../scripts/n8n';
import { Editor, maileonType } from '../support/editor';
import { environment } from '../support/environment';
import { executions } from '../support/executions';
import { NpmStandIn } from '../../../scripts/npm/npmStandIn';
import { inLine, sheetName, sheetNodes } from '../support/workflows';

/**
 * The first hour of somebody new, in one take: install the package on the page for it, connect the account,
 * run two operations, and hear of an event. `npm run frames` keeps its pictures for a film.
 */

const packageName = 'n8n-nodes-maileon-api';
const ada = 'ada@example.com';

let folder: string;
let sandbox: Sandbox;
let running: RunningN8n;
let editor: Editor;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'maileon-first-hour-'));
	sandbox = await startSandbox();
	running = await startN8n({
		host: environment.host,
		userFolder: folder,
		tarballs: [],
		settings: new NpmStandIn(folder, environment.host).publish(environment.tarball).settings,
	});
	await N8nClient.signIn(running.url, environment.login);
	editor = await Editor.open(running.url);
});

afterAll(async () => {
	await editor.close();
	await running.stop();
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => await editor.screenshot('first-hour'));

test('install, connect, run two operations, hear of an event', async () => {
	await editor.openCommunityNodes();
	await editor.frame('no-package-yet');
	await editor.installPackage(`${packageName}@${version}`);
	await editor.frame('package-installed');

	await editor.openNewWorkflow();
	const rows = [
		{ Email: ada, 'First Name': 'Ada' },
		{ Email: 'grace@example.com', 'First Name': 'Grace' },
	];
	const sheet = sheetNodes(rows);
	await editor.paste(sheet, inLine(sheet));
	await editor.addActionAfter(
		sheetName,
		'maileon',
		'Maileon API',
		'Synchronize a list of contacts',
	);
	await editor.openNewCredential();
	await editor.credentialField('apiKey').fill(sandbox.apiKey);
	await editor.credentialField('baseUrl').fill(sandbox.baseUrl);
	await editor.frame('credential-filled-in');
	await editor.saveCredential();
	await editor.closeCredential();
	await editor.openCredential();
	await editor.expectCredentialSuccess();
	await editor.frame('credential-tested');
	await editor.leaveCredential();

	await editor.mapAutomatically();
	await editor.frame('synchronize');
	await editor.executeStep();
	const report = await editor.outputTable();
	expect(report.rows[0]?.[report.columns.indexOf('count_new_contacts')]).toBe('2');
	await editor.frame('synchronize-done');
	await editor.closeNode();

	await editor.addActionAfter(
		'Synchronize a list of contacts',
		'maileon',
		'Maileon API',
		'Create or update a contact by email',
	);
	await editor.typeInto('email', ada);
	await editor.toggle('doi');
	await editor.frame('create-by-email');
	await editor.executeStep();
	const created = await editor.outputTable();
	expect(created.rows[0]?.[created.columns.indexOf('doi_requested')]).toBe('true');
	await editor.frame('create-by-email-done');

	const [credential] = await editor.client.credentials();
	if (!credential) throw new Error('There is no credential.');
	const nodes = [
		{
			id: 'trigger',
			name: 'Double Opt-In Confirmed',
			type: `${maileonType}Trigger`,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: { event: 'doi' },
			webhookId: '2f0c9a10-0003-4000-8000-000000000001',
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
		{
			id: 'follower',
			name: 'CRM',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [220, 0] as [number, number],
			parameters: {},
		},
	];
	const { id } = await editor.client.saveWorkflow({
		name: 'Somebody confirmed',
		nodes,
		connections: inLine(nodes),
	});
	await editor.openWorkflow(id);
	await editor.frame('trigger');
	await editor.client.activate(id);
	await waitFor('the webhook of the trigger', async () => {
		const isThere = sandbox.requests.some(
			({ method, path, status }) => `${method} ${path}` === 'POST /webhooks' && status === 201,
		);
		return await Promise.resolve(isThere || undefined);
	});
	await editor.openWorkflow(id);
	await editor.frame('trigger-active');
	await sandbox.confirmDoi(ada);
	const [execution] = await executions(editor.client, id, 1);
	expect(itemsOf(await editor.client.execution(execution?.id ?? ''), 'CRM')).toMatchObject([
		{ json: { event: 'doi', email: ada } },
	]);
	await editor.openExecution(id, execution?.id ?? '');
	await editor.frame('trigger-fired');
});
