import type { IDataObject } from 'n8n-workflow';

import { transactions } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { uselessAnswer } from '../../transport/answers';
import type { MaileonAnswer } from '../../transport/client';
import type { MaileonRequest } from '../../maileon/request';
import { ifNotFound } from '../shared/notFound';
import { readingOptions } from '../shared/requests';
import { perTransaction, transactionId } from './shared/transactionId';
import { transactionType } from '../shared/transactionType';

/** Reads the content of one transaction ("Get Transaction"). */
export const getTransaction: Operation = {
	resource: 'transaction',
	value: 'get',
	name: 'Get',
	action: 'Get transaction',
	description:
		'Get the content of one transaction (contact event) by its transaction ID; of several with the same ID, Maileon returns the first',
	properties: [
		transactionType('Type of the transaction; it needs the attribute transaction_id'),
		transactionId,
		ifNotFound(
			'What to do when Maileon has no such transaction, for example because its archiving duration is over',
		),
		readingOptions,
	],
	endpoints: [transactions.get],
	run: perTransaction(transactions.get, (answer, request) => ({
		content: contentOf(answer, request),
	})),
};

/** @throws MaileonFailure when the answer holds no content */
function contentOf(answer: MaileonAnswer, request: MaileonRequest): IDataObject {
	const { answer: body } = answer;
	const content = body.kind === 'json' ? body.value : undefined;
	if (typeof content !== 'object' || content === null || Array.isArray(content))
		throw uselessAnswer(answer, request, 'It holds no content of a transaction.');
	return content as IDataObject;
}
