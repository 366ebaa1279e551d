import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../../input/mailing';
import { contactFilter } from '../../contact/shared/contactFilter';
import { transactionType } from '../../shared/transactionType';
import { startOptions } from '../shared/options';

/** What makes the mailing send, in the order of the menu. */
export const DISPATCHINGS = ['keep', 'event', 'contactFilter', 'contactsOfEvent', 'feed'] as const;
const MASS_MAILS = ['contactFilter', 'contactsOfEvent', 'feed'];

const dispatching: INodeProperties = {
	displayName: 'Dispatching',
	name: 'dispatching',
	type: 'options',
	options: [
		{
			name: 'Keep Existing Dispatching',
			value: 'keep',
			description: 'Activate the mailing as it is set up in Maileon',
		},
		{
			name: 'Mail for Each Event',
			value: 'event',
			description: 'One mail to a contact as soon as it has a transaction of a type',
		},
		{
			name: 'Mass Mail to Contacts of a Filter',
			value: 'contactFilter',
			description: 'At an interval, to the contacts of a contact filter',
		},
		{
			name: 'Mass Mail to Contacts With an Event',
			value: 'contactsOfEvent',
			description: 'At an interval, to the contacts that had a transaction of a type',
		},
		{
			name: 'Mass Mail With News of a Feed',
			value: 'feed',
			description: 'At an interval, to the contacts of a contact filter, when an RSS feed has news',
		},
	],
	default: 'keep',
	description:
		'What makes a trigger mailing send. DOI mailings have no dispatching, so this does not matter for them.',
};

const interval: INodeProperties[] = [
	{
		displayName: 'Interval',
		name: 'interval',
		type: 'options',
		options: [
			{ name: 'Every Hour', value: 'HOUR' },
			{ name: 'Every Day', value: 'DAY' },
			{ name: 'Every Week', value: 'WEEK' },
			{ name: 'Every Month', value: 'MONTH' },
		],
		default: 'DAY',
		displayOptions: { show: { dispatching: MASS_MAILS } },
		description: 'How often the mass mail goes out',
	},
	{
		displayName: 'Day of Month',
		name: 'dayOfMonth',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 31 },
		default: 1,
		displayOptions: { show: { dispatching: MASS_MAILS, interval: ['MONTH'] } },
		description: 'Day from 1 to 31. In a shorter month it is the last one.',
	},
	{
		displayName: 'Day of Week',
		name: 'dayOfWeek',
		type: 'options',
		options: [
			{ name: 'Friday', value: 6 },
			{ name: 'Monday', value: 2 },
			{ name: 'Saturday', value: 7 },
			{ name: 'Sunday', value: 1 },
			{ name: 'Thursday', value: 5 },
			{ name: 'Tuesday', value: 3 },
			{ name: 'Wednesday', value: 4 },
		],
		default: 2,
		displayOptions: { show: { dispatching: MASS_MAILS, interval: ['WEEK'] } },
		description:
			'Day on which the mass mail goes out. Expressions use 1 for Sunday to 7 for Saturday.',
	},
	{
		displayName: 'Hour',
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 23 },
		default: 9,
		displayOptions: { show: { dispatching: MASS_MAILS, interval: ['DAY', 'WEEK', 'MONTH'] } },
		description:
			'Hour of the day from 0 to 23. Which time zone Maileon reads it in is not documented.',
	},
	{
		displayName: 'Minute',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 59 },
		default: 0,
		displayOptions: { show: { dispatching: MASS_MAILS } },
		description: 'Minute of the hour from 0 to 59',
	},
];

const feed: INodeProperties[] = [
	{
		displayName: 'Feed URL',
		name: 'feedUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://shop.example.com/news.rss',
		displayOptions: { show: { dispatching: ['feed'] } },
		description: 'Address of the RSS feed',
	},
	{
		displayName: 'Feed Settings',
		name: 'feedSettings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		displayOptions: { show: { dispatching: ['feed'] } },
		description: 'Which entries of the feed make a mail go out, and how they are put in order',
		options: [
			{
				displayName: 'Ascending',
				name: 'ascending',
				type: 'boolean',
				default: true,
				description: 'Whether entries are put in ascending order',
			},
			{
				displayName: 'Fewest New Entries',
				name: 'minNewEntries',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 1,
				description: 'How many new entries there must be for a mail to go out',
			},
			{
				displayName: 'Order By',
				name: 'orderBy',
				type: 'options',
				options: [
					{ name: 'Link', value: 'link' },
					{ name: 'Publication Date', value: 'pubdate' },
					{ name: 'Title', value: 'title' },
				],
				default: 'pubdate',
				description: 'What entries are put in order by',
			},
			{
				displayName: 'Tell Entries Apart By',
				name: 'uniqueFeature',
				type: 'options',
				options: [
					{ name: 'Default of Maileon', value: 'default' },
					{ name: 'Link', value: 'link' },
					{ name: 'Publication Date', value: 'pubdate' },
					{ name: 'Title', value: 'title' },
				],
				default: 'default',
				description: 'What makes an entry a new one',
			},
		],
	},
];

const limits: INodeProperties = {
	displayName: 'Speed and Limit',
	name: 'dispatchingSettings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	displayOptions: { hide: { dispatching: ['keep'] } },
	description: 'How fast mails go out, and how many one recipient gets at most',
	options: [
		{
			displayName: 'Most Mails per Recipient',
			name: 'deliveryLimit',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1,
			description:
				'How many mails a recipient gets in the period at most. With 0, there is no limit.',
		},
		{
			displayName: 'Period',
			name: 'deliveryLimitUnit',
			type: 'options',
			options: [
				{ name: 'Day', value: 'day' },
				{ name: 'Month', value: 'month' },
				{ name: 'Week', value: 'week' },
				{ name: 'Year', value: 'year' },
			],
			default: 'day',
			description: 'Period that the limit is for',
		},
		{
			displayName: 'Speed',
			name: 'speedLevel',
			type: 'options',
			options: [
				{ name: 'High', value: 'HIGH' },
				{ name: 'Low', value: 'LOW' },
				{ name: 'Medium', value: 'MEDIUM' },
			],
			default: 'LOW',
			description: 'How fast mails go out; low unless set',
		},
	],
};

/** What a person fills in to activate a mailing. */
export const properties: INodeProperties[] = [
	mailingLocator('Trigger or DOI mailing that is to work; it must be a draft'),
	dispatching,
	{
		...transactionType('Event that sets the mailing off'),
		displayOptions: { show: { dispatching: ['event', 'contactsOfEvent'] } },
	},
	{
		...contactFilter,
		displayOptions: { show: { dispatching: ['contactFilter', 'feed'] } },
		description: 'Contact filter in Maileon whose contacts get the mass mail',
	},
	...interval,
	...feed,
	limits,
	startOptions,
];
