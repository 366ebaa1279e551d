/**
 * Runs an operation that folds many input items into few requests.
 */
import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import {
	cutIntoBatches,
	type Batch,
	type BatchLimits,
	type Entry,
	type TextFrame,
} from '../maileon/batches';
import type { Identifiers } from '../maileon/contact/contact';
import type { MaileonClient } from '../transport/client';
import { MaileonFailure, type Outcome as Certainty } from '../transport/failure';
import { doubtSentence, errorRow, factsOf, itemName, nodeError, type ErrorFacts } from './failures';
import { Lanes } from './lanes';
import type { RunContext, Runner } from './operation';
import { outputItem, type Outcome, type OutputRow, type StopReason, type Tally } from './rows';
import type { Step, Tries } from './tries';
import { watch } from './watchedClient';

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
export interface BatchRow extends OutputRow {
	/** Whether it is the row of a whole request, which is numbered where there are several. */
	ofRequest?: boolean;
}

/** What came of a batch that was answered. */
export interface BatchOutcome {
	rows: BatchRow[];
	/** What the log says of it: how many of which kind. */
	counts?: IDataObject;
	/** What is told after the run, without the entries in `failed`. */
	tally?: Tally;
	/**
	 * The entries that failed, each with a row of its own, by their sequence: whether Maileon surely did not
	 * take them.
	 */
	failed?: ReadonlyMap<number, Certainty>;
	/** Why the run stops after this batch unless it goes on after failures. */
	failure?: Error;
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
	/** How many requests may be on the wire at the same time; one by default. */
	parallelRequests?: number;
	/** What the text of each batch begins and ends with. */
	textFrame?: TextFrame;
	/**
	 * Sends a batch.
	 * @param text what the entries of the batch add up to, within its frame
	 * @throws when the batch failed as a whole
	 */
	send(batch: ReadonlyArray<Sent<T>>, text: Buffer, client: MaileonClient): Promise<BatchOutcome>;
	/** What an error row says of each entry of a batch that failed. */
	explainEach(batch: ReadonlyArray<Sent<T>>, error: unknown): ErrorFacts[];
	/** What the thrown error says of a batch that failed, when `done` entries were sent before it. */
	explainAll(batch: ReadonlyArray<Sent<T>>, error: unknown, done: number): ErrorFacts;
	/** The input item that the thrown error names; the first of the batch by default. */
	itemOf?(error: unknown, batch: ReadonlyArray<Sent<T>>): number | undefined;
	/**
	 * Called when all is done.
	 * @param tally what the outcomes of all batches add up to, those of earlier tries too; the entries in
	 *   `failed` count as `refused` and `unclear`
	 */
	end?(tally: Tally): void;
}

/** One thing of a request, with what tells it apart in each try of the run. */
interface Traced<T> extends Sent<T> {
	step: Step;
}

/**
 * A runner that plans all items, cuts them into batches and sends these in their order, one after the other
 * or several at a time; batches that share a key always go one after the other. The next batch is prepared
 * while others are on the wire, and each is forgotten once it is answered. With "stop on error", all items
 * are checked before the first request.
 */
export function perBatch<P, T>(begin: (context: RunContext) => Promise<BatchRun<P, T>>): Runner {
	return async (context) => {
		const run = await begin(context);
		const { node } = context;
		const itemCount = node.getInputData().length;
		if (!node.continueOnFail()) checkAll(context, run, itemCount);

		const progress = new Progress(node);
		const planned = planAll(context, run, itemCount, progress);
		const batches = cutIntoBatches(planned, run.limits, run.textFrame);
		const limit = run.parallelRequests ?? 1;
		await sendSideBySide(batches, { limit, stop: progress.stop }, async (batch) => {
			await sendBatch(context, run, batch, progress);
		});
		progress.throwIfEnded();
		run.end?.(progress.tally);
		return progress.output();
	};
}

/** @throws NodeOperationError or NodeApiError for a failure that stops the run; nothing more is sent then */
async function sendBatch<P, T>(
	{ node, client, tries }: RunContext,
	run: BatchRun<P, T>,
	{ payloads: batch, text }: Batch<Traced<T>>,
	progress: Progress,
): Promise<void> {
	const watched = watch(client, progress.stop);
	const itemCount = node.getInputData().length;
	const reasonFor = (error: unknown): StopReason => {
		const facts = run.explainAll(batch, error, progress.done);
		const item = run.itemOf?.(error, batch);
		if (item !== undefined) return { facts, item };
		const description = [facts.description, itemsSentence(batch, itemCount)];
		return {
			facts: { ...facts, description: description.filter(Boolean).join(' ') || undefined },
			item: batch[0]?.item,
		};
	};
	let outcome: BatchOutcome;
	try {
		outcome = await run.send(batch, text, watched);
	} catch (error) {
		const stop = reasonFor(error);
		const rows = errorRowsOf(batch, run.explainEach(batch, error));
		const mayBeDone = watched.mayHaveActed(error);
		for (const [index, { step }] of batch.entries())
			tries.keep(step, { rows: rows[index] ?? [], stop }, mayBeDone);
		if (mayBeDone) progress.doubt(batch);
		progress.add(rows.flat());
		if (!node.continueOnFail() || isCancelled(error)) progress.end(() => reasonFor(error), batch);
		return;
	}
	for (const row of outcome.rows) row.request = batch[0]?.sequence;
	const failure = outcome.failure;
	keepAnswered(tries, batch, outcome, failure && reasonFor(failure));
	progress.add(outcome.rows);
	if (failure && !node.continueOnFail()) {
		progress.end(() => reasonFor(failure), batch);
		return;
	}
	progress.done += batch.length;
	progress.count(outcome.tally);
	for (const certainty of outcome.failed?.values() ?? []) progress.count({ [certainty]: 1 });
	progress.log(batch.length, outcome.counts);
}

