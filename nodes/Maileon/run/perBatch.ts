/**
 * Runs an operation that folds many input items into few requests.
 */
import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { cutIntoBatches, type Batch, type BatchLimits, type Entry } from '../maileon/batches';
import type { Identifiers } from '../maileon/contact';
import type { Utf8Text } from '../maileon/utf8Text';
import { MaileonFailure } from '../transport/failure';
import { errorRow, factsOf, nodeError, type ErrorFacts } from './failures';
import type { RunContext, Runner } from './operation';

/** One thing of a request. */
export interface Sent<T> {
	payload: T;
	/** Index of the input item. */
	item: number;
	/** Position among all that the run sends. */
	sequence: number;
}

/** One thing of an item that cannot be sent, while the others of the item can. */
export class RefusedEntry {
	constructor(
		readonly error: unknown,
		readonly contact: Identifiers = {},
	) {}
}

/** A row that comes out. */
export interface BatchRow {
	json: IDataObject;
	/** The input items that it came from; none where that is not known. */
	items: readonly number[];
	/** Orders the rows of a run. */
	sequence: number;
	/** Whether it is the row of a whole request, which is numbered where there are several. */
	ofRequest?: boolean;
}

/** What became of a batch. */
export interface BatchOutcome {
	rows: BatchRow[];
	/** What the log says of it: how many of which kind. */
	counts?: IDataObject;
}

/** `P` is what is planned for an item, `T` what is kept of it while it is on the wire. */
export interface BatchRun<P, T> {
	/**
	 * Looks whether an input item can be sent; `plan` is called for it later.
	 * @throws when the item cannot be sent
	 */
	check(item: number): void;
	/**
	 * What to send for an input item; what of it cannot be sent is an entry all the same.
	 * @throws when the item cannot be sent
	 */
	plan(item: number): ReadonlyArray<P | RefusedEntry>;
	/** Writes one thing that was planned; called when its batch is built. */
	write(planned: P): Entry<T>;
	limits: BatchLimits;
	/** What the text of each batch begins with. */
	textStart?: string;
	/**
	 * Sends a batch.
	 * @param text what the entries of the batch add up to
	 * @throws when the batch failed as a whole
	 */
	send(batch: ReadonlyArray<Sent<T>>, text: Utf8Text): Promise<BatchOutcome>;
	/** What an error row says of each entry of a batch that failed. */
	explainEach(batch: ReadonlyArray<Sent<T>>, error: unknown): ErrorFacts[];
	/** What the thrown error says of a batch that failed, when `done` entries were sent before it. */
	explainAll(batch: ReadonlyArray<Sent<T>>, error: unknown, done: number): ErrorFacts;
	/** The input item that the thrown error names; the first of the batch unless told otherwise. */
	itemOf?(error: unknown): number | undefined;
	/** Called when all is done. */
	end?(): void;
}

/**
 * A runner that plans all items, cuts them into batches and sends these one after the other. The
 * next batch is prepared while the last one is on the wire, and forgotten once it is answered. With
 * "stop on error", all items are checked before the first request.
 */
export function perBatch<P, T>(begin: (context: RunContext) => Promise<BatchRun<P, T>>): Runner {
	return async (context) => {
		const run = await begin(context);
		const { node } = context;
		const itemCount = node.getInputData().length;
		const rows: BatchRow[] = [];
		if (!node.continueOnFail()) checkAll(context, run, itemCount);

		const planned = planAll(context, run, itemCount, rows);
		const batches = cutIntoBatches(planned, run.limits, run.textStart);
		let done = 0;
		let batchNumber = 0;
		const sendBatch = async ({ payloads: batch, text }: Batch<Sent<T>>) => {
			const number = ++batchNumber;
			try {
				const outcome = await run.send(batch, text);
				for (const row of outcome.rows) if (row.ofRequest) row.json.batch = number;
				append(rows, outcome.rows);
				done += batch.length;
				logBatch(node, { batch: number, sent: batch.length, sent_so_far: done, ...outcome.counts });
			} catch (error) {
				if (!node.continueOnFail() || isCancelled(error))
					throw nodeError(
						node.getNode(),
						run.explainAll(batch, error, done),
						run.itemOf?.(error) ?? batch[0]?.item,
					);
				append(rows, errorRowsOf(batch, run.explainEach(batch, error)));
			}
		};
		await sendInOrder(batches, sendBatch);
		run.end?.();
		return finished(rows, batchNumber);
	};
}

