/**
 * Sets the schedule of a mailing.
 */
import { mailingSendout } from '../../../maileon/endpoints/mailings';
import { snakeCase } from '../../../maileon/mailing/parts';
import { isAsAskedFor, type Schedule } from '../../../maileon/mailing/schedule';
import type { Query } from '../../../maileon/request';
import { fetchSchedule } from '../../../transport/mailings';
import { attempt, ifReadable } from './attempt';
import type { Mailing } from './perMailing';

type Asked = Pick<Mailing, 'id' | 'send'>;

/**
 * Gives a mailing a schedule, or changes the one that it has, and reads it back. Where an answer got lost, the
 * schedule that Maileon then has decides.
 * @param changes whether it has a schedule already
 * @throws MaileonFailure when it was not set
 */
export async function setSchedule(
	mailing: Asked,
	query: Query,
	changes: boolean,
): Promise<Schedule> {
	const { id, send } = mailing;
	const update = mailingSendout.updateSchedule.request({ id }, query);
	const create = mailingSendout.createSchedule.request({ id }, query);
	let failure = await attempt(send, changes ? update : create);
	let isUnclear = failure?.facts.outcome === 'unclear';
	if (!changes && failure?.facts.status === 409) {
		failure = await attempt(send, update);
		isUnclear ||= failure?.facts.outcome === 'unclear';
	}
	if (failure && !isUnclear) throw failure;
	const schedule = await ifReadable(async () => await fetchSchedule(send, id));
	if (!failure) return schedule ?? asSent(query);
	if (schedule && isAsAskedFor(schedule, query)) return schedule;
	throw failure;
}

/** What was asked for, where Maileon took it but does not tell what it has. */
function asSent(query: Query): Schedule {
	const sent = query
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => [snakeCase(name), value] as const);
	return { date: null, hours: null, minutes: null, ...Object.fromEntries(sent), state: null };
}
