/**
 * What an operation is. Each lives in a file of its own under `actions/`.
 */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Endpoint } from '../maileon/endpoints/endpoint';
import type { MaileonClient } from '../transport/client';
import type { Tries } from './tries';

export interface RunContext {
	node: IExecuteFunctions;
	client: MaileonClient;
	/** The parameters that the operation declares, for messages. */
	properties: readonly INodeProperties[];
	/** What earlier tries of the run did already. */
	tries: Tries;
}

export type Runner = (context: RunContext) => Promise<INodeExecutionData[]>;

export interface Operation {
	/** Internal name of the resource. */
	resource: string;
	/** Internal name of the operation. */
	value: string;
	/** Label in the menu: Title Case, without the resource. */
	name: string;
	/** Label in the node panel: sentence case, with the resource. */
	action: string;
	/** Tells a person, or a model, when to use it. */
	description: string;
	/** The parameters, without display conditions for resource and operation: those are added. */
	properties: readonly INodeProperties[];
	/** What it can ask Maileon for; its first request goes to the first of them. */
	endpoints: readonly Endpoint[];
	/** What an AI that builds workflows has to know besides. */
	builderHint?: string;
	/** What the editor says before the node ran, where neither a confirmation nor a notice says it: what cannot be undone. */
	warning?: string;
	/** Whether it is kept from AI agents, who must not do what it does. */
	notForAgents?: boolean;
	run: Runner;
}

export interface Resource {
	value: string;
	name: string;
	operations: readonly Operation[];
}
