/**
 * Small reads about mailings that several operations need.
 */
import { readCount } from '../maileon/count';
import { mailings, mailingSendout } from '../maileon/endpoints/mailings';
import {
	mailingFacts,
	mailingValues,
	type MailingFact,
	type MailingValue,
} from '../maileon/endpoints/mailingValues';
import { readValue, type ValueJson } from '../maileon/mailing/values';
import type { MailingReference } from '../maileon/mailing/mailings';
import { readSchedule, type Schedule } from '../maileon/mailing/schedule';
import { uselessAnswer, xmlRoot } from './answers';
import type { MaileonAnswer, MaileonClient } from './client';
import { MaileonFailure } from './failure';
import type { MaileonRequest } from '../maileon/request';

/** Sends requests in the way that the options of an item ask for. */
export type Send = (request: MaileonRequest) => Promise<MaileonAnswer>;

/** @param options the time-out is in milliseconds */
export function sending(
	client: MaileonClient,
	{ retries, timeout }: { retries: number; timeout: number },
): Send {
	return async (request) => await client.send({ ...request, timeout }, { retries });
}

/**
 * The ID of a mailing, asked for where only its name is known ("Get Mailing ID By Name").
 * @throws MaileonFailure, with status 404 when the account has no such mailing
 */
export async function mailingIdOf(send: Send, reference: MailingReference): Promise<string> {
	if ('id' in reference) return reference.id;
	const request = mailings.getIdByName.request({ name: reference.name });
	return idIn(await send(request), request);
}

/**
 * The ID that an answer holds.
 * @throws MaileonFailure when it holds none
 */
export function idIn(answer: MaileonAnswer, request: MaileonRequest): string {
	const id = readCount(answer.answer);
	if (id === undefined) throw uselessAnswer(answer, request, 'It contains no ID.');
	return String(id);
}

/**
 * One value of a mailing.
 * @throws MaileonFailure when Maileon does not tell it
 */
export async function fetchMailingValue(
	send: Send,
	id: string,
	name: MailingValue | MailingFact,
): Promise<ValueJson> {
	const request = { ...mailingFacts, ...mailingValues }[name].get.request({ id });
	const answer = await send(request);
	const value = readValue(answer.answer, name);
	if (value === undefined) throw uselessAnswer(answer, request);
	return value;
}

/** How Maileon refuses a part that mailings of that type do not have; which of them is undocumented. */
const NOT_APPLICABLE: readonly unknown[] = [400, 404, 405, 409];

/**
 * What is read of a part that not every mailing has; undefined where Maileon refuses it for that reason.
 * That there is such a mailing has to be known from elsewhere.
 * @throws MaileonFailure for everything else, also for the page of a gateway
 */
export async function unlessNotApplicable<T>(read: () => Promise<T>): Promise<T | undefined> {
	return await read().catch((error: unknown) => {
		const facts = error instanceof MaileonFailure ? error.facts : undefined;
		const isRefused = NOT_APPLICABLE.includes(facts?.status) && facts?.answer?.kind !== 'html';
		if (isRefused) return undefined;
		throw error;
	});
}

/**
 * The schedule of a mailing that exists; undefined where it has none ("Mailing – Get Schedule").
 * @throws MaileonFailure when Maileon does not tell
 */
export async function fetchSchedule(send: Send, id: string): Promise<Schedule | undefined> {
	const request = mailingSendout.getSchedule.request({ id });
	const answer = await unlessNotApplicable(async () => await send(request));
	return answer && answer.answer.kind !== 'empty'
		? readSchedule(xmlRoot(answer, request))
		: undefined;
}
