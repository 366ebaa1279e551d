/**
 * Small pieces of English.
 */

/** The text with a full stop, unless it ends like a sentence already. */
export function sentence(text: string): string {
	const trimmed = text.trim();
	return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The text without the full stop at its end, for the middle of a sentence. */
export function clause(text: string): string {
	return text.trim().replace(/\.$/, '');
}

/** A number of things, such as `1 contact` or `2 contacts`. */
export function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
