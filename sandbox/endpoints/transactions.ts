import type { Attribute, Transaction, TransactionType } from '../account/account';
import type { SandboxContact } from '../account/contact';
import { isDate, isEmail } from '../account/fields';
import { mayGet } from '../account/sendout';
import type { Answer } from '../server/answer';
import { empty, json } from '../server/answer';
import type { Lenient } from '../server/leniency';
import { JSON_TYPE, MAILEON_XML } from '../server/media';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { expectObject } from './contactInput';
import { findType } from './transactionTypes';

const MAX_BYTES = 9_000_000;
const MAX_STRING = 1000;
const MAX_STRING_STORE_ONLY = 64_000;
const TRANSACTION = '/transactions/:typeId/transaction_id/:transactionId';
const TRANSACTION_ID = 'transaction_id';
const IDENTIFIERS = ['id', 'external_id', 'email'];

/** Contact events (documentation: create, get and delete transactions). */
export const transactionRoutes: Route[] = [
	{
		method: 'POST',
		path: '/transactions',
		query: {
			ignore_invalid_transactions: { kind: 'boolean' },
			generate_transaction_id: { kind: 'boolean' },
		},
		body: [JSON_TYPE],
		maxBytes: { bytes: MAX_BYTES, status: (variants) => variants.transactionsTooLargeStatus },
		accept: [JSON_TYPE],
		run: send,
	},
	{
		method: 'GET',
		path: '/transactions',
		query: {
			type_id: { kind: 'integer', required: true },
			count: { kind: 'integer', min: 1, max: 2000 },
			min_excluded_transaction_id: { kind: 'integer' },
		},
		accept: [JSON_TYPE],
		run: latest,
	},
	{
		method: 'DELETE',
		path: '/transactions',
		query: {
			type_id: { kind: 'integer', required: true },
			before_timestamp: { kind: 'long' },
		},
		accept: [MAILEON_XML, JSON_TYPE],
		run: deleteBefore,
	},
	{
		method: 'GET',
		path: TRANSACTION,
		accept: [JSON_TYPE],
		run: (call) => json(200, findTransaction(call).content),
	},
	{
		method: 'DELETE',
		path: TRANSACTION,
		accept: [MAILEON_XML, JSON_TYPE],
		run: deleteOne,
	},
];

/** A transaction as a request gives it. */
interface TransactionInput {
	type?: number;
	typeName?: string;
	contact?: ContactReference;
	import?: ContactReference & { permission: number };
	content: Record<string, unknown>;
	attachments: number;
}

interface ContactReference {
	id?: number;
	external_id?: string;
	email?: string;
}

interface Report {
	contact: ContactReference & { permission?: number; created?: boolean };
	queued: boolean;
	message?: string;
	transaction_id?: string;
}

/** What happens to one transaction of a call: a report, and how it is queued if it is valid. */
interface Outcome {
	report: Report;
	queue?: () => Report;
}

function send(call: Call): Answer {
	const body = call.body.kind === 'json' ? call.body.value : undefined;
	if (!Array.isArray(body)) throw badRequest('the body must be a JSON array of transactions');
	const inputs = body.map((value) => readTransaction(value, call.lenient));
	const outcomes = inputs.map((input) => check(call, input));
	const refused = outcomes.find(({ queue }) => !queue);
	const refusesAll = refused && !call.query.flag('ignore_invalid_transactions', true);
	if (refusesAll && !call.variants.queueDespiteRefusal) {
		throw badRequest(refused.report.message ?? 'invalid transaction');
	}
	const reports = outcomes.map(({ report, queue }) => (queue ? queue() : report));
	if (refusesAll) throw badRequest(refused.report.message ?? 'invalid transaction');
	const isObject = reports.length === 1 && call.variants.singleReport === 'object';
	return json(call.variants.transactionsStatus, { reports: isObject ? reports[0] : reports });
}

