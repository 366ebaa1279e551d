import { endpoint } from './endpoint';

const TYPES = '/transactions/types' as const;
const TYPE = `${TYPES}/:type` as const;
const TRANSACTION = '/transactions/:type_id/transaction_id/:transaction_id' as const;

const TYPE_404 = 'Check the type: it may have been deleted or renamed in Maileon.';
const TRANSACTION_404 =
	'Check the type and the ID. Transactions are deleted after the archiving duration of their type.';

/** Transactions, which tell Maileon what happened to a contact. */
export const transactions = {
	send: endpoint('POST /transactions', {
		articles: 'Send Transactions',
		answer: 'transactionReports',
		body: 'plainJson',
		accept: 'plainJson',
		canSendMail: true,
		advice: { 400: 'None of the transactions of this request is known to be queued.' },
	}),
	getMany: endpoint('GET /transactions', {
		articles: 'Get Latest Transactions',
		answer: 'jsonList',
		accept: 'plainJson',
		advice: { 404: TYPE_404 },
	}),
	deleteMany: endpoint('DELETE /transactions', {
		articles: 'Delete Transactions Before a Given Date',
		answer: 'confirmation',
		advice: { 404: TYPE_404 },
	}),
	get: endpoint(`GET ${TRANSACTION}`, {
		articles: 'Get Transaction',
		answer: 'json',
		accept: 'plainJson',
		advice: { 404: TRANSACTION_404 },
	}),
	delete: endpoint(`DELETE ${TRANSACTION}`, {
		articles: 'Delete Transaction',
		answer: 'confirmation',
		removes: true,
		advice: { 404: TRANSACTION_404 },
	}),
};

/** Transaction types, by ID or by name. */
export const transactionTypes = {
	count: endpoint(`GET ${TYPES}/count`, {
		articles: 'Count Transaction Types',
		answer: 'document',
	}),
	getMany: endpoint(`GET ${TYPES}`, {
		articles: 'Get Transaction Types',
		answer: 'list',
		root: 'transaction_types',
	}),
	get: endpoint(`GET ${TYPE}`, {
		articles: 'Get Transaction Type',
		answer: 'document',
		root: 'transaction_type',
		advice: { 404: TYPE_404 },
	}),
	create: endpoint(`POST ${TYPES}`, {
		articles: 'Create Transaction Type',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			400: 'The account may have a type of this name already.',
			409: 'The account has a type of this name already.',
		},
	}),
	update: endpoint(`PUT ${TYPE}`, {
		articles: 'Update Transaction Type',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			400: 'The account may have a type of the new name already.',
			404: TYPE_404,
			409: 'The account has a type of the new name already.',
		},
	}),
	delete: endpoint(`DELETE ${TYPE}`, {
		articles: 'Delete Transaction Type',
		answer: 'confirmation',
		removes: true,
		advice: { 404: TYPE_404 },
	}),
};
