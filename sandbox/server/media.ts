import type { Lenient } from './leniency';
import { Refusal } from './refusal';

export const MAILEON_XML = 'application/vnd.maileon.api+xml';
export const MAILEON_JSON = 'application/vnd.maileon.api+json';
export const JSON_TYPE = 'application/json';
export const HTML_TYPE = 'text/html';
export const TEXT_TYPE = 'text/plain';

/**
 * Checks the Accept header: it should name a documented type of the answer, and must not name
 * others only.
 *
 * @throws Refusal (406)
 */
export function checkAccept(
	header: string | undefined,
	allowed: readonly string[],
	lenient: Lenient,
): void {
	const accepted = (header ?? '*/*').split(',').map(withoutParameters);
	if (accepted.some((type) => allowed.includes(type))) return;
	if (accepted.includes('*/*')) return lenient('no particular Accept');
	throw new Refusal(406, `Accept must name ${allowed.join(' or ')} but was ${header}`);
}

/**
 * Checks the Content-Type of a body.
 *
 * @returns the media type without its parameters
 * @throws Refusal (415)
 */
export function checkContentType(header: string | undefined, allowed: readonly string[]): string {
	const type = withoutParameters(header ?? '');
	if (!allowed.includes(type)) {
		throw new Refusal(
			415,
			`Content-Type must be ${allowed.join(' or ')} but was ${header ?? 'not sent'}`,
		);
	}
	const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(header ?? '')?.[1];
	if (charset && charset.toLowerCase() !== 'utf-8') {
		throw new Refusal(415, `the body must be UTF-8 but Content-Type says ${charset}`);
	}
	return type;
}

/** A media type without its parameters, in small letters. */
export function withoutParameters(type: string): string {
	return (type.split(';')[0] ?? '').trim().toLowerCase();
}
