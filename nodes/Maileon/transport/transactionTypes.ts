/**
 * Reads the transaction types of the account.
 * Rests on the official clients (`GET /transactions/types`) and on "Pagination".
 */
import {
	readTransactionType,
	readTransactionTypes,
	referenceText,
	type TransactionType,
	type TypeReference,
} from '../maileon/transaction/transactionType';
import { transactionTypes } from '../maileon/endpoints/transactions';
import { listRoot, xmlRoot } from './answers';
import type { MaileonAnswer, MaileonClient, SendOptions } from './client';
import { readPages } from './pages';
import type { MaileonRequest } from '../maileon/request';

/** The largest page of this list is not documented; this is the standard of other lists. */
const LARGEST_PAGE = 100;

export interface ReadOptions extends SendOptions {
	/** Longest time for one request, in milliseconds. */
	timeout?: number;
}

/**
 * The types of the account in Maileon's order, from as many pages as it takes.
 * @throws MaileonFailure
 */
export async function fetchTransactionTypes(
	client: MaileonClient,
	limit = Infinity,
	{ timeout, retries }: ReadOptions = {},
): Promise<TransactionType[]> {
	const request = { ...transactionTypes.getMany.request(), timeout };
	const paging = { pageSize: Math.min(limit, LARGEST_PAGE), limit, retries };
	const { entries } = await readPages(client, request, paging, {
		entriesOf: (answer) => {
			const root = listRoot(answer, request);
			return root ? readTransactionTypes(root) : [];
		},
		keyOf: ({ id }) => (id === '' ? undefined : id),
	});
	return entries;
}

/** The request for one type. */
export function transactionTypeRequest(reference: TypeReference): MaileonRequest {
	return transactionTypes.get.request({ type: referenceText(reference) });
}

/**
 * The type of an answer.
 * @throws MaileonFailure when the answer is something else
 */
export function transactionTypeOf(answer: MaileonAnswer, request: MaileonRequest): TransactionType {
	return readTransactionType(xmlRoot(answer, request));
}

/** @throws MaileonFailure, with status 404 when the account has no such type */
export async function fetchTransactionType(
	client: MaileonClient,
	reference: TypeReference,
	{ timeout, ...options }: ReadOptions = {},
): Promise<TransactionType> {
	const request = { ...transactionTypeRequest(reference), timeout };
	return transactionTypeOf(await client.send(request, options), request);
}
