/**
 * Sets the schedule of a mailing.
 */
import { mailingSendout } from '../../../maileon/endpoints/mailings';
import { snakeCase } from '../../../maileon/mailing/parts';
import { isAsAskedFor, type Schedule } from '../../../maileon/mailing/schedule';
import type { Query } from '../../../maileon/request';
import type { MaileonFailure } from '../../../transport/failure';
import { fetchSchedule } from '../../../transport/mailings';
import { attempt, attemptUnlessRefused, ifReadable } from './attempt';
import type { Mailing } from './perMailing';

type Asked = Pick<Mailing, 'id' | 'send'>;

/**
 * Gives a mailing a schedule, or changes the one that it has, and reads it back. Where an answer got lost, the
 * schedule that Maileon then has decides.
 * @param exists whether it has a schedule already
 * @throws MaileonFailure when it was not set
 */
export async function setSchedule(
	{ id, send }: Asked,
	query: Query,
	exists: boolean,
): Promise<Schedule> {
	const failure = await sendSchedule({ id, send }, query, exists);
	const schedule = await ifReadable(async () => await fetchSchedule(send, id));
	if (!failure) return schedule ?? asSent(query);
	if (schedule && isAsAskedFor(schedule, query)) return schedule;
	throw failure;
}

/**
 * @returns the failure after which it is not known whether the schedule was set
 * @throws MaileonFailure when it surely was not
 */
async function sendSchedule(
	{ id, send }: Asked,
	query: Query,
	exists: boolean,
): Promise<MaileonFailure | undefined> {
	const update = mailingSendout.updateSchedule.request({ id }, query);
	if (exists) return await attemptUnlessRefused(send, update);
	const failure = await attempt(send, mailingSendout.createSchedule.request({ id }, query));
	const isUnclear = failure?.facts.outcome === 'unclear';
	const second = failure?.facts.status === 409 ? await attempt(send, update) : failure;
	if (second?.facts.outcome === 'refused' && !isUnclear) throw second;
	return second;
}

/** What was asked for, where Maileon took it but does not tell what it has. */
function asSent(query: Query): Schedule {
	const sent = query
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => [snakeCase(name), value] as const);
	return { date: null, hours: null, minutes: null, ...Object.fromEntries(sent), state: null };
}
