import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { version } from '../../../package.json';
import { startSandbox, type Sandbox } from '../../../sandbox';
import {
	freePort,
	itemsOf,
	N8nClient,
	startN8n,
	waitFor,
	type RunningN8n,
} from '../../../scripts/n8n';
import { databaseSettings, startPostgres, type Postgres } from '../../../scripts/services/postgres';
import {
	dependenciesOf,
	foldersOf,
	install,
	installedPackages,
	nodesFolder,
	uninstall,
	update,
} from '../../../scripts/n8n/communityPackages';
import { environment } from '../support/environment';
import { executions } from '../support/executions';
import { NpmStandIn } from '../../../scripts/npm/npmStandIn';
import { packNewVersion } from '../../../scripts/npm/packing';
import {
	activateTrigger,
	expectToHear,
	expectToRun,
	ourParty,
	saveWorkflows,
	vendorParty,
	type Party,
	type SavedWorkflows,
} from '../support/party';
import { everyFiveSeconds, inLine } from '../support/workflows';

/**
 * The life of this package in an n8n that goes on running: installed, updated, uninstalled and installed again
 * by the requests that n8n's page of community nodes sends. The page itself is in firstHour.test.ts.
 */

const nextVersion = '999.0.0';
const newDescription = 'The description of the next version';
const nodeTypes = [
	'n8n-nodes-maileon-api.maileon',
	'n8n-nodes-maileon-api.maileonMailing',
	'n8n-nodes-maileon-api.maileonReport',
	'n8n-nodes-maileon-api.maileonReportTrigger',
	'n8n-nodes-maileon-api.maileonTrigger',
];
const database = 'n8n';

type Settings = Readonly<Record<string, string>>;

let folder: string;
let sandbox: Sandbox;
let ours: Party;
let vendors: Party;
let nextTarball: string;
let userFolder: string;
/** The same for each start, since Maileon calls where the trigger was registered. */
let port: number;
let npm: NpmStandIn;
let running: RunningN8n | undefined;
let client: N8nClient;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'maileon-install-'));
	sandbox = await startSandbox();
	ours = ourParty(sandbox);
	vendors = vendorParty(sandbox, join(folder, 'vendor'));
	nextTarball = packNewVersion(ours.tarball, join(folder, 'next'), nextVersion, {
		file: 'dist/maileon.js',
		from: 'Create, update and synchronize Maileon contacts',
		to: newDescription,
	});
});

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

/** An empty Maileon, and a registry that has the first version of both packages. */
async function startAnew(): Promise<void> {
	sandbox.reset();
	sandbox.addKey(vendors.key, ['GET']);
	userFolder = mkdtempSync(join(folder, 'n8n-'));
	port = await freePort();
	npm = new NpmStandIn(userFolder, environment.host).publish(ours.tarball, vendors.tarball);
}

async function start(settings: Settings = npm.settings): Promise<void> {
	running = await startN8n({ host: environment.host, userFolder, port, tarballs: [], settings });
	client = await N8nClient.signIn(running.url, environment.login);
}

async function stop(): Promise<void> {
	await running?.stop();
	running = undefined;
}

/** Names and versions of the installed packages, as n8n lists them. */
async function listed(): Promise<string[]> {
	const all = await installedPackages(client);
	return all.map((each) => `${each.packageName} ${each.installedVersion}`).sort();
}

async function installedNodes(): Promise<string[]> {
	const all = await installedPackages(client);
	return all.flatMap((each) => each.installedNodes.map(({ type }) => type));
}

/** A newer version of this package, if n8n has found one. */
async function offeredUpdate(): Promise<string | undefined> {
	return (await installedPackages(client))[0]?.updateAvailable;
}

/** The nodes of this package that n8n offers, and the tools that it makes of them. */
async function offeredNodes(): Promise<string[]> {
	const names = (await client.nodeTypes()).map(({ name }) => name);
	return names.filter((name) => name.startsWith(`${ours.packageName}.`));
}

async function descriptionOf(nodeType: string): Promise<string | undefined> {
	return (await client.nodeTypes()).find(({ name }) => name === nodeType)?.description;
}

/** A workflow that asks for opens every five seconds, active. */
async function activatePolling(): Promise<string> {
	const [credential] = await client.credentials();
	if (!credential) throw new Error('There is no credential.');
	const nodes = [
		{
			id: 'poll',
			name: 'Opened',
			type: 'n8n-nodes-maileon-api.maileonReportTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {
				pollTimes: { item: everyFiveSeconds() },
				events: ['open'],
				options: { delay: 0 },
			},
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	];
	const { id } = await client.saveWorkflow({ name: 'Polls', nodes, connections: inLine(nodes) });
	await client.activate(id);
	return id;
}

async function furtherPoll(): Promise<void> {
	const polls = () => sandbox.requests.filter(({ path }) => path === '/reports/opens/count').length;
	const before = polls();
	await waitFor('a poll', async () => (polls() > before ? true : undefined));
}

/** Somebody opens a mail. */
function open(email: string): void {
	sandbox.recipients.act('opens', { email }, { at: Date.now() });
}

/** Whose opens the polling workflow was given, once it was given so many. */
async function openers(workflowId: string, count: number): Promise<unknown[]> {
	return await waitFor(`${count} opens`, async () => {
		const found = await executions(client, workflowId, 0);
		const ended = await Promise.all(found.map(async ({ id }) => await client.execution(id)));
		const emails = ended.flatMap((each) => itemsOf(each, 'Opened').map(({ json }) => json.email));
		return emails.length >= count ? emails.sort() : undefined;
	});
}