function readTransaction(value: unknown, lenient: Lenient): TransactionInput {
	const transaction = expectObject(value, 'a transaction');
	for (const key of Object.keys(transaction)) {
		if (!['type', 'typeName', 'contact', 'import', 'content', 'attachments'].includes(key)) {
			throw badRequest(`a transaction must not have the attribute ${key}`);
		}
	}
	const input: TransactionInput = {
		content: transaction.content === undefined ? {} : expectObject(transaction.content, 'content'),
		attachments: readAttachments(transaction.attachments),
	};
	if (transaction.type !== undefined) input.type = readId(transaction.type, 'type');
	if (transaction.typeName !== undefined) {
		input.typeName = readText(transaction.typeName, 'typeName');
	}
	if (transaction.contact !== undefined) {
		input.contact = readContactReference(transaction.contact, lenient);
	}
	if (transaction.import !== undefined) input.import = readImport(transaction.import, lenient);
	if (input.type === undefined && input.typeName === undefined) {
		throw badRequest('a transaction needs type or typeName');
	}
	if (!input.contact && !input.import) throw badRequest('a transaction needs contact or import');
	return input;
}

/** A permission has an effect on imported contacts only. */
function readContactReference(value: unknown, lenient: Lenient): ContactReference {
	const contact = expectObject(value, 'contact');
	if (contact.permission !== undefined) {
		lenient('permission without import');
		if (contact.permission !== null) readPermission(contact.permission, 'contact.permission');
	}
	return readReference(contact, lenient);
}

/** The identifiers of a contact; those that are null count as not sent. */
function readReference(reference: Record<string, unknown>, lenient: Lenient): ContactReference {
	for (const key of Object.keys(reference)) {
		if (![...IDENTIFIERS, 'permission'].includes(key)) {
			throw badRequest(`contact must not have the attribute ${key}`);
		}
	}
	if (IDENTIFIERS.some((name) => reference[name] === null)) lenient('null identifier');
	const { id, external_id: externalId, email } = reference;
	const read: ContactReference = {};
	if (id !== undefined && id !== null) read.id = readId(id, 'contact.id');
	if (externalId !== undefined && externalId !== null) {
		read.external_id = readText(externalId, 'contact.external_id');
	}
	if (email !== undefined && email !== null) read.email = readText(email, 'contact.email');
	if (Object.keys(read).length === 0) {
		throw badRequest('contact needs id, external_id or email');
	}
	return read;
}

function readImport(value: unknown, lenient: Lenient): ContactReference & { permission: number } {
	const wrapper = expectObject(value, 'import');
	if (Object.keys(wrapper).some((key) => key !== 'contact')) {
		throw badRequest('import must hold contact only');
	}
	const contact = expectObject(wrapper.contact, 'import.contact');
	const permission = readPermission(contact.permission, 'import.contact.permission');
	return { ...readReference(contact, lenient), permission };
}

function readPermission(value: unknown, what: string): number {
	if (typeof value === 'number' && [1, 2, 3, 4, 5, 6].includes(value)) return value;
	throw badRequest(`${what} must be 1 to 6`);
}

function readAttachments(value: unknown): number {
	if (value === undefined) return 0;
	if (!Array.isArray(value)) throw badRequest('attachments must be a list');
	for (const each of value) {
		const attachment = expectObject(each, 'an attachment');
		for (const key of Object.keys(attachment)) {
			if (!['filename', 'mimetype', 'data'].includes(key)) {
				throw badRequest(`an attachment must not have the attribute ${key}`);
			}
		}
		readText(attachment.filename, 'filename');
		const mimetype = readText(attachment.mimetype, 'mimetype');
		if (!/^[\w.+-]+\/[\w.+-]+$/.test(mimetype)) throw badRequest(`no media type: ${mimetype}`);
		const data = readText(attachment.data, 'data');
		if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) {
			throw badRequest('the data of an attachment must be Base64');
		}
	}
	return value.length;
}

