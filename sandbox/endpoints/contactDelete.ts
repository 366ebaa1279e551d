import type { SandboxContact } from '../account/contact';
import type { Answer } from '../server/answer';
import { empty } from '../server/answer';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { requireEmail } from './contactCreate';

/** Delete contacts for good (documentation: delete contact …, delete all contacts). */
export const contactDeleteRoutes: Route[] = [
	{
		method: 'DELETE',
		path: '/contacts/contact',
		query: { id: { kind: 'integer', required: true } },
		run: (call) => remove(call, matchesById(call)),
	},
	{
		method: 'DELETE',
		path: '/contacts/email/:email',
		run: (call) => remove(call, matchesByEmail(call)),
	},
	{
		method: 'DELETE',
		path: '/contacts/externalid/:externalId',
		run: (call) => remove(call, matchesByExternalId(call)),
	},
	{
		method: 'DELETE',
		path: '/contacts',
		query: { authorized: { kind: 'text' } },
		run: removeAll,
	},
];

/** The contact that the parameter `id` names, as a list; empty when there is none. */
export function matchesById(call: Call): SandboxContact[] {
	const contact = call.account.contacts.find(call.query.number('id') ?? 0);
	return contact ? [contact] : [];
}

/** All contacts with the email address in the path. */
export function matchesByEmail(call: Call): SandboxContact[] {
	return [...call.account.contacts.withEmail(requireEmail(call.path.email ?? ''))];
}

/** All contacts with the external ID in the path. */
export function matchesByExternalId(call: Call): SandboxContact[] {
	return [...call.account.contacts.withExternalId(call.path.externalId ?? '')];
}

/**
 * @throws Refusal (404) when nothing matches and the sandbox plays the variant that says so
 */
export function requireMatches(call: Call, matches: readonly SandboxContact[]): void {
	if (matches.length === 0 && call.variants.deleteUnknown === 'notFound') {
		throw notFound("the contact isn't found");
	}
}

function remove(call: Call, matches: readonly SandboxContact[]): Answer {
	requireMatches(call, matches);
	for (const contact of matches) call.account.contacts.delete(contact);
	return empty(call.variants.deleteStatus);
}

function removeAll(call: Call): Answer {
	if (call.query.text('authorized') !== 'yes') {
		throw badRequest('all contacts are deleted with authorized=yes only');
	}
	call.account.contacts.deleteAll();
	return empty(call.variants.deleteStatus);
}