describe.each([
	{ name: 'SQLite', start: undefined },
	{ name: 'PostgreSQL', start: startPostgres },
])('with $name', ({ start: startDatabase }) => {
	let postgres: Postgres | undefined;
	let settings: Settings;
	let saved: SavedWorkflows;
	let polling: string;

	beforeAll(async () => {
		await startAnew();
		postgres = await startDatabase?.();
		await postgres?.createDatabase(database);
		settings = {
			...npm.settings,
			...(postgres ? databaseSettings(postgres.port, database) : {}),
		};
		await start(settings);
	});

	afterAll(async () => {
		await stop();
		await postgres?.stop();
	});

	/** The types of the nodes of community packages, from the database where it can be asked. */
	async function storedNodes(): Promise<unknown[]> {
		const sql = 'select type from installed_nodes';
		const rows = await postgres?.query(database, sql);
		const types = rows?.flat() ?? (await installedNodes());
		return types.sort();
	}

	test('it is installed in a running n8n, and works', async () => {
		const { installedNodes } = await install(client, ours.packageName, version);
		expect(installedNodes.map(({ type }) => type).sort()).toEqual(nodeTypes);
		expect(await listed()).toEqual([`${ours.packageName} ${version}`]);
		expect(await offeredNodes()).toEqual(expect.arrayContaining(nodeTypes));
		expect(await storedNodes()).toEqual(nodeTypes);
		saved = await saveWorkflows(client, ours);
		await expectToRun(client, sandbox, ours, saved);
		await activateTrigger(client, sandbox, ours, saved);
		await expectToHear(client, ours, saved, 'ada@example.com');
		polling = await activatePolling();
	});

	test('it is updated while its triggers go on', async () => {
		sandbox.recipients.seedContacts(10);
		sandbox.recipients.send(21, { at: Date.now() - 120_000 });
		await furtherPoll();
		open('seed-1@example.com');
		await furtherPoll();
		expect(await offeredUpdate()).toBeUndefined();
		npm.publish(nextTarball);
		expect(await offeredUpdate()).toBe(nextVersion);
		await update(client, ours.packageName, nextVersion);
		open('seed-2@example.com');

		expect(await listed()).toEqual([`${ours.packageName} ${nextVersion}`]);
		expect(foldersOf(userFolder, ours.packageName)).toEqual([ours.packageName]);
		expect(await offeredNodes()).toEqual(expect.arrayContaining(nodeTypes));
		expect(await descriptionOf(ours.node.type)).toContain(newDescription);
		expect(await client.credentials()).toHaveLength(1);
		await expectToRun(client, sandbox, ours, saved);
		await expectToHear(client, ours, saved, 'grace@example.com');
		expect(await openers(polling, 2)).toEqual(['seed-1@example.com', 'seed-2@example.com']);
		await client.deactivate(polling);
	});

	test('it is uninstalled without a trace', async () => {
		await uninstall(client, ours.packageName);
		expect(await listed()).toEqual([]);
		expect(await offeredNodes()).toEqual([]);
		expect(foldersOf(userFolder, ours.packageName)).toEqual([]);
		expect(await storedNodes()).toEqual([]);
		// n8n 1.x forgets to.
		if (environment.line === '2') expect(dependenciesOf(userFolder)).toEqual({});
		expect(await client.credentials()).toHaveLength(1);
		await ours.callTrigger(client.url, 'nobody-listens@example.com');
		expect(sandbox.deliveries.at(-1)?.status).toBeGreaterThanOrEqual(400);
	});

	test('installed again it works with what was stored, also after a restart', async () => {
		await install(client, ours.packageName, version);
		await expectToRun(client, sandbox, ours, saved);
		await expectToHear(client, ours, saved, 'edsger@example.com');
		await stop();
		await start(settings);
		expect(await listed()).toEqual([`${ours.packageName} ${version}`]);
		await expectToRun(client, sandbox, ours, saved);
		await expectToHear(client, ours, saved, 'barbara@example.com');
	});

	test('n8n gets it back when its folder got lost', async () => {
		await stop();
		rmSync(nodesFolder(userFolder), { recursive: true });
		await start({ ...settings, N8N_REINSTALL_MISSING_PACKAGES: 'true' });
		expect(await listed()).toEqual([`${ours.packageName} ${version}`]);
		await expectToRun(client, sandbox, ours, saved);
		await expectToHear(client, ours, saved, 'alan@example.com');
	});
});

describe("beside the vendor's package", () => {
	beforeEach(startAnew);
	afterEach(stop);

	test.each([
		{ order: 'ours first', first: () => ours, second: () => vendors },
		{ order: "the vendor's first", first: () => vendors, second: () => ours },
	])('both are installed and go on, $order', async ({ first, second }) => {
		await start();
		const saved = new Map<Party, SavedWorkflows>();
		const expectToWork = async (party: Party, email: string) => {
			const workflows = saved.get(party);
			if (!workflows) throw new Error(`${party.name} has no workflows.`);
			await expectToRun(client, sandbox, party, workflows);
			await expectToHear(client, party, workflows, email);
		};
		for (const party of [first(), second()]) {
			const offered = party === ours ? version : '1.0.0';
			await install(client, party.packageName, offered);
			const workflows = await saveWorkflows(client, party);
			saved.set(party, workflows);
			await activateTrigger(client, sandbox, party, workflows);
		}
		expect(await listed()).toEqual([
			`${vendors.packageName} 1.0.0`,
			`${ours.packageName} ${version}`,
		]);
		for (const party of [ours, vendors]) await expectToWork(party, 'ada@example.com');

		npm.publish(nextTarball);
		await update(client, ours.packageName, nextVersion);
		for (const party of [ours, vendors]) await expectToWork(party, 'grace@example.com');

		const [leaving, staying] = [first(), second()];
		await uninstall(client, leaving.packageName);
		await expectToWork(staying, 'edsger@example.com');
	});
});
