import type { INodeProperties } from 'n8n-workflow';

import { readTypeReference, TypeIds, typeSubject } from '../../../input/transactionTypes';
import type { ItemParameters } from '../../../input/parameters';
import type { MaileonClient } from '../../../transport/client';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import type { MaileonRequest } from '../../../maileon/request';
import type { Subject } from '../../../transport/words';
import { readRequestOptions, type RequestOptions } from '../../shared/requests';

/** The ID by which a single event is found. */
export const transactionId: INodeProperties = {
	displayName: 'Transaction ID',
	name: 'transactionId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. A-77',
	description:
		'Value of the attribute transaction_id, as it was sent or as Maileon generated it. Only types with this attribute can be read by it. It is not the txId of "Get Many".',
};

/** A request about one event. */
export interface EventRequest {
	id: string;
	subject: Subject;
	options: RequestOptions;
	orderKeys: readonly string[];
	/** @throws MaileonFailure when the ID of the type has to be asked for and is not found */
	build(client: MaileonClient): Promise<MaileonRequest>;
}

/**
 * The request about the event that an item names.
 * @throws InputRefusal when type or ID are missing
 */
export function readEventRequest(
	parameters: ItemParameters,
	endpoint: Endpoint,
	ids: TypeIds,
): EventRequest {
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
