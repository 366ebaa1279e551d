/**
 * Runs an operation once for each input item, several at a time.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Identifiers } from '../maileon/contact/contact';
import type { MaileonClient } from '../transport/client';
import { MaileonFailure } from '../transport/failure';
import type { Subject } from '../transport/words';
import { doubtSentence, errorRow, factsOf, itemName, nodeError } from './failures';
import { RowWithFiles, type Row } from './files';
import { tellIgnoredKeys } from './hints';
import { Lanes } from './lanes';
import type { RunContext, Runner } from './operation';
import { Parameters, type ItemParameters } from '../input/parameters';
import { outputItem, type Outcome, type StopReason } from './rows';
import type { Step } from './tries';
import { watch } from './watchedClient';

/** What an item asks for, read and checked before anything is sent. */
export interface Prepared {
	/** Sends, and returns the rows that come out, one for each thing that happened. */
	send(client: MaileonClient): Promise<readonly Row[]>;
	/** Items that share a key are sent one after the other, in their order. */
	orderKeys?: readonly string[];
	/** What messages call it. */
	subject?: Subject;
	/** Identifiers for the error row. */
	contact?: Identifiers;
	/** Requests at a time, from the item's options. */
	concurrency?: number;
}

export interface ItemScope {
	node: IExecuteFunctions;
	client: MaileonClient;
	parameters: ItemParameters;
	item: INodeExecutionData;
	index: number;
}

export interface ItemRun {
	/**
	 * Reads and checks what an item asks for. Called again for the same item where all items are checked
	 * before the first is sent.
	 */
	prepare(scope: ItemScope): Prepared | Promise<Prepared>;
	/** Input keys that belong to no field; told to the person after the run. */
	ignoredKeys?: ReadonlySet<string>;
}

const DEFAULT_CONCURRENCY = 5;

/**
 * A runner that prepares and sends each item on its own. An item is prepared when its turn comes, so that
 * few are held however many there are. With "stop on error", all are prepared once before that, so that
 * bad input stops the run before anything is sent. Output keeps input order.
 * @param begin called once a run, so that work for all items is done once
 */
export function perItem(begin: (context: RunContext) => Promise<ItemRun> | ItemRun): Runner {
	return async (context) => {
		const { node, tries } = context;
		const items = node.getInputData();
		const run = await begin(context);
		const prepare = preparing(context, run);
		if (!node.continueOnFail()) await checkAll(node, prepare);

		const results = new Results(node);
		const lanes = new Lanes();
		for (const index of items.keys()) {
			if (results.isStopped) {
				results.recall(index, tries.recall({ item: index, position: index }));
				continue;
			}
			const prepared = await prepare(index).catch((error: unknown) => failed(index, error));
			const keys = ('send' in prepared && prepared.orderKeys) || [];
			const step = { item: index, position: index, keys };
			const known = tries.recall(step);
			const limit = ('send' in prepared && prepared.concurrency) || DEFAULT_CONCURRENCY;
			if (known) results.recall(index, known);
			else if ('rows' in prepared) results.add(index, prepared);
			else
				await lanes.start({ limit, keys }, async () => {
					if (!results.isStopped) await sendItem(context, step, prepared, results);
				});
		}
		await lanes.end();
		tellIgnoredKeys(node, run.ignoredKeys);
		return results.output();
	};
}

type Prepare = (index: number) => Promise<Prepared>;

function preparing({ node, client, properties }: RunContext, run: ItemRun): Prepare {
	const items = node.getInputData();
	const parameters = new Parameters(node, properties, items);
	return async (index) => {
		const item = items[index] ?? { json: {} };
		return await run.prepare({ node, client, item, index, parameters: parameters.ofItem(index) });
	};
}

/** @throws NodeOperationError or NodeApiError for the first item that cannot be sent */
async function checkAll(node: IExecuteFunctions, prepare: Prepare): Promise<void> {
	const items = node.getInputData();
	for (const index of items.keys()) {
		try {
			await prepare(index);
		} catch (error) {
			throw nodeError(node.getNode(), factsOf(error), { index, of: items.length });
		}
	}
}

async function sendItem(
	{ client, tries }: RunContext,
	step: Step,
	{ send, subject, contact }: Prepared,
	results: Results,
): Promise<void> {
	const watched = watch(client, results.stop);
	let error: unknown;
	const outcome = await send(watched).then(
		(rows) => done(step.item, rows),
		(caught: unknown) => failed(step.item, (error = caught), subject, contact),
	);
	const mayBeDone = watched.mayHaveActed(error);
	if (watched.hasSentChange) tries.keep(step, outcome, mayBeDone);
	results.add(step.item, outcome, { mayBeDone, isCancelled: isCancelled(error) });
}

