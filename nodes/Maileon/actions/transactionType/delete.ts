import { referenceText } from '../../maileon/transaction/transactionType';
import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { readTypeReference, typeSubject } from '../../input/transactionTypes';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';
import {
	expectTypeConfirmation,
	transactionType,
	typeConfirmation,
} from '../shared/transactionType';

/** Removes a transaction type, by ID or name. */
export const deleteTransactionType: Operation = {
	resource: 'transactionType',
	value: 'delete',
	name: 'Delete',
	action: 'Delete transaction type',
	description:
		'Delete a transaction type (kind of contact event). Expect its transactions to be deleted too; what becomes of mailings and automations that use the type is not documented.',
	notForAgents: true,
	properties: [
		transactionType('Transaction type to delete'),
		typeConfirmation(
			'The transactions of this type are expected to be deleted with it, for all contacts of the account.',
		),
		ifNotFound(
			'What to do when the account has no such type, for example because it has been deleted already',
		),
		oneByOneOptions,
	],
	endpoints: [transactionTypes.delete],
	run: perRequest((parameters) => {
		const reference = readTypeReference(parameters);
		expectTypeConfirmation(parameters, reference);
		const request = transactionTypes.delete.request({ type: referenceText(reference) });
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: typeSubject(reference),
			orderKeys: [referenceText(reference)],
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, ...reference }),
		};
	}),
};
