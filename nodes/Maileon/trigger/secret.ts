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
 * What is remembered of a secret. n8n keeps the memory of a node with the workflow and with every
 * execution, where more people can read it than may start the workflow.
 */
export function secretHash(secret: string): string {
	return digest(secret).toString('hex');
}

/**
 * Whether what a call brings is the secret of that hash, compared in constant time. Without a known
 * hash nothing is.
 */
export function isSecret(given: unknown, hash: string | undefined): boolean {
	if (typeof given !== 'string' || hash === undefined) return false;
	const expected = Buffer.from(hash, 'hex');
	const actual = digest(given);
	return expected.length === actual.length && timingSafeEqual(actual, expected);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}
