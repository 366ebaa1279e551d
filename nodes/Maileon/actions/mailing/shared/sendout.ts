/**
 * Test mails and requests for approval: what goes to a test target group, and what comes of it.
 */
import type { INodeProperties } from 'n8n-workflow';

import { listLocator } from '../../../input/listLocator';
import type { ItemParameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import type { CheckResult } from '../../../maileon/mailing/checkResults';
import type { MaileonRequest } from '../../../maileon/request';
import { MaileonFailure } from '../../../transport/failure';
import { explain } from '../../../transport/words';
import { ifReadable } from './attempt';
import type { Mailing } from './perMailing';
import { startOnce } from './start';
import { askUntil, fetchCheckResult, longestWait, readLongestWait } from './waiting';

const GROUP = 'testTargetGroup';
const WAIT = 'waitForResult';

/** The test target group that something is sent to. */
export const testTargetGroup: INodeProperties = listLocator({
	displayName: 'Test Target Group',
	name: GROUP,
	description: 'Target group to send to. It must be a test target group.',
	searchListMethod: 'searchTargetGroups',
	otherwise: { id: '3' },
});

/**
 * The ID of the chosen group.
 * @throws InputRefusal when it is empty or no number
 */
export function readTestTargetGroup(parameters: ItemParameters): string {
	const id = parameters.locator(GROUP).value.trim();
	if (/^\d+$/.test(id)) return id.replace(/^0+(?=\d)/, '');
	throw new InputRefusal(`${parameters.label(GROUP)} must be a number, but is "${id}".`, {
		description: 'Choose the group from the list, or fill in the ID that Maileon shows for it.',
		field: GROUP,
	});
}

/** Whether the result is waited for, and how long. */
export function waitForResult(description: string): INodeProperties[] {
	return [
		{
			displayName: 'Wait for Result',
			name: WAIT,
			type: 'boolean',
			default: false,
			description,
		},
		{
			...longestWait(
				'How long to wait for the result. If there is none by then, the item says so and the workflow goes on.',
			),
			displayOptions: { show: { [WAIT]: [true] } },
		},
	];
}

/**
 * How long an item waits for the result, in milliseconds; undefined where it does not.
 * @throws InputRefusal when it is out of range
 */
export function readWait(parameters: ItemParameters): number | undefined {
	return parameters.flag(WAIT) ? readLongestWait(parameters) : undefined;
}

/** What came of a sendout by the end of the wait. */
export interface Outcome {
	result?: CheckResult | null;
	/** Whether there was no result yet. */
	waiting?: boolean;
	/** Why the result could not be read. */
	reason?: string;
}

/**
 * Sends once, and waits for the result where that is wanted. A result that was there before is that of an
 * earlier sendout and does not count.
 * @param endpoint reads the result
 * @throws what `startOnce` throws, and the failure after which nobody knows whether it was sent
 */
export async function sendAndWait(
	mailing: Mailing,
	request: MaileonRequest,
	endpoint: Endpoint,
	wait: number | undefined,
): Promise<Outcome> {
	const earlier = wait === undefined ? undefined : await earlierResult(mailing, endpoint);
	const doubt = await startOnce(mailing, request);
	if (doubt) throw doubt;
	if (wait === undefined) return {};
	const ask = async () => {
		const result = await fetchCheckResult(mailing, endpoint);
		return JSON.stringify(result) === earlier ? undefined : result;
	};
	return await askUntil(ask, wait, mailing.pause)
		.then((result) => (result === undefined ? NO_RESULT : { result }))
		.catch((error: unknown) => {
			if (!(error instanceof MaileonFailure) || error.facts.kind === 'cancelled') throw error;
			return { ...NO_RESULT, reason: explain(error.facts).message };
		});
}

const NO_RESULT: Outcome = { result: null, waiting: true };

/** The result that Maileon tells before anything is sent, to tell it from a new one. */
async function earlierResult(mailing: Mailing, endpoint: Endpoint): Promise<string | undefined> {
	return JSON.stringify(await ifReadable(async () => await fetchCheckResult(mailing, endpoint))) as
		| string
		| undefined;
}
