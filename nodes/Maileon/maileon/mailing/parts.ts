/**
 * Parts of a mailing that consist of several elements.
 * Rests on "Mailing – Get Schedule", "Get Dispatching", "Get The Reply-To Address" and their sisters.
 */
import { xmlToJson } from '../contact/report';
import { childText, childrenNamed, type XmlElement } from '../xml/read';
import { valueIn, type ValueKind } from './values';

/** A part as it comes out: by Maileon's names, written with underscores. */
export type PartJson = Record<string, unknown>;

/** `dispatchEndInHours` is `dispatch_end_in_hours`. */
export function snakeCase(name: string): string {
	return name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/**
 * The children of an element by their names.
 * @param kinds what is no text, by its name with underscores
 */
export function readPart(
	root: XmlElement,
	kinds: Readonly<Record<string, ValueKind>> = {},
): PartJson {
	const entries = root.children.map((part): [string, unknown] => {
		const name = snakeCase(part.name);
		const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
		return [name, part.children.length > 0 ? xmlToJson(part) : valueIn(part, kind ?? 'text')];
	});
	return Object.fromEntries(entries);
}

/** Where answers to a mailing go: `active`, `auto`, `custom_email`. */
export function readReplyTo(root: XmlElement): PartJson {
	return readPart(root, { active: 'boolean', auto: 'boolean' });
}

/** A property of a mailing that the account made up. */
export interface MailingProperty {
	key: string;
	value: string | null;
}

/** Reads `<properties>`. */
export function readProperties(root: XmlElement): MailingProperty[] {
	return childrenNamed(root, 'property').map((property) => ({
		key: childText(property, 'key') ?? '',
		value: childText(property, 'value') ?? null,
	}));
}

/** On what a trigger mailing goes out. Clients differ in what they call the event: here it is `event`. */
export function readDispatching(root: XmlElement): PartJson {
	const { event_id: eventId, ...dispatching } = readPart(root, {
		event: 'number',
		event_id: 'number',
		day_of_month: 'number',
		day_of_week: 'number',
		hours: 'number',
		minutes: 'number',
		contact_filter_id: 'number',
		start_trigger: 'boolean',
		rss_order_asc: 'boolean',
		rss_min_new_entries: 'number',
		delivery_limit: 'number',
	});
	return { ...dispatching, ...(eventId !== undefined && eventId !== null && { event: eventId }) };
}
