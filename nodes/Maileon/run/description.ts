/**
 * Makes the parameters of the node, and finds the operation to run, from the list of resources.
 */
import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { BaseUrlRefusal } from '../transport/baseUrl';
import { createClient } from '../transport/client';
import type { Operation, Resource } from './operation';

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
		options: operations.map(({ name, value: operation, action, description }) => ({
			name,
			value: operation,
			action,
			description,
		})),
		default: firstOperation,
	};
}

function fieldsOf({ resource, value, properties }: Operation): INodeProperties[] {
	return updateDisplayOptions({ show: { resource: [resource], operation: [value] } }, [
		...properties,
	]);
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
			`There is no operation "${value}" for "${resource}"`,
		);
	const client = await createClient(node).catch((error: unknown) => {
		throw error instanceof BaseUrlRefusal
			? new NodeOperationError(node.getNode(), error.message, {
					description: 'Change the Base URL in the credential.',
				})
			: error;
	});
	return await operation.run({ node, client, properties: operation.properties });
}
