/**
 * The operations of the node as the fault matrix runs them, by what runs them. A row holds only what
 * the operation's description and its endpoint do not tell; a simple operation needs none.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { allResources } from '../../nodes/Maileon/actions';
import type { AnswerKind, Endpoint } from '../../nodes/Maileon/maileon/endpoints/endpoint';
import { mailingContents } from '../../nodes/Maileon/maileon/endpoints/mailings';
import type { Operation } from '../../nodes/Maileon/run/operation';
import { EMAIL, fewestParameters, KEY, mapped } from './faultParameters';
import type { Verdict } from './faults';

/** What the items are called, in whatever parameter names the thing that an operation is about. */
export const ITEM_KEYS = ['9000001', '9000002', '9000003'] as const;

/** An item of the matrix: its key, and a file for operations that send one. */
export function itemWith(key: string): INodeExecutionData {
	const data = { data: 'QQ==', mimeType: 'text/plain', fileName: 'a.txt' };
	return { json: { key }, binary: { data } };
}

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
	/** Items are sent in batches of transactions. */
	| 'batch of transactions'
	/** One request for all items. */
	| 'once a run';

/** The endpoint of Maileon that an operation's first request goes to. */
export type FaultEndpoint = Pick<
	Endpoint,
	'method' | 'answer' | 'canSendMail' | 'makesAnother' | 'neverRepeated'
>;

interface Row {
	/** `resource.operation`. */
	name: string;
	/** Told apart from the same operation with other parameters. */
	variant?: string;
	/** The root element of the answer, where the endpoint documents none. */
	root?: Root;
	/** Where the first request goes with these parameters, if not to the first endpoint of the operation. */
	endpoint?: Endpoint;
	/** Whether these parameters make Maileon send a mail. */
	canSendMail?: boolean;
	/** What requests are answered with whose paths end so, where that is not the same for all of the item. */
	answers?: Readonly<Record<string, string>>;
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
	/** What it answers with instead where the path ends so. */
	answers: Readonly<Record<string, string>>;
	requests: number;
	exceptions: Readonly<Record<string, Verdict>>;
	meetsEveryFault: boolean;
}

const definition = (name: string) =>
	`<${name}><name>{key}</name><description>J\u00fcrgen</description></${name}>`;
const CONTACT =
	'<contact><id>{key}</id><email>{key}@example.com</email><standard_fields><field><name>FIRSTNAME</name><value>J\u00fcrgen</value></field></standard_fields></contact>';
const reportOf = (list: string, entry: string) =>
	`<${list}><${entry}><timestamp>2026-03-04 09:15:30</timestamp><contact><id>{key}</id><email>J\u00fcrgen@example.com</email></contact></${entry}></${list}>`;
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
	blocks: reportOf('blocks', 'block'),
	bounces: reportOf('bounces', 'bounce'),
	clicks: reportOf('clicks', 'click'),
	conversions: reportOf('conversions', 'conversion'),
	filtered_contacts: reportOf('filtered_contacts', 'filtered_contact'),
	mailing_summaries:
		'<mailing_summaries><mailing_summary><mailing_id>7</mailing_id><name>J\u00fcrgen</name></mailing_summary></mailing_summaries>',
	opens: reportOf('opens', 'open'),
	recipients: reportOf('recipients', 'recipient'),
	replies: reportOf('replies', 'reply'),
	revenue: '<revenue>12.5</revenue>',
	subscribers: reportOf('subscribers', 'subscriber'),
	unsubscriptions: reportOf('unsubscriptions', 'unsubscription'),
	unsubscription_reasons:
		'<unsubscription_reasons><unsubscription_reason><reason>J\u00fcrgen</reason><count>3</count></unsubscription_reason></unsubscription_reasons>',
	attachments:
		'<attachments><attachment><id>{key}</id><filename>J\u00fcrgen</filename></attachment></attachments>',
	mailings:
		'<mailings><mailing><id>{key}</id><fields><field><name>name</name><value>J\u00fcrgen</value></field></fields></mailing></mailings>',
	id: '<id>{key}</id>',
	state: '<state>draft</state>',
	transaction_type: TYPE,
	transaction_types: `<transaction_types>${TYPE}</transaction_types>`,
} as const;
type Root = keyof typeof DOCUMENTS;

/** What Maileon answers with where no root element tells. */
const ANSWERS: Partial<Record<AnswerKind, string>> = {
	document: '<name>J\u00fcrgen {key}</name>',
	confirmation: '<done><by>J\u00fcrgen</by></done>',
	transactionReports:
		'{"reports":[{"queued":true,"message":"J\u00fcrgen","contact":{"email":"{key}@example.com"}}]}',
	json: '{"name":"J\u00fcrgen {key}"}',
	jsonList: '[{"id":{key},"content":{"name":"J\u00fcrgen"}}]',
	text: 'Hello J\u00fcrgen {key}',
	html: '<html><body>Hello J\u00fcrgen {key}</body></html>',
	bytes: 'J\u00fcrgen {key}',
};

