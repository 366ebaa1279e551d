/**
 * Makes the parameters of the node, and finds the operation to run, from the list of resources.
 */
import {
	NodeApiError,
	NodeOperationError,
	updateDisplayOptions,
	type IDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
	type NodeHint,
} from 'n8n-workflow';

import { createClient } from '../transport/client';
import { InputRefusal } from '../input/refusal';
import { errorRow, factsOf, nodeError } from './failures';
import type { Operation, Resource } from './operation';
import { outputItem } from './rows';
import { subtitleExpression } from './subtitle';
import { withinTries, type Tries } from './tries';

/** All parameters of the node: the menus, and the fields of every operation. */
export function describe(resources: readonly Resource[]): INodeProperties[] {
	return [resourceMenu(resources), ...resources.map(operationMenu), ...resources.flatMap(fieldsOf)];
}

/** A node with one resource shows no menu of them, but n8n makes its list of actions from the option. */
function resourceMenu(resources: readonly Resource[]): INodeProperties {
	const firstResource = resources[0]?.value ?? '';
	return {
		displayName: 'Resource',
		name: 'resource',
		type: resources.length > 1 ? 'options' : 'hidden',
		noDataExpression: true,
		options: resources.map(resourceOption),
		default: firstResource,
	};
}

/** A resource of which nothing is left for agents is hidden from them, with its menu. */
function resourceOption(resource: Resource): INodePropertyOptions {
	const { name, value } = resource;
	return { name, value, ...(isForAgents(resource) ? {} : { displayOptions: HIDDEN_FROM_AGENTS }) };
}

function isForAgents({ operations }: Resource): boolean {
	return operations.some(({ notForAgents }) => !notForAgents);
}

/** Hides a parameter or a choice in the node's twin for agents. */
const HIDDEN_FROM_AGENTS: IDisplayOptions = { hide: { '@tool': [true] } };

function operationMenu(resource: Resource): INodeProperties {
	const { value, operations } = resource;
	const firstOperation = operations[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: {
			show: { resource: [value] },
			...(!isForAgents(resource) && HIDDEN_FROM_AGENTS),
		},
		options: operations.map(operationOption),
		default: firstOperation,
	};
}

function operationOption(operation: Operation): INodePropertyOptions {
	const { name, value, action, description, builderHint, notForAgents } = operation;
	return {
		name,
		value,
		action,
		description,
		...(builderHint && { builderHint: { propertyHint: builderHint } }),
		...(notForAgents && { displayOptions: HIDDEN_FROM_AGENTS }),
	};
}

/** What the editor says of an operation before the node ran. */
export function warnings(resources: readonly Resource[]): NodeHint[] {
	return resources
		.flatMap(({ operations }) => operations)
		.flatMap(({ resource, value, warning }) => (warning ? [hint(resource, value, warning)] : []));
}

function hint(resource: string, operation: string, message: string): NodeHint {
	const condition = `$parameter["resource"] === "${resource}" && $parameter["operation"] === "${operation}"`;
	return {
		message,
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ ${condition} }}`,
	};
}

/**
 * The fields of all operations of a resource. What several of them end with, such as the same options, stands
 * once, after all others.
 */
function fieldsOf({ value: resource, operations }: Resource): INodeProperties[] {
	const shownFor = (operation: string[], fields: readonly INodeProperties[]) =>
		updateDisplayOptions({ show: { resource: [resource], operation } }, [...fields]);
	const endings = new Map<INodeProperties, string[]>();
	const fields = operations.flatMap(({ value, properties }) => {
		for (const last of properties.slice(-1))
			endings.set(last, [...(endings.get(last) ?? []), value]);
		return shownFor([value], properties.slice(0, -1));
	});
	return [...fields, ...[...endings].flatMap(([last, values]) => shownFor(values, [last]))];
}

/** What stands below the node on the canvas, in the words of the menus: "Create by Email: Contact". */
export function subtitle(resources: readonly Resource[]): string {
	const titles = resources.flatMap(({ value, name, operations }) =>
		operations.map((operation): [string, string] => [
			`${value}.${operation.value}`,
			`${operation.name}: ${name}`,
		]),
	);
	return subtitleExpression(
		Object.fromEntries(titles),
		'($parameter["resource"] + "." + $parameter["operation"])',
	);
}

const NOT_FOR_AGENTS = 'This operation is not available to AI agents.';

/** Whether the node runs as its twin for agents, which n8n names after it. */
function isAgentTool(node: IExecuteFunctions): boolean {
	return node.getNode().type.endsWith('Tool');
}

/**
 * Runs the operation that the node is set to.
 * @throws NodeOperationError or NodeApiError, as n8n shows them
 */
export async function runOperation(
	node: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[]> {
	const operation = chosenOperation(node, resources);
	return await withinTries(node, async (tries) => {
		try {
			if (operation.notForAgents && isAgentTool(node)) throw new InputRefusal(NOT_FOR_AGENTS);
			const client = await createClient(node);
			return await operation.run({ node, client, properties: operation.properties, tries });
		} catch (error) {
			return failedRun(node, error, tries);
		}
	});
}

/**
 * The operation that the node is set to. A menu that is hidden from agents has no value: there the first
 * operation stands for all of the resource, of which none is for agents.
 * @throws NodeOperationError where there is none
 */
function chosenOperation(node: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = node.getNodeParameter('resource', 0) as string;
	const value = node.getNodeParameter('operation', 0, '') as string;
	const chosen = resources.find((one) => one.value === resource);
	const isHidden = chosen !== undefined && !isForAgents(chosen) && isAgentTool(node);
	const operation = isHidden
		? chosen.operations[0]
		: chosen?.operations.find((one) => one.value === value);
	if (operation) return operation;
	throw new NodeOperationError(
		node.getNode(),
		`There is no operation "${value}" for "${resource}".`,
	);
}

/**
 * The result of a run that could not begin: where the workflow goes on, an error row for each item, or what
 * an earlier try did for it.
 * @throws NodeOperationError or NodeApiError where it does not
 */
function failedRun(node: IExecuteFunctions, error: unknown, tries: Tries): INodeExecutionData[] {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
	const facts = factsOf(error);
	if (!node.continueOnFail()) throw nodeError(node.getNode(), facts);
	return node.getInputData().flatMap((_, item) => {
		const done = tries.rowsOf(item);
		return (
			done?.map(({ json, items, binary }) => outputItem(json, items, binary)) ?? [
				errorRow(facts, item),
			]
		);
	});
}
