/**
 * What Maileon takes of the elements of a mailing, as far as its documentation tells. What else it refuses,
 * it says itself.
 * Rests on "Create Mailing", "Mailing – Set Sender Address", "Set Preview Text" and "Mailing – Update Custom
 * Mailing Property". Each function says why a value cannot be sent, in words that can follow the name of the
 * parameter; undefined where it can.
 */

/** The largest limit of contacts, which stands for none. */
export const NO_CONTACT_LIMIT = 2_147_483_647;

const SHORTEST_NAME = 3;
const LONGEST_NAME = 64;
const LONGEST_SUBJECT = 1_023;
const LONGEST_PREVIEW_TEXT = 255;
const LONGEST_SENDER = 64;
const LONGEST_PROPERTY = 255;

/** Trigger mailings can take the sender from a transaction, such as `[[TRANSACTION|sender]]`. */
const PLACEHOLDER = /\[\[.*\]\]/s;

export function mailingNameRefusal(name: string): string | undefined {
	const length = lengthOf(name);
	return length < SHORTEST_NAME || length > LONGEST_NAME
		? `must have ${SHORTEST_NAME} to ${LONGEST_NAME} characters, but "${name}" has ${length}`
		: undefined;
}

export function subjectRefusal(subject: string): string | undefined {
	if (subject.trim() === '') return 'must not be empty';
	if (/\p{Cc}/u.test(subject)) return 'must not hold line breaks or other control characters';
	return tooLong(subject, LONGEST_SUBJECT);
}

export function previewTextRefusal(text: string): string | undefined {
	return tooLong(text, LONGEST_PREVIEW_TEXT);
}

export function senderRefusal(sender: string): string | undefined {
	if (sender === '') return 'must not be empty';
	if (PLACEHOLDER.test(sender)) return undefined;
	if (!/^[\x21-\x7e]+$/.test(sender))
		return `must consist of ASCII characters without white space, but is "${sender}"`;
	return tooLong(sender, LONGEST_SENDER);
}

export function localeRefusal(locale: string): string | undefined {
	return /^[a-z]{2}(_[A-Z]{2})?$/.test(locale)
		? undefined
		: `must be a language such as de, or a language and a country such as de_DE, but is "${locale}"`;
}

/** Of the name of a custom property, or of its value. */
export function propertyRefusal(text: string): string | undefined {
	return tooLong(text, LONGEST_PROPERTY);
}

function tooLong(text: string, most: number): string | undefined {
	const length = lengthOf(text);
	return length > most ? `must have at most ${most} characters, but has ${length}` : undefined;
}

function lengthOf(text: string): number {
	return [...text].length;
}
