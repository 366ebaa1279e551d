import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters, Parameters } from '../../input/parameters';

const BATCH_SIZE = 'batchSize';

const WHOLE_RUN =
	'It applies to the whole run: if an expression gives different numbers, the smallest counts.';

export interface BatchSizeRange {
	/** What it is when nobody sets it. */
	preset: number;
	largest: number;
}

/** How many things are sent in one request. */
export function batchSize(
	displayName: string,
	{ preset, largest }: BatchSizeRange,
	description: string,
): INodeProperties {
	return {
		displayName,
		name: BATCH_SIZE,
		type: 'number',
		typeOptions: { minValue: 1, maxValue: largest },
		default: preset,
		description: [description, WHOLE_RUN].join(' '),
	};
}

/**
 * What an item says about the size of requests.
 * @param options the entries of the collection that the parameter stands in
 * @throws InputRefusal when it is out of range
 */
export function readBatchSize(
	options: ItemParameters,
	{ preset, largest }: BatchSizeRange,
): number {
	return options.has(BATCH_SIZE)
		? options.wholeNumber(BATCH_SIZE, { min: 1, max: largest })
		: preset;
}

/**
 * The size of the requests of a run: the smallest that one of its items asks for, so that none is sent
 * in a larger one. What cannot be read does not count; its items are refused when they are planned.
 * @param collection name of the collection that the parameter stands in
 */
export function smallestBatchSize(
	parameters: Parameters,
	collection: string,
	itemCount: number,
	range: BatchSizeRange,
): number {
	const isSame = parameters.isConstant(collection, BATCH_SIZE);
	let smallest: number | undefined;
	for (let item = 0; item < (isSame ? 1 : itemCount); item++) {
		const size = sizeOf(parameters.ofItem(item).within(collection), range);
		if (size !== undefined) smallest = Math.min(size, smallest ?? size);
	}
	return smallest ?? range.preset;
}

function sizeOf(options: ItemParameters, range: BatchSizeRange): number | undefined {
	try {
		return readBatchSize(options, range);
	} catch {
		return undefined;
	}
}
