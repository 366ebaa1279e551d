import { textElement, xmlDocument } from '../xml';
import type { Refusal } from './refusal';
import { JSON_TYPE, MAILEON_XML } from './media';

/** What an endpoint answers. */
export interface Answer {
	status: number;
	/** Media type of the body, without charset. */
	type?: string;
	/** Text, or bytes that no character set belongs to. */
	body?: string | Buffer;
	headers?: Record<string, string | string[]>;
}

/** An answer without a body. */
export function empty(status: number): Answer {
	return { status };
}

/** An XML answer; `root` is the root element. */
export function xml(status: number, root: string, headers?: Answer['headers']): Answer {
	return { status, type: MAILEON_XML, body: xmlDocument(root), headers };
}

/** An answer that is text of another type, as HTML is. */
export function plain(status: number, type: string, body: string): Answer {
	return { status, type, body };
}

/** An answer that is a file. */
export function file(type: string, body: Buffer): Answer {
	return { status: 200, type, body };
}

/** A JSON answer. */
export function json(status: number, value: unknown): Answer {
	return { status, type: JSON_TYPE, body: JSON.stringify(value) };
}

/** Maileon's error document for a refused request. */
export function refused(refusal: Refusal): Answer {
	return xml(
		refusal.status,
		`<error>\n${textElement('message', refusal.message)}\n</error>`,
		refusal.headers,
	);
}
