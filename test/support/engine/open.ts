import type { AgentToolOptions, AgentToolResult } from './agent';
import { callAsTool } from './agent';
import { holdClock, type HeldClock } from './clock';
import type { EditorAnswers, MethodOptions } from './editor';
import { callMethod, hintsOf, subtitleOf, testCredential } from './editor';
import type { Line, N8n } from './n8n';
import { loadN8n } from './n8n';
import { outputSchemaOf } from './outputSchema';
import type { PollOptions, PollSession } from './poll';
import { openPoll } from './poll';
import type { RunOptions, RunResult, WorkflowJson, WorkflowOptions, WorkflowResult } from './run';
import { runNode, runWorkflow } from './run';
import type { MaileonCredentials } from './surroundings';
import type { TriggerOptions, TriggerSession } from './trigger';
import { openTrigger } from './trigger';
import type { INodeCredentialTestResult, INodeParameters, NodeHint } from 'n8n-workflow';

/** n8n with the package, ready for tests. */
export interface Engine {
	n8n: N8n;
	runNode(options: RunOptions): Promise<RunResult>;
	runWorkflow(workflow: WorkflowJson, options: WorkflowOptions): Promise<WorkflowResult>;
	callMethod<Kind extends keyof EditorAnswers>(
		kind: Kind,
		name: string,
		options: MethodOptions,
	): Promise<EditorAnswers[Kind]>;
	subtitleOf(type: string, parameters: INodeParameters): string;
	hintsOf(type: string, parameters: INodeParameters): NodeHint[];
	outputSchemaOf(node: string, resource: string, operation: string): unknown;
	testCredential(credentials: MaileonCredentials): Promise<INodeCredentialTestResult>;
	callAsTool(options: AgentToolOptions): Promise<AgentToolResult>;
	openTrigger(options: TriggerOptions): TriggerSession;
	openPoll(options: PollOptions): PollSession;
	holdClock(): HeldClock;
}

/**
 * Loads n8n of a line and the installed package. The test environment calls this outside of jest's module
 * registry; tests use the functions of `engine.ts`.
 */
export async function openEngine(line: Line, isolatesExpressions = false): Promise<Engine> {
	const n8n = await loadN8n(line);
	await n8n.isolateExpressions(isolatesExpressions);
	return {
		n8n,
		runNode: async (options) => await runNode(n8n, options),
		runWorkflow: async (workflow, options) => await runWorkflow(n8n, workflow, options),
		callMethod: async (kind, name, options) => await callMethod(n8n, kind, name, options),
		subtitleOf: (type, parameters) => subtitleOf(n8n, type, parameters),
		hintsOf: (type, parameters) => hintsOf(n8n, type, parameters),
		outputSchemaOf: (node, resource, operation) => outputSchemaOf(n8n, node, resource, operation),
		testCredential: async (credentials) => await testCredential(n8n, credentials),
		callAsTool: async (options) => await callAsTool(n8n, options),
		openTrigger: (options) => openTrigger(n8n, options),
		openPoll: (options) => openPoll(n8n, options),
		holdClock,
	};
}
