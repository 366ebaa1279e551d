/**
 * Waits for what Maileon finds out in its own time.
 */
import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../../input/parameters';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { readCheckResult, type CheckResult } from '../../../maileon/mailing/checkResults';
import { ifFound } from '../../../run/notFound';
import { xmlRoot } from '../../../transport/answers';
import type { Mailing } from './perMailing';

const LONGEST_WAIT = 'longestWait';

/** How long a result is waited for. */
export function longestWait(description: string): INodeProperties {
	return {
		displayName: 'Longest Wait (Seconds)',
		name: LONGEST_WAIT,
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3600 },
		default: 60,
		description,
	};
}

/**
 * The longest wait of an item, in milliseconds.
 * @throws InputRefusal when it is out of range
 */
export function readLongestWait(parameters: ItemParameters): number {
	return parameters.wholeNumber(LONGEST_WAIT, { min: 0, max: 3600 }) * 1_000;
}

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 10_000;

/**
 * Asks again and again, with growing pauses, until there is something to tell or the time is over. It is asked
 * once at least, and once more when the time is over.
 * @param ask gives undefined as long as there is nothing
 * @param longest milliseconds that are waited for altogether
 */
export async function askUntil<T>(
	ask: () => Promise<T | undefined>,
	longest: number,
	pause: (milliseconds: number) => Promise<void>,
): Promise<T | undefined> {
	let left = longest;
	for (let next = FIRST_PAUSE; ; next = Math.min(next * 1.5, LONGEST_PAUSE)) {
		const found = await ask();
		if (found !== undefined || left <= 0) return found;
		const wait = Math.min(next, left);
		left -= wait;
		await pause(wait);
	}
}

/**
 * The result of a check; undefined as long as there is none, which Maileon says like "no such mailing".
 * @throws MaileonFailure when Maileon does not tell
 */
export async function fetchCheckResult(
	{ id, send }: Pick<Mailing, 'id' | 'send'>,
	endpoint: Endpoint,
): Promise<CheckResult | undefined> {
	const request = endpoint.request({ id });
	const answer = await ifFound(async () => await send(request));
	return answer && answer.answer.kind !== 'empty'
		? readCheckResult(xmlRoot(answer, request))
		: undefined;
}
