import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import type { Operation } from '../../run/operation';
import { endpointOfPart, fetchMailingParts, type MailingPart } from '../../transport/mailingParts';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { readingOptions } from '../shared/requests';
import { perMailing } from './shared/perMailing';

/** What people know a mailing by. */
const OVERVIEW: readonly MailingPart[] = [
	'name',
	'state',
	'type',
	'subject',
	'sender',
	'targetGroupId',
	'schedule',
];

type Words = Pick<INodePropertyOptions, 'name' | 'description'>;

const PARTS: Readonly<Record<MailingPart, Words>> = {
	approval: { name: 'Approval Result', description: 'Of a draft that approval was requested for' },
	archivalDuration: { name: 'Archival Duration', description: 'In months' },
	archiveUrl: { name: 'Archive URL', description: 'Address of the online version' },
	attachments: { name: 'Attachments', description: 'Their IDs, names, types and sizes' },
	author: { name: 'Author' },
	blacklists: { name: 'Blacklists', description: 'Mailing blacklists that it is kept from' },
	bounceCheck: { name: 'Bounce Check Result', description: 'Of a draft that was checked' },
	contactsLimit: { name: 'Contact Limit', description: '2147483647 stands for no limit' },
	dispatching: { name: 'Dispatching', description: 'On what a trigger mailing goes out' },
	doiKey: { name: 'DOI Mailing Key', description: 'Of a double opt-in mailing' },
	domain: { name: 'Domain' },
	htmlSize: { name: 'HTML Size' },
	ignorePermission: { name: 'Ignore Permission' },
	imageCheck: { name: 'Image Check Result', description: 'Of a draft that was checked' },
	linkCheck: { name: 'Link Check Result', description: 'Of a draft that was checked' },
	locale: { name: 'Locale' },
	maxAttachmentSize: { name: 'Max Attachment Size', description: 'In kB' },
	maxContentSize: { name: 'Max Content Size', description: 'In kB' },
	name: { name: 'Name' },
	postSendoutCleanup: {
		name: 'Post Sendout Cleanup',
		description: 'Whether the contact list and the filter are deleted after the sendout',
	},
	previewText: { name: 'Preview Text' },
	properties: { name: 'Properties', description: 'Custom properties of the mailing' },
	recipientAlias: { name: 'Recipient Alias' },
	replyTo: { name: 'Reply-To', description: 'Where answers of recipients go' },
	reportUrl: { name: 'Report URL' },
	schedule: { name: 'Schedule', description: 'When a regular mailing goes out' },
	sealed: { name: 'Sealed', description: 'Whether it cannot be changed any more' },
	sender: { name: 'Sender Address' },
	senderAlias: { name: 'Sender Alias' },
	speedLevel: { name: 'Speed Level' },
	state: { name: 'State' },
	subject: { name: 'Subject' },
	tags: { name: 'Tags' },
	targetGroupId: { name: 'Target Group ID' },
	targetGroupUpdate: {
		name: 'Target Group Update',
		description: 'Whether the target group is updated before the sendout',
	},
	template: { name: 'Template' },
	testSendout: { name: 'Test Sendout Result', description: 'Of a draft that was tested' },
	textSize: { name: 'Text Size' },
	trackingDuration: { name: 'Tracking Duration', description: 'In months' },
	trackingStrategy: { name: 'Tracking Strategy' },
	type: { name: 'Type' },
};
const PART_NAMES = Object.keys(PARTS) as MailingPart[];

const properties: INodeProperties[] = [
	mailingLocator('Mailing to get'),
	{
		displayName: 'Return',
		name: 'return',
		type: 'options',
		options: [
			{
				name: 'Overview',
				value: 'overview',
				description: 'Name, state, type, subject, sender, target group and schedule',
			},
			{
				name: 'Chosen Parts',
				value: 'parts',
				description: 'What you choose, at one request each',
			},
		],
		default: 'overview',
		description: 'How much to get. What mailings of its type do not have is null.',
	},
	{
		displayName: 'Parts',
		name: 'parts',
		type: 'multiOptions',
		required: true,
		options: PART_NAMES.map((part) => ({ ...PARTS[part], value: part })),
		default: ['name', 'state', 'subject'],
		displayOptions: { show: { return: ['parts'] } },
		description:
			'What to get. Content is got by the operation Get Content, attached files by Mailing Attachment.',
	},
	ifNotFound('What to do when the account has no such mailing'),
	readingOptions,
];

/** Gets what a mailing consists of ("Mailing – Get Name" and its sisters). */
export const getMailing: Operation = {
	resource: 'mailing',
	value: 'get',
	name: 'Get',
	action: 'Get mailing',
	description:
		'Get one mailing by ID or name: an overview with its state and schedule, or the parts that you choose',
	properties,
	endpoints: [...new Set([...OVERVIEW, ...PART_NAMES].map(endpointOfPart))],
	run: perMailing((parameters) => {
		const parts =
			parameters.choice('return', ['overview', 'parts']) === 'overview'
				? OVERVIEW
				: parameters.requiredChoices('parts', PART_NAMES);
		return {
			ifNotFound: readIfNotFound(parameters),
			rows: async ({ id, send }) => {
				const found = await fetchMailingParts(send, id, parts);
				return [{ id: Number(id), ...found } as IDataObject];
			},
		};
	}),
};
