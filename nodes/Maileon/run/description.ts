/**
 * Makes the parameters of the node, and finds the operation to run, from the list of resources.
 */
import {
	NodeApiError,
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { createClient } from '../transport/client';
import { InputRefusal } from '../input/refusal';
import { errorRow, factsOf, nodeError } from './failures';
import type { Operation, Resource } from './operation';
import { outputItem } from './rows';
import { withinTries, type Tries } from './tries';

/** All parameters of the node: the menus, and the fields of every operation. */
export function describe(resources: readonly Resource[]): INodeProperties[] {
	return [
		resourceMenu(resources),
		...resources.map(operationMenu),
		...resources.flatMap(({ operations }) => operations.flatMap(fieldsOf)),
	];
}

function resourceMenu(resources: readonly Resource[]): INodeProperties {
	const firstResource = resources[0]?.value ?? '';
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: firstResource,
	};
}

function operationMenu({ value, operations }: Resource): INodeProperties {
	const firstOperation = operations[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(operationOption),
		default: firstOperation,
	};
}

/** n8n hides what an agent must not do in the node's twin for agents. */
function operationOption(operation: Operation): INodePropertyOptions {
	const { name, value, action, description, notForAgents } = operation;
	return {
		name,
		value,
		action,
		description,
		...(notForAgents && { displayOptions: { hide: { '@tool': [true] } } }),
	};
}

function fieldsOf({ resource, value, properties }: Operation): INodeProperties[] {
	return updateDisplayOptions({ show: { resource: [resource], operation: [value] } }, [
		...properties,
	]);
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
	const resource = node.getNodeParameter('resource', 0) as string;
	const value = node.getNodeParameter('operation', 0) as string;
	const operation = resources
		.find((one) => one.value === resource)
		?.operations.find((one) => one.value === value);
	if (!operation)
		throw new NodeOperationError(
			node.getNode(),
			`There is no operation "${value}" for "${resource}".`,
		);
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
 * What a run gives that could not begin: where the workflow goes on, an error row for each item, or what an
 * earlier try did for it.
 * @throws NodeOperationError or NodeApiError where it does not
 */
function failedRun(node: IExecuteFunctions, error: unknown, tries: Tries): INodeExecutionData[] {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
	const facts = factsOf(error);
	if (!node.continueOnFail()) throw nodeError(node.getNode(), facts);
	return node.getInputData().flatMap((_, item) => {
		const done = tries.rowsOf(item);
		return done?.map(({ json, items }) => outputItem(json, items)) ?? [errorRow(facts, item)];
	});
}
