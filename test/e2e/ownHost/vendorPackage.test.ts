import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { N8nClient, startN8n, type RunningN8n } from '../../../scripts/n8n';
import { Editor } from '../support/editor';
import { environment } from '../support/environment';
import {
	activateTrigger,
	expectToHear,
	expectToRun,
	ourParty,
	saveWorkflows,
	vendorParty,
	type Party,
} from '../support/party';

/**
 * This package and the vendor's, for which a stub with the vendor's names stands, in one n8n: whichever was
 * there first, its workflows go on, and each signs with the key of its own credential. How both are installed
 * in a running n8n is in install.test.ts.
 */

let folder: string;
let sandbox: Sandbox;
let ours: Party;
let vendors: Party;
let running: RunningN8n | undefined;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'maileon-side-by-side-'));
	sandbox = await startSandbox();
	ours = ourParty(sandbox);
	vendors = vendorParty(sandbox, join(folder, 'vendor'));
});

beforeEach(() => {
	sandbox.reset();
	sandbox.addKey(vendors.key, ['GET']);
});

afterEach(stop);

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function start(userFolder: string, parties: Party[]): Promise<N8nClient> {
	const tarballs = parties.map(({ tarball }) => tarball);
	running = await startN8n({ host: environment.host, userFolder, tarballs });
	return await N8nClient.signIn(running.url, environment.login);
}

async function stop(): Promise<void> {
	await running?.stop();
	running = undefined;
}

/** The panel of nodes lists both, by names that differ. */
async function expectInPanel(client: N8nClient, pictureName: string): Promise<void> {
	const editor = await Editor.open(client.url);
	try {
		await editor.openNewWorkflow();
		await editor.addNode('manual', 'Manual Trigger');
		await editor.openNodePanel();
		for (const { node } of [ours, vendors]) await editor.searchNode('maileon', node.displayName);
		await editor.screenshot(pictureName);
	} finally {
		await editor.close();
	}
}

for (const isOursFirst of [true, false]) {
	const order = isOursFirst ? 'ours first' : "the vendor's first";
	test(`both run and listen, ${order}`, async () => {
		const [first, second] = isOursFirst ? [ours, vendors] : [vendors, ours];
		const userFolder = mkdtempSync(join(folder, 'n8n-'));
		const before = await start(userFolder, [first]);
		const savedOfFirst = await saveWorkflows(before, first);
		await expectToRun(before, sandbox, first, savedOfFirst);
		await stop();

		const client = await start(userFolder, [first, second]);
		const displayNames = (await client.nodeTypes()).map(({ displayName }) => displayName);
		for (const { node, trigger } of [ours, vendors])
			expect(displayNames).toEqual(expect.arrayContaining([node.displayName, trigger.displayName]));
		const savedOfSecond = await saveWorkflows(client, second);
		for (const [party, saved] of [
			[first, savedOfFirst],
			[second, savedOfSecond],
		] as const) {
			await expectToRun(client, sandbox, party, saved);
			await activateTrigger(client, sandbox, party, saved);
			await expectToHear(client, party, saved, 'ada@example.com');
		}
		await expectInPanel(client, `side-by-side-${isOursFirst ? 'ours' : 'vendor'}-first`);
	});
}
