/**
 * The values of a mailing that are one XML element each: what they are called when they come out, and how
 * they are written and read.
 * Rests on the Mailings pages of the documentation, "Mailing – Get Subject" and its sisters.
 */
import type { Answer } from '../answer';
import { xmlToJson } from '../contact/report';
import { mailingValues, type MailingFact, type MailingValue } from '../endpoints/mailingValues';
import { element, XML_DECLARATION } from '../xml/write';
import { isNil, type XmlElement } from '../xml/read';

/** What a text of Maileon stands for. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'tags';

interface ValueForm {
	/** What it is called when it comes out. */
	key: string;
	kind: ValueKind;
}

/** A value as it comes out. */
export type ValueJson = string | number | boolean | object | null;

/** Every value that can be read. */
export const VALUE_FORMS: Readonly<Record<MailingValue | MailingFact, ValueForm>> = {
	name: { key: 'name', kind: 'text' },
	state: { key: 'state', kind: 'text' },
	type: { key: 'type', kind: 'text' },
	sealed: { key: 'sealed', kind: 'boolean' },
	author: { key: 'author', kind: 'text' },
	subject: { key: 'subject', kind: 'text' },
	previewText: { key: 'preview_text', kind: 'text' },
	sender: { key: 'sender', kind: 'text' },
	senderAlias: { key: 'sender_alias', kind: 'text' },
	recipientAlias: { key: 'recipient_alias', kind: 'text' },
	template: { key: 'template', kind: 'text' },
	locale: { key: 'locale', kind: 'text' },
	tags: { key: 'tags', kind: 'tags' },
	speedLevel: { key: 'speed_level', kind: 'text' },
	trackingStrategy: { key: 'tracking_strategy', kind: 'text' },
	trackingDuration: { key: 'tracking_duration', kind: 'number' },
	archivalDuration: { key: 'archival_duration', kind: 'number' },
	maxAttachmentSize: { key: 'max_attachment_size', kind: 'number' },
	maxContentSize: { key: 'max_content_size', kind: 'number' },
	ignorePermission: { key: 'ignore_permission', kind: 'boolean' },
	postSendoutCleanup: { key: 'post_sendout_cleanup', kind: 'boolean' },
	contactsLimit: { key: 'contacts_limit', kind: 'number' },
	targetGroupId: { key: 'target_group_id', kind: 'number' },
	targetGroupUpdate: { key: 'target_group_update', kind: 'boolean' },
	doiKey: { key: 'doi_key', kind: 'text' },
	archiveUrl: { key: 'archive_url', kind: 'text' },
	reportUrl: { key: 'report_url', kind: 'text' },
	domain: { key: 'domain', kind: 'text' },
	htmlSize: { key: 'html_size', kind: 'number' },
	textSize: { key: 'text_size', kind: 'number' },
};

/** The body that sets a value; tags are written with `#` between them. */
export function valueDocument(value: MailingValue, text: string): string {
	return XML_DECLARATION + element(mailingValues[value].element, text);
}

/** Tags as Maileon writes them. */
export function tagsText(tags: readonly string[]): string {
	return tags.join('#');
}

/**
 * The value that an answer holds, whatever its root is called: sources disagree on some names, and hand out
 * the raw text of others. Undefined where it holds none.
 */
export function readValue(
	answer: Answer,
	value: MailingValue | MailingFact,
): ValueJson | undefined {
	const { kind } = VALUE_FORMS[value];
	switch (answer.kind) {
		case 'xml':
			return valueIn(answer.root, kind);
		case 'json':
			return answer.value === null ? null : fromText(String(answer.value), kind);
		case 'text':
			return fromText(answer.text, kind);
		case 'empty':
			return null;
		default:
			return undefined;
	}
}

/** The value of an element; one that has children is kept whole, as `answer`. */
export function valueIn(root: XmlElement, kind: ValueKind): ValueJson {
	if (isNil(root)) return null;
	return root.children.length > 0 ? { answer: xmlToJson(root) } : fromText(root.text, kind);
}

/** What is not of the kind that is expected stays the text that it is. */
function fromText(text: string, kind: ValueKind): ValueJson {
	const trimmed = text.trim();
	switch (kind) {
		case 'number': {
			const number = Number(trimmed);
			const isExact = /^-?\d*\.\d+$/.test(trimmed) || Number.isSafeInteger(number);
			return trimmed !== '' && isExact ? number : trimmed || null;
		}
		case 'boolean':
			return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === 'true' : trimmed || null;
		case 'tags':
			return trimmed
				.split('#')
				.map((tag) => tag.trim())
				.filter((tag) => tag !== '');
		case 'text':
			return text;
	}
}
