import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Entry } from '../../../maileon/batches';
import {
	identityKeys,
	missingIdentifier,
	type ContactIdentifiers,
} from '../../../maileon/contact/identity';
import type { Contact, FieldEntry } from '../../../maileon/contact/contact';
import type { SynchronizeSettings } from '../../../maileon/contact/query';
import { contacts } from '../../../maileon/endpoints/contacts';
import { CONTACTS_END, CONTACTS_START, contactElement } from '../../../maileon/xml/write';
import {
	ContactFieldsReader,
	customFieldsFromJson,
	mergeFields,
} from '../../../input/contactFields';
import {
	contactEntries,
	contactFromJson,
	identifiersOfEntry,
	nameOfEntry,
} from '../../../input/contactsJson';
import { InputRefusal } from '../../../input/refusal';
import { tell, tellIgnoredKeys } from '../../../run/hints';
import type { Operation, RunContext } from '../../../run/operation';
import { Parameters, type ItemParameters } from '../../../input/parameters';
import { perBatch, RefusedEntry, type BatchRun } from '../../../run/perBatch';
import {
	explainBatch,
	explainContacts,
	OUTPUTS,
	sendContacts,
	type Output,
	type PlannedContact,
} from './send';
import {
	batchSize,
	readBatchSize,
	smallestBatchSize,
	type BatchSizeRange,
} from '../../shared/batchSize';
import {
	contactFields,
	customFieldsJson,
	SYNCHRONIZE_FIELDS_METHOD,
} from '../shared/contactFields';
import { PERMISSION_CODES, PERMISSION_NUMBERS, PERMISSION_OPTIONS } from '../shared/permission';
import { readRequestOptions, retries, timeout, type RequestOptions } from '../../shared/requests';
import { SYNC_MODES, syncMode } from '../shared/syncMode';

const NOT_SET = 'notSet';
const BATCH_SIZE: BatchSizeRange = { preset: 1_000, largest: 10_000 };
const LARGEST_BODY = 8 * 1024 * 1024;
const FRAME_BYTES = Buffer.byteLength(CONTACTS_START + CONTACTS_END);

const properties: INodeProperties[] = [
	{
		displayName: 'Contacts',
		name: 'contactsSource',
		type: 'options',
		options: [
			{
				name: 'Each Input Item Is a Contact',
				value: 'inputItems',
				description: 'Fold all input items into few requests',
			},
			{
				name: 'A JSON List',
				value: 'json',
				description: 'Each input item brings a list of contacts of its own',
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
			{ name: 'Email', value: 'email', description: 'The email address decides who a contact is' },
			{
				name: 'External ID',
				value: 'externalId',
				description: 'The ID of your own system decides; emails can change',
			},
			{
				name: 'Maileon ID',
				value: 'maileonId',
				description: 'The ID of Maileon decides; contacts without one are found by email',
			},
		],
		default: 'email',
		description:
			'How Maileon finds out whether it already has a contact. Of several contacts with the same identifier, the last one wins.',
	},
	...contactFields(
		SYNCHRONIZE_FIELDS_METHOD,
		'Add email or another identifier, and the fields that you want to fill. An expression or an input key that gives null or an empty text clears the field of an existing contact.',
		{ dependsOn: ['identifyBy'], show: { contactsSource: ['inputItems'] } },
	),
	{
		displayName: 'Contacts (JSON)',
		name: 'contactsJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{"email": "ada@example.com", "standard_fields": {"FIRSTNAME": "Ada"}}]',
		displayOptions: { show: { contactsSource: ['json'] } },
		description:
			'List of contacts, or an object with "contacts". Each contact may have email, external_id, ID, standard_fields and custom_fields (objects of name and value), and preferences (list with category, name, value, source).',
	},
	{
		displayName: 'Permission',
		name: 'permission',
		type: 'options',
		options: [
			{
				name: 'Not Set',
				value: NOT_SET,
				description: 'Existing contacts keep their permission; new ones get None',
			},
			...PERMISSION_OPTIONS,
		],
		default: NOT_SET,
		description: `Permission of the contacts. New contacts get it at once; existing ones too, if "Override Permission" is on. No double opt-in mail is sent by this operation. ${PERMISSION_NUMBERS}`,
	},
	{
		displayName: 'Override Permission',
		name: 'overridePermission',
		type: 'boolean',
		default: true,
		displayOptions: { show: { permission: [...PERMISSION_CODES] } },
		description:
			'Whether existing contacts get the permission above, even where it is lower than the one they have. Turn off to give it to new contacts only.',
	},
	syncMode,
	{
		displayName: 'Ignore Invalid Contacts',
		name: 'ignoreInvalidContacts',
		type: 'boolean',
		default: false,
		description:
			'Whether Maileon skips contacts that it refuses and stores the others. When off, one invalid contact makes the whole request fail.',
	},
	{
		displayName: 'Reimport Unsubscribed Contacts',
		name: 'reimportUnsubscribedContacts',
		type: 'boolean',
		default: true,
		description:
			'Whether people who unsubscribed earlier are taken in again. Turn off to skip them: they are then counted as unsubscribed contacts in the report.',
	},
	{
		displayName: 'Update Only',
		name: 'updateOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to update contacts that exist and never create new ones',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Contacts',
				value: 'contacts',
				description: 'One item for each contact, with its status: synchronized or invalid',
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
		description: 'What comes out of the node',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			batchSize('Batch Size', BATCH_SIZE, 'How many contacts travel in one request at most.'),
			{ ...customFieldsJson, displayOptions: { show: { '/contactsSource': ['inputItems'] } } },
			retries,
			timeout,
		],
	},
];

