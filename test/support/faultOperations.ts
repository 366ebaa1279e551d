/**
 * The operations of the node as the fault matrix runs them: with the fewest parameters that are valid.
 * A new operation needs a line here; a test says so.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Needs, Verdict } from './faults';

/** What the items are called, in whatever parameter names the thing that an operation is about. */
export const ITEM_KEYS = ['9000001', '9000002', '9000003'] as const;

export interface FaultOperation {
	resource: string;
	operation: string;
	/** Told apart from the same operation with other parameters. */
	variant?: string;
	parameters: IDataObject;
	needs: Needs;
	/** The first verb of its requests. */
	verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
	canSendMail?: boolean;
	/** Whether the items name different things; where they do not, the matrix runs a single item. */
	sameForAllItems?: boolean;
	/** What Maileon answers with; `{key}` is the key of the item. */
	answer?: string;
	/** How many requests an item takes; one when left out. */
	requests?: number;
	/** Whether it runs once for all items, so that a failure is not that of an item. */
	ofWholeRun?: boolean;
	/** Whether nothing is repeated, whatever happens. */
	neverRepeated?: boolean;
	/** What faults lead to at this operation only, by their names. */
	exceptions?: Readonly<Record<string, Verdict>>;
}

const KEY = '={{ $json.key }}';
const EMAIL = '={{ $json.key }}@example.com';
const CONTACT =
	'<contact><id>{key}</id><email>{key}@example.com</email><standard_fields><field><name>FIRSTNAME</name><value>J\u00fcrgen</value></field></standard_fields></contact>';
const CONTACTS = `<contacts>${CONTACT}</contacts>`;
const TYPE =
	'<transaction_type><id>{key}</id><name>type_{key}</name><description>J\u00fcrgen</description><attributes/></transaction_type>';
const REPORT =
	'<report><success>true</success><count_contacts>1</count_contacts><note>J\u00fcrgen</note></report>';
const BY_NAME = { __rl: true, mode: 'name', value: KEY };
const BY_EMAIL = { __rl: true, mode: 'email', value: EMAIL };
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const FIELDS = {
	mappingMode: 'defineBelow',
	value: { FIRSTNAME: 'Ada' },
	matchingColumns: [],
	schema: [],
};
const definition = (name: string) =>
	`<${name}><name>{key}</name><description>J\u00fcrgen</description></${name}>`;

function contact(
	operation: string,
	verb: FaultOperation['verb'],
	parameters: IDataObject,
	rest: Partial<FaultOperation> = {},
): FaultOperation {
	return {
		resource: 'contact',
		operation,
		verb,
		needs: verb === 'GET' ? 'document' : 'nothing',
		parameters,
		answer: CONTACT,
		...rest,
	};
}

