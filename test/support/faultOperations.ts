/**
 * The operations of the node as the fault matrix runs them, by what runs them. A row holds only what
 * the node's description does not tell; a new operation needs a row here, and a test says so.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { resources } from '../../nodes/Maileon/actions';
import { EMAIL, fewestParameters, mapped } from './faultParameters';
import type { AnswerKind, Verdict } from './faults';

/** What the items are called, in whatever parameter names the thing that an operation is about. */
export const ITEM_KEYS = ['9000001', '9000002', '9000003'] as const;

/** What turns items into requests. */
export type Runner =
	/** One request for each item. */
	| 'one request an item'
	/** As many requests for each item as it takes: pages, look-ups, reading before changing. */
	| 'requests of an item'
	/** One contact is written for each item. */
	| 'contact written'
	/** Contacts are read for each item. */
	| 'contacts read'
	/** Items are sent in batches of contacts. */
	| 'batch of contacts'
	/** Items are sent in batches of contact events. */
	| 'batch of contact events'
	/** One request for all items. */
	| 'once a run';

/** The endpoint of Maileon that an operation's first request goes to. */
export interface FaultEndpoint {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	answer: AnswerKind;
	/** The root element of its answer, where that is XML. */
	root?: Root;
	canSendMail?: boolean;
	/** Whether nothing is repeated, whatever happens. */
	neverRepeated?: boolean;
}

interface Row extends FaultEndpoint {
	/** `resource.operation`. */
	name: string;
	/** Told apart from the same operation with other parameters. */
	variant?: string;
	/** The parameters that cannot be derived from the node's description. */
	parameters?: IDataObject;
	/** How many requests an item takes when nothing goes wrong; one by default. */
	requests?: number;
	/** What faults lead to at this operation only, by their names. */
	exceptions?: Readonly<Record<string, Verdict>>;
	/**
	 * Whether it meets every fault, for all operations with this runner and this kind of answer; the
	 * others meet the telling faults only.
	 */
	meetsEveryFault?: boolean;
}

export interface FaultOperation {
	resource: string;
	operation: string;
	variant?: string;
	runner: Runner;
	endpoint: FaultEndpoint;
	parameters: IDataObject;
	/** Whether the items name different things; where they do not, the matrix runs a single item. */
	sameForAllItems: boolean;
	/** What Maileon answers with; `{key}` is the key of the item. */
	answer: string;
	requests: number;
	exceptions: Readonly<Record<string, Verdict>>;
	meetsEveryFault: boolean;
}

const definition = (name: string) =>
	`<${name}><name>{key}</name><description>J\u00fcrgen</description></${name}>`;
const CONTACT =
	'<contact><id>{key}</id><email>{key}@example.com</email><standard_fields><field><name>FIRSTNAME</name><value>J\u00fcrgen</value></field></standard_fields></contact>';
const TYPE =
	'<transaction_type><id>{key}</id><name>type_{key}</name><description>J\u00fcrgen</description><attributes/></transaction_type>';

/** What Maileon answers with, by root element. */
const DOCUMENTS = {
	contact: CONTACT,
	contacts: `<contacts>${CONTACT}</contacts>`,
	count: '<count>5</count>',
	custom_fields:
		'<custom_fields><custom_field><name>J\u00fcrgen</name><type>string</type></custom_field></custom_fields>',
	preference: definition('preference'),
	preferences: `<preferences>${definition('preference')}</preferences>`,
	preference_category: definition('preference_category'),
	preference_categories: `<preference_categories>${definition('preference_category')}</preference_categories>`,
	report:
		'<report><success>true</success><count_contacts>1</count_contacts><note>J\u00fcrgen</note></report>',
	transaction_type: TYPE,
	transaction_types: `<transaction_types>${TYPE}</transaction_types>`,
} as const;
type Root = keyof typeof DOCUMENTS;