function logBatch(node: IExecuteFunctions, facts: IDataObject): void {
	node.logger.debug(`${node.getNode().name}: batch ${String(facts.batch)} was answered`, facts);
}

function isCancelled(error: unknown): boolean {
	return error instanceof MaileonFailure && error.facts.kind === 'cancelled';
}

function append<T>(list: T[], more: readonly T[]): void {
	for (const one of more) list.push(one);
}

function checkAll<P, T>({ node }: RunContext, run: BatchRun<P, T>, itemCount: number): void {
	for (let item = 0; item < itemCount; item++) {
		try {
			run.check(item);
		} catch (error) {
			throw nodeError(node.getNode(), factsOf(error), item);
		}
	}
}

/**
 * Plans item by item, as batches ask for more; an item that cannot be sent becomes an error row, and so
 * does a single thing of an item.
 */
function* planAll<P, T>(
	{ node }: RunContext,
	run: BatchRun<P, T>,
	itemCount: number,
	rows: BatchRow[],
): Generator<Entry<Sent<T>>, void> {
	let sequence = 0;
	const refuse = (item: number, facts: ErrorFacts) => {
		if (!node.continueOnFail()) throw nodeError(node.getNode(), facts, item);
		rows.push({ json: errorRow(facts, item).json, items: [item], sequence: sequence++ });
	};
	for (let item = 0; item < itemCount; item++) {
		let planned: ReadonlyArray<P | RefusedEntry> = [];
		try {
			planned = run.plan(item);
		} catch (error) {
			refuse(item, factsOf(error));
		}
		for (const one of planned) {
			if (one instanceof RefusedEntry) {
				refuse(item, factsOf(one.error, {}, one.contact));
				continue;
			}
			const { payload, keys, group, bytes, text } = run.write(one);
			yield { payload: { payload, item, sequence: sequence++ }, keys, group, bytes, text };
		}
	}
}

function errorRowsOf<T>(
	batch: ReadonlyArray<Sent<T>>,
	explanations: readonly ErrorFacts[],
): BatchRow[] {
	return batch.flatMap(({ item, sequence }, index) => {
		const facts = explanations[index];
		return facts ? [{ json: errorRow(facts, item).json, items: [item], sequence }] : [];
	});
}

/** Gives the request that was just started a moment to reach the wire before the next is prepared. */
const HEAD_START = 1;

async function sendInOrder<B>(
	batches: Iterator<B, void>,
	send: (batch: B) => Promise<void>,
): Promise<void> {
	let next = batches.next();
	while (!next.done) {
		const sending = send(next.value);
		await Promise.race([settled(sending), sleep(HEAD_START)]);
		const preparing = (async () => batches.next())();
		await settled(preparing);
		await sending;
		next = await preparing;
	}
}

/** Waits for the end, whichever it is; whoever awaits the promise itself hears of it. */
async function settled(promise: Promise<unknown>): Promise<void> {
	await Promise.allSettled([promise]);
}

function finished(rows: BatchRow[], batchCount: number): INodeExecutionData[] {
	rows.sort((one, other) => one.sequence - other.sequence);
	return rows.map(({ json, items, ofRequest }) => {
		if (ofRequest && batchCount < 2) delete json.batch;
		const [only] = items;
		const pairedItem =
			items.length === 1 && only !== undefined ? { item: only } : items.map((item) => ({ item }));
		return { json, pairedItem };
	});
}
