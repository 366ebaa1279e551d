import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { requireCleanRequests } from './cleanRequests';
import { callMethod, runNode, type OnError, type RunResult, type TestItem } from './engine';

/** Runs operations of the Maileon node against a sandbox that each test finds fresh, by clean requests. */
export interface OperationTests {
	sandbox(): Sandbox;
	credentials(): { apiKey: string; baseUrl: string };
	/** Runs an operation, given as `resource.operation`. */
	run(
		operation: string,
		parameters: IDataObject,
		run?: { items?: TestItem[]; onError?: OnError; apiKey?: string },
	): Promise<RunResult>;
	/** The list that the editor shows for a resource locator of the node that has `parameters.resource`. */
	list(method: string, parameters?: IDataObject, filter?: string): Promise<unknown[]>;
	/** Method, URL as sent, and body of the requests since the test began. */
	wire(): Array<[string, string] | [string, string, string]>;
}

/** The node of each resource that is not the main node's. */
const NODES: Readonly<Record<string, string>> = {
	mailing: 'maileonMailing',
	mailingAttachment: 'maileonMailing',
	report: 'maileonReport',
};

/** The name of the node that has a resource. */
export function nodeOf(resource: string): string {
	return NODES[resource] ?? 'maileon';
}

/** Starts the sandbox before the tests of a file and stops it after them. */
export function operationTests(): OperationTests {
	let running: Sandbox | undefined;
	const sandbox = () => {
		if (!running) throw new Error('The sandbox runs only while tests run');
		return running;
	};
	const credentials = () => ({ apiKey: sandbox().apiKey, baseUrl: sandbox().baseUrl });
	beforeAll(async () => {
		running = await startSandbox({ quiet: true });
	});
	beforeEach(() => sandbox().reset());
	requireCleanRequests(sandbox);
	afterAll(async () => await sandbox().close());
	return {
		sandbox,
		credentials,
		async run(name, parameters, { items = [{}], onError, apiKey } = {}) {
			const [resource = '', operation] = name.split('.');
			const type = nodeOf(resource);
			return await runNode({
				node: { type, parameters: { resource, operation, ...parameters }, onError },
				items,
				credentials: { ...credentials(), ...(apiKey && { apiKey }) },
			});
		},
		async list(method, parameters = {}, filter) {
			const { results } = await callMethod('listSearch', method, {
				type: nodeOf(String(parameters.resource)),
				parameters,
				filter,
				credentials: credentials(),
			});
			return results;
		},
		wire: () =>
			sandbox().requests.map(({ method, rawUrl, body }) =>
				body === '' ? [method, rawUrl] : [method, rawUrl, body],
			),
	};
}

/** A resource locator that points to something by its name. */
export function byName(value: string): IDataObject {
	return { __rl: true, mode: 'name', value };
}

/** A resource locator whose value was chosen from a list. */
export function fromList(value: string): IDataObject {
	return { __rl: true, mode: 'list', value, cachedResultName: value };
}

/** What came out: the data of items. */
export function rows(items: Array<{ json: IDataObject }>): IDataObject[] {
	return items.map(({ json }) => json);
}
