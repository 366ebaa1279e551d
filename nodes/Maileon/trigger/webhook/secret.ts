/**
 * The secret that proves that a call comes from a webhook that this node created. Maileon signs
 * nothing, so a value that only the webhook knows travels in its URL.
 *
 * n8n writes the memory of all nodes of a workflow back as a whole: a long run that began before a
 * registration can overwrite what that registration left. So a secret also says when it was made, and
 * is signed, so that the node knows later ones than those it remembers.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'crypto';

/** Who makes and knows secrets. */
export interface Maker {
	/** Signs them; it cannot be found from a signature. */
	apiKey: string;
	/** The path of the webhook's URL, which no other node has. */
	path: string;
	/** A secret is of one event: a late call would otherwise come out as an event that it is not. */
	event: string;
}

/** Digits of the parts: when it was made, what is random, and the signature. */
const TIME = 12;
const RANDOM = 20;
const SIGNATURE = 32;

/**
 * A new secret, in letters that need no encoding in a URL.
 * @param madeAt milliseconds since 1970
 */
export function newSecret(maker: Maker, madeAt: number): string {
	const time = madeAt.toString(16).padStart(TIME, '0');
	const start = time + randomBytes(RANDOM / 2).toString('hex');
	return start + signatureOf(start, maker);
}

/**
 * What is remembered of a secret and its event. n8n keeps the memory of a node with the workflow and with every
 * execution, where more people can read it than may start the workflow.
 */
export function secretHash(secret: string, event: string): string {
	return digest(secret, event).toString('hex');
}

/**
 * Whether what a call brings is the secret of that hash and event, compared in constant time. Without
 * a known hash nothing is.
 */
export function isSecret(given: unknown, event: string, hash: string | undefined): boolean {
	if (typeof given !== 'string' || hash === undefined) return false;
	return isSame(digest(given, event), Buffer.from(hash, 'hex'));
}

/**
 * Whether what a call brings is a secret that the maker made after a moment.
 * @param since milliseconds since 1970
 */
export function isLaterSecret(given: unknown, maker: Maker, since: number): boolean {
	if (typeof given !== 'string' || !PATTERN.test(given) || maker.apiKey === '') return false;
	const start = given.slice(0, TIME + RANDOM);
	const isSigned = isSame(
		Buffer.from(given.slice(start.length), 'hex'),
		Buffer.from(signatureOf(start, maker), 'hex'),
	);
	return isSigned && parseInt(given.slice(0, TIME), 16) > since;
}

const PATTERN = new RegExp(`^[0-9a-f]{${TIME + RANDOM + SIGNATURE}}$`);

function signatureOf(start: string, { apiKey, path, event }: Maker): string {
	const text = JSON.stringify(['webhook of n8n-nodes-maileon-api', path, event, start]);
	return createHmac('sha256', apiKey).update(text, 'utf8').digest('hex').slice(0, SIGNATURE);
}

function isSame(actual: Buffer, expected: Buffer): boolean {
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function digest(secret: string, event: string): Buffer {
	return createHash('sha256').update(`${event} ${secret}`, 'utf8').digest();
}