function readId(value: unknown, what: string): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw badRequest(`${what} must be a whole number`);
}

function readText(value: unknown, what: string): string {
	if (typeof value === 'string' && value !== '') return value;
	throw badRequest(`${what} must be a string that is not empty`);
}

function check(call: Call, input: TransactionInput): Outcome {
	const { permission, ...reference } = {
		permission: undefined,
		...(input.import ?? input.contact),
	};
	const type = typeOf(call, input);
	const problem = type
		? (contentProblem(call, type, input.content) ??
			referenceProblem(call, reference, input.import !== undefined))
		: `there is no transaction type ${input.type ?? input.typeName}`;
	if (!type || problem !== undefined) {
		return { report: { contact: reference, queued: false, message: problem } };
	}
	return {
		report: { contact: reference, queued: true },
		queue: () => {
			const known = findContact(call, reference);
			return known
				? queue(call, input, type, known, false)
				: queue(call, input, type, importContact(call, reference, permission ?? 1), true);
		},
	};
}

function typeOf(call: Call, input: TransactionInput): TransactionType | undefined {
	const types = call.account.transactionTypes;
	return input.type === undefined
		? [...types.values()].find(({ name }) => name === input.typeName)
		: types.get(input.type);
}

function findContact(call: Call, reference: ContactReference): SandboxContact | undefined {
	const { contacts } = call.account;
	if (reference.id !== undefined) {
		const contact = contacts.find(reference.id);
		return contact?.anonymous ? undefined : contact;
	}
	if (reference.external_id !== undefined) {
		const [match] = contacts.withExternalId(reference.external_id);
		if (match) return match;
	}
	return reference.email === undefined ? undefined : contacts.withEmail(reference.email)[0];
}

/** Why the contact of a transaction can neither be found nor, where that is asked for, created. */
function referenceProblem(
	call: Call,
	reference: ContactReference,
	mayCreate: boolean,
): string | undefined {
	const { external_id: externalId, email, id } = reference;
	const isAmbiguous =
		id === undefined &&
		externalId !== undefined &&
		call.account.contacts.withExternalId(externalId).length > 1;
	if (isAmbiguous) return 'several contacts have this external ID';
	if (findContact(call, reference)) return undefined;
	if (!mayCreate || id !== undefined) return 'the contact does not exist';
	if (email === undefined) return 'a new contact needs an email address';
	return isEmail(email) ? undefined : `invalid email address ${email}`;
}

function importContact(
	call: Call,
	reference: ContactReference,
	permission: number,
): SandboxContact {
	const contact = call.account.contacts.create(call.account.now());
	call.account.contacts.setEmail(contact, reference.email ?? null);
	call.account.contacts.setExternalId(contact, reference.external_id ?? null);
	contact.permission = permission;
	return contact;
}

function queue(
	call: Call,
	input: TransactionInput,
	type: TransactionType,
	contact: SandboxContact,
	created: boolean,
): Report {
	const { account, variants } = call;
	const transactionId = transactionIdOf(call, type, input.content);
	const txId = account.nextId();
	account.transactions.push({
		txId,
		typeId: type.id,
		contactId: contact.id,
		email: contact.email,
		content:
			transactionId === undefined
				? input.content
				: { ...input.content, [TRANSACTION_ID]: transactionId },
		attachments: input.attachments,
		received: account.now(),
	});
	const mailing = account.triggerMailing(type.id);
	if (mayGet(contact, { ignorePermission: mailing?.ignorePermission ?? false })) {
		account.sendMail(
			contact,
			{ kind: 'transaction', transactionType: type.name },
			{ mailing, transactionId: transactionId ?? String(txId) },
		);
	}
	return {
		contact: {
			id: contact.id,
			...(contact.externalId === null ? {} : { external_id: contact.externalId }),
			...(contact.email === null ? {} : { email: contact.email }),
			permission: contact.permission,
			created,
		},
		queued: true,
		...(variants.queuedMessage === 'empty' ? { message: '' } : {}),
		...(transactionId === undefined ? {} : { transaction_id: transactionId }),
	};
}

