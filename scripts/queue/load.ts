import { CONCURRENCY } from './fleet';
import { repeated, type Stage } from './stage';
import { people, type Person } from './workflows';

const CREATES = 500;
const WITH_DOI = 100;
const CONTACTS = 100_000;
const CONTACTS_EACH = 5_000;
const TRANSACTIONS = 10_000;
const TRANSACTIONS_EACH = 1_000;

/** Shares the same work out to one worker, then to two, and compares the time that it takes. */
export async function load(stage: Stage): Promise<void> {
	const first = await stage.fleet.startWorker();
	const alone = await carryOut(stage, 'one worker');
	const second = await stage.fleet.startWorker();
	const together = await carryOut(stage, 'two workers');
	const shares = [first, second].map(({ began }) => began.size - (began === first.began ? all : 0));
	stage.expect(
		`both workers took part (${shares.join(' and ')} executions)`,
		shares.every((share) => share > all / 5),
	);
	const ratio = (alone / together).toFixed(1);
	stage.tell(
		`${all} executions (${CREATES} single creates, ${WITH_DOI} creates with double opt-in, ${CONTACTS} contacts by Synchronize, ${TRANSACTIONS} transactions), ${CONCURRENCY} at a time in each worker: two workers did ${ratio} times as much in the same time as one (${Math.round(alone)} s and ${Math.round(together)} s).`,
	);
}

const all = CREATES + WITH_DOI + CONTACTS / CONTACTS_EACH + TRANSACTIONS / TRANSACTIONS_EACH;

/** Seconds that the work takes, from the first call to the end of the last execution. */
async function carryOut(stage: Stage, who: string): Promise<number> {
	stage.newAccount();
	const before = (await stage.fleet.executions()).get('success') ?? 0;
	const works = [
		['synchronize', groupsOf(people(CONTACTS, 'list'), CONTACTS_EACH)],
		['send', groupsOf(people(TRANSACTIONS, 'order'), TRANSACTIONS_EACH)],
		['create', groupsOf(people(CREATES, 'form'), 1)],
		['createWithDoi', groupsOf(people(WITH_DOI, 'signup'), 1)],
	] as const;
	for (const [work] of works) await stage.workflow(work);
	const started = performance.now();
	await Promise.all(works.map(async ([work, groups]) => await stage.call(work, groups)));
	await stage.quiet();
	const seconds = (performance.now() - started) / 1000;
	const { sandbox } = stage;
	const done = ((await stage.fleet.executions()).get('success') ?? 0) - before;
	stage.expect(`${who}: ${done} of ${all} executions succeeded`, done === all);
	const emails = sandbox.contacts().map(({ email }) => email ?? '');
	stage.expect(
		`${who}: ${emails.length} contacts are in the account, each once`,
		emails.length === CREATES + WITH_DOI + CONTACTS + TRANSACTIONS && repeated(emails) === 0,
	);
	const doiMails = sandbox.mails.filter(({ kind }) => kind === 'doi').map(({ email }) => email);
	stage.expect(
		`${who}: ${doiMails.length} double opt-in mails, none twice`,
		doiMails.length === WITH_DOI && repeated(doiMails) === 0,
	);
	const orders = sandbox.account.transactions.map(({ content }) => String(content['order.id']));
	stage.expect(
		`${who}: ${orders.length} transactions, none twice`,
		orders.length === TRANSACTIONS && repeated(orders) === 0,
	);
	return seconds;
}

function groupsOf(all: Person[], size: number): Person[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
		all.slice(index * size, (index + 1) * size),
	);
}
