import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPinData,
	IRun,
	ITaskData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { plainCopy } from '../plainCopy';
import type { LogLine, N8n } from './n8n';
import { fullTypeName } from './n8n';
import { atMoment } from './moment';
import { nodeTypesFor, SOURCE_TYPE } from './nodeTypes';
import type { MaileonCredentials } from './surroundings';
import { additionalData, CREDENTIAL_REFERENCE, lifecycleHooks } from './surroundings';

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** A plain object is taken as an item's `json`; anything with `json` is taken as a whole item. */
export type TestItem = IDataObject | INodeExecutionData;

interface CommonOptions {
	credentials: MaileonCredentials;
	/** Cancels the execution, as a user does with Stop. */
	cancelSignal?: AbortSignal;
	/** Further node types by their full name. */
	nodeTypes?: Record<string, INodeType>;
	/** How n8n says the workflow was started; `trigger` by default, as in production. */
	mode?: WorkflowExecuteMode;
	/** Workflow settings such as `timezone`. */
	settings?: IWorkflowSettings;
}

export interface RunOptions extends CommonOptions {
	node: {
		parameters: IDataObject;
		/** `maileon` by default. */
		type?: string;
		/** The first version that the node offers by default. */
		typeVersion?: number;
		name?: string;
		onError?: OnError;
		/** Whatever else an n8n node can hold: `executeOnce`, `retryOnFail`, `alwaysOutputData` … */
		settings?: Partial<INode>;
	};
	items: TestItem[];
}

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	pinData?: IPinData;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
}

export interface WorkflowOptions extends CommonOptions {
	/** What named nodes emit instead of running; stands above the pinned data of the workflow. */
	pinned?: Record<string, TestItem[]>;
	/** The node to start from; the first one without an input by default. */
	startNode?: string;
	/** Where the clock stands still, in epoch milliseconds; it goes on by default. */
	at?: number;
}

export interface StoredError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: IDataObject;
	[further: string]: unknown;
}

/** What one node did. */
export interface NodeResult {
	/** Items of n8n's output 0; empty when the node gave none. */
	main: INodeExecutionData[];
	/** Items of output 1, the error branch. */
	errors: INodeExecutionData[];
	/** The error that the run data hold when the node stopped the workflow. */
	error?: StoredError;
	executionStatus?: ITaskData['executionStatus'];
	/** Hints that the node left for the person at the canvas. */
	hints: ITaskData['hints'];
}

export interface RunResult extends NodeResult {
	/** What the node was fed with, as it looks after the run. */
	input: INodeExecutionData[];
	logs: LogLine[];
	raw: IRun;
}

export interface WorkflowResult {
	/** By node name; a node that did not run is absent. */
	nodes: Record<string, NodeResult>;
	/** What the workflow ended with, when it failed. */
	error?: StoredError;
	logs: LogLine[];
	raw: IRun;
}

const SOURCE_NAME = 'Source';

function toItem(item: TestItem): INodeExecutionData {
	const isItem = typeof item.json === 'object' && item.json !== null;
	return plainCopy(isItem ? (item as INodeExecutionData) : { json: item as IDataObject });
}

function nodeResult(runs: ITaskData[] | undefined): NodeResult {
	const last = runs?.at(-1);
	const output = (index: number) => last?.data?.main?.[index] ?? [];
	return {
		main: output(0),
		errors: output(1),
		...(last?.error ? { error: last.error as unknown as StoredError } : {}),
		...(last?.executionStatus ? { executionStatus: last.executionStatus } : {}),
		hints: last?.hints ?? [],
	};
}

function startNodeOf(workflow: WorkflowJson, name?: string): INode {
	const connections = Object.values(workflow.connections)
		.flatMap((outputs) => Object.values(outputs))
		.flat(2);
	const fed = new Set(connections.map((connection) => connection?.node));
	const mayStart = ({ name: nodeName, type, disabled }: INode) =>
		name === undefined
			? !fed.has(nodeName) && !disabled && !type.endsWith('.stickyNote')
			: nodeName === name;
	const start = workflow.nodes.find(mayStart);
	if (!start) throw new Error(`The workflow has no node ${name ?? 'without an input'}`);
	return start;
}

function pinDataOf(json: WorkflowJson, pinned: WorkflowOptions['pinned'] = {}): IPinData {
	const given = Object.entries(pinned).map(([name, items]) => [name, items.map(toItem)]);
	return { ...json.pinData, ...(Object.fromEntries(given) as IPinData) };
}

