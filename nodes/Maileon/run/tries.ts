/**
 * What a run did in its earlier tries. With "Retry On Fail", n8n runs the whole node again, all items, as
 * soon as it throws or its first row is an error. What was done by then, or may have been done, is not sent
 * a second time: what became of it is kept here, for the tries of that run only.
 */
import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Outcome, OutputRow } from './rows';

/** One thing that a run does: an item, or one of several things of an item. */
export interface Step {
	/** Index of the input item. */
	item: number;
	/** Tells the things of one item apart; the same in each try. */
	part?: string;
	/** Place among all that the run does. */
	position: number;
	/** Steps that share a key are about the same contact. */
	keys?: readonly string[];
}

/** What the tries of a run know of each other. */
export interface Tries {
	/**
	 * What became of a step in an earlier try, where it must not be done again: since it was done or may
	 * have been, or since a later step has been done for the same contact, which it would undo.
	 */
	recall(step: Step): Outcome | undefined;
	/** Keeps what became of a step for the next try. */
	keep(step: Step, outcome: Outcome, mayBeDone: boolean): void;
	/** The rows of all that was done for an item in earlier tries; undefined where nothing was. */
	rowsOf(item: number): readonly OutputRow[] | undefined;
	/** Names of what was started and must not be started again, whichever item asks for it. */
	started(): Set<string>;
}

/** The tries of a run that is not repeated. */
export const NO_TRIES: Tries = {
	recall: () => undefined,
	keep: () => undefined,
	rowsOf: () => undefined,
	started: () => new Set(),
};

interface Kept {
	/** Fingerprint of the input item. */
	input: string;
	item: number;
	outcome: Outcome;
	mayBeDone: boolean;
}

/** The memory of one run. */
interface Memory {
	readonly steps: Map<string, Kept>;
	/** The last position at which something was done, by key. */
	readonly lastDone: Map<string, number>;
	readonly started: Set<string>;
	readonly progress: TryCounter;
	/** When the last try ended, in milliseconds since 1970; undefined while one is under way. */
	endOfTry?: number;
}

/** How long n8n can take for the next try, in milliseconds, with much to spare. */
const LONGEST = 3_600_000;
const MOST_RUNS = 1_000;

/** By run. Its oldest entry is the first. */
const memories = new Map<string, Memory>();

/**
 * Runs the node with what its earlier tries left, and keeps what it leaves for the next one.
 * @throws what `run` throws
 */
export async function withinTries(
	node: IExecuteFunctions,
	run: (tries: Tries) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	forgetOld();
	const name = runName(node);
	const known = name === undefined ? undefined : memories.get(name);
	const isUnderWay = known !== undefined && known.endOfTry === undefined;
	if (name === undefined || isUnderWay) return await run(NO_TRIES);
	const memory = known ?? newMemory(maxTriesOf(node));
	memories.set(name, memory);
	memory.endOfTry = undefined;
	let ending: Ending = 'thrown';
	try {
		const rows = await run(new KeptTries(memory, node.getInputData()));
		ending = rows[0]?.json.error === undefined ? 'worked' : 'failed';
		return rows;
	} finally {
		memory.endOfTry = Date.now();
		if (memory.progress.isOverAfter(ending)) memories.delete(name);
	}
}

/** How many runs are remembered now. */
export function rememberedRuns(): number {
	return memories.size;
}

function forgetOld(): void {
	const earliest = Date.now() - LONGEST;
	for (const [name, { endOfTry = Infinity }] of memories)
		if (endOfTry <= earliest || memories.size > MOST_RUNS) memories.delete(name);
}

function newMemory(maxTries: number): Memory {
	return {
		steps: new Map(),
		lastDone: new Map(),
		started: new Set(),
		progress: new TryCounter(maxTries),
	};
}

/** n8n makes no more tries than this; it makes fewer where more are set than it allows. */
function maxTriesOf(node: IExecuteFunctions): number {
	return Math.max(2, node.getNode().maxTries || 3);
}

