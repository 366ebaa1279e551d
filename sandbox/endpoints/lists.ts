import type { ContactFilter } from '../account/account';
import { formatTime } from '../account/contact';
import type { Answer } from '../server/answer';
import { xml } from '../server/answer';
import type { Call, Route } from '../server/routing';
import { parentElement, textElement } from '../xml';
import { findFilter } from './contactRead';
import { pageOf, pagingQuery } from './paging';

const MAX_FILTERS = 200;

/** The contact filters (documentation: get contactfilters, …). */
export const listRoutes: Route[] = [
	{
		method: 'GET',
		path: '/contactfilters/count',
		run: (call) => xml(200, textElement('count', call.account.contactFilters.size)),
	},
	{
		method: 'GET',
		path: '/contactfilters',
		query: pagingQuery(MAX_FILTERS),
		run: listFilters,
	},
	{
		method: 'GET',
		path: '/contactfilters/contactfilter/:filterId',
		run: (call) => xml(200, filterElement(call, findFilter(call))),
	},
];

function listFilters(call: Call): Answer {
	const page = pageOf(call, [...call.account.contactFilters.values()]);
	const filters = page.items.map((filter) => filterElement(call, filter));
	return xml(200, parentElement('contactfilters', filters), page.headers);
}

function filterElement(call: Call, filter: ContactFilter): string {
	let members = 0;
	for (const contact of call.account.contacts.all()) if (filter.matches(contact)) members += 1;
	return parentElement('contactfilter', [
		textElement('id', filter.id),
		textElement('name', filter.name),
		textElement('author', filter.author),
		textElement('state', 'uptodate'),
		textElement('created', formatTime(filter.created)),
		textElement('count_contacts', members),
		textElement('count_rules', 1),
	]);
}
