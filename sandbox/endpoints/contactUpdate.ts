import type { ContactChange, ContactInput } from '../account/changes';
import { applyChange, checkContact } from '../account/changes';
import type { DoiProcess, SandboxContact } from '../account/contact';
import { checksumOf, PERMISSION_DOI, PERMISSION_DOI_PLUS } from '../account/contact';
import { prepareDoi, startDoi } from '../account/doi';
import { isEmail } from '../account/fields';
import type { Answer } from '../server/answer';
import { empty, xml } from '../server/answer';
import { MAILEON_JSON, MAILEON_XML } from '../server/media';
import { badRequest, notFound, Refusal } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { parentElement, textElement } from '../xml';
import { readContact } from './contactInput';

const PERMISSION_QUERY = { permission: { kind: 'permission' } } as const;

/** Update one contact by Maileon ID, email or external ID (documentation: update contact by …). */
export const contactUpdateRoutes: Route[] = [
	{
		method: 'PUT',
		path: '/contacts/contact',
		query: {
			id: { kind: 'integer', required: true },
			checksum: { kind: 'text' },
			ignore_checksum: { kind: 'boolean' },
			...PERMISSION_QUERY,
			triggerdoi: { kind: 'boolean' },
			src: { kind: 'text' },
			page_key: { kind: 'text' },
			doimailing: { kind: 'text' },
		},
		body: [MAILEON_XML],
		run: updateById,
	},
	{
		method: 'PUT',
		path: '/contacts/email/:email',
		query: PERMISSION_QUERY,
		body: [MAILEON_XML, MAILEON_JSON],
		run: (call) => {
			const email = call.path.email ?? '';
			return updateByKey(call, call.account.contacts.withEmail(email), `email ${email}`);
		},
	},
	{
		method: 'PUT',
		path: '/contacts/externalid/:externalId',
		query: PERMISSION_QUERY,
		body: [MAILEON_XML, MAILEON_JSON],
		run: (call) => {
			const externalId = call.path.externalId ?? '';
			const contacts = call.account.contacts.withExternalId(externalId);
			return updateByKey(call, contacts, `external ID ${externalId}`);
		},
	},
];

function updateById(call: Call): Answer {
	const contact = findById(call);
	checkChecksum(call, contact.id);
	const input = readContact(call, ['email', 'external_id']);
	const change = checkInput(call, input);
	const doi = readDoi(call);
	const permission = call.query.number('permission');
	if (isEmailTaken(call, input, contact)) return conflict(call, input);
	store(call, contact, input, change);
	if (doi) startDoi(call.account, call.variants, contact, doi);
	else if (permission !== undefined) contact.permission = permission;
	return done(call, contact, call.variants.updateStatus);
}

/**
 * The contact that the parameter `id` names.
 *
 * @throws Refusal (404) when there is none
 */
export function findById(call: Call): SandboxContact {
	const id = call.query.number('id') ?? 0;
	const contact = call.account.contacts.find(id);
	if (!contact) throw notFound(`contact with id ${id} isn't found`);
	return contact;
}

/** Checks the checksum, unless the call says to ignore it. */
export function checkChecksum(call: Call, id: number): void {
	if (call.query.flag('ignore_checksum')) return;
	if (call.query.text('checksum') === checksumOf(id)) return;
	throw new Refusal(call.variants.checksumStatus, 'the checksum is missing or wrong');
}

/** The process that triggerdoi starts; it has an effect on permission 4 and 5 only. */
function readDoi(call: Call): DoiProcess | undefined {
	const permission = call.query.number('permission');
	if (!call.query.flag('triggerdoi')) {
		if (call.query.text('doimailing') !== undefined) call.lenient('DOI setting without DOI');
		return undefined;
	}
	if (permission !== PERMISSION_DOI && permission !== PERMISSION_DOI_PLUS) return undefined;
	return prepareDoi(call.account, call.variants, {
		plus: permission === PERMISSION_DOI_PLUS,
		mailing: call.query.text('doimailing'),
		source: call.query.text('src'),
		subscriptionPage: call.query.text('page_key'),
	});
}

function updateByKey(call: Call, matches: readonly SandboxContact[], key: string): Answer {
	const { updatePermissionIn, updateAmbiguous, updateByKeyStatus } = call.variants;
	if (updatePermissionIn === 'body' && call.query.text('permission') !== undefined) {
		throw badRequest('unknown query parameter permission');
	}
	const input = readContact(
		call,
		updatePermissionIn === 'query'
			? ['email', 'external_id']
			: ['email', 'external_id', 'permission'],
	);
	noteRepeated(call, input);
	const change = checkInput(call, input);
	const [first] = matches;
	if (!first) throw notFound(`contact with ${key} isn't found`);
	if (matches.length > 1 && updateAmbiguous === 'conflict') {
		throw new Refusal(409, `several contacts have the ${key}`);
	}
	for (const contact of matches) {
		if (isEmailTaken(call, input, contact)) return conflict(call, input);
	}
	const permission = call.query.number('permission') ?? input.permission;
	for (const contact of [...matches]) {
		store(call, contact, input, change);
		if (permission !== undefined) contact.permission = permission;
	}
	return done(call, first, updateByKeyStatus);
}

/** The body holds new identifiers; the one of the path says nothing there. */
function noteRepeated({ path, lenient }: Call, { email, externalId }: ContactInput): void {
	const isRepeated =
		(email !== undefined && email === path.email) ||
		(externalId !== undefined && externalId === path.externalId);
	if (isRepeated) lenient('identifier of the path in the body');
}

function checkInput(call: Call, input: ContactInput): ContactChange {
	if (input.email !== undefined && !isEmail(input.email ?? '')) {
		throw badRequest(`invalid email address ${input.email ?? ''}`);
	}
	const checked = checkContact(call.account, input, call.lenient);
	if ('change' in checked) return checked.change;
	throw badRequest(`${checked.invalid.field}: ${checked.invalid.reason}`);
}

function isEmailTaken(call: Call, input: ContactInput, contact: SandboxContact): boolean {
	if (!input.email) return false;
	return call.account.contacts.withEmail(input.email).some((other) => other !== contact);
}

/** The report of the documentation for an email address that another contact has. */
function conflict(call: Call, input: ContactInput): Answer {
	const error = parentElement('error', [
		textElement('error_field', 'email'),
		textElement('error_message', 'duplicate email'),
	]);
	const contact = parentElement('contact', [
		textElement('email', input.email ?? null),
		textElement('external_id', input.externalId ?? null),
		error,
	]);
	return xml(
		call.variants.updateConflictStatus,
		parentElement('report', [textElement('success', false), contact]),
	);
}

function store(
	call: Call,
	contact: SandboxContact,
	input: ContactInput,
	change: ContactChange,
): void {
	if (contact.anonymous) throw badRequest(`contact with id ${contact.id} is unsubscribed`);
	if (input.email) call.account.contacts.setEmail(contact, input.email);
	if (input.externalId !== undefined) {
		call.account.contacts.setExternalId(contact, input.externalId || null);
	}
	applyChange(call.account, contact, change);
}

function done(call: Call, contact: SandboxContact, status: number): Answer {
	if (status === 204) return empty(status);
	switch (call.variants.updateAnswer) {
		case 'empty':
			return empty(status);
		case 'id':
			return xml(status, textElement('id', contact.id));
		case 'report':
			return xml(status, parentElement('report', [textElement('success', true)]));
	}
}
