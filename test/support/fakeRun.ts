import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { readAnswer } from '../../nodes/Maileon/maileon/answer';
import type { Operation } from '../../nodes/Maileon/run/operation';
import { NO_TRIES, withinTries } from '../../nodes/Maileon/run/tries';
import type {
	MaileonAnswer,
	MaileonClient,
	SendOptions,
} from '../../nodes/Maileon/transport/client';
import { MaileonFailure } from '../../nodes/Maileon/transport/failure';
import type { MaileonRequest } from '../../nodes/Maileon/maileon/request';

/** A parameter that depends on the item, as one with an expression does. */
export type OfItem = (json: IDataObject, index: number) => unknown;

export interface FakeNodeOptions {
	items: INodeExecutionData[];
	/** Values, or functions in place of expressions. */
	parameters?: Record<string, unknown>;
	/** Whether the workflow goes on after failures. */
	continues?: boolean;
	/** What n8n knows of the node itself, such as `retryOnFail`. */
	settings?: Partial<INode>;
	executionId?: string;
	runIndex?: number;
}

/** A node as operations see it, without n8n around it. */
export function fakeNode(options: FakeNodeOptions): IExecuteFunctions {
	const { items, parameters = {}, continues = false, settings = {} } = options;
	const { executionId = 'execution', runIndex = 0 } = options;
	return {
		getNode: () => ({
			id: 'node',
			name: 'Maileon',
			type: 'maileon',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			...settings,
		}),
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => executionId,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getInputData: () => items,
		continueOnFail: () => continues,
		getTimezone: () => 'Europe/Berlin',
		getNodeParameter: (
			name: string,
			index: number,
			fallback?: unknown,
			further?: { rawExpressions?: boolean },
		) => {
			const value = parameters[name] ?? fallback;
			if (typeof value !== 'function') return value;
			const ofItem = value as OfItem;
			return further?.rawExpressions ? '={{ $json }}' : ofItem(items[index]?.json ?? {}, index);
		},
		addExecutionHints: () => undefined,
		logger: { debug: () => undefined, warn: () => undefined },
	} as unknown as IExecuteFunctions;
}

/** What Maileon answers to a request; throws what the client throws. */
export type Answering = (
	request: MaileonRequest,
	options?: SendOptions,
) => MaileonAnswer | Promise<MaileonAnswer>;

export interface FakeClient extends MaileonClient {
	/** What was sent, in order. */
	readonly requests: MaileonRequest[];
}

/** A client without a network. */
export function fakeClient(answering: Answering = () => answerOf('')): FakeClient {
	const requests: MaileonRequest[] = [];
	return {
		requests,
		send: async (request, options) => {
			requests.push(request);
			return await answering(request, options);
		},
	};
}

/** An answer with a status of success. */
export function answerOf(text: string, status = 200): MaileonAnswer {
	return { status, headers: {}, answer: readAnswer(text) };
}

/** What the client throws for a status that is no success. */
export function failureOf(
	{ method, canSendMail }: MaileonRequest,
	status: number,
	outcome: 'refused' | 'unclear' = 'refused',
): MaileonFailure {
	return new MaileonFailure({ kind: 'status', outcome, method, status, canSendMail });
}

/** Runs an operation once. */
export async function runOnce(
	operation: Pick<Operation, 'properties' | 'run'>,
	node: IExecuteFunctions,
	client: MaileonClient,
): Promise<INodeExecutionData[]> {
	return await operation.run({ node, client, properties: operation.properties, tries: NO_TRIES });
}

/** One try of a run, with what earlier tries left. */
export async function runTry(
	operation: Operation,
	node: IExecuteFunctions,
	client: MaileonClient,
): Promise<INodeExecutionData[]> {
	const { properties } = operation;
	return await withinTries(
		node,
		async (tries) => await operation.run({ node, client, properties, tries }),
	);
}

/** What n8n makes of a run with "Retry On Fail": how often it ran, and how the last try ended. */
export interface TriedRun {
	tries: number;
	rows?: INodeExecutionData[];
	error?: Error;
}

/** Runs a node as often as n8n does: again when it throws, and when its first row is an error. */
export async function runAsN8n(
	maxTries: number,
	run: () => Promise<INodeExecutionData[]>,
): Promise<TriedRun> {
	for (let tries = 1; ; tries++) {
		const result: TriedRun = await run().then(
			(rows) => ({ tries, rows }),
			(error: Error) => ({ tries, error }),
		);
		const hasFailed = result.error ?? result.rows?.[0]?.json.error;
		if (hasFailed === undefined || tries === maxTries) return result;
	}
}
