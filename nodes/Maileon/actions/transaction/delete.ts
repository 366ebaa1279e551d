import { transactions } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { ifNotFound } from '../shared/notFound';
import { oneByOneOptions } from '../shared/requests';
import { perTransaction, transactionId } from './shared/transactionId';
import { transactionType } from '../shared/transactionType';

/** Deletes by transaction ID ("Delete Transaction"). */
export const deleteTransaction: Operation = {
	resource: 'transaction',
	value: 'delete',
	name: 'Delete',
	action: 'Delete transaction',
	description:
		'Delete the transactions (contact events) of a type that have a given transaction ID; a marketing automation that one of them started ends',
	warning: 'Running this deletes transactions. It cannot be undone.',
	properties: [
		transactionType('Type of the transaction; it needs the attribute transaction_id'),
		transactionId,
		ifNotFound(
			'What to do when Maileon has no such transaction, for example because it has been deleted already',
		),
		oneByOneOptions,
	],
	endpoints: [transactions.delete],
	run: perTransaction(transactions.delete, (answer, request) => {
		readWriteAnswer(answer, request);
		return { deleted: true };
	}),
};
