import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Entry } from '../../maileon/batches';
import { identityKeys, missingIdentifier, type ContactIdentifiers } from '../../maileon/identity';
import type { Contact, FieldEntry } from '../../maileon/contact';
import type { SynchronizeSettings } from '../../maileon/query';
import { CONTACTS_END, CONTACTS_START, contactElement } from '../../maileon/xml/write';
import { ContactFieldsReader, customFieldsFromJson, mergeFields } from '../../run/contactFields';
import { contactsFromJson } from '../../run/contactsJson';
import { InputRefusal } from '../../run/failures';
import { tell, tellIgnoredKeys } from '../../run/hints';
import type { Operation, RunContext } from '../../run/operation';
import { Parameters, type ItemParameters } from '../../run/parameters';
import { perBatch, type BatchRun } from '../../run/perBatch';
import {
	explainBatch,
	explainContacts,
	OUTPUTS,
	sendContacts,
	type Output,
	type PlannedContact,
} from '../../run/synchronization';
import {
	contactFields,
	customFieldsJson,
	SYNCHRONIZE_FIELDS_METHOD,
} from '../fields/contactFields';
import { PERMISSION_CODES, PERMISSION_NUMBERS, PERMISSION_OPTIONS } from '../fields/permission';
import { readRequestOptions, retries, timeout } from '../fields/requests';
import { SYNC_MODES, syncMode } from '../fields/syncMode';

const NOT_SET = 'notSet';
const LARGEST_BATCH = 10_000;
const DEFAULT_BATCH = 1_000;
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
	contactFieldsOf('inputItems'),
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
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: LARGEST_BATCH },
				default: DEFAULT_BATCH,
				description: 'How many contacts travel in one request',
			},
			{ ...customFieldsJson, displayOptions: { show: { '/contactsSource': ['inputItems'] } } },
			retries,
			timeout,
		],
	},
];

function contactFieldsOf(source: string): INodeProperties {
	return {
		...contactFields(SYNCHRONIZE_FIELDS_METHOD, {
			hint: 'Add email or another identifier, and the fields that you want to fill. An expression or an input key that gives null or an empty text clears the field of an existing contact. Custom fields missing in the list? The API key may not read: use "Custom Fields (JSON)" in the options.',
			dependsOn: ['identifyBy'],
		}),
		displayOptions: { show: { contactsSource: [source] } },
	};
}

/** Creates and updates many contacts in few requests. */
export const synchronize: Operation = {
	resource: 'contact',
	value: 'synchronize',
	name: 'Synchronize',
	action: 'Synchronize contacts',
	description:
		'Create and update many contacts at once: all input items, or JSON lists, folded into few requests with a report of what happened. Use it for lists and imports.',
	properties,
	run: perBatch(begin),
};

/** A contact that can be sent, with the settings of its item. */
interface Planned {
	contact: Contact;
	group: SettingsGroup;
	groupName: string;
}

