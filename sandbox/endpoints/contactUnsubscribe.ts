import type { SandboxContact } from '../account/contact';
import { isEmail } from '../account/fields';
import { isSealed } from '../account/mailings';
import type { Answer } from '../server/answer';
import { empty } from '../server/answer';
import type { QueryRules } from '../server/query';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { matchesByEmail, matchesByExternalId, matchesById, requireMatches } from './contactDelete';
import { checkChecksum, findById } from './contactUpdate';

const REASON_TYPES = [
	'too_many_messages',
	'no_demand',
	'change_of_channel',
	'change_of_interest',
	'technical_reasons',
	'other',
];

const UNSUBSCRIBE_QUERY: QueryRules = {
	mailingId: { kind: 'integer' },
	reason: { kind: 'text', many: true },
};
const ACCOUNTS_QUERY: QueryRules = { nlaccountid: { kind: 'integer', many: true } };
const MARKER_PATH = '/contacts/email/:email/unsubscription';

/** Unsubscribe contacts, and the marker that remains (documentation: unsubscribe …, … marker). */
export const contactUnsubscribeRoutes: Route[] = [
	{
		method: 'DELETE',
		path: '/contacts/contact/unsubscribe',
		query: { id: { kind: 'integer', required: true }, ...UNSUBSCRIBE_QUERY },
		run: (call) => unsubscribe(call, matchesById(call)),
	},
	{
		method: 'DELETE',
		path: '/contacts/email/:email/unsubscribe',
		query: { ...UNSUBSCRIBE_QUERY, ...ACCOUNTS_QUERY },
		run: (call) => unsubscribe(call, matchesByEmail(call)),
	},
	{
		method: 'DELETE',
		path: '/contacts/externalid/:externalId/unsubscribe',
		query: { ...UNSUBSCRIBE_QUERY, ...ACCOUNTS_QUERY },
		run: (call) => unsubscribe(call, matchesByExternalId(call)),
	},
	{
		method: 'PUT',
		path: '/contacts/contact/unsubscribe/reasons',
		query: {
			id: { kind: 'integer', required: true },
			checksum: { kind: 'text' },
			ignore_checksum: { kind: 'boolean' },
			reason: { kind: 'text', many: true },
		},
		run: addReasons,
	},
	{ method: 'GET', path: MARKER_PATH, run: getMarker },
	{ method: 'PUT', path: MARKER_PATH, run: setMarker },
	{ method: 'DELETE', path: MARKER_PATH, run: deleteMarker },
];

function unsubscribe(call: Call, matches: readonly SandboxContact[]): Answer {
	checkMailing(call);
	const reasons = readReasons(call);
	const found = matches.filter((contact) => !contact.anonymous);
	requireMatches(call, found);
	if (!concernsThisAccount(call)) return empty(call.variants.unsubscribeStatus);
	for (const contact of found) {
		contact.unsubscriptionReasons.push(...reasons);
		call.unsubscribe(contact, 'api', { mailingId: call.query.number('mailingId'), reasons });
	}
	return empty(call.variants.unsubscribeStatus);
}

/** An unsubscription can be counted for a mailing that was sent only. */
function checkMailing(call: Call): void {
	const id = call.query.number('mailingId');
	if (id === undefined) return;
	const mailing = call.account.mailings.get(id);
	if (mailing && isSealed(mailing, call.variants)) return;
	throw badRequest(`the mailing with ID ${id} is not sealed`);
}

/** Accounts that do not belong to the key's owner are ignored. */
function concernsThisAccount(call: Call): boolean {
	const ids = call.query.all('nlaccountid').map(Number);
	return ids.length === 0 || ids.includes(call.account.newsletterAccountId);
}

function readReasons(call: Call): string[] {
	const reasons = call.query.all('reason');
	for (const reason of reasons) {
		const type = reason.split('|', 1)[0] ?? '';
		if (!REASON_TYPES.includes(type) && call.variants.unknownReason === 'refused') {
			throw badRequest(`${type} is no unsubscription reason, use ${REASON_TYPES.join(', ')}`);
		}
	}
	return reasons;
}

function addReasons(call: Call): Answer {
	const contact = findById(call);
	checkChecksum(call, contact.id);
	if (!contact.anonymous) throw badRequest(`contact with id ${contact.id} is not unsubscribed`);
	const reasons = readReasons(call);
	contact.unsubscriptionReasons.push(...reasons);
	call.account.happenings.noteReasons(call.account.now().getTime(), reasons);
	return empty(200);
}

function getMarker(call: Call): Answer {
	findMarker(call);
	return empty(200);
}

function setMarker(call: Call): Answer {
	const email = markedEmail(call);
	const markers = call.account.unsubscriptionMarkers;
	const status = markers.has(email) ? 200 : 201;
	markers.add(email);
	return empty(status);
}

function deleteMarker(call: Call): Answer {
	call.account.unsubscriptionMarkers.delete(findMarker(call));
	return empty(200);
}

function findMarker(call: Call): string {
	const email = markedEmail(call);
	if (!call.account.unsubscriptionMarkers.has(email)) {
		throw notFound(`${email} has no unsubscription marker`);
	}
	return email;
}

function markedEmail(call: Call): string {
	const email = call.path.email ?? '';
	if (!isEmail(email)) throw badRequest(`invalid email address ${email}`);
	return email.toLowerCase();
}
