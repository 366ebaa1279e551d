/**
 * Maileon's reports about contacts that were sent.
 * Rests on "Synchronize Contacts" and "Update Contact By Maileon ID".
 */
import type { Answer } from '../answer';
import { sentence } from '../phrases';
import { codeText } from './errorCodes';
import { maileonId } from './contact';
import { child, childText, childrenNamed, isNil, isPlainText, type XmlElement } from '../xml/read';

export interface ContactError {
	code?: number | string;
	field?: string | null;
	message: string;
	description?: string;
}

export interface InvalidContact {
	id?: number | string | null;
	email?: string | null;
	external_id?: string | null;
	error: ContactError;
	/** Further errors of the same contact, where Maileon names more than one. */
	errors?: ContactError[];
	[other: string]: unknown;
}

export interface SynchronizationReport {
	success: boolean;
	count_contacts: number | null;
	count_existing_contacts: number | null;
	count_new_contacts: number | null;
	count_invalid_contacts: number | null;
	count_unsubscribed_contacts: number | null;
	invalid_contacts: InvalidContact[];
	[other: string]: unknown;
}

const COUNTS = [
	'count_contacts',
	'count_existing_contacts',
	'count_new_contacts',
	'count_invalid_contacts',
	'count_unsubscribed_contacts',
] as const;

/** Whether an answer is a report of either kind. */
export function isReport(root: XmlElement): boolean {
	return root.name === 'report';
}

/** A boolean as Maileon writes it: `true`, `1` or `yes` in any case. */
export function readBoolean(text: string | null | undefined): boolean {
	return /^\s*(true|1|yes)\s*$/i.test(text ?? '');
}

function readCount(report: XmlElement, name: string): number | null {
	const text = childText(report, name);
	return /^\s*\d+\s*$/.test(text ?? '') ? Number(text) : null;
}

/**
 * Reads the report of a synchronization. `invalid_contacts` is always there; counts that Maileon
 * left out are null; elements beyond the documented ones are kept.
 */
export function readSynchronizationReport(root: XmlElement): SynchronizationReport {
	const invalid = child(root, 'invalid_contacts');
	const report: SynchronizationReport = {
		success: readBoolean(childText(root, 'success')),
		count_contacts: readCount(root, 'count_contacts'),
		count_existing_contacts: readCount(root, 'count_existing_contacts'),
		count_new_contacts: readCount(root, 'count_new_contacts'),
		count_invalid_contacts: readCount(root, 'count_invalid_contacts'),
		count_unsubscribed_contacts: readCount(root, 'count_unsubscribed_contacts'),
		invalid_contacts: invalid ? childrenNamed(invalid, 'contact').map(readInvalidContact) : [],
	};
	const known = new Set<string>(['success', 'invalid_contacts', ...COUNTS]);
	for (const other of root.children)
		if (!known.has(other.name)) report[other.name] = xmlToJson(other);
	return report;
}

function readInvalidContact(node: XmlElement): InvalidContact {
	const [error, ...further] = childrenNamed(node, 'error').map(readContactError);
	const parts = new Map<string, unknown>();
	for (const part of node.children) {
		if (part.name === 'error') continue;
		const text = xmlToJson(part);
		const isId = part.name === 'id' && typeof text === 'string';
		parts.set(part.name, isId ? maileonId(text.trim()) : text);
	}
	const contact: InvalidContact = {
		...Object.fromEntries(parts),
		error: error ?? { message: NO_REASON },
	};
	if (further.length > 0) contact.errors = [contact.error, ...further];
	return contact;
}

const NO_REASON = 'Maileon refused the contact without giving a reason.';

/** Why a contact was refused: mostly one reason, sometimes several. */
export function reasonsOf({ error, errors }: InvalidContact): ContactError[] {
	return errors ?? [error];
}

function readContactError(node: XmlElement): ContactError {
	const field = childText(node, 'error_field');
	const words = childText(node, 'error_message');
	const code = node.attributes.code ?? childText(node, 'code') ?? undefined;
	const error: ContactError =
		code === undefined
			? { message: words ?? NO_REASON }
			: { code: /^\d+$/.test(code) ? Number(code) : code, ...codeText(code) };
	if (field !== undefined) error.field = field;
	if (code !== undefined && words)
		error.description = `${error.description ?? ''} ${sentence(words)}`.trim();
	return error;
}

export interface UpdateReport {
	success: boolean;
	contact?: Record<string, unknown>;
	error?: ContactError;
	[other: string]: unknown;
}

/** Reads the report that an update or a create can answer with, also with a status of success. */
export function readUpdateReport(root: XmlElement): UpdateReport {
	const report: UpdateReport = { success: readBoolean(childText(root, 'success')) };
	for (const part of root.children) {
		if (part.name === 'success') continue;
		if (part.name !== 'contact') {
			report[part.name] = xmlToJson(part);
			continue;
		}
		const { error, ...contact } = readInvalidContact(part);
		report.contact = contact;
		if (child(part, 'error')) report.error = error;
	}
	return report;
}

/** The report of an answer, where it says that an update or a create did not work. */
export function refusingReport(answer: Answer | undefined): UpdateReport | undefined {
	if (answer?.kind !== 'xml' || !isReport(answer.root)) return undefined;
	const report = readUpdateReport(answer.root);
	return report.success ? undefined : report;
}

/**
 * Any element as JSON, for answers that the documentation does not describe: text stays text, `nil`
 * becomes null, repeated children become a list, and nothing is dropped.
 */
export function xmlToJson(node: XmlElement): unknown {
	if (isPlainText(node)) return node.text;
	if (isNil(node)) return null;
	const attributes = Object.entries(node.attributes);
	const json = new Map<string, unknown>(attributes);
	for (const [name, parts] of byName(node.children)) {
		const values = parts.map(xmlToJson);
		json.set(name, values.length === 1 ? values[0] : values);
	}
	const text = node.text.trim();
	if (text !== '') json.set('text', text);
	return Object.fromEntries(json);
}

function byName(elements: readonly XmlElement[]): Map<string, XmlElement[]> {
	const groups = new Map<string, XmlElement[]>();
	for (const element of elements) {
		const group = groups.get(element.name);
		if (group) group.push(element);
		else groups.set(element.name, [element]);
	}
	return groups;
}
