// `npm run test:crash`: a real n8n is killed in the middle of a large Synchronize run, started again, and the
// run is repeated. Every contact must be in Maileon (the sandbox) once, as the README promises.
//
//   --line 1|2  n8n 1.x or 2.x; the one that suits the running Node when left out

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { ensureHost, lineForThisNode } from './hosts.mjs';
import { ensureBuild, ensureDependencies, packPackage, requireNode, say } from './prepare.mjs';

const CONTACTS = 50_000;
const BATCH = 500;
const LOGIN = { email: 'crash@example.com', password: 'Maileon-crash-1' };

requireNode();
const { values } = parseArgs({ options: { line: { type: 'string' } } });

function workflow(credential) {
	const contacts = `Array.from({ length: ${CONTACTS} }, (_, i) => ({ email: 'c' + i + '@example.com', standard_fields: { FIRSTNAME: 'N' + i } }))`;
	return {
		name: 'Fifty thousand contacts',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'maileon',
				name: 'Maileon',
				type: 'n8n-nodes-maileon-api.maileon',
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: 'contact',
					operation: 'synchronize',
					contactsSource: 'json',
					contactsJson: `={{ ${contacts} }}`,
					syncMode: 1,
					options: { batchSize: BATCH },
				},
				credentials: { maileonRestApi: { id: credential.id, name: credential.name } },
			},
		],
		connections: { Start: { main: [[{ node: 'Maileon', type: 'main', index: 0 }]] } },
	};
}

function expectThat(holds, words) {
	if (!holds) throw new Error(`Not so: ${words}`);
	say(`✔ ${words}`);
}

async function main() {
	await ensureDependencies();
	await ensureBuild();
	const tarball = await packPackage();
	const host = await ensureHost(values.line ?? lineForThisNode());
	const { startN8n, N8nClient, itemsOf, waitFor } = await tsImport(
		'./n8n/index.ts',
		import.meta.url,
	);
	const { startSandboxProcess } = await tsImport('./services/index.ts', import.meta.url);
	const userFolder = mkdtempSync(join(tmpdir(), 'maileon-crash-'));
	const sandbox = await startSandboxProcess();
	const running = [];
	const start = async () => {
		const n8n = await startN8n({ host, userFolder, tarballs: [tarball] });
		running.push(n8n);
		return { n8n, client: await N8nClient.signIn(n8n.url, LOGIN) };
	};
	try {
		const first = await start();
		const data = { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl };
		const credential = await first.client.saveCredential('maileonRestApi', 'Maileon account', data);
		const { id } = await first.client.saveWorkflow(workflow(credential));
		await first.client.startWorkflow(id, 'Start');
		await waitFor('the first contacts', async () =>
			(await sandbox.countContacts()) >= 5 * BATCH ? true : undefined,
		);
		await first.n8n.die();
		const before = await sandbox.countContacts();
		expectThat(before < CONTACTS, `n8n ${host.version} was killed after ${before} contacts`);

		const second = await start();
		const run = await second.client.runWorkflow(id, 'Start');
		expectThat(run.status === 'success', 'after a new start the same run ended well');
		const reports = itemsOf(run, 'Maileon').map(({ json }) => json);
		const sum = (name) => reports.reduce((total, report) => total + Number(report[name]), 0);
		expectThat(
			sum('count_existing_contacts') >= before && sum('count_contacts') === CONTACTS,
			`its ${reports.length} reports speak of ${sum('count_existing_contacts')} contacts that were there and ${sum('count_new_contacts')} new ones`,
		);
		const emails = await sandbox.emails();
		expectThat(
			emails.size === CONTACTS && [...emails.values()].every((times) => times === 1),
			`every one of the ${CONTACTS} contacts is in Maileon once`,
		);
	} finally {
		for (const n8n of running) await n8n.stop();
		await sandbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

main().then(
	() => process.exit(0),
	(error) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
