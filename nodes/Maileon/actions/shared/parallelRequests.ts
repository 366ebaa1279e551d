import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters, Parameters } from '../../input/parameters';
import { smallestOfItems, WHOLE_RUN } from './batchSize';

const NAME = 'parallelRequests';
const MOST = 10;

/** How many requests of a run travel side by side. */
export const parallelRequests: INodeProperties = {
	displayName: 'Parallel Requests',
	name: NAME,
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST },
	default: 1,
	description: `How many requests may run at the same time. More make long lists faster, as far as Maileon keeps up. The same contact is never in two of them. ${WHOLE_RUN}`,
};

/** @throws InputRefusal when it is out of range */
export function readParallelRequests(options: ItemParameters): number {
	return options.has(NAME) ? options.wholeNumber(NAME, { min: 1, max: MOST }) : 1;
}

/**
 * How many requests of a run travel side by side: the fewest that one of its items asks for.
 * @param collection name of the collection that the parameter stands in
 */
export function fewestParallelRequests(
	parameters: Parameters,
	collection: string,
	itemCount: number,
): number {
	const about = { collection, name: NAME };
	return smallestOfItems(parameters, about, itemCount, readParallelRequests) ?? 1;
}
