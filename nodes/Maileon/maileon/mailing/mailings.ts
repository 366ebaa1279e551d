/**
 * How mailings are named, and how lists answer with them: an ID, and the fields that were asked for.
 * Rests on "Get Mailings By Types" and its sisters.
 */
import { child, childText, childrenNamed, type XmlElement } from '../xml/read';

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

/** Reads `<mailings>`; an entry without an ID cannot be chosen and is left out. */
export function readMailings(root: XmlElement): ListedMailing[] {
	return childrenNamed(root, 'mailing').flatMap((mailing) => {
		const id = childText(mailing, 'id')?.trim();
		if (!id) return [];
		const fields = child(mailing, 'fields');
		const values = new Map(
			(fields ? childrenNamed(fields, 'field') : []).map((field) => [
				childText(field, 'name'),
				childText(field, 'value') ?? '',
			]),
		);
		const value = (name: string) => values.get(name) ?? '';
		return [{ id, name: value('name'), state: value('state'), type: value('type') }];
	});
}
