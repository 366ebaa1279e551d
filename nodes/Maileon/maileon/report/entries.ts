/**
 * Entries of reports: what happened, when, to whom. Every part is optional, since the sources differ and
 * a contact can be anonymous; nothing that Maileon sends is dropped.
 * Rests on the Reports pages of the documentation, "Get Clicks" and its sisters.
 */
import { maileonId } from '../contact/contact';
import { readContact } from '../contact/readContact';
import { readBoolean, xmlToJson } from '../contact/report';
import { isRecord, setProperty } from '../records';
import { textOrNull, type XmlElement } from '../xml/read';

export type ReportEntry = Record<string, unknown>;

/**
 * The entries of a list. One source finds the list inside `<response>`.
 * @param root of the answer
 * @param listName the documented name of the list; undefined where none is documented
 * @returns undefined where the answer is no such list
 */
export function readEntries(
	root: XmlElement,
	listName: string | undefined,
): ReportEntry[] | undefined {
	const [inner] = root.children;
	const list = root.name === 'response' && root.children.length === 1 && inner ? inner : root;
	const isList =
		listName === undefined
			? list.children.length > 0 || list.text.trim() === ''
			: list.name === listName;
	return isList ? list.children.map(readEntry) : undefined;
}

/** One entry under Maileon's names: IDs and counts are numbers, times stay the text that they are. */
export function readEntry(node: XmlElement): ReportEntry {
	const entry: ReportEntry = {};
	for (const part of node.children) setProperty(entry, part.name, readPart(part));
	return entry;
}

const IDS = new Set(['mailing_id', 'link_id', 'contact_id', 'site_id', 'goal_id', 'id']);
const COUNTS =
	/^(count(_\w+)?|recipients|(opens|clicks)(_unique)?|bounces|unsubscriptions|replies)$/;
const DECIMALS = new Set(['value', 'revenue']);

function readPart(part: XmlElement): unknown {
	if (part.name === 'contact') return readContact(part);
	if (part.name === 'link_tags') return part.children.map(textOrNull);
	const value = xmlToJson(part);
	if (typeof value !== 'string' || !isFigure(part.name)) return value;
	const text = value.trim();
	if (IDS.has(part.name)) return text === '' ? null : maileonId(text);
	return part.name === 'archived' ? readBoolean(text) : (numberOf(text) ?? value);
}

/** Whether a part is something other than text, by its name. Asked for each part, so each name is looked at once. */
function isFigure(name: string): boolean {
	const known = figures.get(name);
	if (known !== undefined) return known;
	const found = IDS.has(name) || DECIMALS.has(name) || name === 'archived' || COUNTS.test(name);
	if (figures.size < MOST_FIGURES) figures.set(name, found);
	return found;
}

const figures = new Map<string, boolean>();
const MOST_FIGURES = 1_000;

/** A number in plain decimal; undefined for what is none. */
export function numberOf(text: string): number | undefined {
	return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/**
 * An entry as a flat row: the time, the mailing and the contact's identifiers first, then what the report
 * says itself, then the fields that were asked for. Other parts of the contact are left out.
 */
export function simplifyEntry(entry: ReportEntry): ReportEntry {
	if (!isRecord(entry.contact)) return entry;
	const { timestamp, mailing_id: mailingId, contact, ...own } = entry;
	const { id, email, external_id: externalId, anonymous } = contact;
	const { standard_fields: standardFields, custom_fields: customFields } = contact;
	const parts: ReadonlyArray<readonly [string, unknown]> = [
		['timestamp', timestamp],
		['mailing_id', mailingId],
		['contact_id', id],
		['email', email],
		['external_id', externalId],
		['anonymous', anonymous === true ? true : undefined],
		...Object.entries(own),
		['standard_fields', standardFields],
		['custom_fields', customFields],
	];
	return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}