/** Creates and updates many contacts in few requests. */
export const synchronize: Operation = {
	resource: 'contact',
	value: 'synchronize',
	name: 'Synchronize',
	action: 'Synchronize contacts',
	description:
		'Create and update many contacts at once: all input items, or JSON lists, folded into few requests with a report of what happened. Use it for lists and imports.',
	properties,
	endpoints: [contacts.synchronize],
	run: perBatch(begin),
};

/** What is kept of a contact while it is on the wire. */
interface Sendable extends PlannedContact {
	group: Group;
}

/** A contact that can be sent, with the settings of its item. */
interface Planned {
	contact: Contact;
	group: Group;
	groupName: string;
}

async function begin(context: RunContext): Promise<BatchRun<Planned, Sendable>> {
	const { node } = context;
	const parameters = new Parameters(node, context.properties);
	const groups = new GroupsOfItems(parameters);
	const sources = await sourcesOfItems(context, parameters);
	const itemCount = node.getInputData().length;
	let planned = 0;

	return {
		limits: {
			size: smallestBatchSize(parameters, 'options', itemCount, BATCH_SIZE),
			bytes: LARGEST_BODY - FRAME_BYTES,
		},
		check(item) {
			const { settings } = groups.of(item);
			sources.of(item).check(item, (identifiers, name) => {
				sendableIdentifiers(identifiers, settings, name);
			});
		},
		plan(item) {
			const group = groups.of(item);
			const source = sources.of(item);
			const groupName = source.ownRequests ? `${item} ${group.name}` : group.name;
			const list = source.read(
				item,
				(contact, name): Planned => ({
					contact: sendable(contact, group.settings, name),
					group,
					groupName,
				}),
			);
			planned += list.length;
			return list;
		},
		write: ({ contact, group, groupName }) => writtenContact(contact, group, groupName),
		textStart: CONTACTS_START,
		send: async (batch, xml, client) => {
			const { request, output } = batch[0]?.payload.group ?? groups.of(0);
			return await sendContacts(client, batch, xml, {
				...request,
				output,
				refusedLeaveByErrorBranch: node.getNode().onError === 'continueErrorOutput',
				ignoredKeysOf: (item) => sources.of(item).ignoredKeysOf(item),
			});
		},
		explainEach: explainContacts,
		explainAll: explainBatch,
		end: () => {
			tellIgnoredKeys(node, sources.ignoredKeys);
			tellNothingSent(node, planned);
		},
	};
}

function tellNothingSent(node: IExecuteFunctions, planned: number): void {
	if (planned === 0 && node.getInputData().length > 0)
		tell(node, 'There was no contact to send, so Maileon was not asked.');
}

/**
 * The identifiers as they travel: the Maileon ID only where it identifies, since an item's "id" often
 * is that of another system; an email without blanks around it, and no empty one, since an email cannot
 * be cleared. An external ID of blanks is an empty one.
 * @param name what messages call the contact
 * @throws InputRefusal when the contact cannot be identified
 */
