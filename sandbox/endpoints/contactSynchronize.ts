import type { ContactChange, ContactInput } from '../account/changes';
import { applyChange, checkContact } from '../account/changes';
import type { SandboxContact } from '../account/contact';
import { PERMISSION_NONE } from '../account/contact';
import type { InvalidValue } from '../account/fields';
import { isEmail } from '../account/fields';
import type { Answer } from '../server/answer';
import { xml } from '../server/answer';
import type { Lenient } from '../server/leniency';
import { MAILEON_XML } from '../server/media';
import { badRequest } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { escapeXml, parentElement, textElement } from '../xml';
import { readContacts } from './contactInput';

/** Create and update many contacts in one call (documentation: synchronize contacts). */
export const contactSynchronizeRoutes: Route[] = [
	{
		method: 'POST',
		path: '/contacts',
		query: {
			permission: { kind: 'permission' },
			sync_mode: { kind: 'integer', choices: ['1', '2'] },
			use_external_id: { kind: 'boolean' },
			prefer_maileon_id: { kind: 'boolean' },
			ignore_invalid_contacts: { kind: 'boolean' },
			override_permission: { kind: 'boolean' },
			reimport_unsubscribed_contacts: { kind: 'boolean' },
			update_only: { kind: 'boolean' },
		},
		body: [MAILEON_XML],
		run: synchronize,
	},
];

/** The error codes of this call name 0 and 1 among the booleans of custom fields. */
const documented: Lenient = () => undefined;

type Key = 'email' | 'externalId' | 'maileonId';

/** A contact of the list that is to be stored. */
interface Accepted {
	input: ContactInput;
	change: ContactChange;
	existing: SandboxContact | undefined;
}

/** A contact of the list that is refused. */
interface Refused {
	input: ContactInput;
	invalid: InvalidValue;
}

interface Report {
	success: boolean;
	all: number;
	existing: number;
	created: number;
	unsubscribed: number;
	invalid: Refused[];
}

function synchronize(call: Call): Answer {
	const { query, variants } = call;
	const key = readKey(call);
	if (call.body.kind !== 'xml') throw badRequest('the body holds no contacts');
	const inputs = readContacts(call.body.root, ['id', 'email', 'external_id'], call.lenient);
	if (key !== 'maileonId' && inputs.some(({ id }) => id !== undefined)) {
		call.lenient('ID that is not the key');
	}
	const unique = withoutDuplicates(inputs, key);
	const { accepted, invalid } = checkAll(call, unique, key);
	const report: Report = {
		success: invalid.length === 0,
		all: inputs.length,
		existing: 0,
		created: 0,
		unsubscribed: 0,
		invalid,
	};
	if (invalid.length > 0) {
		if (!query.flag('ignore_invalid_contacts')) {
			return xml(variants.synchronizeRefusedStatus, writeReport(call, report));
		}
		report.success = variants.synchronizeIgnoredSuccess;
	}
	for (const contact of accepted) count(report, storeContact(call, contact));
	return xml(variants.synchronizeStatus, writeReport(call, report));
}

function readKey(call: Call): Key {
	const useExternalId = call.query.flag('use_external_id');
	const preferMaileonId = call.query.flag('prefer_maileon_id');
	if (useExternalId && preferMaileonId) {
		throw badRequest('use_external_id and prefer_maileon_id must not both be true');
	}
	if (useExternalId) return 'externalId';
	return preferMaileonId ? 'maileonId' : 'email';
}

/** What identifies a contact in this call; undefined when it is missing. */
function keyValue(input: ContactInput, key: Key): string | undefined {
	if (key === 'externalId') return input.externalId || undefined;
	if (key === 'maileonId' && input.id) return `id ${input.id}`;
	return input.email ? input.email.toLowerCase() : undefined;
}

/** Duplicates by the chosen key are ignored: the first one counts. */
function withoutDuplicates(inputs: readonly ContactInput[], key: Key): ContactInput[] {
	const seen = new Set<string>();
	return inputs.filter((input) => {
		const value = keyValue(input, key);
		if (value === undefined) return true;
		if (seen.has(value)) return false;
		seen.add(value);
		return true;
	});
}

