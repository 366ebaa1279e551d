import type { INodeProperties } from 'n8n-workflow';

import { optionsCollection } from '../../../input/optionsCollection';
import {
	MAILING_FIELDS,
	MAILING_ORDERS,
	MAILING_STATES,
	MAILING_TYPES,
} from '../../../maileon/mailing/mailings';
import { returnAllOrLimit } from '../../shared/limit';
import { concurrency, retries, timeout } from '../../shared/requests';

/** What Maileon can filter by: one property at a time. */
export const FILTERS = [
	'all',
	'creator',
	'scheduleTime',
	'state',
	'subject',
	'tags',
	'type',
] as const;
type Filter = (typeof FILTERS)[number];

const shownBy = (...filters: Filter[]) => ({ show: { filterBy: filters } });

const FIELD_LABELS = {
	name: 'Name',
	state: 'State',
	type: 'Type',
	scheduleTime: 'Schedule Time',
} as const;

const ORDER_LABELS = {
	id: 'ID',
	name: 'Name',
	state: 'State',
	schedule_time: 'Schedule Time',
} as const;

const byName = (one: { name: string }, other: { name: string }) =>
	one.name.localeCompare(other.name, 'en');

const titleCase = (word: string) =>
	word
		.split('_')
		.map((part) => part.charAt(0).toUpperCase() + part.slice(1))
		.join(' ');

const TYPE_LABELS: Readonly<Record<string, string>> = { doi: 'Double Opt-In' };

const STATE_NOTES: Readonly<Record<string, string>> = {
	archived: 'Its figures are left as totals only',
	draft: 'Can still be changed',
	scheduled: 'Waits to be sent',
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Filter By',
		name: 'filterBy',
		type: 'options',
		options: [
			{ name: 'All Mailings', value: 'all' },
			{ name: 'Creator', value: 'creator', description: 'By the name of whoever made them' },
			{ name: 'Schedule Time', value: 'scheduleTime' },
			{ name: 'State', value: 'state', description: 'For example drafts, or those that were sent' },
			{ name: 'Subject', value: 'subject' },
			{ name: 'Tags', value: 'tags' },
			{ name: 'Type', value: 'type', description: 'Regular, trigger or double opt-in' },
		],
		default: 'all',
		description: 'Which mailings to get. Maileon can filter by one property at a time.',
	},
	{
		displayName: 'States',
		name: 'states',
		type: 'multiOptions',
		required: true,
		options: MAILING_STATES.map((value) => ({
			name: titleCase(value),
			value,
			...(STATE_NOTES[value] && { description: STATE_NOTES[value] }),
		})).sort(byName),
		default: ['draft'],
		displayOptions: shownBy('state'),
		description: 'States that the mailings can have',
	},
	{
		displayName: 'Types',
		name: 'types',
		type: 'multiOptions',
		required: true,
		options: MAILING_TYPES.map((value) => ({
			name: TYPE_LABELS[value] ?? titleCase(value),
			value,
		})).sort(byName),
		default: ['regular'],
		displayOptions: shownBy('type'),
		description: 'Types that the mailings can have',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. news, spring',
		displayOptions: shownBy('tags'),
		description: 'Tags of the mailings, with commas between them, or a list from an expression',
	},
	{
		displayName: 'Match',
		name: 'tagsMatch',
		type: 'options',
		options: [
			{ name: 'All Tags', value: 'and', description: 'Mailings that have every tag' },
			{ name: 'Any Tag', value: 'or', description: 'Mailings that have at least one of them' },
		],
		default: 'and',
		displayOptions: shownBy('tags'),
		description: 'How many of the tags a mailing must have',
	},
	{
		displayName: 'Comparison',
		name: 'comparison',
		type: 'options',
		options: [
			{ name: 'Contains', value: 'contains' },
			{ name: 'Ends With', value: 'ends_with' },
			{ name: 'Equals', value: 'equals' },
			{ name: 'Starts With', value: 'starts_with' },
		],
		default: 'contains',
		displayOptions: shownBy('creator', 'subject'),
		description: 'How the text is compared',
	},
	{
		displayName: 'Creator',
		name: 'creator',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: shownBy('creator'),
		description: 'Name of whoever made the mailings, or a part of it',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Spring sale',
		displayOptions: shownBy('subject'),
		description: 'Subject of the mailings, or a part of it',
	},
	{
		displayName: 'Scheduled',
		name: 'scheduled',
		type: 'options',
		options: [
			{ name: 'At or After', value: 'from' },
			{ name: 'Before', value: 'before' },
		],
		default: 'from',
		displayOptions: shownBy('scheduleTime'),
		description: 'On which side of the time below the mailings go out',
	},
	{
		displayName: 'Schedule Time',
		name: 'scheduleTime',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: shownBy('scheduleTime'),
		description:
			'The time is sent as it is written, whatever the time zone of the workflow: Maileon does not document in which time zone it reads it',
	},
	...returnAllOrLimit,
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: MAILING_FIELDS.map((value) => ({ name: FIELD_LABELS[value], value })).sort(byName),
		default: [...MAILING_FIELDS],
		description: 'What to return of each mailing beside its ID; only the ID when nothing is chosen',
	},
	optionsCollection([
		concurrency,
		retries,
		{
			displayName: 'Sort By',
			name: 'orderBy',
			type: 'options',
			options: MAILING_ORDERS.map((value) => ({ name: ORDER_LABELS[value], value })).sort(byName),
			default: 'id',
			description: 'What the mailings are sorted by. IDs grow with time.',
		},
		{
			displayName: 'Sort Order',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Ascending', value: 'ASC' },
				{ name: 'Descending', value: 'DESC' },
			],
			default: 'DESC',
			description: 'Whether the largest comes first, which by ID is the newest',
		},
		timeout,
		{
			displayName: 'Trash',
			name: 'trash',
			type: 'options',
			options: [
				{ name: 'Everything', value: 'all', description: 'Also mailings in the trash' },
				{ name: 'Only Trash', value: 'only', description: 'Only mailings in the trash' },
				{ name: 'Without Trash', value: 'without', description: 'Only the others' },
			],
			default: 'all',
			description: 'What to do about mailings in the trash',
		},
	]),
];
