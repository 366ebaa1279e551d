import type { INodeProperties } from 'n8n-workflow';

import { describeKey } from '../../maileon/contact/contactKey';
import { readContactKey } from '../../input/contactKey';
import { perContactRead, type ContactRead } from './shared/perContactRead';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import { contactFilter, readContactFilter } from './shared/contactFilter';
import { fieldsToReturn, preferenceCategoriesToReturn, simplify } from '../../input/fieldsToReturn';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { readUpdatedAfter, updatedAfter } from './shared/updatedAfter';

const properties: INodeProperties[] = [
	{
		displayName: 'Contacts',
		name: 'selection',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'All contacts, or those that changed recently' },
			{ name: 'By Contact Filter', value: 'contactFilter' },
			{ name: 'By Email', value: 'email', description: 'All contacts that share an email' },
		],
		default: 'all',
		description: 'Which contacts to get',
	},
	{ ...updatedAfter, displayOptions: { show: { selection: ['all'] } } },
	{ ...contactFilter, displayOptions: { show: { selection: ['contactFilter'] } } },
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show: { selection: ['email'] } },
		description: 'Email address that the contacts share',
	},
	...returnAllOrLimit,
	...fieldsToReturn,
	preferenceCategoriesToReturn,
	simplify,
	readingOptions,
];

/** Pages of a contact filter can come short, so they are never asked for in smaller ones. */
const LEAST_FILTER_PAGE = 100;

/** Gets lists of contacts ("Get Contacts", "Get Contacts By Filter ID", "Get Contacts By Email"). */
export const getManyContacts: Operation = {
	resource: 'contact',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description:
		'Get all contacts, those updated after a certain time, those of a contact filter, or those that share an email',
	properties,
	endpoints: [contacts.getMany, contacts.getManyByFilter, contacts.getManyByEmail],
	run: perContactRead((parameters) => ({
		...selected(parameters),
		limit: readLimit(parameters),
		options: readRequestOptions(parameters.within('options')),
	})),
};

function selected(
	parameters: ItemParameters,
): Pick<ContactRead, 'request' | 'subject' | 'pages' | 'ifNotFound'> {
	switch (parameters.choice('selection', ['all', 'contactFilter', 'email'])) {
		case 'all':
			return {
				request: contacts.getMany.request({}, [['updated_after', readUpdatedAfter(parameters)]]),
				subject: { what: 'contacts' },
				pages: { atLeast: 1 },
			};
		case 'contactFilter': {
			const id = readContactFilter(parameters);
			return {
				request: contacts.getManyByFilter.request({ filter_id: id }),
				subject: { what: `contact filter with ID ${id}` },
				pages: { atLeast: LEAST_FILTER_PAGE },
			};
		}
		case 'email': {
			const key = readContactKey(parameters, 'email', 'email');
			return {
				request: contacts.getManyByEmail.request({ email: key.value }),
				subject: { what: describeKey(key) },
				ifNotFound: 'nothing',
			};
		}
	}
}
