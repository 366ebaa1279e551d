/**
 * What the panel shows of Synchronize, and how its settings are read.
 */
import type { INodeProperties } from 'n8n-workflow';

import type { SynchronizeSettings } from '../../../maileon/contact/query';
import { optionsCollection } from '../../../input/optionsCollection';
import type { ItemParameters, Parameters } from '../../../input/parameters';
import { parallelRequests, readParallelRequests } from '../../shared/parallelRequests';
import { batchSize, readBatchSize, type BatchSizeRange } from '../../shared/batchSize';
import {
	contactFields,
	customFieldsJson,
	SYNCHRONIZE_FIELDS_METHOD,
} from '../shared/contactFields';
import { PERMISSION_CODES, permissionMenu, readPermission } from '../shared/permission';
import { readRequestOptions, retries, timeout, type RequestOptions } from '../../shared/requests';
import { SYNC_MODES, syncMode } from '../shared/syncMode';

const NOT_SET = 'notSet';

const UPDATE = 1;

/** The choice of "If Contact Exists" that stores nothing of existing contacts. */
export const LEAVE_UNCHANGED = 2;

export const BATCH_SIZE: BatchSizeRange = { preset: 1_000, largest: 10_000 };

const OUTPUTS = ['report', 'contacts', 'invalidContacts'] as const;
export type Output = (typeof OUTPUTS)[number];

/** As they have to be written, in lower case. */
const CONTACT_KEYS =
	'email, external_id, id, standard_fields and custom_fields (objects of name and value), and preferences (list with category, name, value, source)';

/** What the panel shows. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Contacts',
		name: 'contactsSource',
		type: 'options',
		options: [
			{
				name: 'Each Input Item Is a Contact',
				value: 'inputItems',
				description: 'All input items travel in few requests',
			},
			{
				name: 'A JSON List',
				value: 'json',
				description: 'Each input item holds a list of contacts',
			},
		],
		default: 'inputItems',
		description: 'Where the contacts come from',
	},
	{
		displayName: 'Identify Contacts By',
		name: 'identifyBy',
		type: 'options',
		options: [
			{ name: 'Email', value: 'email', description: 'Contacts are found by their email address' },
			{
				name: 'External ID',
				value: 'externalId',
				description: 'Contacts are found by the ID of your own system, so emails can change',
			},
			{
				name: 'Maileon ID',
				value: 'maileonId',
				description: 'Contacts are found by their ID in Maileon; those without one, by email',
			},
		],
		default: 'email',
		description:
			'How Maileon recognizes contacts that it already has. Of several contacts with the same identifier, the last one wins.',
	},
	...contactFields(
		SYNCHRONIZE_FIELDS_METHOD,
		'An expression or an input key that gives null or an empty text clears the field of an existing contact.',
		{ dependsOn: ['identifyBy'], show: { contactsSource: ['inputItems'] } },
	),
	{
		displayName: 'Contacts (JSON)',
		name: 'contactsJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{"email": "ada@example.com", "standard_fields": {"FIRSTNAME": "Ada"}}]',
		displayOptions: { show: { contactsSource: ['json'] } },
		description: `List of contacts, or an object with "contacts". Each contact may have ${CONTACT_KEYS}.`,
	},
	permissionMenu(
		{
			name: 'Not Set',
			value: NOT_SET,
			description: 'Existing contacts keep their permission; new ones get None',
		},
		'Permission of the contacts. New contacts get it at once; existing ones too, if "Override Permission" is on. This operation sends no double opt-in mails.',
	),
	{
		displayName: 'Override Permission',
		name: 'overridePermission',
		type: 'boolean',
		default: true,
		displayOptions: { show: { permission: [...PERMISSION_CODES] } },
		description:
			'Whether existing contacts get the permission above, even where it is lower than the one they have. Turn off to give it to new contacts only.',
	},
	{
		...syncMode,
		options: [
			{
				name: 'Update',
				value: UPDATE,
				description: 'Write the fields that are sent to the existing contact',
			},
			{
				name: 'Ignore',
				value: LEAVE_UNCHANGED,
				description: 'Leave the existing contact as it is',
			},
		],
		default: UPDATE,
		description:
			'What to do when Maileon already has the contact. The default of Maileon itself is Ignore. In an expression: 1 Update, 2 Ignore.',
	},
	{
		displayName: 'Ignore Invalid Contacts',
		name: 'ignoreInvalidContacts',
		type: 'boolean',
		default: true,
		description:
			'Whether Maileon stores the valid contacts and refuses only the invalid ones. Turn off to let one invalid contact make the whole request fail, which is the default of Maileon itself.',
	},
	{
		displayName: 'Reimport Unsubscribed Contacts',
		name: 'reimportUnsubscribedContacts',
		type: 'boolean',
		default: false,
		description:
			'Whether people who unsubscribed earlier are taken in again, which is the default of Maileon itself. Turn on only if they have consented again. When off, they are skipped, and the report counts them.',
	},
	{
		displayName: 'Update Only',
		name: 'updateOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to update existing contacts only and never create new ones',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Contacts',
				value: 'contacts',
				description: 'One item for each contact, with its status: accepted or invalid',
			},
			{
				name: 'Invalid Contacts',
				value: 'invalidContacts',
				description: 'One item for each contact that Maileon refused, with the reason',
			},
			{
				name: 'Reports',
				value: 'report',
				description: 'One item for each request, with counts and the refused contacts',
			},
		],
		default: 'report',
		description:
			'What comes out of the node. With "On Error" set to "Continue (using error output)", refused contacts leave by the error branch, whatever is chosen here.',
	},
	optionsCollection([
		batchSize('Batch Size', BATCH_SIZE, 'How many contacts travel in one request at most.'),
		{ ...customFieldsJson, displayOptions: { show: { '/contactsSource': ['inputItems'] } } },
		parallelRequests,
		retries,
		timeout,
	]),
];

/** What several items share; only those travel together. */
export interface Group {
	name: string;
	settings: SynchronizeSettings;
	request: RequestOptions;
	output: Output;
}