function sendableIdentifiers(
	given: ContactIdentifiers,
	settings: SynchronizeSettings,
	name: string,
): ContactIdentifiers {
	const { identifyBy, ignoreInvalidContacts } = settings;
	const id = identifyBy === 'maileonId' ? given.id?.trim() || undefined : undefined;
	if (id !== undefined && !/^\d+$/.test(id))
		throw new InputRefusal(`${name} has a Maileon ID that is not a number: "${id}"`, {
			field: 'id',
		});
	const identifiers = {
		id,
		email: given.email?.trim() || undefined,
		externalId: given.externalId?.trim() === '' ? '' : given.externalId,
	};
	const missing = ignoreInvalidContacts ? undefined : missingIdentifier(identifiers, identifyBy);
	if (missing !== undefined)
		throw new InputRefusal(`${name} has no ${missing}`, {
			description: `Contacts are identified by ${missing} in this run: fill it in for each contact, or choose another "Identify Contacts By".`,
			field: missing === 'external ID' ? 'external_id' : missing === 'email' ? 'email' : 'id',
		});
	return identifiers;
}

/** @throws InputRefusal when the contact cannot be identified */
function sendable(contact: Contact, settings: SynchronizeSettings, name: string): Contact {
	const { id, email, externalId } = sendableIdentifiers(contact, settings, name);
	const { standardFields, customFields, preferences } = contact;
	return { id, email, externalId, standardFields, customFields, preferences };
}

function writtenContact(contact: Contact, group: Group, groupName: string): Entry<Sendable> {
	const text = contactElement(contact);
	const { settings, output } = group;
	return {
		payload: { contact: output === 'report' ? onlyIdentifiers(contact) : contact, settings, group },
		keys: identityKeys(contact, settings.identifyBy),
		group: groupName,
		bytes: Buffer.byteLength(text),
		text,
	};
}

const NO_FIELDS: readonly never[] = [];

/** What a report needs of a contact while it is on the wire; the rest would only fill the memory. */
function onlyIdentifiers({ id, email, externalId }: Contact): Contact {
	return {
		id,
		email,
		externalId,
		standardFields: NO_FIELDS,
		customFields: NO_FIELDS,
		preferences: NO_FIELDS,
	};
}

/** Where the contacts of an item come from. */
interface ContactsSource {
	/** Whether the contacts of an item never travel with those of another. */
	ownRequests: boolean;
	/**
	 * Reads the contacts of an item to see whether they can be sent.
	 * @param accept refuses a contact, by its identifiers, by throwing
	 */
	check(item: number, accept: (identifiers: ContactIdentifiers, name: string) => void): void;
	/**
	 * What `plan` makes of each contact of an item.
	 * @param plan refuses a contact by throwing
	 */
	read<T>(item: number, plan: (contact: Contact, name: string) => T): Array<T | RefusedEntry>;
	/** Input keys of an item that belong to no field. */
	ignoredKeysOf(item: number): readonly string[];
}

interface SourcesOfItems {
	of(item: number): ContactsSource;
	/** Input keys of all items that belong to no field. */
	ignoredKeys?: ReadonlySet<string>;
}

/** The source that each item chooses. The mapper is read only where one of them uses it. */
async function sourcesOfItems(
	{ node, client }: RunContext,
	parameters: Parameters,
): Promise<SourcesOfItems> {
	const isMapped = (item: number) =>
		parameters.ofItem(item).choice('contactsSource', ['inputItems', 'json']) === 'inputItems';
	const json = jsonContacts(parameters);
	const isSame = parameters.isConstant('contactsSource');
	if (isSame && !isMapped(0)) return { of: () => json };
	const reader = await ContactFieldsReader.create(node, client, { withIdentifiers: true });
	const mapped = itemContacts(reader, parameters);
	return {
		of: isSame ? () => mapped : (item) => (isMapped(item) ? mapped : json),
		ignoredKeys: reader.ignoredKeys,
	};
}

const THE_CONTACT = 'The contact';

/**
 * One contact an item. Values that n8n has to evaluate are kept, so that checking all items before
 * the first request does not evaluate them twice.
 */
