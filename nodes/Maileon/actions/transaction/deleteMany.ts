import type { INodeProperties } from 'n8n-workflow';

import { translatingErrors } from '../../maileon/translate';
import { ValueRefusal } from '../../maileon/values';
import { InputRefusal } from '../../input/refusal';
import { toMoment } from '../../input/moment';
import { transactions } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import { perItem } from '../../run/perItem';
import { changed } from '../../run/perRequest';
import { readTypeReference, TypeIds, typeSubject } from '../../input/transactionTypes';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';
import {
	expectTypeConfirmation,
	transactionType,
	typeConfirmation,
} from '../shared/transactionType';

const properties: INodeProperties[] = [
	transactionType('Transaction type whose old transactions are deleted; those of other types stay'),
	{
		displayName: 'Before',
		name: 'before',
		type: 'dateTime',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-12-31',
		description:
			'Transactions from before this time are deleted. A time without an offset is in the time zone of the workflow. Maileon leaves transactions alone that have been released already.',
	},
	typeConfirmation('The transactions are deleted for all contacts, and nothing brings them back.'),
	oneByOneOptions,
];

/** Deletes the old transactions of a type ("Delete Transactions Before a Given Date"). */
export const deleteManyTransactions: Operation = {
	resource: 'transaction',
	value: 'deleteMany',
	name: 'Delete Many',
	action: 'Delete many transactions of all contacts',
	description:
		'Delete all transactions (contact events) of one type that are older than a given time, for ALL contacts; this cannot be undone',
	notForAgents: true,
	properties,
	endpoints: [transactions.deleteMany],
	run: perItem(({ node }) => {
		const ids = new TypeIds();
		return {
			prepare: ({ parameters }) => {
				const reference = readTypeReference(parameters);
				expectTypeConfirmation(parameters, reference);
				const before = readBefore(parameters, node.getTimezone());
				const { concurrency, retries, timeout } = readRequestOptions(parameters.within('options'));
				return {
					concurrency,
					subject: typeSubject(reference),
					send: async (client) => {
						const typeId = await ids.of(client, reference, { retries, timeout });
						const query = [
							['type_id', typeId],
							['before_timestamp', before],
						] as const;
						const request = { ...transactions.deleteMany.request({}, query), timeout };
						const answer = await client.send(request, { retries });
						const row = { deleted: true, type_id: typeId, before_timestamp: before };
						return changed(request, row)(answer);
					},
				};
			},
		};
	}),
};

/**
 * The time in milliseconds since 1970. It is never left out: without it, Maileon deletes all.
 * @throws InputRefusal when it is missing or no date
 */
function readBefore(parameters: ItemParameters, timeZone: string): number {
	const value = parameters.raw('before');
	const label = parameters.label('before');
	if (value === undefined || value === null || value === '')
		throw new InputRefusal(`${label} is empty.`, {
			description:
				'Enter the time before which transactions are deleted. Without one, Maileon would delete them all.',
			field: 'before',
		});
	return translatingErrors(
		() => toMoment(value, timeZone),
		(error) =>
			error instanceof ValueRefusal
				? new InputRefusal(`${label}: ${error.message}`, { field: 'before' })
				: error,
	);
}
