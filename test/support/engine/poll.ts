import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { plainCopy } from '../plainCopy';
import type { LogLine, N8n } from './n8n';
import { fullTypeName, nodeTypeOf } from './n8n';
import { atMoment } from './moment';
import { nodeTypesFor } from './nodeTypes';
import type { MaileonCredentials } from './surroundings';
import { additionalData, CREDENTIAL_REFERENCE, workflowOfOneNode } from './surroundings';

export interface PollOptions {
	parameters: IDataObject;
	credentials: MaileonCredentials;
	/** What n8n stored with the workflow earlier. */
	staticData?: IDataObject;
	/** What `getPollBudgetMs` grants, where the line of n8n has it; n8n's own by default. */
	budget?: number;
}

/** The words and facts of an error that a poll threw. */
export interface PollError {
	name: string;
	message: string;
	description?: string | null;
}

export interface PollAnswer {
	/** What starts the workflow; null where nothing does. */
	items: INodeExecutionData[] | null;
	error?: PollError;
	logs: LogLine[];
}

/** A node that polls, in a workflow, with the data that n8n keeps for it. */
export interface PollSession {
	/** The workflow's static data, as n8n would store them now. */
	staticData(): IDataObject;
	/** Polls as n8n does, at a moment of the clock; `manual` as "Fetch Test Event" does. */
	poll(at: number, mode?: WorkflowExecuteMode): Promise<PollAnswer>;
}

/** The context of a poll takes what a newer n8n hands over in its constructor. */
type PollContextOf = N8n['core']['PollContext'];

/** Puts a node that polls into an active workflow. */
export function openPoll(n8n: N8n, options: PollOptions): PollSession {
	const type = fullTypeName(n8n, 'maileonReportTrigger');
	const nodeType = nodeTypeOf(n8n, type, 1);
	const node: INode = {
		id: 'trigger',
		name: 'Maileon Report Trigger',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: plainCopy(options.parameters) as INodeParameters,
		credentials: CREDENTIAL_REFERENCE,
	};
	const staticData = plainCopy(options.staticData ?? {});
	const workflow = workflowOfOneNode(n8n, node, nodeTypesFor(n8n), staticData);
	const contextOf = (mode: WorkflowExecuteMode) => {
		const surroundings = additionalData(n8n, options.credentials);
		const Context: PollContextOf = n8n.core.PollContext;
		const context = new Context(workflow, node, surroundings, mode, 'activate');
		if (options.budget !== undefined && 'getPollBudgetMs' in context)
			Object.assign(context, { getPollBudgetMs: () => options.budget });
		return context;
	};
	return {
		staticData: () => workflow.staticData,
		async poll(at, mode = 'trigger') {
			const { result, logs } = await n8n.collectLogs(
				async () => await atMoment(at, async () => await pollOnce(nodeType.poll, contextOf(mode))),
			);
			return { ...result, logs };
		},
	};
}

async function pollOnce(
	poll: ReturnType<typeof nodeTypeOf>['poll'],
	context: InstanceType<PollContextOf>,
): Promise<Omit<PollAnswer, 'logs'>> {
	try {
		const items = await poll?.call(context);
		return { items: items?.[0] ?? null };
	} catch (error) {
		const { name, message, description } = error as PollError;
		return { items: null, error: { name, message, description } };
	}
}
