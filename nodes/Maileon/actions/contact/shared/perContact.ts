/**
 * Runs an operation whose items write one contact each.
 */
import type { IDataObject } from 'n8n-workflow';

import { identifiersOf, type Contact, type Identifiers } from '../../../maileon/contact/contact';
import type { MaileonRequest } from '../../../maileon/request';
import type { Subject } from '../../../transport/words';
import {
	ContactFieldsReader,
	customFieldsFromJson,
	mergeFields,
} from '../../../input/contactFields';
import type { Runner } from '../../../run/operation';
import type { ItemParameters } from '../../../input/parameters';
import { perItem } from '../../../run/perItem';
import { readPreferences } from '../../../input/preferences';
import { sendWrite } from './write';

/** The parts of a contact that all writing operations read in the same way. */
export type ContactData = Pick<Contact, 'standardFields' | 'customFields' | 'preferences'>;

export interface ContactWrite {
	request: MaileonRequest;
	/** How the request is sent. The time-out is in milliseconds. */
	options: { concurrency: number; retries: number; timeout: number };
	/** What the row tells besides the identifiers and Maileon's answer. */
	facts?: IDataObject;
	/** Identifiers of the contact as it is written. */
	written: Pick<Contact, 'id' | 'email' | 'externalId'>;
	/** Identifiers in an error row, where the contact is found by others than those written. */
	found?: Identifiers;
	/** What messages call it. */
	subject: Subject;
	/** Items that share a key are sent one after the other, in their order. */
	orderKeys: readonly string[];
}

/**
 * A runner that writes one contact for each item.
 * @param read reads and checks the rest of what an item asks for, before anything is sent
 */
export function perContact(
	read: (parameters: ItemParameters, data: ContactData) => ContactWrite,
): Runner {
	return perItem(async ({ node, client }) => {
		const reader = await ContactFieldsReader.create(node, client, { withIdentifiers: false });
		return {
			ignoredKeys: reader.ignoredKeys,
			prepare: ({ parameters, index }) => {
				const write = read(parameters, contactData(parameters, reader, index));
				const { concurrency, retries, timeout } = write.options;
				const sent = identifiersOf(write.written);
				return {
					concurrency,
					orderKeys: write.orderKeys,
					contact: write.found ?? sent,
					subject: { ...write.subject, refused: 'contact' },
					send: async (maileon) => {
						const written = {
							request: { ...write.request, timeout },
							sent,
							facts: write.facts,
							ignoredKeys: reader.ignoredOf(index),
						};
						return [await sendWrite(maileon, written, { retries })];
					},
				};
			},
		};
	});
}

function contactData(
	parameters: ItemParameters,
	reader: ContactFieldsReader,
	index: number,
): ContactData {
	const { standardFields, customFields } = reader.read(index);
	const fromJson = customFieldsFromJson(parameters.within('options'));
	return {
		standardFields,
		customFields: mergeFields(customFields, fromJson),
		preferences: readPreferences(parameters),
	};
}
