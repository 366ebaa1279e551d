import { unlessNotFound } from '../../run/notFound';
import { transactions } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { changed } from '../../run/perRequest';
import { TypeIds } from '../../input/transactionTypes';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions } from '../shared/requests';
import { readTransactionRequest, transactionId } from './shared/transactionId';
import { transactionType } from '../shared/transactionType';

/** Deletes by transaction ID ("Delete Transaction"). */
export const deleteTransaction: Operation = {
	resource: 'transaction',
	value: 'delete',
	name: 'Delete',
	action: 'Delete transaction',
	description:
		'Delete the transactions (contact events) of a type that have a given transaction ID; a marketing automation that one of them started ends',
	properties: [
		transactionType('Type of the transaction; it needs the attribute transaction_id'),
		transactionId,
		ifNotFound(
			'What to do when Maileon has no such transaction, for example because it has been deleted already',
		),
		oneByOneOptions,
	],
	endpoints: [transactions.delete],
	run: perItem(() => {
		const ids = new TypeIds();
		return {
			prepare: ({ parameters }) => {
				const { id, build, subject, options, orderKeys } = readTransactionRequest(
					parameters,
					transactions.delete,
					ids,
				);
				const choice = readIfNotFound(parameters);
				return {
					concurrency: options.concurrency,
					orderKeys,
					subject,
					send: async (client) =>
						await unlessNotFound(choice, async () => {
							const request = await build(client);
							const answer = await client.send(request, { retries: options.retries });
							return changed(request, { deleted: true, transaction_id: id })(answer);
						}),
				};
			},
		};
	}),
};
