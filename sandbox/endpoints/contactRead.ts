import type { ContactFilter } from '../account/account';
import type { SandboxContact } from '../account/contact';
import {
	formatTime,
	formatTimestamp,
	getValue,
	isActive,
	permissionStatus,
	PERMISSION_NONE,
	PERMISSION_TYPES,
	standardValue,
} from '../account/contact';
import { READ_ONLY_STANDARD_FIELDS, WRITABLE_STANDARD_FIELDS } from '../account/fields';
import type { Answer } from '../server/answer';
import { xml } from '../server/answer';
import type { QueryRules } from '../server/query';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { parentElement, textElement } from '../xml';
import { requireEmail } from './contactCreate';
import { checkChecksum, findById } from './contactUpdate';
import { pageOf, pagingQuery } from './paging';

const FIELDS_QUERY: QueryRules = {
	standard_field: { kind: 'text', many: true },
	custom_field: { kind: 'text', many: true },
};
const READ_QUERY: QueryRules = {
	...FIELDS_QUERY,
	preference_categories: { kind: 'text', many: true },
};
const UPDATED_AFTER: QueryRules = { updated_after: { kind: 'time' } };

/** Read and count contacts (documentation: get contact …, get contacts …, count contacts …). */
export const contactReadRoutes: Route[] = [
	{
		method: 'GET',
		path: '/contacts/contact',
		query: {
			id: { kind: 'integer', required: true },
			checksum: { kind: 'text' },
			ignore_checksum: { kind: 'boolean' },
			...READ_QUERY,
		},
		run: (call) => {
			const contact = findById(call);
			checkChecksum(call, contact.id);
			return xml(200, fullContact(call, contact));
		},
	},
	{
		method: 'GET',
		path: '/contacts/email/:email',
		query: READ_QUERY,
		run: (call) => {
			const email = requireEmail(call.path.email ?? '');
			const [contact] = call.account.contacts.withEmail(email);
			if (!contact) throw notFound(`contact with email ${email} isn't found`);
			return xml(200, fullContact(call, contact));
		},
	},
	{
		method: 'GET',
		path: '/contacts/emails/:email',
		query: READ_QUERY,
		run: (call) => {
			const email = requireEmail(call.path.email ?? '');
			return listMatches(call, call.account.contacts.withEmail(email), `email ${email}`);
		},
	},
	{
		method: 'GET',
		path: '/contacts/externalid/:externalId',
		query: READ_QUERY,
		run: (call) => {
			const externalId = call.path.externalId ?? '';
			const matches = call.account.contacts.withExternalId(externalId);
			return listMatches(call, matches, `external ID ${externalId}`);
		},
	},
	{
		method: 'GET',
		path: '/contacts',
		query: { ...pagingQuery(), ...UPDATED_AFTER, ...READ_QUERY },
		run: (call) => listPage(call, updatedContacts(call), fullContact),
	},
	{
		method: 'GET',
		path: '/contacts/count',
		query: UPDATED_AFTER,
		run: (call) => countAnswer(updatedContacts(call).length),
	},
	{
		method: 'GET',
		path: '/contacts/blocked',
		query: { ...pagingQuery(), ...FIELDS_QUERY },
		run: (call) => listPage(call, blockedContacts(call), blockedContact),
	},
	{
		method: 'GET',
		path: '/contacts/filter/:filterId',
		query: { ...pagingQuery(), ...READ_QUERY },
		run: readFilter,
	},
	{
		method: 'GET',
		path: '/contacts/filter/:filterId/count',
		run: (call) => countAnswer(filterMembers(call).length),
	},
	{
		method: 'GET',
		path: '/contacts/filter/:filterId/count/active',
		run: (call) => countAnswer(filterMembers(call).filter(isActive).length),
	},
];

function countAnswer(count: number): Answer {
	return xml(200, textElement('count', count));
}

function listMatches(call: Call, matches: readonly SandboxContact[], key: string): Answer {
	if (matches.length === 0 && call.variants.noMatch === 'notFound') {
		throw notFound(`contact with ${key} isn't found`);
	}
	checkFields(call);
	return xml(
		200,
		parentElement(
			'contacts',
			matches.map((contact) => fullContact(call, contact)),
		),
	);
}

function listPage(
	call: Call,
	contacts: readonly SandboxContact[],
	show: (call: Call, contact: SandboxContact) => string,
): Answer {
	checkFields(call);
	const page = pageOf(call, contacts);
	return xml(
		200,
		parentElement(
			'contacts',
			page.items.map((contact) => show(call, contact)),
		),
		page.headers,
	);
}

function updatedContacts(call: Call): SandboxContact[] {
	const contacts = call.account.contacts.identified();
	const after = call.query.text('updated_after');
	return after === undefined
		? contacts
		: contacts.filter((contact) => formatTimestamp(contact.updated) > `${after}.0`);
}

function blockedContacts(call: Call): SandboxContact[] {
	return call.account.contacts
		.identified()
		.filter((contact) => contact.block !== null && contact.permission !== PERMISSION_NONE);
}

