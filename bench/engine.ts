/**
 * n8n's engine with the packed package, running small workflows and timing the node of interest.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import {
	installPackage,
	removeInstalledPackage,
	USER_FOLDER_VARIABLE,
} from '../test/support/installPackage';
import { fullTypeName, loadN8n, nodeTypeOf, type N8n } from '../test/support/engine/n8n';
import { runWorkflow, type WorkflowResult } from '../test/support/engine/run';

const SOURCE = 'bench.source';
const MEASURED = 'Measured';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** A node to time. */
export interface MeasuredNode {
	type: string;
	typeVersion?: number;
	parameters?: IDataObject;
}

export interface TimedRun {
	/** Milliseconds inside the node, without n8n's work before and after. */
	milliseconds: number;
	output: INodeExecutionData[];
}

/** Loads the engine; a process that another bench started takes the package that is installed there. */
export async function openBench(): Promise<Bench> {
	if (!process.env[USER_FOLDER_VARIABLE]) {
		const folder = installPackage();
		process.env[USER_FOLDER_VARIABLE] = folder;
		process.once('exit', () => removeInstalledPackage(folder));
	}
	return new Bench(await loadN8n());
}

export class Bench {
	constructor(private readonly n8n: N8n) {}

	/** The type name of the main node. */
	get maileon(): string {
		return fullTypeName(this.n8n, 'maileon');
	}

	/** The type name of the report node. */
	get report(): string {
		return fullTypeName(this.n8n, 'maileonReport');
	}

	/** A node type of this bench that may use the Maileon credential. */
	typeOfOwn(name: string): string {
		return fullTypeName(this.n8n, name);
	}

	/**
	 * Runs a node in n8n's engine behind one that emits `items`.
	 * @param own the class of the node, where it is neither this package's nor n8n's
	 * @throws when the node failed
	 */
	async run(
		node: MeasuredNode,
		items: () => INodeExecutionData[],
		baseUrl: string,
		own?: Execute,
	): Promise<TimedRun> {
		let milliseconds = Number.NaN;
		const measured = timed(own ? ownType(node.type, own) : this.find(node), (time) => {
			milliseconds = time;
		});
		const result = await runWorkflow(
			this.n8n,
			{
				nodes: [nodeOf('Source', { type: SOURCE }), nodeOf(MEASURED, node)],
				connections: { Source: { main: [[{ node: MEASURED, type: 'main', index: 0 }]] } },
			},
			{
				credentials: { apiKey: 'bench-key', baseUrl },
				nodeTypes: {
					[SOURCE]: ownType(SOURCE, async () => [items()]),
					[node.type]: measured,
				},
			},
		);
		return { milliseconds, output: outputOf(result) };
	}

	private find({ type, typeVersion }: MeasuredNode): INodeType {
		return type.startsWith('n8n-nodes-base.')
			? nodeOfN8n(this.n8n, type.slice('n8n-nodes-base.'.length), typeVersion)
			: nodeTypeOf(this.n8n, type, typeVersion);
	}
}

function outputOf({ nodes, error }: WorkflowResult): INodeExecutionData[] {
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return nodes[MEASURED]?.main ?? [];
}

function nodeOf(name: string, { type, typeVersion = 1, parameters = {} }: MeasuredNode): INode {
	return {
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: parameters as INodeParameters,
	};
}

/** A node of n8n itself, from the n8n that the engine comes from. */
function nodeOfN8n(n8n: N8n, name: string, version?: number): INodeType {
	const requireFrom = createRequire(path.join(process.env.N8N_CORE_FROM ?? '.', 'package.json'));
	const className = name[0]?.toUpperCase() + name.slice(1);
	const file = `n8n-nodes-base/dist/nodes/${className}/${className}.node.js`;
	const classes = requireFrom(file) as Record<string, new () => INodeType>;
	const NodeClass = classes[className];
	if (!NodeClass) throw new Error(`${file} has no class ${className}`);
	return n8n.workflow.NodeHelpers.getVersionedNodeType(new NodeClass(), version);
}

function ownType(name: string, execute: Execute): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
			credentials: [{ name: 'maileonRestApi' }],
		},
		execute,
	};
}

/** The same node type, telling how long its `execute` took. */
function timed(type: INodeType, tell: (milliseconds: number) => void): INodeType {
	const copy = Object.create(type) as INodeType;
	copy.execute = async function (this: IExecuteFunctions) {
		const start = performance.now();
		const output = await type.execute?.call(this);
		tell(performance.now() - start);
		return output ?? [];
	};
	return copy;
}
