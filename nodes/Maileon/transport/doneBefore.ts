/**
 * How changes find, when they are repeated after an answer that got lost, that they were carried out.
 *
 * Most changes can be repeated as they are. One that removes something finds nothing, and one that
 * creates or renames finds its own work in the way. What Maileon then answers is mostly not documented:
 * 404 for a name that is gone, 400 or 409 for one that is taken. Since all of these can have other
 * reasons, a read tells.
 */
import type { Answer } from '../maileon/answer';
import type { Contact, FieldEntry } from '../maileon/contact/contact';
import { contactRequest, type ContactKey } from '../maileon/contact/contactKey';
import { isContactRoot, readContacts } from '../maileon/contact/contactList';
import { readCustomFields } from '../maileon/contact/customFields';
import {
	readDefinitions,
	type Definition,
	type DefinitionElement,
} from '../maileon/preference/definitions';
import { emailKey } from '../maileon/contact/identity';
import { selectionQuery } from '../maileon/contact/readableFields';
import type { ContactJson } from '../maileon/contact/readContact';
import { contacts } from '../maileon/endpoints/contacts';
import { customFields } from '../maileon/endpoints/fields';
import { mailings } from '../maileon/endpoints/mailings';
import { LARGEST_MAILING_PAGE, LISTED_FIELDS, readMailings } from '../maileon/mailing/mailings';
import { isRecord } from '../maileon/records';
import {
	readTransactionType,
	type TransactionType,
	type TypeDefinition,
} from '../maileon/transaction/transactionType';
import type { XmlElement } from '../maileon/xml/read';
import type { DoneBefore, MaileonRequest, Proof } from '../maileon/request';
import { transactionTypeRequest } from './transactionTypes';

const TAKEN = [400, 409];

/** A custom field that is created exists, with its type. */
export function customFieldCreated(name: string, type: string): DoneBefore {
	const fields = shownBy(customFields.getMany.request(), (root) =>
		readCustomFields(root).some((field) => field.name === name && field.type === type),
	);
	return { statuses: TAKEN, proof: fields };
}

/** A custom field that is renamed exists by its new name only. */
export function customFieldRenamed(name: string, newName: string): DoneBefore {
	const fields = shownBy(customFields.getMany.request(), (root) => {
		const names = readCustomFields(root).map((field) => field.name);
		return names.includes(newName) && !names.includes(name);
	});
	return { statuses: [404, ...TAKEN], proof: fields };
}

/** A list of preference categories, or of the preferences of one. */
export interface DefinitionList {
	element: DefinitionElement;
	/** Reads the list. */
	request: MaileonRequest;
}

/** What is created in a list of definitions stands there, with its description. */
export function definitionCreated(
	{ element, request }: DefinitionList,
	{ name, description }: Definition,
): DoneBefore {
	const list = shownBy(request, (root) =>
		readDefinitions(root, element).some(
			(one) => one.name === name && isSameText(one.description, description),
		),
	);
	return { statuses: TAKEN, proof: list };
}

/** What is renamed in a list of definitions stands there by its new name only; else nothing is in the way. */
export function definitionUpdated(
	{ element, request }: DefinitionList,
	name: string,
	{ newName = name, description }: { newName?: string; description?: string },
): DoneBefore | undefined {
	if (newName === name) return undefined;
	const list = shownBy(request, (root) => {
		const definitions = readDefinitions(root, element);
		const renamed = definitions.find((one) => one.name === newName);
		return (
			renamed !== undefined &&
			(description === undefined || isSameText(renamed.description, description)) &&
			!definitions.some((one) => one.name === name)
		);
	});
	return { statuses: [404, ...TAKEN], proof: list };
}

/** A transaction type that is created exists, with its attributes. The read tells its ID, too. */
export function transactionTypeCreated(definition: TypeDefinition): DoneBefore {
	const proof: Proof = {
		request: transactionTypeRequest({ name: definition.name }),
		read: (answer) =>
			answer.kind === 'xml' && isSameType(readTransactionType(answer.root), definition)
				? answer
				: undefined,
	};
	return { statuses: TAKEN, proof };
}

function isSameType(type: TransactionType, definition: TypeDefinition): boolean {
	const attributesOf = ({ attributes }: Pick<TypeDefinition, 'attributes'>) =>
		JSON.stringify(attributes.map(({ name, type: kind }) => [name, kind]).sort());
	return (
		type.name === definition.name &&
		isSameText(type.description, definition.description) &&
		attributesOf(type) === attributesOf(definition)
	);
}

/** What a mailing is created with. */
export interface NewMailing {
	name: string;
	subject: string;
	type: string;
}

/** A mailing that is created exists as a draft: a name can be used once. The read tells its ID, too. */
export function mailingCreated({ name, subject, type }: NewMailing): DoneBefore {
	const request = mailings.getManyBySubject.request({}, [
		['subject', subject],
		['subjectOp', 'equals'],
		...LISTED_FIELDS,
		['page_size', LARGEST_MAILING_PAGE],
	]);
	const proof: Proof = {
		request,
		read: (answer) => {
			const listed = answer.kind === 'xml' ? readMailings(answer.root) : [];
			const created = listed.find(
				(one) => one.name.trim() === name.trim() && one.type === type && one.state === 'draft',
			);
			return created && { kind: 'text', text: created.id };
		},
	};
	return { statuses: TAKEN, proof };
}

const READ_BY = {
	email: contacts.getByEmail,
	externalId: contacts.getByExternalId,
	maileonId: contacts.getById,
};

/**
 * A contact whose email or external ID is changed, by that very identifier, is found by the new one
 * only, with all that was sent. Preferences are not compared: with them, nothing is certain.
 * @param key by which the contact is found before
 * @param contact what is written
 */
export function contactUpdated(
	key: ContactKey,
	contact: Contact,
	permission: number | undefined,
): DoneBefore | undefined {
	const value = key.by === 'email' ? contact.email : contact.externalId;
	if (!value || contact.preferences.length > 0) return undefined;
	const { standardFields, customFields: ownFields } = contact;
	const request = contactRequest(
		READ_BY,
		{ by: key.by, value },
		selectionQuery({
			standardFields: standardFields.map(([name]) => name),
			customFields: ownFields.map(([name]) => name),
			preferenceCategories: [],
		}),
	);
	const proof = shownBy(request, (root) => {
		const [found, ...others] = isContactRoot(root) ? readContacts(root) : [];
		return (
			found !== undefined &&
			others.length === 0 &&
			hasIdentifiers(found, contact) &&
			(permission === undefined || found.permission === permission) &&
			hasFields(found.standard_fields, standardFields) &&
			hasFields(found.custom_fields, ownFields)
		);
	});
	return { statuses: [404], proof };
}

function hasIdentifiers(found: ContactJson, { email, externalId }: Contact): boolean {
	return (
		(!email || emailKey(String(found.email)) === emailKey(email)) &&
		(!externalId || found.external_id === externalId)
	);
}

function hasFields(found: unknown, sent: readonly FieldEntry[]): boolean {
	const fields = isRecord(found) ? found : {};
	return sent.every(([name, value]) => isSameText(fields[name], value));
}

function shownBy(request: MaileonRequest, isDone: (root: XmlElement) => boolean): Proof {
	const nothing: Answer = { kind: 'empty' };
	return {
		request,
		read: (answer) => (answer.kind === 'xml' && isDone(answer.root) ? nothing : undefined),
	};
}

/** Whether two texts are the same; none, null and an empty one all mean that there is none. */
function isSameText(one: unknown, other: string | null | undefined): boolean {
	return (one ?? '') === (other ?? '');
}