function itemContacts(reader: ContactFieldsReader, parameters: Parameters): ContactsSource {
	const evaluated = new Map<number, readonly unknown[]>();
	const moreFieldsOf = customFieldsOfItems(parameters);
	return {
		ownRequests: false,
		check(item, accept) {
			if (!reader.isDirect) evaluated.set(item, reader.values(item));
			const identifiers = reader.check(item, evaluated.get(item));
			moreFieldsOf(item);
			accept(identifiers, THE_CONTACT);
		},
		read(item, plan) {
			const { identifiers, standardFields, customFields } = reader.read(item, evaluated.get(item));
			evaluated.delete(item);
			const contact = {
				id: identifiers.id,
				email: identifiers.email,
				externalId: identifiers.externalId,
				standardFields,
				customFields: mergeFields(customFields, moreFieldsOf(item)),
				preferences: NO_FIELDS,
			};
			return [plan(contact, THE_CONTACT)];
		},
		ignoredKeysOf: (item) => reader.ignoredOf(item),
	};
}

/** A list of contacts an item; each is read on its own, so that a bad one keeps no other back. */
function jsonContacts(parameters: Parameters): ContactsSource {
	const entriesOf = (item: number) => {
		const one = parameters.ofItem(item);
		return contactEntries(one.json('contactsJson'), one.label('contactsJson'));
	};
	return {
		ownRequests: true,
		check(item, accept) {
			for (const [index, entry] of entriesOf(item).entries()) {
				const name = nameOfEntry(index);
				accept(contactFromJson(entry, name), name);
			}
		},
		read: (item, plan) =>
			entriesOf(item).map((entry, index) => {
				const name = nameOfEntry(index);
				try {
					return plan(contactFromJson(entry, name), name);
				} catch (error) {
					return new RefusedEntry(error, identifiersOfEntry(entry));
				}
			}),
		ignoredKeysOf: () => NO_FIELDS,
	};
}

/** The fields of `customFieldsJson`, which are the same for all items unless it is an expression. */
function customFieldsOfItems(parameters: Parameters): (item: number) => readonly FieldEntry[] {
	const read = (item: number) => customFieldsFromJson(parameters.ofItem(item).within('options'));
	let shared: readonly FieldEntry[] | undefined;
	return parameters.isConstant('options') ? (item) => (shared ??= read(item)) : read;
}

/** What several items share; only those travel together. */
interface Group {
	name: string;
	settings: SynchronizeSettings;
	request: RequestOptions;
	output: Output;
}

/** The group of each item: settings may depend on expressions, and then differ from item to item. */
class GroupsOfItems {
	private readonly known = new Map<string, Group>();
	private readonly isSame: boolean;
	private shared?: Group;

	constructor(private readonly parameters: Parameters) {
		this.isSame =
			SETTINGS.every((name) => parameters.isConstant(name)) &&
			OPTIONS.every((name) => parameters.isConstant('options', name));
	}

	/** @throws InputRefusal for a setting that is none of its choices, or an option out of range */
	of(item: number): Group {
		if (this.shared) return this.shared;
		const parameters = this.parameters.ofItem(item);
		const options = parameters.within('options');
		readBatchSize(options, BATCH_SIZE);
		const shared = {
			settings: readSettings(parameters),
			request: readRequestOptions(options),
			output: parameters.choice<Output>('output', OUTPUTS),
		};
		const name = JSON.stringify(shared);
		const group = this.known.get(name) ?? { name, ...shared };
		this.known.set(name, group);
		if (this.isSame) this.shared = group;
		return group;
	}
}

const OPTIONS = ['batchSize', 'retries', 'timeout'] as const;

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
	const permission = parameters.choice('permission', [NOT_SET, ...PERMISSION_CODES]);
	return {
		identifyBy: parameters.choice('identifyBy', ['email', 'externalId', 'maileonId'] as const),
		permission: typeof permission === 'number' ? permission : undefined,
		syncMode: parameters.choice('syncMode', SYNC_MODES),
		ignoreInvalidContacts: parameters.flag('ignoreInvalidContacts'),
		overridePermission: parameters.flag('overridePermission'),
		reimportUnsubscribedContacts: parameters.flag('reimportUnsubscribedContacts'),
		updateOnly: parameters.flag('updateOnly'),
	};
}