/** The group of each item: settings may depend on expressions, and then differ from item to item. */
export class GroupsOfItems {
	private readonly known = new Map<string, Group>();
	private readonly isSame: boolean;
	private shared?: Group;
	private readonly chosenOutputs = new Set<Output>();

	constructor(private readonly parameters: Parameters) {
		this.isSame =
			SETTINGS.every((name) => parameters.isConstant(name)) &&
			OPTIONS.every((name) => parameters.isConstant('options', name));
	}

	/** The outputs that the items asked for so far have chosen. */
	get outputs(): Output[] {
		return [...this.chosenOutputs];
	}

	/** @throws InputRefusal for a setting that is none of its choices, or an option out of range */
	of(item: number): Group {
		if (this.shared) return this.shared;
		const parameters = this.parameters.ofItem(item);
		const options = parameters.within('options');
		readBatchSize(options, BATCH_SIZE);
		readParallelRequests(options);
		const shared = {
			settings: readSettings(parameters),
			request: readRequestOptions(options),
			output: parameters.choice<Output>('output', OUTPUTS),
		};
		const name = JSON.stringify(shared);
		const group = this.known.get(name) ?? { name, ...shared };
		this.known.set(name, group);
		this.chosenOutputs.add(group.output);
		if (this.isSame) this.shared = group;
		return group;
	}
}

const OPTIONS = ['batchSize', 'parallelRequests', 'retries', 'timeout'] as const;

const SETTINGS = [
	'identifyBy',
	'permission',
	'syncMode',
	'ignoreInvalidContacts',
	'overridePermission',
	'reimportUnsubscribedContacts',
	'updateOnly',
	'output',
] as const;

function readSettings(parameters: ItemParameters): SynchronizeSettings {
	return {
		identifyBy: parameters.choice('identifyBy', ['email', 'externalId', 'maileonId'] as const),
		permission: readPermission(parameters, NOT_SET),
		syncMode: parameters.choice('syncMode', SYNC_MODES),
		ignoreInvalidContacts: parameters.flag('ignoreInvalidContacts'),
		overridePermission: parameters.flag('overridePermission'),
		reimportUnsubscribedContacts: parameters.flag('reimportUnsubscribedContacts'),
		updateOnly: parameters.flag('updateOnly'),
	};
}
