import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { countIn } from '../../transport/answers';
import { readingOptions, readRequestOptions } from '../shared/requests';

const request = transactionTypes.count.request();

/** Counts the types of the account. */
export const countTransactionTypes: Operation = {
	resource: 'transactionType',
	value: 'count',
	name: 'Count',
	action: 'Count transaction types',
	description: 'Get the number of transaction types (kinds of contact events) of the account',
	properties: [readingOptions],
	endpoints: [transactionTypes.count],
	run: perRequest((parameters) => ({
		request,
		options: readRequestOptions(parameters.within('options')),
		subject: { what: 'transaction types' },
		rows: (answer) => [{ count: countIn(answer, request) }],
	})),
};