const WITH_DOI = { variant: 'with double opt-in', canSendMail: true } as const;

/** What looks for a schedule first asks for nothing but the change then. */
const EVEN_IF_SCHEDULED = { evenIfScheduled: true };
const NEW_DESCRIPTION = { updateFields: { description: 'New' } };
const REASONS = { reasons: { reason: [{ message: 'Too many mails' }] } };

const ROWS: Readonly<Record<Runner, readonly Row[]>> = {
	'contact written': [
		{ name: 'contact.createByEmail', root: 'contact', meetsEveryFault: true },
		{ name: 'contact.createByEmail', root: 'contact', ...WITH_DOI, parameters: { doi: true } },
		{ name: 'contact.createByExternalId', root: 'contact' },
		{
			name: 'contact.createByExternalId',
			root: 'contact',
			...WITH_DOI,
			parameters: { doi: true },
			meetsEveryFault: true,
		},
		{ name: 'contact.updateByEmail', root: 'contact' },
		{ name: 'contact.updateByExternalId', root: 'contact' },
		{ name: 'contact.updateById', root: 'contact' },
		{
			name: 'contact.updateById',
			root: 'contact',
			...WITH_DOI,
			parameters: { permission: 4, triggerDoi: true },
		},
	],
	'contacts read': [
		{
			name: 'contact.get',
			root: 'contacts',
			parameters: { ifNotFound: 'nothing' },
			exceptions: { '404': 'nothing' },
			meetsEveryFault: true,
		},
		{ name: 'contact.getMany', root: 'contacts' },
		{ name: 'contact.getBlocked', root: 'contacts' },
	],
	'batch of contacts': [
		{
			name: 'contact.synchronize',
			root: 'report',
			parameters: {
				contactFields: mapped({ email: EMAIL }),
				options: { batchSize: 1 },
			},
			meetsEveryFault: true,
		},
	],
	'batch of transactions': [
		{
			name: 'transaction.send',
			parameters: { contentSource: 'json', contentJson: '{}', options: { batchSize: 1 } },
			meetsEveryFault: true,
		},
	],
	'once a run': [{ name: 'contact.deleteAll', meetsEveryFault: true }],
	'one request an item': [
		{ name: 'contact.count', root: 'count' },
		{ name: 'contact.addUnsubscriptionReason', parameters: REASONS },
		{
			name: 'contact.getUnsubscriptionMarker',
			exceptions: { '404': 'works bare' },
		},
		{
			name: 'contact.deleteUnsubscriptionMarker',
			exceptions: { '404': 'works bare' },
		},
		{
			name: 'customField.get',
			parameters: { customField: { __rl: true, mode: 'name', value: 'J\u00fcrgen' } },
		},
		{
			name: 'customField.rename',
			parameters: { newName: '=new {{ $json.key }}' },
		},
		{ name: 'mailing.get', parameters: { return: 'parts', parts: ['name'] } },
		{ name: 'mailing.getContent', meetsEveryFault: true },
		{
			name: 'mailing.resetContent',
			endpoint: mailingContents.reset,
			parameters: EVEN_IF_SCHEDULED,
		},
		{
			name: 'mailing.fillRss',
			endpoint: mailingContents.fillRss,
			parameters: EVEN_IF_SCHEDULED,
		},
		{ name: 'mailing.sendTest', meetsEveryFault: true },
		{
			name: 'mailingAttachment.deleteAll',
			parameters: {
				mailing: { __rl: true, mode: 'id', value: KEY },
				confirmation: 'DELETE ALL ATTACHMENTS',
			},
		},
		{ name: 'preference.getMany', meetsEveryFault: true },
		{ name: 'preference.update', parameters: NEW_DESCRIPTION },
		{ name: 'preferenceCategory.create', meetsEveryFault: true },
		{
			name: 'preferenceCategory.get',
			meetsEveryFault: true,
		},
		{ name: 'preferenceCategory.update', parameters: NEW_DESCRIPTION },
		{
			name: 'transactionType.create',
			parameters: { name: '=type_{{ $json.key }}' },
		},
		{ name: 'transactionType.count', root: 'count' },
	],
	'requests of an item': [
		{
			name: 'mailing.create',
			root: 'id',
			parameters: { name: '=Mailing {{ $json.key }}', subject: 'Hello' },
		},
		{
			name: 'mailing.copy',
			root: 'id',
			parameters: { newName: '=Copy {{ $json.key }}' },
			requests: 2,
		},
		{
			name: 'mailing.update',
			root: 'state',
			parameters: { settings: { tags: 'news' } },
			requests: 3,
		},
		{ name: 'mailing.getMany', parameters: { filterBy: 'subject' } },
		{
			name: 'mailing.runChecks',
			root: 'state',
			parameters: { checks: ['attention'] },
			requests: 2,
		},
		{
			name: 'mailing.schedule',
			root: 'state',
			parameters: { scheduleTime: '2099-01-31T09:30:00' },
			answers: { '/schedule': '<schedule><state>scheduled</state></schedule>' },
			requests: 5,
		},
		{
			name: 'mailingAttachment.add',
			parameters: { binaryPropertyName: 'data' },
			answers: { '/maxattachmentsize': '<max_attachment_size>100</max_attachment_size>' },
			requests: 4,
		},
		{ name: 'mailingAttachment.copy', requests: 4 },
		{
			name: 'mailingAttachment.download',
			answers: Object.fromEntries(ITEM_KEYS.map((key) => [`/attachments/${key}`, 'J\u00fcrgen'])),
			requests: 2,
		},
		{ name: 'mailing.unschedule', root: 'state', requests: 3 },
		{ name: 'mailing.sendNow', root: 'state', requests: 5 },
		{ name: 'mailing.activate', root: 'state', requests: 4 },
		{
			name: 'mailing.deactivate',
			root: 'state',
			answers: { '/state': '<state>released</state>' },
			requests: 4,
		},
		{ name: 'mailing.delete', root: 'state', requests: 3 },
		{ name: 'transaction.get', meetsEveryFault: true },
		{ name: 'transaction.getMany', meetsEveryFault: true },
		{ name: 'transaction.delete', meetsEveryFault: true },
		{
			name: 'transaction.deleteMany',
			parameters: {
				transactionType: { __rl: true, mode: 'id', value: '42' },
				confirmation: '42',
			},
		},
		{ name: 'report.getBlocks' },
		{ name: 'report.getBounces' },
		{ name: 'report.getClicks' },
		{ name: 'report.getConversions' },
		{ name: 'report.getFilteredContacts', root: 'filtered_contacts' },
		{ name: 'report.getMailingSummaries' },
		{ name: 'report.getOpens' },
		{ name: 'report.getRecipients' },
		{ name: 'report.getReplies', root: 'replies' },
		{ name: 'report.getRevenue', root: 'revenue' },
		{ name: 'report.getSubscribers' },
		{ name: 'report.getUnsubscriptionReasons' },
		{ name: 'report.getUnsubscriptions' },
		{ name: 'transactionType.getMany', meetsEveryFault: true },
		{
			name: 'transactionType.update',
			parameters: NEW_DESCRIPTION,
			requests: 2,
			meetsEveryFault: true,
		},
	],
};

