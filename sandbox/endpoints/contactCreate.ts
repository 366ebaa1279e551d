import type { ContactChange, ContactInput } from '../account/changes';
import { applyChange, checkContact } from '../account/changes';
import type { DoiProcess, SandboxContact } from '../account/contact';
import { hasDoi, PERMISSION_DOI_PLUS, PERMISSION_NONE } from '../account/contact';
import { prepareDoi, startDoi } from '../account/doi';
import { isEmail } from '../account/fields';
import type { Answer } from '../server/answer';
import { empty, xml } from '../server/answer';
import { JSON_TYPE, MAILEON_JSON, MAILEON_XML } from '../server/media';
import type { QueryRules } from '../server/query';
import { badRequest, Refusal } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { textElement } from '../xml';
import type { IdentityPart } from './contactInput';
import { readContact } from './contactInput';

const CREATE_QUERY: QueryRules = {
	permission: { kind: 'permission' },
	sync_mode: { kind: 'integer', choices: ['1', '2'] },
	src: { kind: 'text' },
	subscription_page: { kind: 'text' },
	doi: { kind: 'boolean' },
	doiplus: { kind: 'boolean' },
	doimailing: { kind: 'text' },
};

const CREATE = {
	method: 'POST',
	query: CREATE_QUERY,
	body: [MAILEON_XML, MAILEON_JSON],
	accept: [MAILEON_XML, MAILEON_JSON, JSON_TYPE],
} as const;

/** Create (or update) one contact (documentation: create contact, by external ID, and JSON). */
export const contactCreateRoutes: Route[] = [
	{ ...CREATE, path: '/contacts/email/:email', run: createByEmail },
	{ ...CREATE, path: '/contacts/externalid/:externalId', run: createByExternalId },
];

function createByEmail(call: Call): Answer {
	const email = requireEmail(call.path.email ?? '');
	const input = readContact(call, ['external_id', ...whenAccepted(call, 'email')]);
	checkRepeated(call, input.email, email, 'email');
	const [existing] = call.account.contacts.withEmail(email);
	return create(call, { ...input, email }, existing);
}

function createByExternalId(call: Call): Answer {
	const externalId = call.path.externalId ?? '';
	const input = readContact(call, ['email', ...whenAccepted(call, 'external_id')]);
	checkRepeated(call, input.externalId, externalId, 'external_id');
	if (typeof input.email === 'string') requireEmail(input.email);
	return create(call, { ...input, externalId }, findByExternalId(call, externalId, input.email));
}

function findByExternalId(
	call: Call,
	externalId: string,
	email: string | null | undefined,
): SandboxContact | undefined {
	const { contacts } = call.account;
	const matches = contacts.withExternalId(externalId);
	if (matches.length > 1) {
		throw new Refusal(409, `several contacts have the external ID ${externalId}`);
	}
	if (matches.length === 1) return matches[0];
	if (!email) throw badRequest('a new contact needs an email address');
	const [taken] = contacts.withEmail(email);
	if (!taken || call.variants.createEmailTaken === 'created') return undefined;
	if (call.variants.createEmailTaken === 'conflict') {
		throw new Refusal(409, `another contact has the email address ${email}`);
	}
	return taken;
}

function create(call: Call, input: ContactInput, existing: SandboxContact | undefined): Answer {
	const doi = readDoi(call);
	const checked = checkContact(call.account, input, call.lenient);
	if ('invalid' in checked) {
		throw badRequest(`${checked.invalid.field}: ${checked.invalid.reason}`);
	}
	if (doi && !existing?.email && !input.email) {
		throw badRequest('a DOI process needs an email address');
	}
	const contact = existing ?? call.account.contacts.create(call.account.now());
	if (!existing || call.query.text('sync_mode') === '1') {
		store(call, contact, input, checked.change);
	}
	if (doi) startDoi(call.account, call.variants, contact, doi);
	const status = existing ? call.variants.createExistingStatus : 201;
	return call.variants.createAnswer === 'empty'
		? empty(status)
		: xml(status, textElement('id', contact.id));
}

function store(
	call: Call,
	contact: SandboxContact,
	input: ContactInput,
	change: ContactChange,
): void {
	const { contacts } = call.account;
	if (typeof input.email === 'string') {
		checkEmailFree(call, contact, input.email);
		contacts.setEmail(contact, input.email);
	}
	if (input.externalId !== undefined) contacts.setExternalId(contact, input.externalId || null);
	setCreatePermission(contact, call.query.number('permission') ?? PERMISSION_NONE);
	contact.source ??= call.query.text('src') ?? null;
	contact.subscriptionPage ??= call.query.text('subscription_page') ?? null;
	applyChange(call.account, contact, change);
}

function checkEmailFree(call: Call, contact: SandboxContact, email: string): void {
	if (contact.email === null || contact.email.toLowerCase() === email.toLowerCase()) return;
	if (call.account.contacts.withEmail(email).length > 0) {
		throw badRequest(`another contact has the email address ${email}`);
	}
}

/** Double opt-in is never lowered by a create call. */
function setCreatePermission(contact: SandboxContact, permission: number): void {
	if (!hasDoi(contact) || permission === PERMISSION_DOI_PLUS) contact.permission = permission;
}

function readDoi(call: Call): DoiProcess | undefined {
	const { query } = call;
	if (!query.flag('doi')) {
		const settings = [query.text('doiplus'), query.text('doimailing')];
		if (settings.some((value) => value !== undefined)) call.lenient('DOI setting without DOI');
		return undefined;
	}
	return prepareDoi(call.account, call.variants, {
		plus: query.flag('doiplus'),
		mailing: query.text('doimailing'),
		source: query.text('src'),
		subscriptionPage: query.text('subscription_page'),
	});
}

function whenAccepted(call: Call, part: IdentityPart): IdentityPart[] {
	return call.variants.identifierInCreateBody === 'accepted' ? [part] : [];
}

function checkRepeated(
	call: Call,
	inBody: string | null | undefined,
	inPath: string,
	what: string,
): void {
	if (inBody === undefined) return;
	if (inBody !== inPath) throw badRequest(`${what} in the body differs from that in the path`);
	call.lenient('identifier of the path in the body');
}

/**
 * @throws Refusal (400) unless the text is an email address
 */
export function requireEmail(text: string): string {
	if (!isEmail(text)) throw badRequest(`invalid email address ${text}`);
	return text;
}