function transactionIdOf(
	call: Call,
	type: TransactionType,
	content: Record<string, unknown>,
): string | undefined {
	if (!type.attributes.some(({ name }) => name === TRANSACTION_ID)) return undefined;
	const given = content[TRANSACTION_ID];
	if (typeof given === 'string') return given;
	return call.query.flag('generate_transaction_id') ? call.account.newTransactionId() : undefined;
}

function contentProblem(
	call: Call,
	type: TransactionType,
	content: Record<string, unknown>,
): string | undefined {
	const attributes = new Map(type.attributes.map((attribute) => [attribute.name, attribute]));
	for (const [name, value] of Object.entries(content)) {
		const attribute = attributes.get(name);
		if (!attribute && call.variants.unknownAttribute === 'invalid') {
			return `transaction type ${type.name} has no attribute ${name}`;
		}
		if (attribute && !isValid(type, attribute, value)) {
			return `the value of attribute ${name} is no valid ${attribute.type}`;
		}
	}
	const missing = type.attributes.find(
		({ name, required }) => required && !Object.hasOwn(content, name),
	);
	return missing && `attribute ${missing.name} is required`;
}

function isValid(type: TransactionType, attribute: Attribute, value: unknown): boolean {
	switch (attribute.type) {
		case 'string':
			return (
				typeof value === 'string' &&
				[...value].length <= (type.storeOnly ? MAX_STRING_STORE_ONLY : MAX_STRING)
			);
		case 'date':
			return typeof value === 'string' && value.length === 10 && isDate(value);
		case 'timestamp':
			return typeof value === 'string' && value.length === 19 && isDate(value);
		case 'boolean':
			return typeof value === 'boolean';
		case 'integer':
			return Number.isInteger(value) && Number(value) === (Number(value) | 0);
		case 'float':
		case 'double':
			return typeof value === 'number' && Number.isFinite(value);
		case 'json':
			return true;
	}
}

function latest(call: Call): Answer {
	const type = findType(call, call.query.text('type_id') ?? '');
	const after = call.query.number('min_excluded_transaction_id') ?? 0;
	const count = call.query.number('count') ?? 1000;
	const found = call.account.transactions
		.filter(({ typeId, txId }) => typeId === type.id && txId > after)
		.slice(-count)
		.reverse();
	return json(
		200,
		found.map(({ txId, contactId, email, content }) => ({ txId, contactId, email, tx: content })),
	);
}

function deleteBefore(call: Call): Answer {
	const type = findType(call, call.query.text('type_id') ?? '');
	const before = BigInt(call.query.text('before_timestamp') ?? '9223372036854775807');
	call.account.transactions = call.account.transactions.filter(
		({ typeId, received }) => typeId !== type.id || BigInt(received.getTime()) >= before,
	);
	return empty(200);
}

function deleteOne(call: Call): Answer {
	const found = findTransaction(call);
	call.account.transactions = call.account.transactions.filter(
		({ typeId, content }) =>
			typeId !== found.typeId || content[TRANSACTION_ID] !== found.content[TRANSACTION_ID],
	);
	return empty(200);
}

/** The first transaction of the type that has the ID. */
function findTransaction(call: Call): Transaction {
	const typeId = call.path.typeId ?? '';
	if (!/^\d+$/.test(typeId)) throw badRequest(`${typeId} is no ID of a transaction type`);
	const type = findType(call, typeId);
	if (!type.attributes.some(({ name }) => name === TRANSACTION_ID)) {
		throw badRequest(`transaction type ${type.name} has no attribute ${TRANSACTION_ID}`);
	}
	const found = call.account.transactions.find(
		(each) => each.typeId === type.id && each.content[TRANSACTION_ID] === call.path.transactionId,
	);
	if (!found) throw notFound("the transaction isn't found");
	return found;
}
