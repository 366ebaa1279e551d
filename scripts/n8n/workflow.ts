/** Workflows and credentials as n8n's REST interface takes and gives them. */

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	onError?: OnError;
	/** Runs for the first item alone. */
	executeOnce?: boolean;
	/** n8n's "Retry On Fail": how often the whole node is run at most, and how many milliseconds it waits. */
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	webhookId?: string;
}

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId?: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}
