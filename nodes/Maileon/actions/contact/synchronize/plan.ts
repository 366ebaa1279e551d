/**
 * Which contacts the items hold, and what each of them adds to a batch.
 */
import type { Entry } from '../../../maileon/batches';
import type { Contact, FieldEntry } from '../../../maileon/contact/contact';
import {
	identityKeys,
	missingIdentifier,
	type ContactIdentifiers,
} from '../../../maileon/contact/identity';
import type { SynchronizeSettings } from '../../../maileon/contact/query';
import { contactElement } from '../../../maileon/xml/write';
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
import type { Parameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import type { RunContext } from '../../../run/operation';
import { RefusedEntry } from '../../../run/perBatch';
import type { Group } from './parameters';

/** What is kept of a contact while it is on the wire. */
export interface Sendable {
	contact: Contact;
	group: Group;
}

/** A contact that can be sent, with the settings of its item. */
export interface Planned {
	contact: Contact;
	group: Group;
	groupName: string;
}

/** Where the contacts of an item come from. */
export interface ContactsSource {
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

export interface SourcesOfItems {
	of(item: number): ContactsSource;
	/** Input keys of all items that belong to no field. */
	ignoredKeys?: ReadonlySet<string>;
}

/** The source that each item chooses. The mapper is read only where one of them uses it. */
export async function sourcesOfItems(
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

/**
 * The identifiers as they travel: the Maileon ID only where it identifies, since an item's "id" often
 * is that of another system; an email without blanks around it, and no empty one, since an email cannot
 * be cleared. An external ID of blanks is an empty one.
 * @param name what messages call the contact
 * @throws InputRefusal when the contact cannot be identified
 */
export function sendableIdentifiers(
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
export function sendable(contact: Contact, settings: SynchronizeSettings, name: string): Contact {
	const { id, email, externalId } = sendableIdentifiers(contact, settings, name);
	const { standardFields, customFields, preferences } = contact;
	return { id, email, externalId, standardFields, customFields, preferences };
}

/** A contact as it travels, with what is kept of it. */
export function writtenContact(contact: Contact, group: Group, groupName: string): Entry<Sendable> {
	const { settings, output } = group;
	return {
		payload: { contact: output === 'report' ? onlyIdentifiers(contact) : contact, group },
		keys: identityKeys(contact, settings.identifyBy),
		group: groupName,
		text: contactElement(contact),
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