/** Entries that failed are kept with their own rows, all others with those of the whole batch. */
function keepAnswered<T>(
	tries: Tries,
	batch: ReadonlyArray<Traced<T>>,
	{ rows, tally, failed = new Map() }: BatchOutcome,
	stop?: StopReason,
): void {
	const ownRows = new Map<number, OutputRow[]>();
	const isOwn = ({ items, sequence }: OutputRow) => items.length > 0 && failed.has(sequence);
	for (const row of rows) if (isOwn(row)) ownRows.set(row.sequence, [row]);
	const shared: Outcome = { rows: rows.filter((row) => !isOwn(row)), tally };
	for (const { step, sequence } of batch) {
		const certainty = failed.get(sequence);
		if (certainty === undefined) tries.keep(step, shared, true);
		else {
			const outcome = { rows: ownRows.get(sequence) ?? [], stop, tally: { [certainty]: 1 } };
			tries.keep(step, outcome, certainty === 'unclear');
		}
	}
}

function stopError(node: IExecuteFunctions, { facts, item }: StopReason): Error {
	return nodeError(node.getNode(), facts, { index: item, of: node.getInputData().length });
}

/** Names the items of a request that failed as a whole, where it held several of several. */
function itemsSentence(batch: ReadonlyArray<Sent<unknown>>, itemCount: number): string | undefined {
	const items = new Set(batch.map(({ item }) => item));
	const [first] = items;
	if (first === undefined || items.size < 2) return undefined;
	return `The request held ${items.size} items, starting with ${itemName(first, itemCount)}.`;
}

function isCancelled(error: unknown): boolean {
	return error instanceof MaileonFailure && error.facts.kind === 'cancelled';
}

/** What has come out of a run so far. */
class Progress {
	/** How many entries were sent and answered, in earlier tries too. */
	done = 0;
	private readonly rows: BatchRow[] = [];
	private readonly counts: Record<string, number> = {};
	private readonly recalled = new Set<Outcome['rows']>();
	private batches = 0;
	private readonly stopping = new AbortController();
	/** Why the run ends, found out when all that is on the wire has ended; and the batch that ended it. */
	private ending?: { reason: () => StopReason; batch: ReadonlyArray<Sent<unknown>> };
	/** Batches that failed although Maileon may have acted on them. */
	private readonly doubtful: Array<ReadonlyArray<Sent<unknown>>> = [];

	constructor(private readonly node: IExecuteFunctions) {}

	/** Tells when nothing more is to be sent. */
	get stop(): AbortSignal {
		return this.stopping.signal;
	}

	/** Ends the run; only the first reason counts. */
	end(reason: () => StopReason, batch: ReadonlyArray<Sent<unknown>>): void {
		this.ending ??= { reason, batch };
		this.stopping.abort();
	}

	doubt(batch: ReadonlyArray<Sent<unknown>>): void {
		this.doubtful.push(batch);
	}

	/** @throws NodeOperationError or NodeApiError where something ended the run */
	throwIfEnded(): void {
		if (!this.ending) return;
		const { reason, batch } = this.ending;
		const { facts, item } = reason();
		const others = this.doubtful.filter((one) => one !== batch).flat();
		const doubt = doubtSentence(others.map((one) => one.item));
		const description = [facts.description, doubt].filter(Boolean).join(' ') || undefined;
		throw stopError(this.node, { facts: { ...facts, description }, item });
	}

	add(rows: readonly BatchRow[]): void {
		for (const row of rows) this.rows.push(row);
	}

	get tally(): Tally {
		return this.counts;
	}

	count(tally: Tally = {}): void {
		for (const [kind, count] of Object.entries(tally))
			this.counts[kind] = (this.counts[kind] ?? 0) + count;
	}

	/**
	 * Takes what an earlier try left of an entry. Entries of one request can share their rows.
	 * @throws NodeOperationError or NodeApiError where the run stops at it, as the earlier one did
	 */
	recall({ rows, stop, tally }: Outcome): void {
		if (stop && !this.node.continueOnFail()) throw stopError(this.node, stop);
		if (!stop) this.done += 1;
		if (this.recalled.has(rows)) return;
		this.recalled.add(rows);
		this.add(rows);
		this.count(tally);
	}

