import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters, Parameters } from '../../input/parameters';

const BATCH_SIZE = 'batchSize';

/** What is said of a number that cannot differ from item to item. */
export const WHOLE_RUN =
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
 * in a larger one.
 * @param collection name of the collection that the parameter stands in
 */
export function smallestBatchSize(
	parameters: Parameters,
	collection: string,
	itemCount: number,
	range: BatchSizeRange,
): number {
	const read = (options: ItemParameters) => readBatchSize(options, range);
	return (
		smallestOfItems(parameters, { collection, name: BATCH_SIZE }, itemCount, read) ?? range.preset
	);
}

/**
 * The smallest number that one of the items gives; undefined where none gives one. What cannot be read does
 * not count; its items are refused when they are planned.
 */
export function smallestOfItems(
	parameters: Parameters,
	{ collection, name }: { collection: string; name: string },
	itemCount: number,
	read: (options: ItemParameters) => number,
): number | undefined {
	const isSame = parameters.isConstant(collection, name);
	let smallest: number | undefined;
	for (let item = 0; item < (isSame ? 1 : itemCount); item++) {
		const number = numberOf(parameters.ofItem(item).within(collection), read);
		if (number !== undefined) smallest = Math.min(number, smallest ?? number);
	}
	return smallest;
}

function numberOf(
	options: ItemParameters,
	read: (options: ItemParameters) => number,
): number | undefined {
	try {
		return read(options);
	} catch {
		return undefined;
	}
}
