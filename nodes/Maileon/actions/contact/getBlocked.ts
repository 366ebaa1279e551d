import { perContactRead } from './shared/perContactRead';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { fieldsToReturn, simplify } from '../../input/fieldsToReturn';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { readingOptions, readRequestOptions } from '../shared/requests';

/** Gets the contacts that are shut out of sendouts ("Get Blocked Contacts"). */
export const getBlockedContacts: Operation = {
	resource: 'contact',
	value: 'getBlocked',
	name: 'Get Blocked',
	action: 'Get blocked contacts',
	description:
		'Get the contacts that have a permission but receive no mails because of a blacklist or bounces, with reason and time',
	properties: [...returnAllOrLimit, ...fieldsToReturn, simplify, readingOptions],
	endpoints: [contacts.getBlocked],
	run: perContactRead((parameters) => ({
		request: contacts.getBlocked.request(),
		subject: { what: 'blocked contacts' },
		limit: readLimit(parameters),
		pages: { atLeast: 1 },
		options: readRequestOptions(parameters.within('options')),
	})),
};
