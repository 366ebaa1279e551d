import {
	contactRequest,
	describeKey,
	identifiersOfKey,
	orderKey,
} from '../../maileon/contact/contactKey';
import { readContactLocator } from '../../input/contactKey';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { contact } from './shared/contact';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions, readRequestOptions } from '../shared/requests';

const DELETE_BY = {
	email: contacts.deleteByEmail,
	externalId: contacts.deleteByExternalId,
	maileonId: contacts.deleteById,
};

/** Deletes the contacts of an identifier ("Delete Contact By Maileon ID" and its sisters). */
export const deleteContact: Operation = {
	resource: 'contact',
	value: 'delete',
	name: 'Delete',
	action: 'Delete a contact',
	description:
		'Delete contacts with all of their data; this changes statistics and cannot be undone. To stop mails, unsubscribe instead.',
	warning: 'Running this deletes contacts with all of their data. It cannot be undone.',
	properties: [
		contact(
			'The contact to delete. ALL contacts that share an email or an external ID are deleted.',
		),
		ifNotFound(
			'What to do when Maileon has no such contact, for example because it was already deleted',
		),
		oneByOneOptions,
	],
	endpoints: [DELETE_BY.email, DELETE_BY.externalId, DELETE_BY.maileonId],
	run: perRequest((parameters) => {
		const key = readContactLocator(parameters, 'contact');
		const request = contactRequest(DELETE_BY, key);
		const identifiers = identifiersOfKey(key);
		return {
			request,
			subject: { what: describeKey(key) },
			contact: identifiers,
			orderKeys: [orderKey(key)],
			options: readRequestOptions(parameters.within('options')),
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { deleted: true, ...identifiers }),
		};
	}),
};
