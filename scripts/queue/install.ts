import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { name as packageName, version } from '../../package.json';
import { itemsOf, waitFor } from '../n8n';
import * as communityPackages from '../n8n/communityPackages';
import { NpmStandIn } from '../npm/npmStandIn';
import { packNewVersion } from '../npm/packing';
import { Fleet, type Process, type Worker } from './fleet';
import type { Surroundings } from './index';
import { saveCredential, Stage } from './stage';
import { people, serveTrigger, TRIGGER_PATH } from './workflows';

const NEXT_VERSION = '999.0.0';
const CODE = 'dist/maileon.js';
const NEXT_REFUSAL = 'The next version refuses this call.';
/** By what the next version is known: a key of its output, and its answer to a call that is not from Maileon. */
const CHANGES = [
	{ file: CODE, from: '{success:!0,...sent', to: '{success:!0,is_next:!0,...sent' },
	{ file: CODE, from: 'This call is not from Maileon.', to: NEXT_REFUSAL },
];
const CALLS = 5;

/** What a process is set to that may start with an empty disk. */
const REINSTALL = { N8N_REINSTALL_MISSING_PACKAGES: 'true' };

/** The processes beside the main one. */
interface Crew {
	webhooks: Process;
	worker: Worker;
}

/**
 * The package is installed in the main process, as the page of community nodes does it. Processes that start with
 * an empty disk get it themselves. Then it is updated while they run, and they are started again.
 */
export async function install(surroundings: Surroundings): Promise<Stage> {
	const { host, tarball, services, sandbox, folder, say } = surroundings;
	const npm = new NpmStandIn(folder, host).publish(tarball);
	const name = `n8n_install_${host.version.replaceAll('.', '_')}`;
	const { settings } = npm;
	const fleet = await Fleet.start({ host, tarballs: [], services, folder, name, settings });
	try {
		await communityPackages.install(fleet.client, packageName, version);
		const credential = await saveCredential(fleet, sandbox);
		const stage = new Stage(host.version, fleet, sandbox, credential, say);
		const crew = await startEmpty(stage);
		npm.publish(packNewVersion(tarball, join(folder, 'next'), NEXT_VERSION, ...CHANGES));
		await update(stage, crew);
		await restart(stage, crew);
		return stage;
	} catch (error) {
		console.error(fleet.output());
		throw error;
	} finally {
		await fleet.stop();
	}
}

/** Starts a webhook processor, a worker, and a further worker for a while, each with an empty disk. */
async function startEmpty(stage: Stage): Promise<Crew> {
	const { fleet, sandbox, access } = stage;
	const webhooks = await fleet.startWebhookProcessor(REINSTALL);
	const worker = await fleet.startWorker(REINSTALL);
	const crew = { webhooks, worker };
	stage.expect(
		'a webhook processor and a worker with empty disks installed the package themselves',
		[webhooks, worker].every(({ userFolder }) => versionIn(userFolder) === version),
	);
	await serveTrigger(fleet.client, access, 'maileonTrigger', { event: 'unsubscription' });
	const isRegistered = async (): Promise<true | undefined> =>
		sandbox.account.webhooks.size === 1 || undefined;
	await waitFor('the webhook in Maileon', isRegistered);
	await expectToWork(stage, 'installed by themselves');
	const further = await fleet.startWorker(REINSTALL);
	stage.expect(
		'a further worker with an empty disk installed it too',
		versionIn(further.userFolder) === version,
	);
	await expectToWork(stage, 'with a further worker');
	await further.stop();
	const folders = [fleet.mainFolder, webhooks.userFolder, worker.userFolder];
	stage.expect(
		'the others still have it on their disks',
		folders.every((folder) => versionIn(folder) === version),
	);
	return crew;
}

