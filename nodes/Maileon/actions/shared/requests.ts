import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection } from '../../input/optionsCollection';
import type { ItemParameters } from '../../input/parameters';
import { DEFAULT_RETRIES } from '../../transport/client';

const DEFAULT_CONCURRENCY = 5;

const AT_A_TIME = 'How many requests may run at the same time';

/** For what only reads. */
export const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: DEFAULT_CONCURRENCY,
	description: AT_A_TIME,
};

/** For what changes one thing for each item. */
export function concurrencyOfChanges(thing: string): INodeProperties {
	return {
		...concurrency,
		description: `${AT_A_TIME}. Items about the same ${thing} are sent one after the other.`,
	};
}

/** For what destroys: "Stop" then stops before the next item, not after those that are on the wire. */
export const oneByOne: INodeProperties = {
	...concurrency,
	default: 1,
	description: `${AT_A_TIME}. With 1, nothing is sent after an item that stops the workflow.`,
};

export const retries: INodeProperties = {
	displayName: 'Retries',
	name: 'retries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 10 },
	default: DEFAULT_RETRIES,
	description: 'How often to repeat a request when Maileon is busy or the connection breaks',
};

/** For what can send a mail. */
export const retriesOfMails: INodeProperties = {
	...retries,
	description: `${retries.description}. A request that could send a mail is repeated only if Maileon cannot have acted on it.`,
};

export const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3600 },
	default: 120,
	description: 'How long to wait for a response to a request',
};

/** The options of an operation that reads and needs no others. */
export const readingOptions = optionsCollection([concurrency, retries, timeout]);

/** The same for one that changes something. */
export const changingOptions = optionsCollection([concurrencyOfChanges('thing'), retries, timeout]);

/** The same for one that destroys. */
export const oneByOneOptions = optionsCollection([oneByOne, retries, timeout]);

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