export const OPERATIONS: readonly FaultOperation[] = [
	contact('createByEmail', 'POST', { email: EMAIL, contactFields: FIELDS }),
	contact(
		'createByEmail',
		'POST',
		{ email: EMAIL, contactFields: FIELDS, doi: true },
		{ variant: 'with double opt-in', canSendMail: true },
	),
	contact('createByExternalId', 'POST', { externalId: KEY, contactFields: FIELDS }),
	contact(
		'createByExternalId',
		'POST',
		{ externalId: KEY, contactFields: FIELDS, doi: true },
		{ variant: 'with double opt-in', canSendMail: true },
	),
	contact('updateByEmail', 'PUT', { email: EMAIL, contactFields: FIELDS }),
	contact('updateByExternalId', 'PUT', { externalId: KEY, contactFields: FIELDS }),
	contact('updateById', 'PUT', { contactId: KEY, contactFields: FIELDS }),
	contact(
		'updateById',
		'PUT',
		{ contactId: KEY, contactFields: FIELDS, permission: 4, triggerDoi: true },
		{ variant: 'with double opt-in', canSendMail: true },
	),
	contact(
		'synchronize',
		'POST',
		{
			contactFields: { ...FIELDS, value: { email: EMAIL } },
			options: { batchSize: 1 },
		},
		{ needs: 'report', answer: REPORT },
	),
	contact(
		'get',
		'GET',
		{ contact: BY_EMAIL, customFields: [], ifNotFound: 'nothing' },
		{ needs: 'list', answer: CONTACTS, exceptions: { '404': 'nothing' } },
	),
	contact(
		'getMany',
		'GET',
		{ customFields: [] },
		{ needs: 'list', answer: CONTACTS, sameForAllItems: true },
	),
	contact(
		'getBlocked',
		'GET',
		{ customFields: [] },
		{ needs: 'list', answer: CONTACTS, sameForAllItems: true },
	),
	contact('count', 'GET', {}, { answer: '<count>5</count>', sameForAllItems: true }),
	contact('delete', 'DELETE', { contact: BY_EMAIL }),
	contact(
		'deleteAll',
		'DELETE',
		{ confirmation: 'DELETE ALL CONTACTS' },
		{ sameForAllItems: true, neverRepeated: true, ofWholeRun: true },
	),
	contact('unsubscribe', 'DELETE', { contact: BY_EMAIL }),
	contact('addUnsubscriptionReason', 'PUT', {
		contactId: KEY,
		reasons: { reason: [{ message: 'Too many mails' }] },
	}),
	contact(
		'getUnsubscriptionMarker',
		'GET',
		{ email: EMAIL },
		{ needs: 'nothing', exceptions: { '404': 'works bare' } },
	),
	contact('setUnsubscriptionMarker', 'PUT', { email: EMAIL }),
	contact(
		'deleteUnsubscriptionMarker',
		'DELETE',
		{ email: EMAIL },
		{ exceptions: { '404': 'works bare' } },
	),
	{
		resource: 'transaction',
		operation: 'send',
		verb: 'POST',
		needs: 'events',
		canSendMail: true,
		parameters: {
			transactionType: byId('42'),
			email: EMAIL,
			contentSource: 'json',
			contentJson: '{}',
			options: { batchSize: 1 },
		},
		answer:
			'{"reports":[{"queued":true,"message":"J\u00fcrgen","contact":{"email":"{key}@example.com"}}]}',
	},
	{
		resource: 'transaction',
		operation: 'get',
		verb: 'GET',
		needs: 'JSON',
		parameters: { transactionType: byId('42'), transactionId: KEY },
		answer: '{"name":"J\u00fcrgen {key}"}',
	},
	{
		resource: 'transaction',
		operation: 'getMany',
		verb: 'GET',
		needs: 'JSON list',
		parameters: { transactionType: byId(KEY) },
		answer: '[{"id":{key},"content":{"name":"J\u00fcrgen"}}]',
	},
	{
		resource: 'transaction',
		operation: 'delete',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { transactionType: byId('42'), transactionId: KEY },
	},
	{
		resource: 'transaction',
		operation: 'deleteMany',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { transactionType: byId(KEY), before: '2026-01-31' },
	},
	{
		resource: 'transactionType',
		operation: 'create',
		verb: 'POST',
		needs: 'nothing',
		parameters: { name: '=type_{{ $json.key }}' },
	},
	{
		resource: 'transactionType',
		operation: 'get',
		verb: 'GET',
		needs: 'document',
		parameters: { transactionType: byId(KEY) },
		answer: TYPE,
	},
	{
		resource: 'transactionType',
		operation: 'getMany',
		verb: 'GET',
		needs: 'list',
		parameters: {},
		sameForAllItems: true,
		answer: `<transaction_types>${TYPE}</transaction_types>`,
	},
	{
		resource: 'transactionType',
		operation: 'count',
		verb: 'GET',
		needs: 'document',
		parameters: {},
		sameForAllItems: true,
		answer: '<count>5</count>',
	},
	{
		resource: 'transactionType',
		operation: 'update',
		verb: 'GET',
		needs: 'document',
		parameters: { transactionType: byId(KEY), updateFields: { description: 'New' } },
		requests: 2,
		answer: TYPE,
	},
	{
		resource: 'transactionType',
		operation: 'delete',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { transactionType: byId(KEY) },
	},
	{
		resource: 'customField',
		operation: 'clearValues',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { customField: byName('COLOR'), confirmation: 'COLOR' },
		sameForAllItems: true,
	},
	{
		resource: 'customField',
		operation: 'create',
		verb: 'POST',
		needs: 'nothing',
		parameters: { name: KEY },
	},
	{
		resource: 'customField',
		operation: 'delete',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { customField: byName('COLOR'), confirmation: 'COLOR' },
		sameForAllItems: true,
	},
	{
		resource: 'customField',
		operation: 'getMany',
		verb: 'GET',
		needs: 'list',
		parameters: {},
		sameForAllItems: true,
		answer:
			'<custom_fields><custom_field><name>J\u00fcrgen</name><type>string</type></custom_field></custom_fields>',
	},
	{
		resource: 'customField',
		operation: 'rename',
		verb: 'PUT',
		needs: 'nothing',
		parameters: { customField: BY_NAME, newName: '=new {{ $json.key }}' },
	},
	{
		resource: 'preference',
		operation: 'create',
		verb: 'POST',
		needs: 'nothing',
		parameters: { category: BY_NAME, name: KEY },
	},
	{
		resource: 'preference',
		operation: 'delete',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { category: BY_NAME, preference: BY_NAME },
	},
	{
		resource: 'preference',
		operation: 'get',
		verb: 'GET',
		needs: 'document',
		parameters: { category: BY_NAME, preference: BY_NAME },
		answer: definition('preference'),
	},
	{
		resource: 'preference',
		operation: 'getMany',
		verb: 'GET',
		needs: 'list',
		parameters: { category: BY_NAME },
		answer: `<preferences>${definition('preference')}</preferences>`,
	},
	{
		resource: 'preference',
		operation: 'update',
		verb: 'PUT',
		needs: 'nothing',
		parameters: { category: BY_NAME, preference: BY_NAME, updateFields: { description: 'New' } },
	},
	{
		resource: 'preferenceCategory',
		operation: 'create',
		verb: 'POST',
		needs: 'nothing',
		parameters: { name: KEY },
	},
	{
		resource: 'preferenceCategory',
		operation: 'delete',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { category: BY_NAME },
	},
	{
		resource: 'preferenceCategory',
		operation: 'get',
		verb: 'GET',
		needs: 'document',
		parameters: { category: BY_NAME },
		answer: definition('preference_category'),
	},
	{
		resource: 'preferenceCategory',
		operation: 'getMany',
		verb: 'GET',
		needs: 'list',
		parameters: {},
		sameForAllItems: true,
		answer: `<preference_categories>${definition('preference_category')}</preference_categories>`,
	},
	{
		resource: 'preferenceCategory',
		operation: 'update',
		verb: 'PUT',
		needs: 'nothing',
		parameters: { category: BY_NAME, updateFields: { description: 'New' } },
	},
	{
		resource: 'standardField',
		operation: 'clearValues',
		verb: 'DELETE',
		needs: 'nothing',
		parameters: { standardField: 'FIRSTNAME', confirmation: 'FIRSTNAME' },
		sameForAllItems: true,
	},
];

/** How tests and pages call it. */
export function titleOf({ resource, operation, variant }: FaultOperation): string {
	return `${resource}.${operation}${variant ? ` ${variant}` : ''}`;
}
