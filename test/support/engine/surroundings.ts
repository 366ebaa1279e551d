import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	INodeTypes,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	NodeParameterValueType,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { N8n } from './n8n';

/** The data of the Maileon credential, as a user enters it. */
export interface MaileonCredentials {
	apiKey: string;
	baseUrl: string;
	[further: string]: string;
}

export const CREDENTIAL_TYPE = 'maileonRestApi';

/** How a node in a workflow refers to its credential. */
export const CREDENTIAL_REFERENCE = { [CREDENTIAL_TYPE]: { id: '1', name: 'Maileon account' } };

const INSTANCE_URL = 'http://127.0.0.1:5678';

/** n8n fills in a credential's defaults before a node sees it. */
export function withDefaults(
	n8n: N8n,
	credentials: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const { properties } = n8n.loader.getCredential(CREDENTIAL_TYPE).type;
	return n8n.workflow.NodeHelpers.getNodeParameters(
		properties,
		credentials as Parameters<typeof n8n.workflow.NodeHelpers.getNodeParameters>[1],
		true,
		false,
		null,
		null,
	) as ICredentialDataDecryptedObject;
}

function notOffered(what: string): never {
	throw new Error(`The test harness does not offer ${what}`);
}

/** Sets one entry of a request (`headers.Authorization`) to a resolved value. */
function setEntry(request: IHttpRequestOptions, part: string, key: string, value: unknown): void {
	const parts = request as unknown as Record<string, Record<string, unknown> | undefined>;
	parts[part] = { ...parts[part], [key]: value };
}

type GetDecrypted = Parameters<ICredentialsHelper['getDecrypted']>;

interface Resolving {
	additional: GetDecrypted[0];
	mode: GetDecrypted[3];
	executeData: GetDecrypted[4];
	values: GetDecrypted[6];
}

/** Expressions in a credential see the data of the run, where there is one, as in n8n. */
function resolved(
	n8n: N8n,
	data: ICredentialDataDecryptedObject,
	{ additional, mode, executeData, values }: Resolving,
): ICredentialDataDecryptedObject {
	if (!values) return data;
	const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
	return workflow.expression.getParameterValue(
		data as Parameters<typeof workflow.expression.getParameterValue>[0],
		runExecutionData,
		runIndex,
		itemIndex,
		node.name,
		connectionInputData,
		mode,
		n8n.core.getAdditionalKeys(additional, mode, null),
		executeData,
		false,
		data as Parameters<typeof workflow.expression.getParameterValue>[10],
	) as ICredentialDataDecryptedObject;
}

/** What n8n 2 asks for besides, which the types of n8n 1 do not know. */
interface CredentialsHelperOfN8n2 {
	runPreAuthentication(): Promise<undefined>;
	isCredentialUsableByNode(): boolean;
}

/**
 * Stands where n8n's database of credentials is: hands out the given data and signs requests by the
 * credential type's own rule, be it a function or the generic form.
 */
export function credentialsHelper(
	n8n: N8n,
	data: MaileonCredentials,
): ICredentialsHelper & CredentialsHelperOfN8n2 {
	const credentialType = (name: string) => n8n.loader.getCredential(name).type;
	return {
		getParentTypes: () => [],
		getCredentialsProperties: (name: string): INodeProperties[] => credentialType(name).properties,
		getDecrypted: async (additional, _credential, _type, mode, executeData, _raw, values) =>
			resolved(n8n, withDefaults(n8n, { ...data }), { additional, mode, executeData, values }),
		async authenticate(credentials, typeName, requestOptions, workflow, node) {
			const request = requestOptions as IHttpRequestOptions;
			const { authenticate } = credentialType(typeName);
			if (authenticate === undefined) return request;
			if (typeof authenticate === 'function') return await authenticate(credentials, request);
			const resolve = (value: NodeParameterValueType) =>
				workflow.expression.getSimpleParameterValue(node, value as string, 'internal', {
					$credentials: credentials,
				});
			for (const [part, entries] of Object.entries(authenticate.properties)) {
				for (const [key, value] of Object.entries(entries as Record<string, string>)) {
					setEntry(request, part, String(resolve(key)), resolve(value));
				}
			}
			return request;
		},
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		isCredentialUsableByNode: () => true,
		getCredentials: async () => notOffered('stored credentials'),
		updateCredentials: async () => notOffered('changing credentials'),
		updateCredentialsOauthTokenData: async () => notOffered('OAuth'),
	};
}

/** What n8n gives to every execution besides the workflow. */
export function additionalData(
	n8n: N8n,
	credentials: MaileonCredentials,
	further: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(n8n, credentials),
		externalSecretsProxy: n8n.get(n8n.core.ExternalSecretsProxy),
		executeWorkflow: async () => notOffered('sub-workflows'),
		getRunExecutionData: async () => undefined,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: `${INSTANCE_URL}/rest`,
		instanceBaseUrl: INSTANCE_URL,
		formWaitingBaseUrl: `${INSTANCE_URL}/form-waiting`,
		webhookBaseUrl: `${INSTANCE_URL}/webhook`,
		webhookWaitingBaseUrl: `${INSTANCE_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${INSTANCE_URL}/webhook-test`,
		variables: {},
		logAiEvent: () => undefined,
		startRunnerTask: async () => notOffered('task runners'),
		...further,
	};
}

/** The hooks of one execution; none is set, as nothing is stored or shown. */
export function lifecycleHooks(n8n: N8n, mode: WorkflowExecuteMode, workflow: Workflow) {
	const workflowData: IWorkflowBase = {
		id: workflow.id,
		name: workflow.name ?? '',
		active: workflow.active,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	};
	return new n8n.core.ExecutionLifecycleHooks(mode, '1', workflowData);
}

/** A workflow of one node, as the editor and webhooks need it. */
export function workflowOfOneNode(
	n8n: N8n,
	node: INode,
	nodeTypes: INodeTypes,
	staticData: IDataObject = {},
): Workflow {
	return new n8n.workflow.Workflow({
		id: 'test',
		name: 'Test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		staticData,
	});
}
