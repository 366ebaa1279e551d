import type {
	ICredentialTestFunction,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	NodeHint,
	ResourceMapperFields,
} from 'n8n-workflow';
import { plainCopy } from '../plainCopy';
import type { N8n } from './n8n';
import { fullTypeName, nodeTypeOf } from './n8n';
import { nodeTypesFor } from './nodeTypes';
import type { MaileonCredentials } from './surroundings';
import {
	additionalData,
	CREDENTIAL_REFERENCE,
	CREDENTIAL_TYPE,
	withDefaults,
	workflowOfOneNode,
} from './surroundings';

/** What the methods of each kind answer. */
export interface EditorAnswers {
	loadOptions: INodePropertyOptions[];
	listSearch: INodeListSearchResult;
	resourceMapping: ResourceMapperFields;
}

export interface MethodOptions {
	parameters?: IDataObject;
	/** Without them, no credential is chosen in the node. */
	credentials?: MaileonCredentials;
	/** `maileon` by default. */
	type?: string;
	typeVersion?: number;
	/** Of a list search: what the user typed, and where the next page starts. */
	filter?: string;
	paginationToken?: string;
	/** The path of the parameter that asks, as the editor sends it (`parameters.field`). */
	path?: string;
}

const NO_CREDENTIALS: MaileonCredentials = { apiKey: '', baseUrl: '' };

function temporaryNode(type: string, typeVersion: number, parameters: INodeParameters): INode {
	return {
		id: 'temporary',
		name: 'Temp-Node',
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		credentials: CREDENTIAL_REFERENCE,
	};
}

/** Calls a method of a node as the editor does when it fills a list, a search or a mapper. */
export async function callMethod<Kind extends keyof EditorAnswers>(
	n8n: N8n,
	kind: Kind,
	name: string,
	options: MethodOptions,
): Promise<EditorAnswers[Kind]> {
	const type = fullTypeName(n8n, options.type ?? 'maileon');
	const typeVersion = options.typeVersion ?? 1;
	const method = nodeTypeOf(n8n, type, typeVersion).methods?.[kind]?.[name];
	if (!method) throw new Error(`${type} has no method ${name} of the kind ${kind}`);
	const parameters = plainCopy(options.parameters ?? {}) as INodeParameters;
	const node = {
		...temporaryNode(type, typeVersion, plainCopy(parameters)),
		...(!options.credentials && { credentials: undefined }),
	};
	const context = new n8n.core.LoadOptionsContext(
		workflowOfOneNode(n8n, node, nodeTypesFor(n8n)),
		node,
		additionalData(n8n, options.credentials ?? NO_CREDENTIALS, {
			currentNodeParameters: parameters,
		}),
		options.path ?? '',
	);
	const { filter, paginationToken } = options;
	const answer: unknown = await Reflect.apply(method, context, [filter, paginationToken]);
	return answer as EditorAnswers[Kind];
}

/** What the canvas shows below a node: its subtitle, resolved as the editor does. */
export function subtitleOf(n8n: N8n, type: string, parameters: INodeParameters): string {
	const fullName = fullTypeName(n8n, type);
	const { subtitle = '' } = nodeTypeOf(n8n, fullName).description;
	const node = temporaryNode(fullName, 1, plainCopy(parameters));
	const { expression } = workflowOfOneNode(n8n, node, nodeTypesFor(n8n));
	return String(expression.getSimpleParameterValue(node, subtitle, 'internal', {}));
}

/** The hints of a node's description whose conditions hold, resolved as the editor does. */
export function hintsOf(n8n: N8n, type: string, parameters: INodeParameters): NodeHint[] {
	const fullName = fullTypeName(n8n, type);
	const { hints = [] } = nodeTypeOf(n8n, fullName).description;
	const node = temporaryNode(fullName, 1, plainCopy(parameters));
	const { expression } = workflowOfOneNode(n8n, node, nodeTypesFor(n8n));
	return hints.filter(
		({ displayCondition }) =>
			displayCondition === undefined ||
			expression.getSimpleParameterValue(node, displayCondition, 'internal', {}) === true,
	);
}

function testFunctionOf(n8n: N8n): ICredentialTestFunction | undefined {
	const { supportedNodes = [] } = n8n.loader.known.credentials[CREDENTIAL_TYPE] ?? {};
	const types = supportedNodes.map((name) => nodeTypeOf(n8n, fullTypeName(n8n, name)));
	for (const { description, methods } of types) {
		const { testedBy } =
			description.credentials?.find(({ name }) => name === CREDENTIAL_TYPE) ?? {};
		if (typeof testedBy === 'string') return methods?.credentialTest?.[testedBy];
	}
	return undefined;
}

interface FailedResponse {
	message: string;
	cause?: { response?: { status: number; statusText?: string }; code?: string };
}

/** n8n's own test request: the credential's `test`, made by n8n's node for declared requests. */
async function testByRequest(
	n8n: N8n,
	credentials: MaileonCredentials,
): Promise<INodeCredentialTestResult> {
	const { test } = n8n.loader.getCredential(CREDENTIAL_TYPE).type;
	if (!test) throw new Error('The credential has no test');
	const type: INodeType = {
		description: {
			displayName: 'Credential test',
			name: 'test.credential',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Credential test' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: CREDENTIAL_TYPE, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
	const node = temporaryNode('test.credential', 1, {});
	const nodeTypes = nodeTypesFor(n8n, { nodeTypes: { 'test.credential': type } });
	const context = new n8n.core.ExecuteContext(
		workflowOfOneNode(n8n, node, nodeTypes),
		node,
		additionalData(n8n, credentials, { currentNodeParameters: node.parameters }),
		'internal',
		n8n.workflow.createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const data = withDefaults(n8n, { ...credentials });
	const decrypted = { id: '1', name: 'Maileon account', type: CREDENTIAL_TYPE, data };
	try {
		await new n8n.core.RoutingNode(context, type, decrypted).runNode();
	} catch (error) {
		const { message, cause } = error as FailedResponse;
		if (!cause?.response) return { status: 'Error', message: cause?.code ?? message };
		const { status, statusText } = cause.response;
		const rule = test.rules?.find(
			({ type: kind, properties }) => kind === 'responseCode' && properties.value === status,
		);
		const words = rule?.properties.message ?? statusText;
		return { status: 'Error', message: words || `Received HTTP status code: ${status}` };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

/**
 * Tests the credential as n8n's credential dialog does: by the credential's own test request, else
 * by the function that a node names in `testedBy`.
 */
export async function testCredential(
	n8n: N8n,
	credentials: MaileonCredentials,
): Promise<INodeCredentialTestResult> {
	if (n8n.loader.getCredential(CREDENTIAL_TYPE).type.test) {
		return await testByRequest(n8n, credentials);
	}
	const test = testFunctionOf(n8n);
	if (!test) throw new Error('Neither the credential nor a node tests the credential');
	const data = withDefaults(n8n, { ...credentials });
	const decrypted = { id: '1', name: 'Maileon account', type: CREDENTIAL_TYPE, data };
	return await test.call(new n8n.core.CredentialTestContext(), decrypted);
}
