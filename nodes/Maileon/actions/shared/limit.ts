import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../input/parameters';

const LARGEST_LIMIT = 1_000_000;

/** Whether a list is returned to its end, and how many of it otherwise. */
export const returnAllOrLimit: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/**
 * How many results are asked for; Infinity for all of them.
 * @throws InputRefusal when the limit is not a whole number from 1 on
 */
export function readLimit(parameters: ItemParameters): number {
	return parameters.flag('returnAll')
		? Infinity
		: parameters.wholeNumber('limit', { min: 1, max: LARGEST_LIMIT });
}
