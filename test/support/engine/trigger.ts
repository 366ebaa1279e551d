import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWebhookResponseData,
	WebhookSetupMethodNames,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { plainCopy } from '../plainCopy';
import type { LogLine, N8n } from './n8n';
import { fullTypeName, nodeTypeOf } from './n8n';
import { nodeTypesFor } from './nodeTypes';
import type { MaileonCredentials } from './surroundings';
import { additionalData, CREDENTIAL_REFERENCE, workflowOfOneNode } from './surroundings';

export interface TriggerOptions {
	parameters: IDataObject;
	credentials: MaileonCredentials;
	/** `maileonTrigger` by default. */
	type?: string;
	typeVersion?: number;
	/** What n8n stored with the workflow earlier; hand the same object over to go on with it. */
	staticData?: IDataObject;
	/** Name of the node. */
	name?: string;
	/** Where n8n says it can be reached; `http://127.0.0.1:5678` by default. */
	instanceUrl?: string;
	/** Whether the editor listens for a test event, at the test URL. */
	isTest?: boolean;
}

/** A request to the webhook, as n8n has read it. */
export interface WebhookRequest {
	method?: string;
	/** The body as n8n parsed it; `rawBody` is made from it when it is not given. */
	body?: unknown;
	rawBody?: string | Buffer;
	headers?: Record<string, string>;
	query?: Record<string, string | string[]>;
	params?: Record<string, string>;
	/** The name of the webhook in the node's description; `default` by default. */
	webhook?: string;
}

export interface WebhookAnswer {
	/** Items that start the workflow, by output; undefined when it is not started. */
	workflowData?: INodeExecutionData[][];
	/** What the node leaves to n8n to answer with. */
	webhookResponse?: unknown;
	noWebhookResponse?: boolean;
	/** What the node itself wrote to the response. */
	response: { status: number; headers: IDataObject; body?: unknown; ended: boolean };
	logs: LogLine[];
}

/** A trigger node in a workflow, with the data that n8n keeps for it. */
export interface TriggerSession {
	webhookUrl: string;
	/** The workflow's static data, as n8n would store them now. */
	staticData(): IDataObject;
	/** The part of the static data that belongs to the node. */
	nodeStaticData(): IDataObject;
	/** Calls one of the node's webhook methods: `checkExists`, `create` or `delete`. */
	runWebhookMethod(
		method: WebhookSetupMethodNames,
		mode?: WorkflowActivateMode,
	): Promise<{ result: boolean | undefined; logs: LogLine[] }>;
	/** What n8n does on activation: asks whether the webhook exists, creates it when not. */
	activate(): Promise<void>;
	/** What n8n does on deactivation. */
	deactivate(): Promise<void>;
	/** Hands a request to the node's webhook. */
	runWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
}

const WEBHOOK_ID = '5b1f2c3d-0000-4000-8000-000000000001';

function recordedResponse() {
	const record: WebhookAnswer['response'] = { status: 200, headers: {}, ended: false };
	const end = (body?: unknown) => {
		if (body !== undefined) record.body = body;
		record.ended = true;
		return response;
	};
	const setHeader = (name: string, value: string) => {
		record.headers[name.toLowerCase()] = value;
		return response;
	};
	const response = {
		status: (code: number) => {
			record.status = code;
			return response;
		},
		sendStatus: (code: number) => {
			record.status = code;
			return end();
		},
		writeHead: (code: number, headers: Record<string, string> = {}) => {
			record.status = code;
			for (const [name, value] of Object.entries(headers)) setHeader(name, value);
			return response;
		},
		setHeader,
		header: setHeader,
		set: setHeader,
		type: (value: string) => setHeader('content-type', value),
		send: end,
		json: end,
		end,
		get headersSent() {
			return record.ended;
		},
	};
	return { record, response };
}

