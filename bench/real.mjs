// `npm run bench:real`: 200,000 contacts through a real n8n to the sandbox, every contact accounted for.
// Ends with exit code 1 when one is not.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { ensureHost, lineForThisNode } from '../scripts/hosts.mjs';
import { ensureBuild, packPackage, requireNode, say } from '../scripts/prepare.mjs';

const CONTACTS = 200_000;
const EXISTING = 20_000;
const EVERY_INVALID = 500;

requireNode();
await ensureBuild();
const { startN8n, N8nClient, itemsOf } = await tsImport('../scripts/n8n/index.ts', import.meta.url);
const { startSandbox } = await tsImport('../sandbox/index.ts', import.meta.url);
const host = await ensureHost(lineForThisNode());
const userFolder = mkdtempSync(join(tmpdir(), 'maileon-real-'));
const sandbox = await startSandbox({ quiet: true });
const n8n = await startN8n({ host, userFolder, tarballs: [await packPackage()] });
try {
	const client = await N8nClient.signIn(n8n.url, {
		email: 'bench@example.com',
		password: 'Maileon-bench-1',
	});
	const credential = await client.saveCredential('maileonRestApi', 'Maileon account', {
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.baseUrl,
	});
	await synchronize(client, credential, EXISTING, 'Existing contacts');
	const started = Date.now();
	const reports = await synchronize(client, credential, CONTACTS, 'All contacts');
	const seconds = (Date.now() - started) / 1000;
	process.exitCode = account(reports, sandbox, seconds) ? 0 : 1;
} finally {
	await n8n.stop();
	await sandbox.close();
	rmSync(userFolder, { recursive: true, force: true });
}

/** Runs a workflow that makes `count` contacts by an expression, some of them without a valid email. */
async function synchronize(client, { id, name: credentialName }, count, name) {
	const contact = `({ email: index % ${EVERY_INVALID} === 7 ? 'nobody ' + index : 'contact.' + index + '@example.com', standard_fields: { FIRSTNAME: 'Ada', LASTNAME: 'No. ' + index, CITY: 'Zürich' } })`;
	const workflow = {
		name,
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Synchronize',
				type: 'n8n-nodes-maileon-api.maileon',
				typeVersion: 1,
				position: [200, 0],
				parameters: {
					resource: 'contact',
					operation: 'synchronize',
					contactsSource: 'json',
					contactsJson: `={{ Array.from({ length: ${count} }, (_, index) => ${contact}) }}`,
					syncMode: 2,
					ignoreInvalidContacts: true,
				},
				credentials: { maileonRestApi: { id, name: credentialName } },
			},
		],
		connections: { Start: { main: [[{ node: 'Synchronize', type: 'main', index: 0 }]] } },
	};
	const stored = await client.saveWorkflow(workflow);
	const execution = await client.runWorkflow(stored.id);
	if (execution.status !== 'success')
		throw new Error(`${name}: ${execution.status} ${execution.error?.message ?? ''}`);
	return itemsOf(execution, 'Synchronize').map(({ json }) => json);
}

/** Compares what the reports say with what was sent and with what the sandbox holds. */
function account(reports, { account: maileon }, seconds) {
	const sum = (count) => reports.reduce((total, report) => total + (report[count] ?? 0), 0);
	const sent = sum('count_contacts');
	const existing = sum('count_existing_contacts');
	const created = sum('count_new_contacts');
	const invalid = sum('count_invalid_contacts');
	const unsubscribed = sum('count_unsubscribed_contacts');
	const ignored = sent - existing - created - invalid - unsubscribed;
	const refused = reports.flatMap((report) => report.invalid_contacts).length;
	const unmatched = sum('count_unmatched_contacts');
	const stored = maileon.contacts.size ?? maileon.contacts.length;
	say(
		`n8n ${host.version}: ${sent} sent in ${reports.length} requests = ${existing} existing + ${created} new + ${invalid} invalid + ${unsubscribed} unsubscribed + ${ignored} ignored; ${stored} stored; ${seconds.toFixed(1)} s`,
	);
	return (
		sent === CONTACTS &&
		ignored === 0 &&
		invalid === CONTACTS / EVERY_INVALID &&
		refused === invalid &&
		unmatched === 0 &&
		reports.every(({ batch }, index) => batch === index + 1)
	);
}
