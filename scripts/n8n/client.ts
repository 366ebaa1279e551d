import { unflatten, type Execution, type NodeRun } from './execution';
import { call, oneConnectionEach, type Method } from './request';
import { waitFor } from './wait';
import type { Credential, StoredWorkflow, WorkflowFile } from './workflow';

export interface Login {
	email: string;
	password: string;
}

/** A node as the editor knows it. */
export interface NodeDescription {
	/** Its type, with the name of its package. */
	name: string;
	displayName: string;
	description: string;
	outputs: unknown;
}

/** n8n's REST interface, signed in as the owner. */
export class N8nClient {
	private constructor(
		readonly url: string,
		private readonly cookie: string,
	) {}

	/**
	 * Signs in as the owner, whom it creates on a fresh n8n.
	 *
	 * @throws N8nAnswerError when n8n has another owner or another password
	 */
	static async signIn(url: string, login: Login): Promise<N8nClient> {
		const settings = (await call(url, 'GET', '/rest/settings')).data as {
			userManagement?: { showSetupOnFirstLoad?: boolean };
		};
		if (settings.userManagement?.showSetupOnFirstLoad) {
			const owner = { ...login, firstName: 'Demo', lastName: 'Owner' };
			return new N8nClient(url, (await call(url, 'POST', '/rest/owner/setup', owner)).cookie);
		}
		const body = { emailOrLdapLoginId: login.email, password: login.password };
		return new N8nClient(url, (await call(url, 'POST', '/rest/login', body)).cookie);
	}

	/** The cookie that signs a browser in, as `name=value`. */
	get sessionCookie(): string {
		return this.cookie;
	}

	/** Sends a request; gives what stands under `data` in the answer. */
	async send(method: Method, path: string, body?: unknown): Promise<unknown> {
		return (await call(this.url, method, path, body, this.cookie)).data;
	}

	/** The descriptions of all nodes that n8n has loaded. */
	async nodeTypes(): Promise<NodeDescription[]> {
		const response = await fetch(`${this.url}/types/nodes.json`, {
			headers: { ...oneConnectionEach, cookie: this.cookie },
		});
		return (await response.json()) as NodeDescription[];
	}

	/** Creates the credential, or updates the one of that type and name. */
	async saveCredential(type: string, name: string, data: object): Promise<Credential> {
		const known = await this.credentials();
		const same = known.find((each) => each.type === type && each.name === name);
		const path = same ? `/rest/credentials/${same.id}` : '/rest/credentials';
		const body = { ...(same ? { id: same.id } : {}), name, type, data };
		return (await this.send(same ? 'PATCH' : 'POST', path, body)) as Credential;
	}

	async credentials(): Promise<Credential[]> {
		return (await this.send('GET', '/rest/credentials')) as Credential[];
	}

	async deleteCredential(id: string): Promise<void> {
		await this.send('DELETE', `/rest/credentials/${id}`);
	}

	/** Creates the workflow, or updates the one of that name. */
	async saveWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
		const body = { settings: {}, active: false, ...workflow };
		const known = await this.workflows();
		const same = known.find((each) => each.name === workflow.name);
		if (!same) return (await this.send('POST', '/rest/workflows', body)) as StoredWorkflow;
		const current = await this.workflow(same.id);
		const change = { ...body, versionId: current.versionId };
		return (await this.send(
			'PATCH',
			`/rest/workflows/${same.id}?forceSave=true`,
			change,
		)) as StoredWorkflow;
	}

	async workflows(): Promise<Array<{ id: string; name: string }>> {
		return (await this.send('GET', '/rest/workflows')) as Array<{ id: string; name: string }>;
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return (await this.send('GET', `/rest/workflows/${id}`)) as StoredWorkflow;
	}

	/**
	 * Runs the workflow from its trigger as "Execute workflow" in the editor does, and waits for its end.
	 *
	 * @param triggerName the node to start from; the first one of the workflow when left out
	 */
	async runWorkflow(id: string, triggerName?: string): Promise<Execution> {
		return await this.execution(await this.startWorkflow(id, triggerName));
	}

	/** Starts the workflow in the same way and gives the ID of the execution, without waiting. */
	async startWorkflow(id: string, triggerName?: string): Promise<string> {
		const workflow = await this.workflow(id);
		const name = triggerName ?? workflow.nodes[0]?.name;
		const started = (await this.send('POST', `/rest/workflows/${id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name },
		})) as { executionId?: string };
		if (!started.executionId) {
			throw new Error(`n8n did not start "${workflow.name}": ${JSON.stringify(started)}`);
		}
		return started.executionId;
	}

	/** Waits for the end of an execution and gives what its nodes did. */
	async execution(id: string): Promise<Execution> {
		return await waitFor(`execution ${id}`, async () => {
			const stored = (await this.send('GET', `/rest/executions/${id}`)) as {
				status: string;
				data: string;
			};
			if (['new', 'running', 'waiting', 'unknown'].includes(stored.status)) return undefined;
			const { resultData } = unflatten(stored.data) as {
				resultData: { runData: Record<string, NodeRun[]>; error?: Execution['error'] };
			};
			return { id, status: stored.status, runs: resultData.runData, error: resultData.error };
		});
	}

	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.send('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate(id: string): Promise<void> {
		await this.send('POST', `/rest/workflows/${id}/deactivate`, {});
	}
}
