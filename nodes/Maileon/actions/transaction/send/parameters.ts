import type { INodeProperties } from 'n8n-workflow';

import { withBuilderHint } from '../../../input/builderHint';
import { optionsCollection } from '../../../input/optionsCollection';
import { TRANSACTION_TYPE } from '../../../input/transactionTypes';
import { batchSize, type BatchSizeRange } from '../../shared/batchSize';
import { PERMISSION_NUMBERS, PERMISSION_OPTIONS } from '../../contact/shared/permission';
import { retriesOfMails, timeout } from '../../shared/requests';
import { transactionType } from '../../shared/transactionType';

/** The method that lists the attributes of a type as columns. */
export const TRANSACTION_ATTRIBUTES_METHOD = 'getTransactionAttributes';

/** How many transactions a request holds. */
export const BATCH_SIZE: BatchSizeRange = { preset: 10_000, largest: 100_000 };

/** What a person fills in to send transactions. */
export const properties: INodeProperties[] = [
	{
		displayName:
			'A transaction (contact event) tells Maileon what happened to a contact, such as an order. Mails go out only if a mailing or automation in Maileon uses this type.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	withBuilderHint(
		transactionType(
			'What happened, as defined in Maileon. Mailings and automations in Maileon are set up for a type.',
		),
		'In mode "name" the value is the name of the type, such as shop_order; in the modes "list" and "id" it is the ID.',
	),
	{
		displayName: 'Identify Contact By',
		name: 'identifyBy',
		type: 'options',
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'External ID', value: 'externalId', description: 'The ID of your own system' },
			{
				name: 'Maileon ID',
				value: 'maileonId',
				description: 'The ID that Maileon gave the contact',
			},
		],
		default: 'email',
		description: 'How to tell Maileon which contact the transaction belongs to',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show: { identifyBy: ['email'] } },
		description: 'Email address of the contact',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CRM-00123',
		displayOptions: { show: { identifyBy: ['externalId'] } },
		description: 'ID of the contact in your own system',
	},
	{
		displayName: 'Maileon ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12345',
		displayOptions: { show: { identifyBy: ['maileonId'] } },
		description: 'ID that Maileon gave the contact: a number',
	},
	{
		displayName: 'Create Contact If Missing',
		name: 'import',
		type: 'boolean',
		default: false,
		displayOptions: { show: { identifyBy: ['email', 'externalId'] } },
		description:
			'Whether to create the contact when Maileon does not have it. When off, a transaction for a contact that does not exist is refused.',
	},
	{
		displayName: 'Permission',
		name: 'permission',
		type: 'options',
		options: PERMISSION_OPTIONS,
		default: 1,
		displayOptions: { show: { identifyBy: ['email', 'externalId'], import: [true] } },
		description: `Permission of a contact that is created. With None it gets no mail, unless the mailing is set up in Maileon as one that needs no permission, such as an order confirmation. ${PERMISSION_NUMBERS}`,
	},
	{
		displayName: 'Email of New Contact',
		name: 'newContactEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show: { identifyBy: ['externalId'], import: [true] } },
		description:
			'Email address for a contact that is created; without one it cannot get mails. For an existing contact, give the address that it has: which of the two Maileon goes by is not documented.',
	},
	{
		displayName: 'External ID of New Contact',
		name: 'newContactExternalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. CRM-00123',
		displayOptions: { show: { identifyBy: ['email'], import: [true] } },
		description:
			'External ID for a contact that is created. For an existing contact, give the ID that it has: which of the two Maileon goes by is not documented.',
	},
	{
		displayName: 'Content',
		name: 'contentSource',
		type: 'options',
		options: [
			{
				name: 'Mapped Attributes',
				value: 'fields',
				description: 'Map the attributes of the transaction type, once it is chosen above',
			},
			{ name: 'JSON', value: 'json', description: 'One object of attribute names and values' },
		],
		default: 'fields',
		description: 'How to provide the details of the transaction, such as the order number',
	},
	withBuilderHint(
		{
			displayName: 'Attributes',
			name: 'content',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			displayOptions: { show: { contentSource: ['fields'] }, hide: { [TRANSACTION_TYPE]: [''] } },
			typeOptions: {
				loadOptionsDependsOn: [`${TRANSACTION_TYPE}.value`],
				resourceMapper: {
					resourceMapperMethod: TRANSACTION_ATTRIBUTES_METHOD,
					mode: 'add',
					valuesLabel: 'Attributes',
					fieldWords: { singular: 'attribute', plural: 'attributes' },
					addAllFields: false,
					multiKeyMatch: false,
					supportAutoMap: true,
				},
			},
			description:
				'Values for the attributes of the transaction type. They are converted to the type of the attribute; what cannot be converted is refused before anything is sent. "Map Automatically" matches input keys to attributes regardless of case, spaces, _ and - (order_number fills order.number); keys that match no attribute are not sent, and a warning names them. Attributes without a value are left out; lists and objects go into attributes of the type JSON.',
		},
		'Pass the full object: { mappingMode: "defineBelow", value: { "order.number": expr("{{ $json.number }}") }, matchingColumns: [], schema: [] }, with the names of the attributes as Maileon writes them.',
	),
	{
		displayName: 'Content (JSON)',
		name: 'contentJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"order.number": "A-77", "order.total": 19.9}',
		displayOptions: { show: { contentSource: ['json'] } },
		description:
			'Object of attribute names and values, sent as it is. Write names as Maileon shows them, with their dots ("order.number"). Dates are text such as "2026-12-31", timestamps such as "2026-12-31 18:30:00".',
	},
	optionsCollection([
		{
			displayName: 'Attachments',
			name: 'attachments',
			type: 'string',
			default: '',
			placeholder: 'e.g. data, invoice',
			description:
				'Files of the input item to attach to the mail: names of its binary fields, separated by commas. A request must stay below 9 MB in all, which is about 6.7 MB of files.',
		},
		batchSize(
			'Transactions per Request',
			BATCH_SIZE,
			'How many input items are sent in one request at most. A request ends early at 9,000,000 bytes. With fewer, fewer transactions are in doubt when a connection breaks.',
		),
		{
			displayName: 'Fill Transaction ID',
			name: 'fillTransactionId',
			type: 'boolean',
			default: false,
			description:
				'Whether to fill the attribute transaction_id, where an item has no value for it, with an ID made of execution, node, run and item. If n8n runs an execution a second time, for example after a worker died, its transactions have the same IDs again, so that those sent twice can be found. The type needs the text attribute transaction_id.',
		},
		{
			displayName: 'Generate Transaction ID',
			name: 'generateTransactionId',
			type: 'boolean',
			default: false,
			description:
				'Whether Maileon generates an ID for each transaction and returns it. The type needs the attribute transaction_id; with the ID the transaction can be read and deleted later.',
		},
		retriesOfMails,
		timeout,
	]),
];
