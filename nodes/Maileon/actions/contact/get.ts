import type { INodeProperties } from 'n8n-workflow';

import {
	contactRequest,
	describeKey,
	identifiersOfKey,
	type ContactKey,
} from '../../maileon/contact/contactKey';
import { checksumQuery } from '../../maileon/contact/unsubscription';
import { readContactLocator } from '../../input/contactKey';
import { perContactRead } from './shared/perContactRead';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import type { MaileonRequest } from '../../maileon/request';
import { contact } from './shared/contact';
import { fieldsToReturn, preferenceCategoriesToReturn, simplify } from '../../input/fieldsToReturn';
import { optionsCollection } from '../../input/optionsCollection';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { concurrency, readRequestOptions, retries, timeout } from '../shared/requests';

const properties: INodeProperties[] = [
	contact(
		'The contact to get. Several contacts can share an email or an external ID: each comes out as an item.',
	),
	...fieldsToReturn,
	preferenceCategoriesToReturn,
	simplify,
	ifNotFound('What to do when Maileon has no such contact'),
	optionsCollection([
		{
			displayName: 'Checksum',
			name: 'checksum',
			type: 'string',
			default: '',
			placeholder: 'e.g. q2FnLmGx',
			description:
				'Checksum that belongs to a Maileon ID from a link in a mailing, so that nobody can read the contact of someone else. Leave empty to get the contact without a check.',
		},
		concurrency,
		retries,
		timeout,
	]),
];

/** By email, the list is asked for: the path for a single contact hides further matches. */
const GET_BY = {
	email: contacts.getManyByEmail,
	externalId: contacts.getByExternalId,
	maileonId: contacts.getById,
};

/** Gets the contacts of an identifier ("Get Contact By Maileon ID", "… By Email", "… External ID"). */
export const getContact: Operation = {
	resource: 'contact',
	value: 'get',
	name: 'Get',
	action: 'Get a contact',
	description:
		'Get contacts by email, external ID or Maileon ID, with the fields and preferences that you choose',
	properties,
	endpoints: [GET_BY.email, GET_BY.externalId, GET_BY.maileonId, contacts.getByEmail],
	run: perContactRead((parameters) => {
		const key = readContactLocator(parameters, 'contact');
		const options = parameters.within('options');
		return {
			request: getRequest(key, options.text('checksum') || undefined),
			subject: { what: describeKey(key) },
			contact: identifiersOfKey(key),
			options: readRequestOptions(options),
			limit: Infinity,
			ifNotFound: readIfNotFound(parameters),
		};
	}),
};

function getRequest(key: ContactKey, checksum: string | undefined): MaileonRequest {
	return contactRequest(GET_BY, key, key.by === 'maileonId' ? checksumQuery(checksum) : []);
}
