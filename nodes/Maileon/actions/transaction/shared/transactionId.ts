import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readTypeReference, TypeIds, typeSubject } from '../../../input/transactionTypes';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import type { MaileonRequest } from '../../../maileon/request';
import { unlessNotFound } from '../../../run/notFound';
import type { Runner } from '../../../run/operation';
import { perItem } from '../../../run/perItem';
import type { MaileonAnswer } from '../../../transport/client';
import { readIfNotFound } from '../../shared/notFound';
import { readRequestOptions } from '../../shared/requests';

/** The ID by which a single transaction is found. */
export const transactionId: INodeProperties = {
	displayName: 'Transaction ID',
	name: 'transactionId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. A-77',
	description:
		'Value of the attribute transaction_id, as it was sent or as Maileon generated it. Only transactions of a type with this attribute can be found by it. It is not the txId that Get Many returns.',
};

/**
 * A runner that asks for the transaction that each item names by its type and its ID.
 * @param endpoint the answer with a status of success goes to `row`
 * @param row what comes out, besides the ID
 */
export function perTransaction(
	endpoint: Endpoint,
	row: (answer: MaileonAnswer, request: MaileonRequest) => IDataObject,
): Runner {
	return perItem(() => {
		const ids = new TypeIds();
		return {
			prepare: ({ parameters }) => {
				const reference = readTypeReference(parameters);
				const id = parameters.requiredText('transactionId');
				const { concurrency, retries, timeout } = readRequestOptions(parameters.within('options'));
				const choice = readIfNotFound(parameters);
				return {
					concurrency,
					orderKeys: [id],
					subject: { what: `transaction "${id}" of the ${typeSubject(reference).what}` },
					send: async (client) =>
						await unlessNotFound(choice, async () => {
							const typeId = String(await ids.of(client, reference, { retries, timeout }));
							const values = { type_id: typeId, transaction_id: id };
							const request = { ...endpoint.request(values), timeout };
							const answer = await client.send(request, { retries });
							return [{ transaction_id: id, ...row(answer, request) }];
						}),
				};
			},
		};
	});
}
