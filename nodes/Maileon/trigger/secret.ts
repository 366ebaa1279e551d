/**
 * The secret that proves that a call comes from the webhook that this node created. Maileon signs
 * nothing, so a value that only the webhook knows travels in its URL.
 */
import { createHash, randomBytes, timingSafeEqual } from 'crypto';

/** A new secret: 256 random bits, in letters that need no encoding in a URL. */
export function newSecret(): string {
	return randomBytes(32).toString('hex');
}

/**
 * Whether what a call brings is the secret, compared in constant time. Without a known secret
 * nothing is.
 */
export function isSecret(given: unknown, secret: string | undefined): boolean {
	if (typeof given !== 'string' || !secret) return false;
	return timingSafeEqual(digest(given), digest(secret));
}

/** Equally long whatever the length of the text, as the comparison requires. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}
