import { waitFor } from '../n8n';
import { post } from '../queue/stage';
import { people } from '../queue/workflows';
import type { Sink } from './sink';

export const CONTACTS = 100_000;
const LONGEST_RUN = 600_000;

/**
 * Synchronizes the same contacts again and again, and begins no run any more when it is over.
 *
 * @param url of the workflow's webhook
 * @returns how long each run took, in milliseconds
 * @throws when n8n does not take the contacts, or a run does not end
 */
export async function synchronizeUntil(
	isOver: () => boolean,
	url: string,
	sink: Sink,
): Promise<number[]> {
	const body = JSON.stringify({ people: people(CONTACTS, 'list') });
	const runs: number[] = [];
	while (!isOver()) {
		const started = performance.now();
		await post(url, body, { 'content-type': 'application/json' });
		const hasEnded = async (): Promise<true | undefined> =>
			sink.synchronized.length > runs.length ? true : undefined;
		await waitFor(`the end of synchronization ${runs.length + 1}`, hasEnded, LONGEST_RUN);
		runs.push(performance.now() - started);
	}
	return runs;
}