async function begin(context: RunContext): Promise<BatchRun<Planned, PlannedContact>> {
	const { node, client } = context;
	const parameters = new Parameters(node, context.properties);
	const first = parameters.ofItem(0);
	const options = first.within('options');
	const send = readRequestOptions(options);
	const output = first.choice<Output>('output', OUTPUTS);
	const fromItems = first.choice('contactsSource', ['inputItems', 'json']) === 'inputItems';
	const settings = new SettingsOfItems(parameters);
	const reader = fromItems
		? await ContactFieldsReader.create(node, client, { withIdentifiers: true })
		: undefined;
	const contacts = reader ? itemContacts(reader, parameters) : jsonContacts(parameters);
	const nameOf = (index: number) => (fromItems ? 'The contact' : `Contact ${index + 1}`);
	let planned = 0;

	return {
		limits: {
			size: options.has('batchSize')
				? options.wholeNumber('batchSize', { min: 1, max: LARGEST_BATCH })
				: DEFAULT_BATCH,
			bytes: LARGEST_BODY - FRAME_BYTES,
		},
		check(item) {
			const { settings: itemSettings } = settings.of(item);
			const list = contacts.check(item);
			for (let index = 0; index < list.length; index++)
				sendableIdentifiers(list[index] ?? {}, itemSettings, nameOf(index));
		},
		plan(item) {
			const group = settings.of(item);
			const groupName = fromItems ? group.name : `${item} ${group.name}`;
			const list = contacts.read(item);
			planned += list.length;
			return list.map((contact, index) => ({
				contact: sendable(contact, group.settings, nameOf(index)),
				group,
				groupName,
			}));
		},
		write: ({ contact, group, groupName }) =>
			writtenContact(contact, group.settings, groupName, output),
		textStart: CONTACTS_START,
		send: async (batch, xml, watched) =>
			await sendContacts(watched, batch, xml, {
				...send,
				output,
				refusedLeaveByErrorBranch: node.getNode().onError === 'continueErrorOutput',
				ignoredKeysOf: (item) => reader?.ignoredOf(item) ?? [],
			}),
		explainEach: explainContacts,
		explainAll: explainBatch,
		end: () => {
			tellIgnoredKeys(node, reader?.ignoredKeys);
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
 * is that of another system; and no empty email, since an email cannot be cleared.
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
	const identifiers = { id, email: given.email || undefined, externalId: given.externalId };
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

function writtenContact(
	contact: Contact,
	settings: SynchronizeSettings,
	group: string,
	output: Output,
): Entry<PlannedContact> {
	const text = contactElement(contact);
	return {
		payload: { contact: output === 'report' ? onlyIdentifiers(contact) : contact, settings },
		keys: identityKeys(contact, settings.identifyBy),
		group,
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
interface ContactsOfItems {
	/** The identifiers of an item's contacts, when all of it can be sent. */
	check(item: number): readonly ContactIdentifiers[];
	read(item: number): readonly Contact[];
}

/**
 * One contact an item. Values that n8n has to evaluate are kept, so that checking all items before
 * the first request does not evaluate them twice.
 */
function itemContacts(reader: ContactFieldsReader, parameters: Parameters): ContactsOfItems {
	const evaluated = new Map<number, readonly unknown[]>();
	const moreFieldsOf = customFieldsOfItems(parameters);
	return {
		check(item) {
			if (!reader.isDirect) evaluated.set(item, reader.values(item));
			const identifiers = reader.check(item, evaluated.get(item));
			moreFieldsOf(item);
			return [identifiers];
		},
		read(item) {
			const { identifiers, standardFields, customFields } = reader.read(item, evaluated.get(item));
			evaluated.delete(item);
			return [
				{
					id: identifiers.id,
					email: identifiers.email,
					externalId: identifiers.externalId,
					standardFields,
					customFields: mergeFields(customFields, moreFieldsOf(item)),
					preferences: NO_FIELDS,
				},
			];
		},
	};
}

/** The fields of `customFieldsJson`, which are the same for all items unless it is an expression. */
function customFieldsOfItems(parameters: Parameters): (item: number) => readonly FieldEntry[] {
	const read = (item: number) => customFieldsFromJson(parameters.ofItem(item).within('options'));
	let shared: readonly FieldEntry[] | undefined;
	return parameters.isConstant('options') ? (item) => (shared ??= read(item)) : read;
}

function jsonContacts(parameters: Parameters): ContactsOfItems {
	const read = (item: number) => {
		const one = parameters.ofItem(item);
		return contactsFromJson(one.json('contactsJson'), one.label('contactsJson'));
	};
	return { check: read, read };
}

/** Settings that several items share; only those travel together. */
interface SettingsGroup {
	name: string;
	settings: SynchronizeSettings;
}

/** The settings of each item: they may hang on expressions, and then differ from item to item. */
class SettingsOfItems {
	private readonly known = new Map<string, SettingsGroup>();
	private readonly constant: boolean;
	private shared?: SettingsGroup;

	constructor(private readonly parameters: Parameters) {
		this.constant = SETTINGS.every((name) => parameters.isConstant(name));
	}

	of(item: number): SettingsGroup {
		if (this.shared) return this.shared;
		const settings = readSettings(this.parameters.ofItem(item));
		const name = JSON.stringify(settings);
		const group = this.known.get(name) ?? { name, settings };
		this.known.set(name, group);
		if (this.constant) this.shared = group;
		return group;
	}
}

const SETTINGS = [
	'identifyBy',
	'permission',
	'syncMode',
	'ignoreInvalidContacts',
	'overridePermission',
	'reimportUnsubscribedContacts',
	'updateOnly',
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