function done(index: number, rows: readonly Row[]): Outcome {
	const items = [index];
	return {
		rows: rows.map((row) =>
			row instanceof RowWithFiles
				? { json: row.json, binary: row.binary, items, sequence: index }
				: { json: row, items, sequence: index },
		),
	};
}

function failed(index: number, error: unknown, subject?: Subject, contact?: Identifiers): Outcome {
	const facts = factsOf(error, subject, contact);
	const { json } = errorRow(facts, index);
	return { rows: [{ json, items: [index], sequence: index }], stop: { facts, item: index } };
}

function isCancelled(error: unknown): boolean {
	if (error instanceof MaileonFailure) return error.facts.kind === 'cancelled';
	return error instanceof Error && error.cause !== undefined && isCancelled(error.cause);
}

interface Circumstances {
	mayBeDone?: boolean;
	isCancelled?: boolean;
}

const PROGRESS_STEP = 1_000;

/** What became of the items of a run. The first that stops it ends the pauses of all others. */
class Results {
	private readonly outcomes: Array<Outcome | undefined> = [];
	/** Items that failed although Maileon may have acted on them. */
	private readonly unclear: number[] = [];
	private readonly stopping = new AbortController();
	private first?: StopReason;
	/** How many items have come to an end, be it a failure. */
	private ended = 0;

	constructor(private readonly node: IExecuteFunctions) {
		this.outcomes.length = node.getInputData().length;
	}

	/** Tells when nothing more is to be sent. */
	get stop(): AbortSignal {
		return this.stopping.signal;
	}

	get isStopped(): boolean {
		return this.first !== undefined;
	}

	add(index: number, outcome: Outcome, { mayBeDone, isCancelled: ends }: Circumstances = {}): void {
		this.outcomes[index] = outcome;
		this.tellProgress();
		if (!outcome.stop) return;
		if (mayBeDone) this.unclear.push(index);
		if (this.first || (this.node.continueOnFail() && !ends)) return;
		this.first = outcome.stop;
		this.stopping.abort();
	}

	/** A line in the log for each thousand items. */
	private tellProgress(): void {
		this.ended += 1;
		if (this.ended % PROGRESS_STEP !== 0) return;
		const facts = { items: this.ended, of: this.outcomes.length };
		this.node.logger.debug(
			`${this.node.getNode().name}: ${this.ended} items were worked off`,
			facts,
		);
	}

	/** Takes what an earlier try of the run did, or may have done. */
	recall(index: number, outcome: Outcome | undefined): void {
		if (outcome) this.add(index, outcome, { mayBeDone: true });
	}

	/**
	 * The rows of all items, in input order.
	 * @throws NodeOperationError or NodeApiError for the item that stopped the run first
	 */
	output(): INodeExecutionData[] {
		if (this.first) throw this.stopError(this.first);
		return this.outcomes.flatMap((outcome) =>
			(outcome?.rows ?? []).map(({ json, items, binary }) => outputItem(json, items, binary)),
		);
	}

	private stopError({ facts, item = 0 }: StopReason): Error {
		const parts = [facts.description, this.progressAround(item), this.doubtBeside(item)];
		const description = parts.filter(Boolean).join(' ');
		return nodeError(
			this.node.getNode(),
			{ ...facts, ...(description && { description }) },
			{ index: item, of: this.outcomes.length },
		);
	}

	private progressAround(item: number): string | undefined {
		if (this.outcomes.length < 2) return undefined;
		const isDone = (outcome: Outcome | undefined) => outcome && !outcome.stop;
		const completed = this.outcomes.filter(isDone).length;
		const later = this.outcomes.slice(item + 1).filter(isDone).length;
		const name = itemName(item, this.outcomes.length);
		const progress = `This is ${name}; ${completed} ${completed === 1 ? 'item was' : 'items were'} completed`;
		return later > 0
			? `${progress}, ${later} of them after this one, as ${later === 1 ? 'it was' : 'they were'} under way already.`
			: `${progress}.`;
	}

	private doubtBeside(item: number): string | undefined {
		return doubtSentence(this.unclear.filter((index) => index !== item));
	}
}
