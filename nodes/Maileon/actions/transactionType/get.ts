import type { IDataObject } from 'n8n-workflow';

import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { perRequest } from '../../run/perRequest';
import { readTypeReference, typeSubject } from '../../input/transactionTypes';
import { transactionTypeOf, transactionTypeRequest } from '../../transport/transactionTypes';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { transactionType } from '../shared/transactionType';

/** Reads a type with its attributes, by ID or name. */
export const getTransactionType: Operation = {
	resource: 'transactionType',
	value: 'get',
	name: 'Get',
	action: 'Get transaction type',
	description:
		'Get one transaction type (kind of contact event) with its attributes, by ID or by name',
	properties: [
		transactionType('Transaction type to read'),
		ifNotFound('What to do when the account has no such type'),
		readingOptions,
	],
	endpoints: [transactionTypes.get],
	run: perRequest((parameters) => {
		const reference = readTypeReference(parameters);
		const request = transactionTypeRequest(reference);
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: typeSubject(reference),
			ifNotFound: readIfNotFound(parameters),
			rows: (answer) => [transactionTypeOf(answer, request) as unknown as IDataObject],
		};
	}),
};