/** What Maileon answers with where no root element tells. */
const ANSWERS: Partial<Record<AnswerKind, string>> = {
	confirmation: '<done><by>J\u00fcrgen</by></done>',
	transactionReports:
		'{"reports":[{"queued":true,"message":"J\u00fcrgen","contact":{"email":"{key}@example.com"}}]}',
	json: '{"name":"J\u00fcrgen {key}"}',
	jsonList: '[{"id":{key},"content":{"name":"J\u00fcrgen"}}]',
};

const WITH_DOI = { variant: 'with double opt-in', canSendMail: true } as const;
const WRITTEN = { answer: 'confirmation', root: 'contact' } as const;
const CREATED = { method: 'POST', ...WRITTEN } as const;
const UPDATED = { method: 'PUT', ...WRITTEN } as const;
const READ = { method: 'GET', answer: 'list', root: 'contacts' } as const;
const POST = { method: 'POST', answer: 'confirmation' } as const;
const PUT = { method: 'PUT', answer: 'confirmation' } as const;
const DELETE = { method: 'DELETE', answer: 'confirmation' } as const;
const documentOf = (root: Root) => ({ method: 'GET', answer: 'document', root }) as const;
const listOf = (root: Root) => ({ method: 'GET', answer: 'list', root }) as const;

const NEW_DESCRIPTION = { updateFields: { description: 'New' } };
const REASONS = { reasons: { reason: [{ message: 'Too many mails' }] } };

const ROWS: Readonly<Record<Runner, readonly Row[]>> = {
	'contact written': [
		{ name: 'contact.createByEmail', ...CREATED, meetsEveryFault: true },
		{ name: 'contact.createByEmail', ...CREATED, ...WITH_DOI, parameters: { doi: true } },
		{ name: 'contact.createByExternalId', ...CREATED },
		{
			name: 'contact.createByExternalId',
			...CREATED,
			...WITH_DOI,
			parameters: { doi: true },
			meetsEveryFault: true,
		},
		{ name: 'contact.updateByEmail', ...UPDATED },
		{ name: 'contact.updateByExternalId', ...UPDATED },
		{ name: 'contact.updateById', ...UPDATED },
		{
			name: 'contact.updateById',
			...UPDATED,
			...WITH_DOI,
			parameters: { permission: 4, triggerDoi: true },
		},
	],
	'contacts read': [
		{
			name: 'contact.get',
			...READ,
			parameters: { ifNotFound: 'nothing' },
			exceptions: { '404': 'nothing' },
			meetsEveryFault: true,
		},
		{ name: 'contact.getMany', ...READ },
		{ name: 'contact.getBlocked', ...READ },
	],
	'batch of contacts': [
		{
			name: 'contact.synchronize',
			method: 'POST',
			answer: 'report',
			root: 'report',
			parameters: {
				contactFields: mapped({ email: EMAIL }),
				options: { batchSize: 1 },
			},
			meetsEveryFault: true,
		},
	],
	'batch of contact events': [
		{
			name: 'transaction.send',
			method: 'POST',
			answer: 'transactionReports',
			canSendMail: true,
			parameters: { contentSource: 'json', contentJson: '{}', options: { batchSize: 1 } },
			meetsEveryFault: true,
		},
	],
	'once a run': [
		{ name: 'contact.deleteAll', ...DELETE, neverRepeated: true, meetsEveryFault: true },
	],
	'one request an item': [
		{ name: 'contact.count', ...documentOf('count') },
		{ name: 'contact.delete', ...DELETE },
		{ name: 'contact.unsubscribe', ...DELETE },
		{ name: 'contact.addUnsubscriptionReason', ...PUT, parameters: REASONS },
		{
			name: 'contact.getUnsubscriptionMarker',
			method: 'GET',
			answer: 'confirmation',
			exceptions: { '404': 'works bare' },
		},
		{ name: 'contact.setUnsubscriptionMarker', ...PUT },
		{
			name: 'contact.deleteUnsubscriptionMarker',
			...DELETE,
			exceptions: { '404': 'works bare' },
		},
		{ name: 'customField.clearValues', ...DELETE },
		{ name: 'customField.create', ...POST },
		{ name: 'customField.delete', ...DELETE },
		{ name: 'customField.getMany', ...listOf('custom_fields') },
		{
			name: 'customField.rename',
			...PUT,
			parameters: { newName: '=new {{ $json.key }}' },
		},
		{ name: 'preference.create', ...POST },
		{ name: 'preference.delete', ...DELETE },
		{ name: 'preference.get', ...documentOf('preference') },
		{ name: 'preference.getMany', ...listOf('preferences'), meetsEveryFault: true },
		{ name: 'preference.update', ...PUT, parameters: NEW_DESCRIPTION },
		{ name: 'preferenceCategory.create', ...POST, meetsEveryFault: true },
		{ name: 'preferenceCategory.delete', ...DELETE },
		{
			name: 'preferenceCategory.get',
			...documentOf('preference_category'),
			meetsEveryFault: true,
		},
		{ name: 'preferenceCategory.getMany', ...listOf('preference_categories') },
		{ name: 'preferenceCategory.update', ...PUT, parameters: NEW_DESCRIPTION },
		{ name: 'standardField.clearValues', ...DELETE },
		{
			name: 'transactionType.create',
			...POST,
			parameters: { name: '=type_{{ $json.key }}' },
		},
		{ name: 'transactionType.get', ...documentOf('transaction_type') },
		{ name: 'transactionType.count', ...documentOf('count') },
		{ name: 'transactionType.delete', ...DELETE },
	],
	'requests of an item': [
		{ name: 'transaction.get', method: 'GET', answer: 'json', meetsEveryFault: true },
		{ name: 'transaction.getMany', method: 'GET', answer: 'jsonList', meetsEveryFault: true },
		{ name: 'transaction.delete', ...DELETE, meetsEveryFault: true },
		{ name: 'transaction.deleteMany', ...DELETE },
		{ name: 'transactionType.getMany', ...listOf('transaction_types'), meetsEveryFault: true },
		{
			name: 'transactionType.update',
			...documentOf('transaction_type'),
			parameters: NEW_DESCRIPTION,
			requests: 2,
			meetsEveryFault: true,
		},
	],
};

