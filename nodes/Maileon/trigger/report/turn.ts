/**
 * A poll as the node makes it: one at a time, with the state stored after it succeeded.
 */
import type { ReportEvent } from '../../maileon/report/event';
import { pollReports, type Note, type Poll } from './poll';
import { errorText, words } from './words';

/** Where the state stands in the static data of the node. */
const STATE = 'reports';

export interface Turn extends Omit<Poll, 'stored'> {
	/** Names the node in all of n8n, such as by its ID and that of its workflow. */
	node: string;
	/** The static data of the node. */
	staticData: Record<string, unknown>;
	/** Whether a fault is likely to be over soon, such as a connection that broke. */
	isPassing: (error: unknown) => boolean;
	log: (note: Note) => void;
	/** How long n8n waits for a poll, in milliseconds, where it does not wait for ever. */
	patience?: number;
}

/** Nodes that are being polled. n8n can begin a poll, or start the workflow anew, while one is under way. */
const polling = new Set<string>();

/**
 * Polls a node once and stores its state.
 * @returns the events to start the workflow with; none where there are none, where a poll of this node
 * is under way, and after a passing fault of a node that was polled before
 * @throws any fault on the first poll, and lasting ones later; the state is as it was then
 */
export async function pollInTurn(turn: Turn): Promise<ReportEvent[]> {
	if (polling.has(turn.node)) {
		turn.log({ level: 'info', message: words.stillPolling() });
		return [];
	}
	const wasPolledBefore = turn.staticData[STATE] !== undefined;
	polling.add(turn.node);
	return await pollAndStore(turn)
		.catch(async (error: unknown): Promise<ReportEvent[]> => {
			if (!wasPolledBefore || !turn.isPassing(error)) return await Promise.reject(error);
			turn.log({ level: 'warn', message: words.failed((turn.textOf ?? errorText)(error)) });
			return [];
		})
		.finally(() => polling.delete(turn.node));
}

async function pollAndStore(turn: Turn): Promise<ReportEvent[]> {
	const { staticData, now, patience = Infinity, log } = turn;
	const start = now();
	const { stored, events, notes } = await pollReports({ ...turn, stored: staticData[STATE] });
	notes.forEach(log);
	if (now() - start > patience) {
		log({ level: 'warn', message: words.tooLate() });
		return [];
	}
	staticData[STATE] = stored;
	return events;
}
