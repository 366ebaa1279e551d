import { waitFor, type Vitals } from '../n8n';
import type { Stage } from './stage';
import { people } from './workflows';

const CONTACTS = 200_000;
/** n8n takes a worker for dead when it is silent for as long (`QUEUE_WORKER_LOCK_DURATION`), in milliseconds. */
const LOCK = 60_000;
const LONGEST_RUN = 400_000;

/** Measures how long a worker's event loop stands still at most while it synchronizes many contacts. */
export async function pause(stage: Stage): Promise<void> {
	const { fleet, sandbox } = stage;
	await fleet.stopWorkers();
	const worker = await fleet.startWorker();
	sandbox.reset();
	const { id } = await stage.workflow('synchronize');
	const began = Date.now();
	const before = (await fleet.executionsOf(id)).length;
	await stage.call('synchronize', [people(CONTACTS, 'many')]);
	const requests = (method: string, path: string): number =>
		sandbox.requests.filter((each) => each.method === method && each.path === path).length;
	const asked = await when('the question for the fields', async () =>
		requests('GET', '/contacts/fields/custom') > 0 ? true : undefined,
	);
	const sent = await when('the last request', async () =>
		requests('POST', '/contacts') === CONTACTS / 1000 &&
		sandbox.requests.every(({ status }) => status > 0)
			? true
			: undefined,
	);
	const status = await waitFor(
		'the execution',
		async () => {
			const found = (await fleet.executionsOf(id))[before];
			return found && !['new', 'running'].includes(found.status) ? found.status : undefined;
		},
		LONGEST_RUN,
	);
	const ended = Date.now();
	stage.expect(`${CONTACTS} contacts by one worker: ${status}`, status === 'success');
	stage.expect(
		`${sandbox.account.contacts.size} contacts are in the account`,
		sandbox.account.contacts.size === CONTACTS,
	);
	const vitals = worker.vitals().filter(({ at }) => at >= began);
	const preparing = longest(vitals.filter(({ at }) => at < asked));
	const working = longest(vitals.filter(({ at }) => at >= asked && at <= sent));
	const saving = longest(vitals.filter(({ at }) => at > sent));
	stage.expect(
		`the node stopped the event loop for ${working} ms at most, far below ${LOCK} ms`,
		working < LOCK / 20,
	);
	stage.expect(
		`n8n did for ${Math.max(preparing, saving)} ms at most`,
		Math.max(preparing, saving) < LOCK / 2,
	);
	stage.tell(
		`Longest pause of a worker's event loop with ${CONTACTS} contacts: ${preparing} ms while n8n read the call and made the items, ${working} ms while the node worked (${seconds(sent - asked)} s), ${saving} ms while n8n saved the execution; the run took ${seconds(ended - began)} s.`,
	);
}

async function when(what: string, check: () => Promise<true | undefined>): Promise<number> {
	await waitFor(what, check, LONGEST_RUN);
	return Date.now();
}

function longest(vitals: Vitals[]): number {
	return Math.max(0, ...vitals.map(({ pause }) => pause));
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1000).toFixed(0);
}
