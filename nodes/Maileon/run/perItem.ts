/**
 * Runs an operation once for each input item, several at a time.
 */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Identifiers } from '../maileon/contact';
import type { MaileonClient } from '../transport/client';
import { MaileonFailure } from '../transport/failure';
import type { Subject } from '../transport/words';
import { errorRow, factsOf, nodeError, type ErrorFacts } from './failures';
import { tellIgnoredKeys } from './hints';
import type { RunContext, Runner } from './operation';
import { Parameters, type ItemParameters } from './parameters';

/** What an item asks for, read and checked before anything is sent. */
export interface Prepared {
	/** Sends, and returns the rows that come out, one for each thing that happened. */
	send(client: MaileonClient): Promise<IDataObject[]>;
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
	/** Reads and checks what an item asks for. */
	prepare(scope: ItemScope): Prepared | Promise<Prepared>;
	/** Input keys that belong to no field; told to the person after the run. */
	ignoredKeys?: ReadonlySet<string>;
}

const DEFAULT_CONCURRENCY = 5;

type Outcome = { rows: IDataObject[] } | { facts: ErrorFacts };

/**
 * A runner that prepares and sends each item on its own. All items are prepared before the first
 * request, so that with "stop on error" bad input stops the run before anything is sent. Output
 * keeps input order.
 * @param begin called once a run, so that work for all items is done once
 */
export function perItem(begin: (context: RunContext) => Promise<ItemRun> | ItemRun): Runner {
	return async (context) => {
		const { node, client } = context;
		const run = await begin(context);
		const outcomes: Array<Outcome | undefined> = [];
		const prepared = await prepareAll(context, run, outcomes);

		let stopped = false;
		const sendItem = async (index: number) => {
			const request = prepared[index];
			if (stopped || !request) return;
			try {
				outcomes[index] = { rows: await request.send(client) };
			} catch (error) {
				outcomes[index] = { facts: factsOf(error, request.subject, request.contact) };
				if (!node.continueOnFail() || isCancelled(error)) stopped = true;
			}
		};
		await sendAll(prepared, sendItem);
		tellIgnoredKeys(node, run.ignoredKeys);
		if (stopped) throw stopError(node, outcomes);
		return rowsOf(outcomes);
	};
}

async function prepareAll(
	{ node, client, properties }: RunContext,
	run: ItemRun,
	outcomes: Array<Outcome | undefined>,
): Promise<Array<Prepared | undefined>> {
	const parameters = new Parameters(node, properties);
	const prepared: Array<Prepared | undefined> = [];
	for (const [index, item] of node.getInputData().entries()) {
		outcomes.push(undefined);
		try {
			const scope = { node, client, item, index, parameters: parameters.ofItem(index) };
			prepared.push(await run.prepare(scope));
		} catch (error) {
			const facts = factsOf(error);
			if (!node.continueOnFail()) throw nodeError(node.getNode(), facts, index);
			outcomes[index] = { facts };
			prepared.push(undefined);
		}
	}
	return prepared;
}

function isCancelled(error: unknown): boolean {
	return error instanceof MaileonFailure && error.facts.kind === 'cancelled';
}

function concurrencyOf(prepared: ReadonlyArray<Prepared | undefined>): number {
	const wishes = prepared.flatMap((one) => one?.concurrency ?? []);
	return wishes.length > 0 ? Math.min(...wishes) : DEFAULT_CONCURRENCY;
}

/**
 * Starts the items in their order, several at a time; an item waits for those before it that name
 * the same contact.
 */
async function sendAll(
	prepared: ReadonlyArray<Prepared | undefined>,
	sendItem: (index: number) => Promise<void>,
): Promise<void> {
	const lastOfKey = new Map<string, Promise<void>>();
	const indexes = prepared.keys();
	const worker = async () => {
		for (const index of indexes) {
			const keys = prepared[index]?.orderKeys ?? [];
			const earlier = keys.map((key) => lastOfKey.get(key));
			const sending = Promise.all(earlier).then(async () => await sendItem(index));
			for (const key of keys) lastOfKey.set(key, sending);
			await sending;
		}
	};
	const workers = Math.min(concurrencyOf(prepared), prepared.length);
	await Promise.all(Array.from({ length: workers }, worker));
}

function rowsOf(outcomes: ReadonlyArray<Outcome | undefined>): INodeExecutionData[] {
	return outcomes.flatMap((outcome, item) => {
		if (!outcome) return [];
		return 'rows' in outcome
			? outcome.rows.map((json) => ({ json, pairedItem: { item } }))
			: [errorRow(outcome.facts, item)];
	});
}

/** The first item that stopped the run, with how far the run came. */
function stopError(node: IExecuteFunctions, outcomes: ReadonlyArray<Outcome | undefined>): Error {
	const index = outcomes.findLastIndex((outcome) => outcome && 'facts' in outcome);
	const first = node.continueOnFail()
		? index
		: outcomes.findIndex((outcome) => outcome && 'facts' in outcome);
	const outcome = outcomes[first];
	const facts = outcome && 'facts' in outcome ? outcome.facts : { message: 'The run was stopped' };
	const done = outcomes.filter((one) => one && 'rows' in one).length;
	const progress =
		outcomes.length > 1 ? `${done} of ${outcomes.length} items were completed.` : undefined;
	const description = [facts.description, progress].filter(Boolean).join(' ');
	return nodeError(node.getNode(), { ...facts, ...(description && { description }) }, first);
}