/** The endpoint that an operation begins with. */
function endpointOf({ method, answer, root, canSendMail, neverRepeated }: Row): FaultEndpoint {
	return { method, answer, root, canSendMail, neverRepeated };
}

function answerOf({ answer, root }: FaultEndpoint): string {
	const sample = root ? DOCUMENTS[root] : ANSWERS[answer];
	if (sample === undefined) throw new Error(`There is no sample of the answer "${answer}"`);
	return sample;
}

function propertiesOf(name: string): readonly INodeProperties[] {
	const operations = resources.flatMap((resource) => resource.operations);
	const found = operations.find(({ resource, value }) => `${resource}.${value}` === name);
	if (!found) throw new Error(`The node has no operation ${name}`);
	return found.properties;
}

function operationOf(row: Row, runner: Runner): FaultOperation {
	const [resource = '', operation = ''] = row.name.split('.');
	const endpoint = endpointOf(row);
	const parameters = fewestParameters(propertiesOf(row.name), row.parameters);
	return {
		resource,
		operation,
		variant: row.variant,
		runner,
		endpoint,
		parameters,
		sameForAllItems: !JSON.stringify(parameters).includes('$json.key'),
		answer: answerOf(endpoint),
		requests: row.requests ?? 1,
		exceptions: row.exceptions ?? {},
		meetsEveryFault: row.meetsEveryFault ?? false,
	};
}

/** Every operation of the node, and some of them again with parameters that make a difference. */
export const OPERATIONS: readonly FaultOperation[] = Object.entries(ROWS).flatMap(
	([runner, rows]) => rows.map((row) => operationOf(row, runner as Runner)),
);

/** How tests and pages call it. */
export function titleOf({
	resource,
	operation,
	variant,
}: Pick<FaultOperation, 'resource' | 'operation' | 'variant'>): string {
	return `${resource}.${operation}${variant ? ` ${variant}` : ''}`;
}