/**
 * What all tries of a run have in common and no other run has; undefined where there is one try only, or
 * where the run cannot be told from others. n8n counts each try of an agent's tool as a run of its own, but
 * calls it with the same arguments.
 */
function runName(node: IExecuteFunctions): string | undefined {
	const { id, name, type, retryOnFail } = node.getNode();
	const execution = node.getExecutionId();
	if (retryOnFail !== true || !execution) return undefined;
	const run = type.endsWith('Tool')
		? fingerprint(node.getInputData().map(({ json }) => json))
		: node.getWorkflowDataProxy(0).$runIndex;
	if (typeof run !== 'number' && typeof run !== 'string') return undefined;
	return JSON.stringify([node.getWorkflow().id, execution, id, name, run]);
}

/** How a try ended; `failed`: its first row is an error. */
type Ending = 'worked' | 'failed' | 'thrown';

/** Follows n8n's own counting, which takes a try that throws for another than one whose first row is an error. */
class TryCounter {
	private tryIndex = 0;
	private isInnerLoop = false;

	constructor(private readonly maxTries: number) {}

	/** Whether no further try follows one that ended like this. */
	isOverAfter(ending: Ending): boolean {
		if (ending === 'worked') return true;
		if (ending === 'thrown' || this.isInnerLoop) this.tryIndex += 1;
		this.isInnerLoop = ending === 'failed';
		return this.tryIndex >= (ending === 'failed' ? this.maxTries - 1 : this.maxTries);
	}
}

class KeptTries implements Tries {
	private readonly inputs: string[] = [];
	/** What earlier tries did, by item; made when it is first asked for. */
	private doneOfItems?: ReadonlyMap<number, readonly OutputRow[]>;

	constructor(
		private readonly memory: Memory,
		private readonly items: readonly INodeExecutionData[],
	) {}

	recall(step: Step): Outcome | undefined {
		const kept = this.memory.steps.get(stepName(step));
		if (!kept || kept.input !== this.inputOf(step.item)) return undefined;
		return kept.mayBeDone || this.isOvertaken(step) ? kept.outcome : undefined;
	}

	keep(step: Step, outcome: Outcome, mayBeDone: boolean): void {
		const { item, position, keys = [] } = step;
		this.memory.steps.set(stepName(step), { input: this.inputOf(item), item, outcome, mayBeDone });
		if (!mayBeDone) return;
		const { lastDone } = this.memory;
		for (const key of keys) lastDone.set(key, Math.max(position, lastDone.get(key) ?? 0));
	}

	rowsOf(item: number): readonly OutputRow[] | undefined {
		this.doneOfItems ??= this.doneRows();
		return this.doneOfItems.get(item);
	}

	started(): Set<string> {
		return this.memory.started;
	}

	private isOvertaken({ position, keys = [] }: Step): boolean {
		return keys.some((key) => (this.memory.lastDone.get(key) ?? position) > position);
	}

	private inputOf(item: number): string {
		return (this.inputs[item] ??= fingerprint(this.items[item]?.json));
	}

	private doneRows(): Map<number, OutputRow[]> {
		const found = new Map<number, OutputRow[]>();
		const taken = new Set<Outcome['rows']>();
		for (const { item, input, outcome, mayBeDone } of this.memory.steps.values()) {
			const { rows, stop } = outcome;
			if (!mayBeDone || input !== this.inputOf(item) || (stop && rows.length === 0)) continue;
			const all = found.get(item) ?? [];
			found.set(item, all);
			if (!taken.has(rows)) for (const row of rows) all.push(row);
			taken.add(rows);
		}
		return found;
	}
}

function stepName({ item, part = '' }: Step): string {
	return `${item} ${part}`;
}

/** A short text that is the same for the same data, and for no other that can be written as JSON. */
function fingerprint(value: unknown): string {
	return createHash('sha256').update(written(value)).digest('base64').slice(0, 22);
}

function written(value: unknown): string {
	try {
		return JSON.stringify(value, withBigInts) ?? '';
	} catch {
		return 'cannot be written';
	}
}

function withBigInts(_key: string, value: unknown): unknown {
	return typeof value === 'bigint' ? `${value}n` : value;
}