function rawBodyOf({ body, rawBody }: WebhookRequest): Buffer {
	if (rawBody !== undefined) return Buffer.from(rawBody as string);
	if (body === undefined) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A request with the parts of Express that nodes read. */
function receivedRequest(request: WebhookRequest) {
	const headers = Object.fromEntries(
		Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
	return {
		method: request.method ?? 'POST',
		headers,
		query: plainCopy(request.query ?? {}),
		params: plainCopy(request.params ?? {}),
		body: plainCopy(request.body ?? {}),
		rawBody: rawBodyOf(request),
		contentType: headers['content-type']?.split(';')[0],
		header: (name: string) => headers[name.toLowerCase()],
		get: (name: string) => headers[name.toLowerCase()],
		readRawBody: async () => undefined,
	};
}

function webhookUrls(instanceUrl: string | undefined) {
	if (instanceUrl === undefined) return {};
	return {
		webhookBaseUrl: `${instanceUrl}/webhook`,
		webhookTestBaseUrl: `${instanceUrl}/webhook-test`,
	};
}

/** Puts a trigger node into an active workflow. */
export function openTrigger(n8n: N8n, options: TriggerOptions): TriggerSession {
	const type = fullTypeName(n8n, options.type ?? 'maileonTrigger');
	const typeVersion = options.typeVersion ?? 1;
	const nodeType = nodeTypeOf(n8n, type, typeVersion);
	const node: INode = {
		id: 'trigger',
		name: options.name ?? 'Maileon Trigger',
		type,
		typeVersion,
		position: [0, 0],
		parameters: plainCopy(options.parameters) as INodeParameters,
		credentials: CREDENTIAL_REFERENCE,
		webhookId: WEBHOOK_ID,
	};
	const workflow = workflowOfOneNode(
		n8n,
		node,
		nodeTypesFor(n8n),
		plainCopy(options.staticData ?? {}),
	);
	const surroundings = () =>
		additionalData(n8n, options.credentials, webhookUrls(options.instanceUrl));
	const webhookData = (name: string, data = surroundings()) => {
		const webhookDescription = nodeType.description.webhooks?.find((one) => one.name === name);
		if (!webhookDescription) throw new Error(`${type} has no webhook ${name}`);
		return {
			httpMethod: 'POST' as const,
			node: node.name,
			path: WEBHOOK_ID,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: data,
			webhookId: WEBHOOK_ID,
			isTest: options.isTest ?? false,
		};
	};
	const hookContext = (mode: WorkflowActivateMode) =>
		new n8n.core.HookContext(
			workflow,
			node,
			surroundings(),
			'trigger',
			mode,
			webhookData('default'),
		);
	const runWebhookMethod: TriggerSession['runWebhookMethod'] = async (method, mode = 'activate') =>
		await n8n.collectLogs(
			async () => await nodeType.webhookMethods?.default?.[method]?.call(hookContext(mode)),
		);

	return {
		webhookUrl: hookContext('activate').getNodeWebhookUrl('default') ?? '',
		staticData: () => workflow.staticData,
		nodeStaticData: () => workflow.getStaticData('node', node),
		runWebhookMethod,
		async activate() {
			const { result: exists } = await runWebhookMethod('checkExists');
			if (!exists) await runWebhookMethod('create');
		},
		async deactivate() {
			await runWebhookMethod('delete');
		},
		async runWebhook(request) {
			const { record, response } = recordedResponse();
			const data = surroundings();
			Object.assign(data, { httpRequest: receivedRequest(request), httpResponse: response });
			const context = new n8n.core.WebhookContext(
				workflow,
				node,
				data,
				'webhook',
				webhookData(request.webhook ?? 'default', data),
				[],
				null,
			);
			const { result, logs } = await n8n.collectLogs(
				async (): Promise<IWebhookResponseData> => (await nodeType.webhook?.call(context)) ?? {},
			);
			const { workflowData, webhookResponse, noWebhookResponse } = result;
			return {
				...(workflowData ? { workflowData } : {}),
				...(webhookResponse === undefined ? {} : { webhookResponse }),
				...(noWebhookResponse === undefined ? {} : { noWebhookResponse }),
				response: record,
				logs,
			};
		},
	};
}
