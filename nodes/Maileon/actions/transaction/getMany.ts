import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { transactions } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { optionsCollection } from '../../input/optionsCollection';
import { readTypeReference, TypeIds, typeSubject } from '../../input/transactionTypes';
import type { MaileonRequest } from '../../maileon/request';
import { uselessAnswer } from '../../transport/answers';
import type { MaileonAnswer } from '../../transport/client';
import { concurrency, readRequestOptions, retries, timeout } from '../shared/requests';
import { transactionType } from '../shared/transactionType';

const LARGEST_COUNT = 2_000;
const LARGEST_ID = Number.MAX_SAFE_INTEGER;

const properties: INodeProperties[] = [
	transactionType('Type of the transactions to read'),
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LARGEST_COUNT },
		default: 50,
		description: 'Max number of results to return',
		hint: 'Returns the latest transactions only, 2,000 at most',
	},
	optionsCollection([
		concurrency,
		{
			displayName: 'Only After ID',
			name: 'minExcludedTransactionId',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Only transactions whose txId is larger than this. Enter the largest txId of the last run to get what is new since then.',
		},
		retries,
		timeout,
	]),
];

/** Reads the latest transactions of one type. */
export const getManyTransactions: Operation = {
	resource: 'transaction',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many transactions',
	description:
		'List the latest transactions (contact events) of one type, with their contacts and content',
	properties,
	endpoints: [transactions.getMany],
	run: perItem(() => {
		const ids = new TypeIds();
		return {
			prepare: ({ parameters }) => {
				const reference = readTypeReference(parameters);
				const options = parameters.within('options');
				const read = readRequestOptions(options);
				const count = parameters.wholeNumber('limit', { min: 1, max: LARGEST_COUNT });
				const after = options.has('minExcludedTransactionId')
					? options.wholeNumber('minExcludedTransactionId', { min: 0, max: LARGEST_ID })
					: undefined;
				return {
					concurrency: read.concurrency,
					subject: typeSubject(reference),
					send: async (client) => {
						const query = [
							['type_id', await ids.of(client, reference, read)],
							['count', count],
							['min_excluded_transaction_id', after],
						] as const;
						const request = { ...transactions.getMany.request({}, query), timeout: read.timeout };
						return transactionsOf(await client.send(request, { retries: read.retries }), request);
					},
				};
			},
		};
	}),
};

/**
 * The transactions of an answer: a list, or none where it has no body.
 * @throws MaileonFailure when the answer is something else
 */
function transactionsOf(answer: MaileonAnswer, request: MaileonRequest): IDataObject[] {
	const { answer: body } = answer;
	if (body.kind === 'empty') return [];
	if (body.kind !== 'json' || !Array.isArray(body.value))
		throw uselessAnswer(answer, request, 'It is no list of transactions.');
	return body.value as IDataObject[];
}
