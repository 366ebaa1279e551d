import type { ContactFilter, Mailing } from '../account/account';
import { formatTime } from '../account/contact';
import type { Answer } from '../server/answer';
import { xml } from '../server/answer';
import { MAILEON_XML } from '../server/media';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { parentElement, textElement } from '../xml';
import { findFilter } from './contactRead';
import { pageOf, pagingQuery } from './paging';

const MAX_FILTERS = 200;

/** What choices are made from: contact filters and mailings (documentation: get contactfilters, …). */
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
	{
		method: 'GET',
		path: '/mailings/filter/types',
		query: {
			...pagingQuery(),
			types: { kind: 'text', many: true, choices: ['doi', 'regular', 'trigger'] },
			fields: { kind: 'text', many: true, choices: ['state', 'type', 'name', 'scheduleTime'] },
			orderBy: { kind: 'text', choices: ['id', 'state', 'name', 'schedule_time'] },
			order: { kind: 'text', choices: ['ASC', 'DESC'] },
			trash: { kind: 'boolean' },
		},
		run: listMailings,
	},
	{
		method: 'GET',
		path: '/mailings/:mailingId/settings/doi_key',
		accept: [MAILEON_XML, 'text/html'],
		run: (call) => {
			const { doiKey } = findMailing(call);
			if (doiKey === undefined) throw badRequest('only DOI mailings have a DOI key');
			return xml(200, textElement('doi_key', doiKey));
		},
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

/** No mailing of the sandbox is in the trash. */
function listMailings(call: Call): Answer {
	const types = call.query.all('types');
	const mailings = call.query.flag('trash')
		? []
		: [...call.account.mailings.values()].filter(({ type }) => types.includes(type));
	if (call.query.text('order') === 'DESC') mailings.reverse();
	const page = pageOf(call, mailings);
	const fields = call.query.all('fields');
	return xml(
		200,
		parentElement(
			'mailings',
			page.items.map((mailing) => mailingElement(mailing, fields)),
		),
		page.headers,
	);
}

function mailingElement(mailing: Mailing, fields: readonly string[]): string {
	const values: Record<string, string | null> = {
		state: mailing.sealed ? (mailing.active ? 'released' : 'archived') : 'draft',
		type: mailing.type,
		name: mailing.name,
		scheduleTime: null,
	};
	const shown = fields.map((name) =>
		parentElement('field', [textElement('name', name), textElement('value', values[name] ?? null)]),
	);
	return parentElement('mailing', [textElement('id', mailing.id), parentElement('fields', shown)]);
}

function findMailing(call: Call): Mailing {
	const id = call.path.mailingId ?? '';
	const mailing = /^\d{1,15}$/.test(id) ? call.account.mailings.get(Number(id)) : undefined;
	if (!mailing) throw notFound(`mailing with ID ${id} isn't found`);
	return mailing;
}
