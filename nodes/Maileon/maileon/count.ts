/**
 * Numbers of contacts.
 * Rests on "Get Count Contacts", "Count Contacts By Filter ID" and its sister: the root element holds
 * the number; its name is not documented.
 */
import type { Answer } from './answer';

/** The number that an answer holds, in any form; undefined when it holds none. */
export function readCount(answer: Answer): number | undefined {
	switch (answer.kind) {
		case 'xml':
			return answer.root.children.length === 0 ? wholeNumber(answer.root.text) : undefined;
		case 'json':
			return wholeNumber(String(answer.value));
		case 'text':
			return wholeNumber(answer.text);
		default:
			return undefined;
	}
}

function wholeNumber(text: string): number | undefined {
	return /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
}
