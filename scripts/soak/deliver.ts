import { request } from 'node:http';

import type { RegisteredWebhook } from '../services/sandbox';
import { requestOf, type Call } from './calls';

/** Maileon waits for 5 seconds; here it is waited longer, to see how long it takes. */
const LONGEST_WAIT = 60_000;

/** A call and what came of it. */
export interface Answered {
	call: Call;
	/** Undefined where no answer came. */
	status: number | undefined;
	/** From the moment in which the call was due, in milliseconds. */
	milliseconds: number;
}

/** In this time, in seconds, the rate rises to the full one: a process that has just started compiles its code first. */
const RISE = 30;

/** After how many seconds a call is due. */
export function dueAfter(index: number, callsPerSecond: number): number {
	const steady = index / callsPerSecond + RISE / 2;
	return steady > RISE ? steady : Math.sqrt((2 * RISE * index) / callsPerSecond);
}

/**
 * Makes the calls, from the thirtieth second on at that many a second, whether those before are answered or not; gives
 * what came of each.
 */
export async function deliver(
	calls: readonly Call[],
	webhook: RegisteredWebhook,
	callsPerSecond: number,
): Promise<Answered[]> {
	const started = performance.now();
	const answers: Array<Promise<Answered>> = [];
	for (const [index, call] of calls.entries()) {
		const due = started + 1000 * dueAfter(index, callsPerSecond);
		const early = due - performance.now();
		if (early > 0) await new Promise((resume) => setTimeout(resume, early));
		answers.push(make(call, webhook, due));
	}
	return await Promise.all(answers);
}

/** Each call has a connection of its own. */
async function make(call: Call, webhook: RegisteredWebhook, due: number): Promise<Answered> {
	const { url, body, contentType } = requestOf(call, webhook);
	return await new Promise((resolve) => {
		const end = (status?: number): void =>
			resolve({ call, status, milliseconds: performance.now() - due });
		const sent = request(url, {
			method: 'POST',
			agent: false,
			timeout: LONGEST_WAIT,
			headers: { 'content-type': contentType },
		});
		sent.on('response', (response) => {
			response.resume();
			response.on('close', () => end(response.statusCode));
		});
		sent.on('timeout', () => sent.destroy());
		sent.on('error', () => end());
		sent.end(body);
	});
}
