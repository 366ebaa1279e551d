import type { IDataObject } from 'n8n-workflow';

import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { fetchTransactionTypes } from '../../transport/transactionTypes';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { readingOptions, readRequestOptions } from '../shared/requests';

/** Lists the types of the account with their attributes. */
export const getManyTransactionTypes: Operation = {
	resource: 'transactionType',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many transaction types',
	description:
		'List the transaction types (kinds of contact events) of the account, with their attributes',
	properties: [...returnAllOrLimit, readingOptions],
	endpoints: [transactionTypes.getMany],
	run: perItem(() => ({
		prepare: ({ parameters }) => {
			const limit = readLimit(parameters);
			const { concurrency, ...read } = readRequestOptions(parameters.within('options'));
			return {
				concurrency,
				subject: { what: 'transaction types' },
				send: async (client) =>
					(await fetchTransactionTypes(client, limit, read)) as unknown as IDataObject[],
			};
		},
	})),
};