	log(sent: number, counts?: IDataObject): void {
		const batch = ++this.batches;
		const facts = { batch, sent, sent_so_far: this.done, ...counts };
		this.node.logger.debug(`${this.node.getNode().name}: batch ${batch} was answered`, facts);
	}

	/** The rows in their order; those of whole requests are numbered where there are several. */
	output(): INodeExecutionData[] {
		this.rows.sort((one, other) => one.sequence - other.sequence);
		const numbers = new Map<number | undefined, number>();
		for (const { request } of this.rows)
			if (request !== undefined && !numbers.has(request)) numbers.set(request, numbers.size + 1);
		return this.rows.map(({ json, items, request, ofRequest }) => {
			const isNumbered = ofRequest && numbers.size > 1;
			return outputItem(isNumbered ? { ...json, batch: numbers.get(request) } : json, items);
		});
	}
}

function checkAll<P, T>({ node }: RunContext, run: BatchRun<P, T>, itemCount: number): void {
	for (let item = 0; item < itemCount; item++) {
		try {
			run.check(item);
		} catch (error) {
			throw nodeError(node.getNode(), factsOf(error), { index: item, of: itemCount });
		}
	}
}

/**
 * Plans item by item, as batches ask for more. An item that cannot be sent becomes an error row, and so
 * does a single thing of an item; what earlier tries of the run did is not planned again.
 */
function* planAll<P, T>(
	{ node, tries }: RunContext,
	run: BatchRun<P, T>,
	itemCount: number,
	progress: Progress,
): Generator<Entry<Traced<T>>, void> {
	let sequence = 0;
	const refuse = (item: number, facts: ErrorFacts) => {
		if (!node.continueOnFail())
			throw nodeError(node.getNode(), facts, { index: item, of: itemCount });
		const { json } = errorRow(facts, item);
		progress.add([{ json, items: [item], sequence: sequence++ }]);
	};
	for (let item = 0; item < itemCount; item++) {
		let planned: ReadonlyArray<P | RefusedEntry> = [];
		try {
			planned = run.plan(item);
		} catch (error) {
			refuse(item, factsOf(error));
		}
		for (const [index, one] of planned.entries()) {
			if (one instanceof RefusedEntry) {
				refuse(item, factsOf(one.error, {}, one.contact));
				continue;
			}
			const { payload, keys, group, bytes, text } = run.write(one);
			const part = planned.length > 1 ? `${index} ${keys.join(' ')}` : undefined;
			const step = { item, part, position: sequence, keys };
			const known = tries.recall(step);
			if (known) progress.recall(known);
			else yield { payload: { payload, item, sequence, step }, keys, group, bytes, text };
			sequence += 1;
		}
	}
}

/** The error row of each entry, where there is one. */
function errorRowsOf<T>(
	batch: ReadonlyArray<Sent<T>>,
	explanations: readonly ErrorFacts[],
): BatchRow[][] {
	const request = batch[0]?.sequence;
	return batch.map(({ item, sequence }, index) => {
		const facts = explanations[index];
		return facts ? [{ json: errorRow(facts, item).json, items: [item], sequence, request }] : [];
	});
}

/**
 * Milliseconds in which the request that was just started reaches the wire, before making the next keeps the
 * processor busy: 5,000 contacts with four computing expressions each, in requests of 1,000 that take half a
 * second, arrive 1.4 times as fast. A single millisecond gains nothing, since no connection stands by then.
 */
const HEAD_START = 50;

/**
 * Sends batches as they come, so many at a time; those that share a key one after the other. Asks for the
 * next one while others are under way, and for none once it is to stop.
 * @throws what asking for a batch throws, once all that is under way has ended
 */
async function sendSideBySide<T>(
	batches: Iterator<Batch<Traced<T>>, void>,
	{ limit, stop }: { limit: number; stop: AbortSignal },
	send: (batch: Batch<Traced<T>>) => Promise<void>,
): Promise<void> {
	const lanes = new Lanes();
	try {
		for (let next = batches.next(); !next.done && !stop.aborted; next = batches.next()) {
			const batch = next.value;
			const keys = limit > 1 ? keysOf(batch) : [];
			let tellEnd = (): void => undefined;
			const ended = new Promise<void>((resolve) => {
				tellEnd = resolve;
			});
			await lanes.start({ limit, keys }, async () => {
				try {
					if (!stop.aborted) await send(batch);
				} finally {
					tellEnd();
				}
			});
			await Promise.race([ended, sleep(HEAD_START)]);
		}
	} finally {
		await lanes.end();
	}
}

function keysOf<T>({ payloads }: Batch<Traced<T>>): string[] {
	return payloads.flatMap(({ step }) => step.keys ?? []);
}
