import { referenceText } from '../../maileon/transaction/transactionType';
import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { readTypeReference, typeSubject } from '../../input/transactionTypes';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';
import { transactionType } from '../shared/transactionType';

/** Removes a type, by ID or name. */
export const deleteTransactionType: Operation = {
	resource: 'transactionType',
	value: 'delete',
	name: 'Delete',
	action: 'Delete transaction type',
	description:
		'Delete a kind of contact event. Expect its events to be gone too; what becomes of mails and automations that use the type is not documented.',
	notForAgents: true,
	properties: [
		transactionType('Type to delete'),
		ifNotFound('What to do when the account has no such type, for example since it is deleted'),
		oneByOneOptions,
	],
	endpoints: [transactionTypes.delete],
	run: perRequest((parameters) => {
		const reference = readTypeReference(parameters);
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