function checkAll(
	call: Call,
	inputs: readonly ContactInput[],
	key: Key,
): { accepted: Accepted[]; invalid: Refused[] } {
	const accepted: Accepted[] = [];
	const invalid: Refused[] = [];
	const taken = { emails: new Set<string>(), externalIds: new Set<string>() };
	for (const input of inputs) {
		const existing = findExisting(call, input, key);
		const problem =
			identityProblem(call, input, key, existing) ?? duplicateProblem(call, input, existing, taken);
		const checked = problem ? { invalid: problem } : checkContact(call.account, input, documented);
		if ('invalid' in checked) invalid.push({ input, invalid: checked.invalid });
		else accepted.push({ input, change: checked.change, existing });
		if (input.email) taken.emails.add(input.email.toLowerCase());
		if (input.externalId) taken.externalIds.add(input.externalId);
	}
	return { accepted, invalid };
}

function findExisting(call: Call, input: ContactInput, key: Key): SandboxContact | undefined {
	const { contacts } = call.account;
	if (key === 'externalId') {
		return input.externalId ? contacts.withExternalId(input.externalId)[0] : undefined;
	}
	if (key === 'maileonId' && input.id) {
		const contact = /^\d{1,15}$/.test(input.id) ? contacts.find(Number(input.id)) : undefined;
		if (contact && !contact.anonymous) return contact;
	}
	return input.email ? contacts.withEmail(input.email)[0] : undefined;
}

function identityProblem(
	call: Call,
	input: ContactInput,
	key: Key,
	existing: SandboxContact | undefined,
): InvalidValue | undefined {
	if (key === 'externalId' && !input.externalId) {
		return { code: 1, field: 'external_id', reason: 'external ID missing' };
	}
	if (input.email && !isEmail(input.email)) {
		return { code: 3, field: input.email, reason: 'email invalid' };
	}
	const mayBeNew = existing === undefined && !call.query.flag('update_only');
	const needsEmail = key === 'email' || (key === 'maileonId' && !input.id) || mayBeNew;
	return needsEmail && !input.email
		? { code: 2, field: 'email', reason: 'email missing' }
		: undefined;
}

function duplicateProblem(
	call: Call,
	input: ContactInput,
	existing: SandboxContact | undefined,
	taken: { emails: ReadonlySet<string>; externalIds: ReadonlySet<string> },
): InvalidValue | undefined {
	const { contacts } = call.account;
	const isOther = (contact: SandboxContact) => contact !== existing;
	const { externalId, email } = input;
	if (
		externalId &&
		(taken.externalIds.has(externalId) || contacts.withExternalId(externalId).some(isOther))
	) {
		return { code: 4, field: 'external_id', reason: 'external ID duplicate' };
	}
	if (email && (taken.emails.has(email.toLowerCase()) || contacts.withEmail(email).some(isOther))) {
		return { code: 5, field: 'email', reason: 'email duplicate' };
	}
	return undefined;
}

type Outcome = 'created' | 'existing' | 'unsubscribed' | 'ignored';

function storeContact(call: Call, { input, change, existing }: Accepted): Outcome {
	const { account, query } = call;
	const permission = query.number('permission');
	const email = (input.email ?? existing?.email)?.toLowerCase();
	const isMarked = email !== undefined && account.unsubscriptionMarkers.has(email);
	if (isMarked && !query.flag('reimport_unsubscribed_contacts', true)) return 'unsubscribed';
	if (!existing && query.flag('update_only')) return 'ignored';
	if (existing && query.text('sync_mode') !== '1') return 'existing';
	const contact = existing ?? account.contacts.create(account.now());
	if (input.email) account.contacts.setEmail(contact, input.email);
	if (input.externalId !== undefined) {
		account.contacts.setExternalId(contact, input.externalId || null);
	}
	if (!existing) contact.permission = permission ?? PERMISSION_NONE;
	else if (permission !== undefined && query.flag('override_permission', true)) {
		contact.permission = permission;
	}
	applyChange(account, contact, change);
	return existing ? 'existing' : 'created';
}

function count(report: Report, outcome: Outcome): void {
	if (outcome !== 'ignored') report[outcome] += 1;
}

function writeReport(call: Call, report: Report): string {
	const invalid = report.invalid.map(({ input, invalid: { code, field } }) =>
		parentElement('contact', [
			textElement('email', input.email ?? null),
			textElement('external_id', input.externalId ?? null),
			`<error code="${code}"><error_field>${escapeXml(field)}</error_field></error>`,
		]),
	);
	const isLeftOut = invalid.length === 0 && call.variants.noInvalidContacts === 'missing';
	return parentElement('report', [
		textElement('success', report.success),
		textElement('count_contacts', report.all),
		textElement('count_existing_contacts', report.existing),
		textElement('count_new_contacts', report.created),
		textElement('count_invalid_contacts', report.invalid.length),
		textElement('count_unsubscribed_contacts', report.unsubscribed),
		isLeftOut ? '' : parentElement('invalid_contacts', invalid),
	]);
}
