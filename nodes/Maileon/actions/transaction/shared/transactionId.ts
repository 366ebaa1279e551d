import type { INodeProperties } from 'n8n-workflow';

import { readTypeReference, TypeIds, typeSubject } from '../../../input/transactionTypes';
import type { ItemParameters } from '../../../input/parameters';
import type { MaileonClient } from '../../../transport/client';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import type { MaileonRequest } from '../../../maileon/request';
import type { Subject } from '../../../transport/words';
import { readRequestOptions, type RequestOptions } from '../../shared/requests';

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

/** A request about one transaction. */
export interface TransactionRequest {
	id: string;
	subject: Subject;
	options: RequestOptions;
	orderKeys: readonly string[];
	/** @throws MaileonFailure when the ID of the type has to be asked for and is not found */
	build(client: MaileonClient): Promise<MaileonRequest>;
}

/**
 * The request about the transaction that an item names.
 * @throws InputRefusal when type or ID are missing
 */
export function readTransactionRequest(
	parameters: ItemParameters,
	endpoint: Endpoint,
	ids: TypeIds,
): TransactionRequest {
	const reference = readTypeReference(parameters);
	const id = parameters.requiredText('transactionId');
	const options = readRequestOptions(parameters.within('options'));
	return {
		id,
		options,
		subject: { what: `transaction "${id}" of the ${typeSubject(reference).what}` },
		orderKeys: [id],
		build: async (client) => {
			const typeId = String(await ids.of(client, reference, options));
			return {
				...endpoint.request({ type_id: typeId, transaction_id: id }),
				timeout: options.timeout,
			};
		},
	};
}
