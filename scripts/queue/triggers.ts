import { itemsOf, waitFor } from '../n8n';
import { repeated, type Stage } from './stage';
import { serveTrigger } from './workflows';

const CONTACTS = 40;
const POLL_EVERY_SECONDS = 5;
const POLLS = 4;

/** Webhooks are taken by the webhook processor, one execution a delivery; reports are asked for by one process. */
export async function triggers(stage: Stage): Promise<void> {
	stage.sandbox.reset();
	await webhooks(stage);
	stage.sandbox.reset();
	await reports(stage);
}

async function webhooks(stage: Stage): Promise<void> {
	const { fleet, sandbox, access } = stage;
	const id = await serveTrigger(fleet.client, access, 'maileonTrigger', {
		event: 'unsubscription',
	});
	await waitFor('the webhook in Maileon', async () =>
		sandbox.account.webhooks.size === 1 ? true : undefined,
	);
	sandbox.recipients.seedContacts(CONTACTS);
	const emails = sandbox.contacts().map(({ email }) => email ?? '');
	for (const email of emails) await sandbox.unsubscribe(email);
	const { deliveries } = sandbox;
	const toProcessor = deliveries.filter(({ url }) => url.startsWith(fleet.webhookUrl));
	const answered = toProcessor.filter(({ status }) => status === 200);
	// The first call makes a fresh webhook processor load what it needs, which can take longer than Maileon waits.
	stage.expect(
		`the webhook processor got ${toProcessor.length} of ${CONTACTS} deliveries of the trigger and answered ${answered.length} in time`,
		toProcessor.length === CONTACTS &&
			deliveries.length === CONTACTS &&
			answered.length >= CONTACTS - 1,
	);
	const found = await waitFor('the executions', async () => {
		const executions = await fleet.executionsOf(id);
		const isDone = executions.filter(({ status }) => status === 'success').length >= CONTACTS;
		return isDone ? executions : undefined;
	});
	const told = await Promise.all(
		found.map(async (each) => itemsOf(await fleet.client.execution(each.id), 'CRM')[0]?.json),
	);
	const contacts = told.map((json) => String(json?.email));
	stage.expect(
		`${found.length} executions for ${CONTACTS} deliveries, each with another contact`,
		found.length === CONTACTS && repeated(contacts) === 0,
	);
	await fleet.client.deactivate(id);
}

async function reports(stage: Stage): Promise<void> {
	const { fleet, sandbox, access } = stage;
	const pollTimes = { item: timesOfAMinute() };
	const id = await serveTrigger(fleet.client, access, 'maileonReportTrigger', {
		pollTimes,
		events: ['open'],
		options: { delay: 0 },
	});
	sandbox.recipients.seedContacts(1);
	sandbox.recipients.send(21, { at: Date.now() - 60_000 });
	const polls = (): number =>
		sandbox.requests.filter(({ path }) => path === '/reports/opens/count').length;
	const pollsUntil = async (count: number): Promise<number> => {
		await waitFor('a poll', async () => (polls() >= count ? true : undefined));
		return Date.now();
	};
	// The poll at activation comes beside the times that are set.
	const first = polls() + 2;
	const began = await pollsUntil(first);
	sandbox.recipients.act('opens', { email: 'seed-1@example.com' }, {});
	const ended = await pollsUntil(first + POLLS);
	const intervals = Math.round((ended - began) / 1000 / POLL_EVERY_SECONDS);
	stage.expect(
		`the report trigger polled ${POLLS} times in ${intervals} intervals`,
		intervals === POLLS,
	);
	const executions = await waitFor('the execution of the open', async () => {
		const found = await fleet.executionsOf(id);
		return found.some(({ status }) => status === 'success') ? found : undefined;
	});
	await pollsUntil(polls() + 2);
	const inTheEnd = await fleet.executionsOf(id);
	stage.expect(
		`one open gave ${inTheEnd.length} execution`,
		executions.length === 1 && inTheEnd.length === 1,
	);
	await fleet.client.deactivate(id);
}

/** n8n takes no interval below a minute, but as many times within one as somebody sets. */
function timesOfAMinute(): object[] {
	return Array.from({ length: 60 / POLL_EVERY_SECONDS }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * POLL_EVERY_SECONDS} * * * * *`,
	}));
}
