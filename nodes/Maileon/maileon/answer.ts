/**
 * What Maileon answered, whatever the form: XML, JSON, a number, text, a web page, or nothing.
 * Rests on "HTTP Status Codes" (error bodies) and on the pages of the contact endpoints.
 */
import { isRecord } from './records';
import { descendant, tryXml, type XmlElement } from './xml/read';

export type Answer =
	| { kind: 'empty' }
	| { kind: 'xml'; root: XmlElement }
	| { kind: 'json'; value: unknown }
	| { kind: 'html'; text: string }
	| { kind: 'text'; text: string }
	| { kind: 'bytes'; bytes: Buffer; type: string }
	/** Begins like XML but cannot be read: broken off, or not well formed. */
	| { kind: 'broken'; text: string; reason: string };

/** Reads the text of an answer by its first character, not by the promised media type. */
export function readAnswer(body: string): Answer {
	const text = body.trim();
	if (text === '') return { kind: 'empty' };
	if (text.startsWith('<')) return readMarkup(text);
	if (text.startsWith('{') || text.startsWith('[') || /^-?\d+$|^"|^(null|true|false)$/.test(text))
		return readJson(text);
	return { kind: 'text', text };
}

/** What a web page begins with, or a piece of one, as gateways send it. */
const WEB_PAGE = /^<(?:!doctype html|(?:html|head|title|body|center|div|h1|p|pre)[\s>/])/i;

function readMarkup(text: string): Answer {
	if (WEB_PAGE.test(text)) return { kind: 'html', text };
	const { root, refusal } = tryXml(text);
	if (!root) return { kind: 'broken', text, reason: refusal };
	return WEB_PAGE.test(`<${root.name}>`) ? { kind: 'html', text } : { kind: 'xml', root };
}

/** A bare number that is too large to be exact stays the text that it is. */
function readJson(text: string): Answer {
	if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)))
		return { kind: 'json', value: text };
	try {
		return { kind: 'json', value: JSON.parse(text) as unknown };
	} catch {
		return { kind: 'broken', text, reason: 'it is not complete JSON' };
	}
}

/**
 * Whether an answer says that the request did not work, whatever its status: `<error>`, or an object in
 * JSON that has an `error`. What is read in JSON can hold anything and is never taken for one.
 */
export function isErrorAnswer(answer: Answer, isRead: boolean): boolean {
	if (answer.kind === 'xml') return answer.root.name === 'error';
	if (answer.kind !== 'json' || isRead || !isRecord(answer.value)) return false;
	const { error } = answer.value;
	return isRecord(error) || (typeof error === 'string' && error !== '');
}

/**
 * Whether the body of an error is one that Maileon can have written: nothing, its XML, JSON that was
 * asked for or says the same as its XML, or the words that it is known for. A gateway in between, or the
 * server behind a wrong address, answers with pages and texts of its own ("404 page not found").
 */
export function isFromMaileon(answer: Answer, jsonAsked: boolean): boolean {
	switch (answer.kind) {
		case 'empty':
			return true;
		case 'xml':
			return answer.root.name === 'error' || answer.root.name === 'report';
		case 'json':
			return isRecord(answer.value) && (jsonAsked || isRecord(answer.value.error));
		case 'text':
			return /isn't found/i.test(answer.text);
		default:
			return false;
	}
}

const EXCERPT_LENGTH = 200;

/** The first words of an answer that cannot be read, without markup, on one line. */
export function excerpt(text: string): string {
	const words = text
		.slice(0, 20_000)
		.replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return words.length > EXCERPT_LENGTH ? `${words.slice(0, EXCERPT_LENGTH)}…` : words;
}

/** The words of an error body: `<error><message>`, a JSON message, or the first words of the text. */
export function errorWords(answer: Answer): string | undefined {
	switch (answer.kind) {
		case 'empty':
		case 'bytes':
			return undefined;
		case 'xml': {
			const message = descendant(answer.root, 'message')?.text.trim();
			return message ? message : excerpt(allText(answer.root)) || undefined;
		}
		case 'json':
			return jsonMessage(answer.value) ?? excerpt(JSON.stringify(answer.value));
		default:
			return excerpt(answer.text) || undefined;
	}
}

function allText(node: XmlElement): string {
	return [node.text, ...node.children.map(allText)].join(' ');
}

function jsonMessage(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return undefined;
	if ('message' in value && typeof value.message === 'string') return value.message;
	return 'error' in value ? jsonMessage(value.error) : undefined;
}
