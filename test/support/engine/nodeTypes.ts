import type { INodeExecutionData, INodeType, INodeTypes } from 'n8n-workflow';
import type { N8n } from './n8n';
import { nodeTypeOf } from './n8n';

/** The name of the node that feeds a test's items into the node under test. */
export const SOURCE_TYPE = 'test.source';

/** Nodes of n8n itself that start a workflow or pass items on; examples use them. */
const PASSING_NODES = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.formTrigger',
	'n8n-nodes-base.scheduleTrigger',
	'n8n-nodes-base.webhook',
	'n8n-nodes-base.noOp',
	'n8n-nodes-base.stickyNote',
];

function nodeType(name: string, execute: INodeType['execute']): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['input'],
			version: 1,
			description: 'A node for tests',
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		execute,
	};
}

/** A node that hands its input on unchanged. */
export function passingNode(name: string): INodeType {
	return nodeType(name, async function () {
		return [this.getInputData()];
	});
}

function sourceNode(items: INodeExecutionData[]): INodeType {
	return nodeType(SOURCE_TYPE, async () => [items]);
}

export interface NodeTypeOptions {
	/** What the source node emits. */
	items?: INodeExecutionData[];
	/** Further node types by their full name, such as `n8n-nodes-base.set`. */
	nodeTypes?: Record<string, INodeType>;
	/** Types of nodes with pinned data; these never run. */
	pinnedTypes?: string[];
}

/** The node types a workflow of a test may use: our package's, the source, simple stand-ins. */
export function nodeTypesFor(n8n: N8n, options: NodeTypeOptions = {}): INodeTypes {
	const passing = [...PASSING_NODES, ...(options.pinnedTypes ?? [])];
	const others: Record<string, INodeType> = {
		...Object.fromEntries(passing.map((name) => [name, passingNode(name)])),
		[SOURCE_TYPE]: sourceNode(options.items ?? []),
		...options.nodeTypes,
	};
	const find = (name: string, version?: number): INodeType => {
		const other = others[name];
		if (other) return other;
		if (name.startsWith(`${n8n.loader.packageName}.`)) return nodeTypeOf(n8n, name, version);
		throw new Error(`No node type "${name}": hand it over in the option nodeTypes`);
	};
	return {
		getByName: (name) => find(name),
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}
