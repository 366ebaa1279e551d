/**
 * What comes out of a run while it goes on: rows with their input items and their place in the output.
 */
import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ErrorFacts } from './failures';

/** A row that comes out. */
export interface OutputRow {
	json: IDataObject;
	/** Files that it brings along. */
	binary?: IBinaryKeyData;
	/** The input items that it came from; none where that is not known. */
	items: readonly number[];
	/** Orders the rows of a run. */
	sequence: number;
	/** Number of the request that it came from, where requests are numbered. */
	request?: number;
}

/** Why a run stops: what the thrown error says, and the input item that it names. */
export interface StopReason {
	facts: ErrorFacts;
	item: number | undefined;
}

/** How many things of a run came to an end that the person is told of, by the kind of that end. */
export type Tally = Readonly<Record<string, number>>;

/** What became of one thing that a run does. */
export interface Outcome {
	rows: readonly OutputRow[];
	/** What the rows may not show, for what is told after the run. */
	tally?: Tally;
	/** Why the run stops here unless it goes on after failures; only where the thing failed. */
	stop?: StopReason;
}

/** A row as n8n takes it: linked to its input items. */
export function outputItem(
	json: IDataObject,
	items: readonly number[],
	binary?: IBinaryKeyData,
): INodeExecutionData {
	const [only] = items;
	const pairedItem =
		items.length === 1 && only !== undefined ? { item: only } : items.map((item) => ({ item }));
	return { json, ...(binary && { binary }), pairedItem };
}
