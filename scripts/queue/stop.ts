import { waitFor } from '../n8n';
import type { Worker } from './fleet';
import { allArrived, outcomeOf, SHORT_LOCK } from './kills';
import { number, repeated, table, type Stage } from './stage';
import { people } from './workflows';

const CONTACTS = 50_000;
/** How many contacts must be in the account before the worker is asked to end. */
const MIDWAY = 25_000;

interface Patience {
	/** `N8N_GRACEFUL_SHUTDOWN_TIMEOUT`, in seconds. */
	seconds: number;
	/** Whether the rest of the run takes longer. */
	isTooShort: boolean;
}

const PATIENCES: Patience[] = [
	{ seconds: 120, isTooShort: false },
	{ seconds: 3, isTooShort: true },
];

/** Asks a worker to end (`SIGTERM`) in the middle of a long run, and counts what is in the account afterwards. */
export async function stop(stage: Stage): Promise<void> {
	await stage.fleet.stopWorkers();
	const rows: string[][] = [];
	for (const patience of PATIENCES) rows.push(await retire(stage, patience));
	const head = ['n8n', 'Setting', 'At the signal', 'The worker ended', 'Afterwards', 'Status'];
	stage.told.push(table([head, head.map(() => '---'), ...rows]));
}

/** Gives the cells of a row of the table. */
async function retire(stage: Stage, { seconds, isTooShort }: Patience): Promise<string[]> {
	const { fleet, sandbox } = stage;
	const setting = `N8N_GRACEFUL_SHUTDOWN_TIMEOUT=${seconds}`;
	const worker = await fleet.startWorker({
		...SHORT_LOCK,
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(seconds),
	});
	stage.newAccount();
	const { id: workflowId } = await stage.workflow('synchronize');
	const before = (await fleet.executionsOf(workflowId)).length;
	await stage.call('synchronize', [people(CONTACTS, `stop-${seconds}`)]);
	const begun = await waitFor('the beginning of the run', async () => {
		const execution = (await fleet.executionsOf(workflowId))[before];
		return execution && worker.began.has(execution.id) ? execution : undefined;
	});
	const inAccount = (): number => sandbox.account.contacts.size;
	await waitFor('the middle of the run', async () => inAccount() >= MIDWAY || undefined);
	const atSignal = inAccount();
	const [{ code, took, atEnd }, successor] = await Promise.all([
		ended(stage, worker),
		fleet.startWorker(SHORT_LOCK),
	]);
	await stage.quiet();
	const { status } = await fleet.client.execution(begun.id);
	const runsAgain = isTooShort && stage.version.startsWith('1.');
	const isWhole = !isTooShort || runsAgain;
	stage.expect(
		`${setting}: asked to end at ${atSignal} of ${CONTACTS} contacts, the worker ended after ${took} s with ${code} and ${atEnd} contacts`,
		isTooShort ? atEnd < CONTACTS && code !== 0 : atEnd === CONTACTS && code === 0,
	);
	stage.expect(
		`${setting}: execution ${status}, ${runsAgain ? 'run again by' : 'nothing done by'} another worker`,
		(status === 'success') === isWhole && successor.began.has(begun.id) === runsAgain,
	);
	stage.expect(
		`${setting}: ${inAccount()} contacts are in the account, each once`,
		repeated(sandbox.contacts().map(({ email }) => email ?? '')) === 0 &&
			inAccount() === (isWhole ? CONTACTS : atEnd),
	);
	await fleet.stopWorkers();
	const said = runsAgain ? `${status}, run a second time` : await outcomeOf(stage, begun.id);
	return [
		stage.version,
		`\`${setting}\``,
		`${number(atSignal)} contacts`,
		`after ${took} s, ${number(atEnd)} contacts`,
		`${number(inAccount())} of ${number(CONTACTS)} contacts, each once`,
		said,
	];
}

/** Asks a worker to end; gives how that went, and how many contacts are in the account then. */
async function ended(
	stage: Stage,
	worker: Worker,
): Promise<{ code?: number; took: number; atEnd: number }> {
	const signalled = performance.now();
	const code = await worker.retire();
	const took = Math.round((performance.now() - signalled) / 1000);
	await allArrived(stage);
	return { code, took, atEnd: stage.sandbox.account.contacts.size };
}
