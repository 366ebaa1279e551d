/**
 * How mailings are named, and how lists answer with them: an ID, and the fields that were asked for.
 * Rests on "Get Mailings By Types" and its sisters.
 */
import { maileonId } from '../contact/contact';
import { child, childText, childrenNamed, type XmlElement } from '../xml/read';
import { snakeCase } from './parts';

/** A mailing by its ID, or by its name, which is unique in the account. */
export type MailingReference = { id: string } | { name: string };

/** What messages call it. */
export function mailingName(reference: MailingReference): string {
	return 'id' in reference ? `mailing with ID ${reference.id}` : `mailing "${reference.name}"`;
}

export interface ListedMailing {
	id: string;
	name: string;
	state: string;
	type: string;
}

/** Every type that a source names, so that no mailing is missing. */
export const MAILING_TYPES = ['doi', 'regular', 'trigger', 'trigger_template'] as const;

/** The largest page of a list of mailings. */
export const LARGEST_MAILING_PAGE = 1_000;

/** What a list can tell of each mailing, beside its ID. */
export const MAILING_FIELDS = ['name', 'state', 'type', 'scheduleTime'] as const;
export type MailingField = (typeof MAILING_FIELDS)[number];

/** What a list can be ordered by. Mind that the schedule time is called otherwise than among the fields. */
export const MAILING_ORDERS = ['id', 'name', 'state', 'schedule_time'] as const;

/** How a text is compared. */
export const TEXT_OPERATORS = ['contains', 'equals', 'starts_with', 'ends_with'] as const;

/** Every state that the documentation names. */
export const MAILING_STATES = [
	'draft',
	'checks',
	'scheduled',
	'queued',
	'blacklist',
	'preparing',
	'sending',
	'paused',
	'canceled',
	'failed',
	'done',
	'released',
	'archiving',
	'archived',
] as const;

/** Asks for what a person knows mailings by, the newest first. */
export const LISTED_FIELDS = [
	['fields', 'name'],
	['fields', 'state'],
	['fields', 'type'],
	['orderBy', 'id'],
	['order', 'DESC'],
] as const;

/** Asks for all mailings with what a person knows them by, the newest first. */
export function mailingListQuery(types: readonly string[]): Array<readonly [string, string]> {
	return [...types.map((type) => ['types', type] as const), ...LISTED_FIELDS];
}

/** An entry of a list as it comes out: `id`, and the fields that were asked for. */
export type MailingRow = Record<string, unknown> & { id: number | string | null };

/**
 * Reads `<mailings>`.
 * @param asked the fields that were asked for, in the order in which they come out; null where one is missing
 */
export function readMailingRows(
	root: XmlElement,
	asked: readonly MailingField[] = [],
): MailingRow[] {
	const missing = Object.fromEntries(asked.map((field) => [snakeCase(field), null]));
	return childrenNamed(root, 'mailing').map((mailing) => {
		const id = childText(mailing, 'id')?.trim();
		return { id: id ? maileonId(id) : null, ...missing, ...fieldsOf(mailing) };
	});
}

/** Reads `<mailings>`; an entry without an ID cannot be chosen and is left out. */
export function readMailings(root: XmlElement): ListedMailing[] {
	return readMailingRows(root).flatMap(({ id, name, state, type }) =>
		id === null
			? []
			: [{ id: String(id), name: textOf(name), state: textOf(state), type: textOf(type) }],
	);
}

/** The fields of an entry by their names; their order is not documented. */
function fieldsOf(mailing: XmlElement): Record<string, string | null> {
	const fields = child(mailing, 'fields');
	return Object.fromEntries(
		(fields ? childrenNamed(fields, 'field') : []).map((field) => [
			snakeCase(childText(field, 'name') ?? ''),
			childText(field, 'value') ?? null,
		]),
	);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
