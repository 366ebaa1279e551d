// `npm run demo`: a real n8n with this package, beside a Maileon in memory, from nothing but a clone.
//
//   --once      ends after the runs, with exit code 1 if one of them failed
//   --line 1|2  takes n8n 1.x or 2.x instead of the one that suits the running Node
//   --newest    takes the newest n8n 2.x instead of the pinned one

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureHost, lineForThisNode } from './hosts.mjs';
import {
	cacheFolder,
	ensureBuild,
	ensureDependencies,
	packPackage,
	projectFolder,
	requireNode,
	say,
} from './prepare.mjs';

const login = { email: 'demo@example.com', password: 'Maileon-demo-1' };
const credentialName = 'Maileon account';
const nodeType = 'n8n-nodes-maileon-api.maileon';
const triggerTypes = [`${nodeType}Trigger`, `${nodeType}ReportTrigger`];
const usualPorts = { n8n: 5678, sandbox: 8025 };

requireNode();
const { values: wanted } = parseArgs({
	options: {
		once: { type: 'boolean', default: false },
		line: { type: 'string', default: lineForThisNode() },
		newest: { type: 'boolean', default: false },
	},
});

const running = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end(0));

try {
	const failures = await demo();
	if (wanted.once || failures > 0) await end(failures > 0 ? 1 : 0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	await end(1);
}

async function demo() {
	await ensureDependencies();
	const { tsImport } = await import('tsx/esm/api');
	const { freePort, startN8n, N8nClient } = await tsImport('./n8n/index.ts', import.meta.url);
	const { startSandbox } = await tsImport('../sandbox/index.ts', import.meta.url);
	await ensureBuild();
	const host = await ensureHost(wanted.line, say, { newest: wanted.newest });
	const tarball = await packPackage();

	const sandboxPort = await choosePort('the sandbox', usualPorts.sandbox, freePort);
	const sandbox = await startSandbox({ port: sandboxPort });
	running.push(() => sandbox.close());

	const port = await choosePort('n8n', usualPorts.n8n, freePort);
	say(`Starting n8n ${host.version} ...`);
	const n8n = await startN8n({ host, userFolder: takeUserFolder(host), tarballs: [tarball], port });
	running.push(() => n8n.stop());

	const client = await signIn(N8nClient, n8n.url);
	const credential = await client.saveCredential('maileonRestApi', credentialName, {
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.baseUrl,
	});
	const failures = await runExamples(client, credential);
	say(failures === 0 ? 'All workflows succeeded.' : `${failures} workflow(s) failed.`);
	if (!wanted.once) tellAddresses(n8n, sandbox, host);
	return failures;
}

async function choosePort(what, usual, freePort) {
	const port = await freePort(usual);
	if (port !== usual) say(`Port ${usual} is in use; ${what} takes ${port} instead.`);
	return port;
}

/**
 * The user folder is kept, so that a second start takes seconds and finds what was made in the editor.
 * While another demo uses it, this one takes a folder of its own.
 */
function takeUserFolder(host) {
	const kept = join(cacheFolder(), `demo-n8n-${host.version}`);
	const lock = join(kept, 'used-by');
	const isFree = !existsSync(lock) || !isAlive(Number(readFileSync(lock, 'utf8')));
	const folder = isFree ? kept : `${kept}-${process.pid}`;
	mkdirSync(folder, { recursive: true });
	if (isFree) {
		writeFileSync(lock, String(process.pid));
		running.push(() => rmSync(lock, { force: true }));
	} else {
		say('Another demo is running; this one starts with an empty n8n of its own.');
		running.push(() => rmSync(folder, { recursive: true, force: true }));
	}
	return folder;
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function signIn(N8nClient, url) {
	try {
		return await N8nClient.signIn(url, login);
	} catch (error) {
		if (error.status !== 401) throw error;
		throw new Error(
			`The demo's n8n has another owner or password by now. Delete ${cacheFolder()}/demo-n8n-* to start over.`,
		);
	}
}

/** Imports and runs each example, or switches it on; gives how many of them failed. */
async function runExamples(client, credential) {
	const folder = join(projectFolder, 'examples');
	let failures = 0;
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
		const workflow = withCredential(
			JSON.parse(readFileSync(join(folder, file), 'utf8')),
			credential,
		);
		const stored = await client.saveWorkflow(workflow);
		if (workflow.nodes.some(({ type }) => triggerTypes.includes(type))) {
			await switchOn(client, stored, file);
			continue;
		}
		const execution = await client.runWorkflow(stored.id);
		show(workflow, file, execution);
		if (execution.status !== 'success') failures += 1;
	}
	return failures;
}

/** A workflow that an event starts cannot be run; it waits for its event as long as the demo runs. */
async function switchOn(client, { id, name }, file) {
	await client.activate(id);
	running.push(() => client.deactivate(id));
	console.log(`\n${name}  (examples/${file}): switched on`);
	console.log("  Press a contact's button on the page of the sandbox, and see it run in n8n.");
}

function withCredential(workflow, { id, name }) {
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.maileonRestApi
			? { ...node, credentials: { maileonRestApi: { id, name } } }
			: node,
	);
	return { ...workflow, nodes };
}

function show(workflow, file, execution) {
	console.log(`\n${workflow.name}  (examples/${file}): ${execution.status}`);
	for (const node of workflow.nodes.filter(({ type }) => type.startsWith(nodeType))) {
		const items = (execution.runs[node.name] ?? []).flatMap((run) => run.data?.main?.[0] ?? []);
		console.log(`  ${node.name} (${node.parameters.operation}), ${items.length} item(s):`);
		for (const { json } of items) console.log(indent(JSON.stringify(json, null, 2), '    '));
	}
	if (execution.error) {
		const { message, description } = execution.error;
		console.log(indent([message, description].filter(Boolean).join('\n'), '  ! '));
	}
}

function indent(text, by) {
	return text.replace(/^/gm, by);
}

function tellAddresses(n8n, sandbox, host) {
	console.log(`
n8n ${host.version}      ${n8n.url}
  Email          ${login.email}
  Password       ${login.password}
Maileon sandbox  ${sandbox.url}
  API key        ${sandbox.apiKey}
  Base URL       ${sandbox.baseUrl}

Open both side by side, change a workflow and run it. Ctrl-C ends them.`);
}

/** Stops what was started, last first. */
async function end(code) {
	while (running.length > 0) {
		const stop = running.pop();
		try {
			await stop();
		} catch (error) {
			console.error(error instanceof Error ? error.message : error);
		}
	}
	process.exit(code);
}
