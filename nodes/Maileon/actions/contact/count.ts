import type { INodeProperties } from 'n8n-workflow';

import { maileonId } from '../../maileon/contact/contact';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import { perRequest, type ItemRequest } from '../../run/perRequest';
import { countIn } from '../../transport/answers';
import type { MaileonRequest } from '../../maileon/request';
import { contactFilter, readContactFilter } from './shared/contactFilter';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { readUpdatedAfter, updatedAfter } from './shared/updatedAfter';

const FILTERED = ['contactFilter', 'activeOfContactFilter'];

const properties: INodeProperties[] = [
	{
		displayName: 'Contacts',
		name: 'selection',
		type: 'options',
		options: [
			{ name: 'Active by Contact Filter', value: 'activeOfContactFilter' },
			{ name: 'All', value: 'all', description: 'All contacts, or those that changed recently' },
			{ name: 'By Contact Filter', value: 'contactFilter' },
		],
		default: 'all',
		description: 'Which contacts to count',
	},
	{ ...updatedAfter, displayOptions: { show: { selection: ['all'] } } },
	{ ...contactFilter, displayOptions: { show: { selection: FILTERED } } },
	readingOptions,
];

/** Counts contacts ("Get Count Contacts", "Count Contacts By Filter ID" and "Count Active …"). */
export const countContacts: Operation = {
	resource: 'contact',
	value: 'count',
	name: 'Count',
	action: 'Count contacts',
	description:
		'Count all contacts, those updated after a certain time, or all or only the active contacts of a contact filter',
	properties,
	endpoints: [contacts.count, contacts.countByFilter, contacts.countActiveByFilter],
	run: perRequest((parameters) => {
		const { about, ...counted } = selected(parameters);
		return {
			...counted,
			options: readRequestOptions(parameters.within('options')),
			rows: (answer) => [{ count: countIn(answer, counted.request), ...about }],
		};
	}),
};

interface Counted extends Pick<ItemRequest, 'subject'> {
	request: MaileonRequest;
	/** What is counted, for the row. */
	about: Record<string, string | number>;
}

function selected(parameters: ItemParameters): Counted {
	const selection = parameters.choice('selection', ['all', ...FILTERED]);
	if (selection === 'all')
		return {
			request: contacts.count.request({}, [['updated_after', readUpdatedAfter(parameters)]]),
			subject: { what: 'number of contacts' },
			about: {},
		};
	const id = readContactFilter(parameters);
	const endpoint =
		selection === 'activeOfContactFilter' ? contacts.countActiveByFilter : contacts.countByFilter;
	return {
		request: endpoint.request({ filter_id: id }),
		subject: { what: `contact filter with ID ${id}` },
		about: { contact_filter_id: maileonId(id) },
	};
}
