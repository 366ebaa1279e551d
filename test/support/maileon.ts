import type { IDataObject, ResourceMapperField } from 'n8n-workflow';

import { startSandbox, type RecordedRequest, type Sandbox } from '../../sandbox';
import { requireCleanRequests } from './cleanRequests';
import { runNode, type OnError, type RunOptions, type RunResult, type TestItem } from './engine';

export const XML = 'application/vnd.maileon.api+xml; charset=utf-8';
export const JSON_TYPE = 'application/vnd.maileon.api+json';

/** The ways in which a node can go on after an item that did not work. */
export const ON_ERROR: readonly OnError[] = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];

/** External IDs that careless code changes. */
export const DELICATE_IDS = ['00123', '9007199254740993', 'a/b c?ü&#'];

/** A sandbox for all tests of a file, empty before each; requests to it have to be clean. */
export function sandboxForTests(): { readonly current: Sandbox } {
	let sandbox: Sandbox | undefined;
	beforeAll(async () => {
		sandbox = await startSandbox({ quiet: true });
	});
	beforeEach(() => sandbox?.reset());
	afterAll(async () => await sandbox?.close());
	const current = () => {
		if (!sandbox) throw new Error('The sandbox is not started yet');
		return sandbox;
	};
	requireCleanRequests(current);
	return {
		get current() {
			return current();
		},
	};
}

/** The value of a mapper whose columns were mapped one by one. */
export function mapped(value: IDataObject, schema: ResourceMapperField[] = []): IDataObject {
	return mapper('defineBelow', value, schema);
}

/** The value of a mapper that maps input keys by their names. */
export function automatic(...schema: ResourceMapperField[]): IDataObject {
	return mapper('autoMapInputData', null, schema);
}

function mapper(
	mappingMode: string,
	value: IDataObject | null,
	schema: ResourceMapperField[],
): IDataObject {
	return {
		mappingMode,
		value,
		matchingColumns: [],
		schema: schema as unknown as IDataObject[],
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	};
}

/** A column of a mapper as n8n saves it with the workflow. */
export function column(
	id: string,
	further: Partial<ResourceMapperField> & { maileonType?: string } = {},
): ResourceMapperField {
	return {
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
		...further,
	};
}

/** Runs an operation on contacts. */
export async function runContactOperation(
	sandbox: Sandbox,
	operation: string,
	parameters: IDataObject,
	items: TestItem[],
	further: Partial<RunOptions> & { onError?: OnError } = {},
): Promise<RunResult> {
	const { onError, ...options } = further;
	return await runNode({
		node: {
			parameters: { resource: 'contact', operation, ...parameters },
			...(onError && { onError }),
		},
		items,
		credentials: { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl },
		...options,
	});
}

/** A request as it was on the wire: everything that Maileon sees. */
export function wire({ method, rawUrl, headers, body }: RecordedRequest) {
	const { accept, authorization } = headers;
	const type = headers['content-type'];
	return { method, url: rawUrl, accept, authorization, ...(type && { type }), body };
}

/** The documented Authorization header of a key. */
export function authorizationOf(key: string): string {
	return `Basic ${Buffer.from(key, 'utf8').toString('base64')}`;
}

/** Requests other than those that read the account's fields. */
export function writes(sandbox: Sandbox): RecordedRequest[] {
	return sandbox.requests.filter(({ method }) => method !== 'GET');
}

/** The emails in the body of a synchronization, in order. */
export function emailsOf({ body }: Pick<RecordedRequest, 'body'>): string[] {
	return [...body.matchAll(/<email>([^<]*)<\/email>/g)].map(([, email]) => email ?? '');
}
