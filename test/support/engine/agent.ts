import type { IDataObject, INode, INodeParameters, INodeType, ITaskData } from 'n8n-workflow';
import { plainCopy } from '../plainCopy';
import type { LogLine, N8n } from './n8n';
import { fullTypeName, nodeTypeOf } from './n8n';
import type { OnError } from './run';
import { runWorkflow } from './run';
import type { MaileonCredentials } from './surroundings';

export interface AgentToolOptions {
	/** The node; `maileon` by default. */
	type?: string;
	/** The parameters of the node, with `$fromAI(…)` where the model gives the value. */
	parameters: IDataObject;
	credentials: MaileonCredentials;
	/** What the model gives, one entry for each time that it calls the tool. */
	calls: IDataObject[];
	onError?: OnError;
	/** Whatever else the node holds, such as `retryOnFail`. */
	settings?: Partial<INode>;
}

/** What the model gets for one call. */
export interface ToolAnswer {
	/** The text that the tool returns. */
	answer?: string;
	/** The words of the error that it throws instead. */
	refusal?: string;
}

export interface AgentToolResult {
	/** What the model is told of the tool. */
	name: string;
	description: string;
	/** The arguments that it has to give: their types, as n8n reads them from `$fromAI`. */
	arguments: Record<string, { type: string; description?: string }>;
	answers: ToolAnswer[];
	/** What the run data hold of each call. */
	runs: ITaskData[];
	logs: LogLine[];
}

/** What n8n-core hands to an agent, as far as it is used here. */
interface StructuredTool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string; _def: { typeName: string } }> };
	invoke(input: IDataObject): Promise<string>;
}

const SOURCE = 'n8n-nodes-base.manualTrigger';
const AGENT = 'test.agent';
const NODE_NAME = 'Maileon';

/** The twin of a node for agents; n8n makes it from nodes that are `usableAsTool`. */
function twinOf(type: INodeType): INodeType {
	const { usableAsTool, ...description } = type.description;
	if (!usableAsTool) throw new Error('The node is not made for agents');
	const twin = Object.create(type) as INodeType;
	twin.description = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: ['ai_tool'],
	};
	return twin;
}

/** An agent without a model: it asks n8n for its tool and calls it with what the test gives. */
function agent(calls: IDataObject[], take: (tool: StructuredTool, given: ToolAnswer[]) => void) {
	const type: INodeType = {
		description: {
			displayName: 'Agent',
			name: AGENT,
			group: ['transform'],
			version: 1,
			description: 'An agent for tests',
			defaults: { name: 'Agent' },
			inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			const tools = (await this.getInputConnectionData('ai_tool', 0)) as StructuredTool[];
			const [tool] = tools;
			if (!tool) throw new Error('n8n gave the agent no tool');
			const answers: ToolAnswer[] = [];
			for (const input of calls) answers.push(await answerOf(tool, input));
			take(tool, answers);
			return [this.getInputData()];
		},
	};
	return type;
}

async function answerOf(tool: StructuredTool, input: IDataObject): Promise<ToolAnswer> {
	try {
		return { answer: await tool.invoke(plainCopy(input)) };
	} catch (error) {
		return { refusal: (error as Error).message };
	}
}

/** Runs a workflow in which an agent uses the node as its tool, through n8n's own code for tools. */
export async function callAsTool(n8n: N8n, options: AgentToolOptions): Promise<AgentToolResult> {
	const { parameters, credentials, calls, onError, settings } = options;
	const type = fullTypeName(n8n, options.type ?? 'maileon');
	let told: Pick<AgentToolResult, 'name' | 'description' | 'arguments' | 'answers'> | undefined;
	const take = ({ name, description, schema }: StructuredTool, answers: ToolAnswer[]) => {
		const shape = Object.entries(schema.shape).map(([key, { description: about, _def }]) => [
			key,
			{ type: _def.typeName, ...(about && { description: about }) },
		]);
		told = { name, description, answers, arguments: Object.fromEntries(shape) };
	};
	const node = (name: string, nodeType: string) => ({
		id: name,
		name,
		type: nodeType,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	});
	const { raw, logs, error } = await runWorkflow(
		n8n,
		{
			nodes: [
				node('Start', SOURCE),
				node('Agent', AGENT),
				{
					...node(NODE_NAME, `${type}Tool`),
					parameters: parameters as INodeParameters,
					...(onError && { onError }),
					...settings,
				},
			],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				[NODE_NAME]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
		{
			credentials,
			nodeTypes: { [AGENT]: agent(calls, take), [`${type}Tool`]: twinOf(nodeTypeOf(n8n, type)) },
		},
	);
	if (!told) throw new Error(`The agent could not use the node: ${error?.message}`);
	return { ...told, logs, runs: raw.data.resultData.runData[NODE_NAME] ?? [] };
}
