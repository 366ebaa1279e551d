/**
 * Which characters travel to Maileon.
 * Rests on XML 1.0 (production 2, Char): what XML cannot hold is not sent in JSON or in an address
 * either, so that a text means the same contact, field and value in every request.
 */

const NEEDS_CARE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/;
const NOT_SENDABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text without the characters that XML cannot hold: most control characters, and halves of emoji. */
export function sendableText(text: string): string {
	return NEEDS_CARE.test(text) ? text.replace(NOT_SENDABLE, '') : text;
}

/** Text as UTF-8 can write it: without halves of emoji, which have no bytes. */
export function withoutLoneSurrogates(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '');
}

/** How JSON writes the characters that `sendableText` removes; finds a few others too. */
const COULD_NEED_CARE = /\\[bfu]|[\ufffe\uffff]/;

/** JSON text of a value, with `sendableText` in all its names and values. */
export function sendableJson(value: object): string {
	const json = JSON.stringify(value);
	return COULD_NEED_CARE.test(json) ? JSON.stringify(sendablePart(JSON.parse(json))) : json;
}

function sendablePart(part: unknown): unknown {
	if (typeof part === 'string') return sendableText(part);
	if (typeof part !== 'object' || part === null) return part;
	if (Array.isArray(part)) return part.map(sendablePart);
	return Object.fromEntries(
		Object.entries(part).map(([name, value]) => [sendableText(name), sendablePart(value)]),
	);
}
