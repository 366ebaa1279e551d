import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_RETRIES } from '../../transport/client';
import type { ItemParameters } from '../../input/parameters';

const DEFAULT_CONCURRENCY = 5;

export const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: DEFAULT_CONCURRENCY,
	description:
		'How many requests may run at the same time. Items for the same contact are always sent one after the other.',
};

/** For what destroys: "Stop" then stops before the next item, not after those that are on the wire. */
export const oneByOne: INodeProperties = {
	...concurrency,
	default: 1,
	description:
		'How many requests may run at the same time. With 1, nothing more is touched after an item that stops the workflow.',
};

export const retries: INodeProperties = {
	displayName: 'Retries',
	name: 'retries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 10 },
	default: DEFAULT_RETRIES,
	description:
		'How often a request is repeated when Maileon is busy or the connection breaks. A request that could send a mail is repeated only if Maileon cannot have acted on it.',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3600 },
	default: 120,
	description: 'How many seconds to wait for the answer to a request',
};

/** The options of an operation whose requests need no others. */
export const requestOptions = optionsWith({
	...concurrency,
	description:
		'How many requests may run at the same time. Items about the same thing are always sent one after the other.',
});

/** The same for an operation that destroys. */
export const oneByOneOptions = optionsWith(oneByOne);

function optionsWith(requestsAtATime: INodeProperties): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [requestsAtATime, retries, timeout],
	};
}

export interface RequestOptions {
	concurrency: number;
	retries: number;
	/** Milliseconds. */
	timeout: number;
}

/**
 * The options that steer requests, with their defaults where they were not added.
 * @throws InputRefusal when one is out of range
 */
export function readRequestOptions(options: ItemParameters): RequestOptions {
	const number = (name: string, fallback: number, min: number, max: number) =>
		options.has(name) ? options.wholeNumber(name, { min, max }) : fallback;
	const atATime = options.declaredDefault('concurrency') === 1 ? 1 : DEFAULT_CONCURRENCY;
	return {
		concurrency: number('concurrency', atATime, 1, 50),
		retries: number('retries', DEFAULT_RETRIES, 0, 10),
		timeout: number('timeout', 120, 1, 3600) * 1_000,
	};
}
