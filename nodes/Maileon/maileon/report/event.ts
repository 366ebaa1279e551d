/**
 * An entry of a report: something that happened, and what tells it from all others.
 * Rests on the Reports pages of the documentation, "Get Clicks" and its sisters.
 */
import { isRecord } from '../records';

/** What a report can tell about, named as Maileon names one entry of it. */
export const EVENT_KINDS = [
	'block',
	'bounce',
	'click',
	'conversion',
	'filtered_contact',
	'open',
	'recipient',
	'reply',
	'subscriber',
	'unsubscription',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

export interface ReportEvent {
	kind: EventKind;
	/** The elements of the entry under Maileon's names, with `contact` as an object of its own. */
	data: Readonly<Record<string, unknown>>;
}

/**
 * The facts of an event that never change, beside its time, message, mailing and contact. Left out is
 * what the settings of the request decide (such as the email client), and what can be edited later
 * (such as the tags of a link).
 */
const FACTS: Readonly<Record<EventKind, readonly string[]>> = {
	block: ['old_status', 'new_status', 'reason'],
	bounce: ['type', 'status_code', 'source'],
	click: ['link_id', 'link_url', 'format', 'device_type'],
	conversion: ['timestamp_sql', 'site_id', 'goal_id', 'link_id', 'link_url', 'value'],
	filtered_contact: [],
	open: ['format', 'device_type'],
	recipient: [],
	reply: ['type'],
	subscriber: [],
	unsubscription: ['source'],
};

/**
 * One text for an event, equal for two events exactly when nothing that Maileon tells of them differs.
 * It holds the time, so equal texts happened in the same second. What an entry lacks counts as empty.
 */
export function identityOf({ kind, data }: ReportEvent): string {
	const names = ['timestamp', 'msg_id', 'mailing_id', ...FACTS[kind]];
	return JSON.stringify([kind, contactOf(data), ...names.map((name) => textOf(data[name]))]);
}

/**
 * Who it was. The hash stands in for contacts that are anonymous; it is there only where the request
 * asks for it, so whoever compares events always has to ask for it, or never.
 */
function contactOf(data: ReportEvent['data']): string[] {
	const contact = isRecord(data.contact) ? data.contact : {};
	const ways: Array<[string, unknown]> = [
		['id', contact.id ?? data.contact_id],
		['hash', data.contact_hash],
		['external_id', contact.external_id ?? data.contact_external_id],
		['email', contact.email ?? data.contact_email],
	];
	const [name, value] = ways.find(([, each]) => textOf(each) !== '') ?? ['anonymous', ''];
	return [name, textOf(value)];
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * Sorts events by what Maileon says of their time, oldest first; equal times keep their order. The
 * texts of one account are all of one time zone, whichever that is, so they compare as they are.
 */
export function oldestFirst(events: readonly ReportEvent[]): ReportEvent[] {
	const timed = events.map((event) => ({ event, time: sortableTime(event) }));
	timed.sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0));
	return timed.map(({ event }) => event);
}

/** Conversions have their time twice, and the documentation does not say which of the two is the text. */
function sortableTime({ data }: ReportEvent): string {
	const texts = [textOf(data.timestamp), textOf(data.timestamp_sql)];
	return texts.find((text) => /^\d{4}-\d\d-\d\d/.test(text)) ?? texts[0] ?? '';
}