/** Updates the package in the main process, as the page does, while the others run. */
async function update(stage: Stage, { webhooks, worker }: Crew): Promise<void> {
	const { fleet } = stage;
	await communityPackages.update(fleet.client, packageName, NEXT_VERSION);
	await waitFor('the next version on all disks', async () => {
		const folders = [fleet.mainFolder, webhooks.userFolder, worker.userFolder];
		return folders.every((folder) => versionIn(folder) === NEXT_VERSION) || undefined;
	});
	const keepsOld = stage.version.startsWith('1.');
	const isNext = async (): Promise<true | undefined> =>
		(await isNextInWorker(stage)) && (await isNextInWebhooks(stage)) ? true : undefined;
	if (!keepsOld) await waitFor('the next version in use', isNext);
	const [inWorker, inWebhooks] = [await isNextInWorker(stage), await isNextInWebhooks(stage)];
	stage.expect(
		`after the update the worker uses the ${wordFor(inWorker)} version, the webhook processor the ${wordFor(inWebhooks)}`,
		inWorker !== keepsOld && inWebhooks !== keepsOld,
	);
	stage.tell(
		`After an update of the package while all processes run: a worker uses the ${wordFor(inWorker)} version, a webhook processor the ${wordFor(inWebhooks)}; both have the next one on their disks.`,
	);
	await expectToWork(stage, 'after the update');
}

/** Starts the webhook processor again with its disk, and the worker with an empty one. */
async function restart(stage: Stage, { webhooks, worker }: Crew): Promise<void> {
	const { fleet } = stage;
	await Promise.all([webhooks.stop(), worker.stop()]);
	await fleet.startWebhookProcessor(REINSTALL, webhooks.userFolder);
	await fleet.startWorker(REINSTALL);
	const [inWorker, inWebhooks] = [await isNextInWorker(stage), await isNextInWebhooks(stage)];
	stage.expect(
		`started again, the worker uses the ${wordFor(inWorker)} version, the webhook processor the ${wordFor(inWebhooks)}`,
		inWorker && inWebhooks,
	);
	await expectToWork(stage, 'started again');
}

/** Calls start executions of the node, and an event in Maileon starts one of the trigger. */
async function expectToWork(stage: Stage, when: string): Promise<void> {
	const { fleet, sandbox } = stage;
	const before = (await fleet.executions()).get('success') ?? 0;
	const called = people(CALLS, when.replaceAll(' ', '-'));
	await stage.call(
		'create',
		called.map((person) => [person]),
	);
	await stage.quiet();
	const emails = new Set(sandbox.contacts().map(({ email }) => email));
	const created = called.filter(({ email }) => emails.has(email)).length;
	const [delivery] = await sandbox.unsubscribe(called[0]?.email ?? '');
	await stage.quiet();
	const succeeded = ((await fleet.executions()).get('success') ?? 0) - before;
	stage.expect(
		`${when}: ${created} of ${CALLS} contacts were created, the trigger answered with ${delivery?.status}, ${succeeded} executions succeeded`,
		created === CALLS && delivery?.status === 200 && succeeded === CALLS + 1,
	);
}

/** Whether the only worker uses the next version. */
async function isNextInWorker(stage: Stage): Promise<boolean> {
	const { id } = await stage.workflow('create');
	await stage.call('create', [people(1, 'asked-for-its-version')]);
	await stage.quiet();
	const last = (await stage.fleet.executionsOf(id)).at(-1);
	const [item] = itemsOf(await stage.fleet.client.execution(last?.id ?? ''), 'Maileon');
	return item?.json.is_next === true;
}

/** Whether the webhook processor does; asked by a call that is not from Maileon. */
async function isNextInWebhooks({ fleet }: Stage): Promise<boolean> {
	const answer = await fetch(`${fleet.webhookUrl}/webhook/${TRIGGER_PATH}`, { method: 'POST' });
	return (await answer.text()).includes(NEXT_REFUSAL);
}

/** The version of the package in a user folder, once it is installed there to its end. */
function versionIn(userFolder: string): string | undefined {
	const modules = join(communityPackages.nodesFolder(userFolder), 'node_modules');
	const manifest = join(modules, packageName, 'package.json');
	if (!existsSync(manifest)) return undefined;
	const { version: found } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
	return communityPackages.dependenciesOf(userFolder)[packageName] === found ? found : undefined;
}

function wordFor(isNext: boolean): string {
	return isNext ? 'next' : 'old';
}