/**
 * The contact filter that the path names.
 *
 * @throws Refusal (404) when there is none
 */
export function findFilter(call: Call): ContactFilter {
	const id = call.path.filterId ?? '';
	const filter = /^\d{1,15}$/.test(id) ? call.account.contactFilters.get(Number(id)) : undefined;
	if (!filter) throw notFound(`contact filter with id ${id} isn't found`);
	return filter;
}

function filterMembers(call: Call): SandboxContact[] {
	const { matches } = findFilter(call);
	const members: SandboxContact[] = [];
	for (const contact of call.account.contacts.all()) if (matches(contact)) members.push(contact);
	return members;
}

/** Anonymized contacts are dropped after the pages are cut, so that pages can be short. */
function readFilter(call: Call): Answer {
	const page = pageOf(call, filterMembers(call));
	checkFields(call);
	const shown =
		call.variants.filterAnonymized === 'shown'
			? page.items
			: page.items.filter((contact) => !contact.anonymous);
	return xml(
		200,
		parentElement(
			'contacts',
			shown.map((contact) => filterContact(call, contact)),
		),
		page.headers,
	);
}

function filterContact(call: Call, contact: SandboxContact): string {
	if (contact.anonymous) return anonymousContact(call, contact);
	const { filterPermission } = call.variants;
	return parentElement('contact', [
		textElement('id', contact.id),
		textElement('email', contact.email),
		filterPermission === 'type' ? '' : textElement('permission', contact.permission),
		filterPermission === 'code'
			? ''
			: textElement('permissionStatus', permissionStatus(contact)) +
				textElement('permissionType', PERMISSION_TYPES[contact.permission - 1] ?? 'none'),
		textElement('external_id', contact.externalId),
		requestedFields(call, contact),
		requestedPreferences(call, contact),
	]);
}

function anonymousContact(call: Call, contact: SandboxContact): string {
	const ids = [textElement('id', contact.id), textElement('external_id', contact.externalId)];
	return call.variants.anonymousForm === 'attribute'
		? parentElement('contact', ids, ' anonymous="true"')
		: parentElement('contact', [...ids, textElement('anonymous', 1)]);
}

function fullContact(call: Call, contact: SandboxContact): string {
	checkFields(call);
	if (contact.anonymous) return anonymousContact(call, contact);
	return parentElement('contact', [
		textElement('id', contact.id),
		textElement('permission', contact.permission),
		textElement('email', contact.email),
		textElement('external_id', contact.externalId),
		textElement('created', formatTimestamp(contact.created)),
		textElement('updated', formatTimestamp(contact.updated)),
		requestedFields(call, contact),
		requestedPreferences(call, contact),
	]);
}

function blockedContact(call: Call, contact: SandboxContact): string {
	return parentElement('contact', [
		textElement('id', contact.id),
		textElement('email', contact.email),
		textElement('external_id', contact.externalId),
		textElement('blocking_reason', contact.block?.reason ?? null),
		textElement(
			'blocking_timestamp',
			contact.block ? formatTime(contact.block.since).slice(0, 16) : null,
		),
		requestedFields(call, contact),
	]);
}

/** A requested standard field without a value is nil, a custom field without one is left out. */
function requestedFields(call: Call, contact: SandboxContact): string {
	const standard = call.query
		.all('standard_field')
		.map((name) => fieldElement(name, standardValue(contact, name)));
	const custom = call.query
		.all('custom_field')
		.filter((name) => getValue(contact.customFields, name) !== null)
		.map((name) => fieldElement(name, getValue(contact.customFields, name)));
	return parentElement('standard_fields', standard) + parentElement('custom_fields', custom);
}

function fieldElement(name: string, value: string | null): string {
	return parentElement('field', [textElement('name', name), textElement('value', value)]);
}

function requestedPreferences(call: Call, contact: SandboxContact): string {
	const categories = call.query.all('preference_categories');
	if (categories.length === 0) return '';
	const preferences = contact.preferences.filter(({ category }) => categories.includes(category));
	return parentElement(
		'preferences',
		preferences.map((preference) =>
			parentElement('preference', [
				textElement('name', preference.name),
				textElement('category', preference.category),
				textElement('value', preference.value),
				textElement('source', preference.source),
				textElement('last_modified', preference.lastModified),
			]),
		),
	);
}

/** Checks that everything asked for exists in the account. */
export function checkFields(call: Call): void {
	for (const name of call.query.all('standard_field')) {
		if (!WRITABLE_STANDARD_FIELDS.includes(name) && !READ_ONLY_STANDARD_FIELDS.includes(name)) {
			throw badRequest(`there is no standard field ${name}`);
		}
	}
	for (const name of call.query.all('custom_field')) {
		if (!call.account.customFields.has(name)) throw badRequest(`no such custom field ${name}`);
	}
	for (const name of call.query.all('preference_categories')) {
		if (!call.account.preferenceCategories.has(name)) {
			throw badRequest(`no such preference category ${name}`);
		}
	}
}