function answerOf({ answer }: FaultEndpoint, root: string | undefined): string {
	const sample = root === undefined ? ANSWERS[answer] : DOCUMENTS[root as Root];
	if (sample === undefined) throw new Error(`There is no sample of the answer "${root ?? answer}"`);
	return sample;
}

const operations = allResources.flatMap((resource) => resource.operations);

function declared(name: string): Operation {
	const found = operations.find(({ resource, value }) => `${resource}.${value}` === name);
	if (!found) throw new Error(`The node has no operation ${name}`);
	return found;
}

function operationOf(row: Row, runner: Runner): FaultOperation {
	const [resource = '', operation = ''] = row.name.split('.');
	const { endpoints, properties } = declared(row.name);
	const first = row.endpoint ?? endpoints[0];
	if (!first) throw new Error(`${row.name} names no endpoint`);
	const endpoint = { ...first, canSendMail: first.canSendMail ?? row.canSendMail };
	const parameters = fewestParameters(properties, row.parameters);
	return {
		resource,
		operation,
		variant: row.variant,
		runner,
		endpoint,
		parameters,
		sameForAllItems: !JSON.stringify(parameters).includes('$json.key'),
		answer: answerOf(endpoint, row.root ?? first.root),
		answers: row.answers ?? {},
		requests: row.requests ?? 1,
		exceptions: row.exceptions ?? {},
		meetsEveryFault: row.meetsEveryFault ?? false,
	};
}

const named = new Set(Object.values(ROWS).flatMap((rows) => rows.map(({ name }) => name)));

/** The operations that need nothing but what their description and their endpoint tell. */
const SIMPLE = operations
	.map(({ resource, value }) => `${resource}.${value}`)
	.filter((name) => !named.has(name))
	.map((name) => operationOf({ name }, 'one request an item'));

/** Every operation of the node, and some of them again with parameters that make a difference. */
export const OPERATIONS: readonly FaultOperation[] = [
	...Object.entries(ROWS).flatMap(([runner, rows]) =>
		rows.map((row) => operationOf(row, runner as Runner)),
	),
	...SIMPLE,
];

/** What Maileon answers to one of its requests; `{key}` is the key of the item. */
export function answerTo({ answer, answers }: FaultOperation, url: string): string {
	const [path = ''] = url.split('?');
	const found = Object.entries(answers).find(([ending]) => path.endsWith(ending));
	return found?.[1] ?? answer;
}

/** How tests and pages call it. */
export function titleOf({
	resource,
	operation,
	variant,
}: Pick<FaultOperation, 'resource' | 'operation' | 'variant'>): string {
	return `${resource}.${operation}${variant ? ` ${variant}` : ''}`;
}