async function execute(
	n8n: N8n,
	json: WorkflowJson,
	options: CommonOptions & { items?: INodeExecutionData[]; pinData?: IPinData; startNode?: string },
): Promise<IRun> {
	const mode = options.mode ?? 'trigger';
	const pinData = options.pinData ?? {};
	const pinnedTypes = json.nodes.filter(({ name }) => name in pinData).map(({ type }) => type);
	const workflow = new n8n.workflow.Workflow({
		id: 'test',
		name: json.name ?? 'Test',
		nodes: json.nodes,
		connections: json.connections,
		active: false,
		nodeTypes: nodeTypesFor(n8n, {
			items: options.items,
			nodeTypes: options.nodeTypes,
			pinnedTypes: pinnedTypes.filter((type) => !type.startsWith(`${n8n.loader.packageName}.`)),
		}),
		settings: { executionOrder: 'v1', ...json.settings, ...options.settings },
		staticData: json.staticData,
	});
	const start = startNodeOf(json, options.startNode);
	const runData = n8n.workflow.createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: workflow.getNode(start.name) ?? start,
					data: { main: [[{ json: {} }]] },
					source: null,
				},
			],
		},
		resultData: { pinData },
	});
	const data = additionalData(n8n, options.credentials, {
		hooks: lifecycleHooks(n8n, mode, workflow),
	});
	const execution = new n8n.core.WorkflowExecute(data, mode, runData).processRunExecutionData(
		workflow,
	);
	const cancel = () => execution.cancel();
	if (options.cancelSignal?.aborted) cancel();
	options.cancelSignal?.addEventListener('abort', cancel);
	try {
		return await execution;
	} finally {
		options.cancelSignal?.removeEventListener('abort', cancel);
	}
}

/**
 * Runs one node in n8n's engine, fed with the given items by a node before it.
 * Rejects as n8n does when a required parameter is empty (`WorkflowHasIssuesError`).
 */
export async function runNode(n8n: N8n, options: RunOptions): Promise<RunResult> {
	const { node } = options;
	const name = node.name ?? 'Maileon';
	const items = options.items.map(toItem);
	const json: WorkflowJson = {
		nodes: [
			{
				id: 'source',
				name: SOURCE_NAME,
				type: SOURCE_TYPE,
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				name,
				type: fullTypeName(n8n, node.type ?? 'maileon'),
				typeVersion: node.typeVersion ?? 1,
				position: [200, 0],
				parameters: plainCopy(node.parameters) as INodeParameters,
				credentials: CREDENTIAL_REFERENCE,
				...(node.onError ? { onError: node.onError } : {}),
				...node.settings,
			},
		],
		connections: { [SOURCE_NAME]: { main: [[{ node: name, type: 'main', index: 0 }]] } },
	};
	const { result: raw, logs } = await n8n.collectLogs(
		async () => await execute(n8n, json, { ...options, items, startNode: SOURCE_NAME }),
	);
	const { runData } = raw.data.resultData;
	return { ...nodeResult(runData[name]), input: nodeResult(runData[SOURCE_NAME]).main, logs, raw };
}

/**
 * Runs a whole workflow, as a file of `examples/` holds it. Nodes of n8n itself that start a
 * workflow emit what is pinned to them, or a single empty item.
 */
export async function runWorkflow(
	n8n: N8n,
	workflow: WorkflowJson,
	options: WorkflowOptions,
): Promise<WorkflowResult> {
	const json = plainCopy(workflow);
	const withCredentials = json.nodes.map((node) =>
		node.type.startsWith(`${n8n.loader.packageName}.`)
			? { ...node, credentials: CREDENTIAL_REFERENCE }
			: node,
	);
	const pinData = pinDataOf(json, options.pinned);
	const run = async () =>
		await execute(n8n, { ...json, nodes: withCredentials }, { ...options, pinData });
	const { at } = options;
	const { result: raw, logs } = await n8n.collectLogs(
		at === undefined ? run : async () => await atMoment(at, run),
	);
	const { runData, error } = raw.data.resultData;
	const nodes = Object.entries(runData).map(([name, runs]) => [name, nodeResult(runs)] as const);
	return {
		nodes: Object.fromEntries(nodes),
		...(error ? { error: error as unknown as StoredError } : {}),
		logs,
		raw,
	};
}
