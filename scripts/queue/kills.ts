import { waitFor } from '../n8n';
import { number, table, timesOf, type Stage } from './stage';
import { people, TRANSACTIONS_PER_REQUEST, type Work } from './workflows';

/**
 * n8n's own settings are 60 s, 10 s and 30 s; all is the same, but sooner. Not much sooner: a worker that gets
 * little of a busy processor must not count as dead.
 */
export const SHORT_LOCK = {
	QUEUE_WORKER_LOCK_DURATION: '20000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '4000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

interface Kill {
	/** Words for the table. */
	what: string;
	work: Work;
	people: number;
	/** How much there must be in the account before the worker is killed. */
	midway: number;
	/** What the run makes in the account, one text for each thing. */
	made(stage: Stage): string[];
	/** What the things are called. */
	things: string;
	/** Whether a thing that is made a second time is there twice. */
	canDouble: boolean;
}

const KILLS: Kill[] = [
	{
		what: 'Create with double opt-in, 60 items',
		work: 'createWithDoi',
		people: 60,
		midway: 15,
		made: ({ sandbox }) => sandbox.mails.map(({ email }) => email),
		things: 'double opt-in mails',
		canDouble: true,
	},
	{
		what: 'Synchronize, 20,000 contacts',
		work: 'synchronize',
		people: 20_000,
		midway: 5_000,
		made: ({ sandbox }) => sandbox.contacts().map(({ email }) => email ?? ''),
		things: 'contacts',
		canDouble: false,
	},
	{
		what: 'Send, 5,000 transactions',
		work: 'send',
		people: 5_000,
		midway: 3 * TRANSACTIONS_PER_REQUEST,
		// With its ID: one that is sent again counts as the same only if its ID is the same.
		made: ({ sandbox }) =>
			sandbox.account.transactions.map(
				({ content }) => `${String(content['order.id'])} ${String(content.transaction_id)}`,
			),
		things: 'transactions',
		canDouble: true,
	},
];

/** What n8n is set to do with the execution of a dead worker; n8n 2.x leaves no choice. */
interface Setting {
	name: string;
	settings: Readonly<Record<string, string>>;
	runsAgain: boolean;
}

const ONCE_MORE: Setting = {
	name: '`QUEUE_WORKER_MAX_STALLED_COUNT=1` (default)',
	settings: { QUEUE_WORKER_MAX_STALLED_COUNT: '1' },
	runsAgain: true,
};
const NEVER: Setting = {
	name: '`QUEUE_WORKER_MAX_STALLED_COUNT=0`',
	settings: { QUEUE_WORKER_MAX_STALLED_COUNT: '0' },
	runsAgain: false,
};
const NO_CHOICE: Setting = { name: 'no such setting', settings: {}, runsAgain: false };

/** Kills the worker in the middle of each kind of work, and counts what is in the account afterwards. */
export async function kills(stage: Stage): Promise<void> {
	const rows: string[][] = [];
	for (const setting of stage.version.startsWith('1.') ? [ONCE_MORE, NEVER] : [NO_CHOICE]) {
		await stage.fleet.stopWorkers();
		const settings = { ...SHORT_LOCK, ...setting.settings };
		await stage.fleet.startWorker(settings);
		for (const kill of KILLS) {
			await stage.fleet.startWorker(settings);
			rows.push(await carryOut(stage, kill, setting));
		}
	}
	const head = ['n8n', 'Setting', 'Worker killed in', 'Before the kill', 'Afterwards', 'Status'];
	stage.told.push(table([head, head.map(() => '---'), ...rows]));
}

/** Gives the cells of a row of the table. */
async function carryOut(stage: Stage, kill: Kill, setting: Setting): Promise<string[]> {
	const { fleet, sandbox } = stage;
	stage.newAccount();
	const { id: workflowId } = await stage.workflow(kill.work);
	const before = (await fleet.executionsOf(workflowId)).length;
	const all = people(kill.people, `${kill.work}-${before}`);
	await stage.call(kill.work, [all]);
	await waitFor(`the middle of ${kill.what}`, async () =>
		kill.made(stage).length >= kill.midway ? true : undefined,
	);
	const { id } = (await fleet.executionsOf(workflowId))[before] ?? { id: '' };
	const worker = fleet.workers.find(({ began }) => began.has(id));
	if (!worker) throw new Error(`No worker began execution ${id}.`);
	await worker.die();
	await allArrived(stage);
	const atDeath = timesOf(kill.made(stage));
	stage.expect(
		`${kill.what}: killed after ${atDeath.size} of ${all.length}`,
		atDeath.size < all.length,
	);
	await stage.quiet();
	const status = (await fleet.executionsOf(workflowId))[before]?.status ?? 'missing';
	const began = fleet.workers.filter((each) => each.began.has(id)).length;
	const made = timesOf(kill.made(stage));
	const twice = [...made.values()].filter((times) => times > 1).length;
	const contacts = timesOf(sandbox.contacts().map(({ email }) => email ?? ''));
	stage.expect(
		`${kill.what}: every contact is there once`,
		[...contacts.values()].every((times) => times === 1),
	);
	stage.expect(
		`${kill.what}: execution ${status}, begun ${began + 1} times, ${made.size} ${kill.things}, ${twice} twice`,
		setting.runsAgain
			? status === 'success' && began === 1 && made.size === all.length
			: status !== 'success' && began === 0 && made.size === atDeath.size && twice === 0,
	);
	const outcome = [
		`${number(made.size)} of ${number(all.length)} ${kill.things}`,
		...(kill.canDouble ? [`${twice === 0 ? 'none' : number(twice)} twice`] : ['each once']),
	];
	const said = setting.runsAgain ? `${status}, run a second time` : await outcomeOf(stage, id);
	return [stage.version, setting.name, kill.what, number(atDeath.size), outcome.join(', '), said];
}

/** What n8n's list of executions and the execution itself say. */
export async function outcomeOf({ fleet }: Stage, id: string): Promise<string> {
	const { status, error } = await fleet.client.execution(id);
	const [sentence] = error?.message.split(/(?<=\.)\s/) ?? [];
	return sentence ? `${status}: “${sentence}”` : status;
}

/** Waits until what was on the wire has arrived: nothing new comes between two looks. */
export async function allArrived({ sandbox }: Stage): Promise<void> {
	let before = -1;
	await waitFor('the end of the requests', async () => {
		const now = sandbox.requests.length;
		const isSame = now === before;
		before = now;
		return isSame ? true : undefined;
	});
}
