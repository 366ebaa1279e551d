/**
 * When a request is sent again, and after how long.
 */
import type { FailureFacts } from './failure';

const TEMPORARY = new Set([429, 502, 503, 504]);
/** Answers after which Maileon cannot have acted on the request. */
const NOT_ACTED_ON = new Set([429, 503]);

/** Longest pause that is kept, in milliseconds. A server that asks for more gets no further request. */
export const LONGEST_PAUSE = 300_000;
const FIRST_PAUSE = 1_000;

/**
 * Whether a failed request may be repeated. One that can send a mail, or make a second one of something,
 * is repeated only when Maileon cannot have acted on it.
 */
export function mayRepeat(facts: FailureFacts): boolean {
	if ((facts.retryAfterMs ?? 0) > LONGEST_PAUSE) return false;
	const onlyIfNotDone = facts.canSendMail || facts.makesAnother;
	switch (facts.kind) {
		case 'unreachable':
			return true;
		case 'broken':
			return facts.status === undefined && !onlyIfNotDone;
		case 'status':
			return (onlyIfNotDone ? NOT_ACTED_ON : TEMPORARY).has(facts.status ?? 0);
		default:
			return false;
	}
}

/**
 * The pause before the next attempt in milliseconds: what the server asked for, else 1, 2, 4 …
 * seconds, shortened by up to a half so that many callers do not come back at the same moment.
 * @param failedAttempts 1 after the first
 * @param random a number from 0 to 1
 */
export function pauseBefore(failedAttempts: number, facts: FailureFacts, random: number): number {
	if (facts.retryAfterMs !== undefined) return facts.retryAfterMs;
	const pause = Math.min(FIRST_PAUSE * 2 ** (failedAttempts - 1), LONGEST_PAUSE);
	return Math.round(pause * (1 - random / 2));
}

const HTTP_DATE = /^(?:mon|tue|wed|thu|fri|sat|sun)/i;

/** `Retry-After` in milliseconds, from seconds or an HTTP date; undefined when there is none. */
export function readRetryAfter(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string') return undefined;
	const text = header.trim();
	if (/^\d+$/.test(text)) return Number(text) * 1_000;
	const moment = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}
