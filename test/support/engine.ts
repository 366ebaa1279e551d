import type {
	ICredentialType,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	NodeHint,
} from 'n8n-workflow';
import type { AgentToolOptions, AgentToolResult } from './engine/agent';
import type { HeldClock } from './engine/clock';
import type { EditorAnswers, MethodOptions } from './engine/editor';
import type { Line } from './engine/n8n';
import type { Engine } from './engine/open';
import type { PollOptions, PollSession } from './engine/poll';
import type {
	RunOptions,
	RunResult,
	WorkflowJson,
	WorkflowOptions,
	WorkflowResult,
} from './engine/run';
import type { MaileonCredentials } from './engine/surroundings';
import type { TriggerOptions, TriggerSession } from './engine/trigger';
import { plainCopy } from './plainCopy';

export type { AgentToolOptions, AgentToolResult, ToolAnswer } from './engine/agent';
export type { LogLine } from './engine/n8n';
export type { PollAnswer, PollOptions, PollSession } from './engine/poll';
export type {
	NodeResult,
	OnError,
	RunOptions,
	RunResult,
	StoredError,
	TestItem,
	WorkflowJson,
	WorkflowOptions,
	WorkflowResult,
} from './engine/run';
export type { MaileonCredentials } from './engine/surroundings';
export type {
	TriggerOptions,
	TriggerSession,
	WebhookAnswer,
	WebhookRequest,
} from './engine/trigger';

/** What n8n made of the installed package. */
export interface LoadedPackage {
	/** The folder it was loaded from. */
	folder: string;
	packageJson: Record<string, unknown>;
	/** By short name (`maileon`), as n8n's loader completed them: icons, codex, options methods. */
	nodeTypes: Record<string, INodeType>;
	credentialTypes: Record<string, ICredentialType>;
}

const realm = globalThis as typeof globalThis & {
	openMaileonEngine?: () => Promise<Engine>;
	n8nLine?: Line;
};

/** The line of n8n whose engine runs this test, by its major version. */
export function n8nLine(): Line {
	return realm.n8nLine ?? 1;
}

/**
 * The cases that a test goes through: all of them on n8n 1.x, the first `count` on n8n 2.x, where
 * the others would only take time.
 */
export function tellingPart<Case>(cases: readonly Case[], count: number): readonly Case[] {
	return n8nLine() === 1 ? cases : cases.slice(0, count);
}

async function engine(): Promise<Engine> {
	if (!realm.openMaileonEngine) {
		throw new Error('This test does not run in the environment of test/support/environment.ts');
	}
	return await realm.openMaileonEngine();
}

/**
 * Runs one node in n8n's engine, fed with the given items by a node before it: parameters get their
 * defaults, credentials and requests go n8n's way, the error output is split by the engine.
 * Rejects as n8n does when a required parameter is left empty.
 */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const { raw, ...result } = await (await engine()).runNode(options);
	return { ...plainCopy(result), raw };
}

/** Runs a whole workflow, such as one of `examples/`; nodes of n8n that start it emit what is pinned. */
export async function runWorkflow(
	workflow: WorkflowJson,
	options: WorkflowOptions,
): Promise<WorkflowResult> {
	const { raw, ...result } = await (await engine()).runWorkflow(workflow, options);
	return { ...plainCopy(result), raw };
}

/** The input items that each output item comes from, by index. */
export function links(items: INodeExecutionData[]): number[][] {
	return items.map(({ pairedItem }) => {
		if (pairedItem === undefined) return [];
		const list = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
		return list.map((link) => (typeof link === 'number' ? link : link.item));
	});
}

/** Calls a method of a node as the editor does when it fills a list, a search or a mapper. */
export async function callMethod<Kind extends keyof EditorAnswers>(
	kind: Kind,
	name: string,
	options: MethodOptions,
): Promise<EditorAnswers[Kind]> {
	return plainCopy(await (await engine()).callMethod(kind, name, options));
}

/** What the canvas shows below a node. */
export async function subtitleOf(type: string, parameters: INodeParameters): Promise<string> {
	return (await engine()).subtitleOf(type, parameters);
}

/** The hints that the editor shows of a node by its settings. */
export async function hintsOf(type: string, parameters: INodeParameters): Promise<NodeHint[]> {
	return plainCopy((await engine()).hintsOf(type, parameters));
}

/** The schema that n8n finds for the output of an operation; undefined when it finds none. */
export async function outputSchemaOf(
	node: string,
	resource: string,
	operation: string,
): Promise<unknown> {
	return plainCopy((await engine()).outputSchemaOf(node, resource, operation));
}

/** Tests the credential as n8n's credential dialog does. */
export async function testCredential(
	credentials: MaileonCredentials,
): Promise<INodeCredentialTestResult> {
	return plainCopy(await (await engine()).testCredential(credentials));
}

/** Lets an agent use the node as its tool, through n8n's own code for tools. */
export async function callAsTool(options: AgentToolOptions): Promise<AgentToolResult> {
	return plainCopy(await (await engine()).callAsTool(options));
}

/** Puts a trigger node into an active workflow, whose webhook can be registered, called and removed. */
export async function openTrigger(options: TriggerOptions): Promise<TriggerSession> {
	const session = await (await engine()).openTrigger(options);
	return {
		...session,
		staticData: () => plainCopy(session.staticData()),
		nodeStaticData: () => plainCopy(session.nodeStaticData()),
		runWebhookMethod: async (...parameters) =>
			plainCopy(await session.runWebhookMethod(...parameters)),
		runWebhook: async (request) => plainCopy(await session.runWebhook(request)),
	};
}

/** Puts a node that polls into an active workflow, which can be polled at any moment of the clock. */
export async function openPoll(options: PollOptions): Promise<PollSession> {
	const session = await (await engine()).openPoll(options);
	return {
		staticData: () => plainCopy(session.staticData()),
		poll: async (...parameters) => plainCopy(await session.poll(...parameters)),
	};
}

/** Holds time in the process that the engine runs in, until it is released. */
export async function holdClock(): Promise<HeldClock> {
	return (await engine()).holdClock();
}

/** What n8n loads from the packed and installed package. */
export async function loadPackage(): Promise<LoadedPackage> {
	const { loader } = (await engine()).n8n;
	const types = <Type>(loaded: Record<string, { type: unknown }>) =>
		Object.fromEntries(Object.entries(loaded).map(([name, { type }]) => [name, type as Type]));
	return {
		folder: loader.directory,
		packageJson: plainCopy(loader.packageJson) as unknown as Record<string, unknown>,
		nodeTypes: types<INodeType>(loader.nodeTypes),
		credentialTypes: types<ICredentialType>(loader.credentialTypes),
	};
}
