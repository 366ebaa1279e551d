/**
 * The address that the API key is sent to.
 * Rests on the page "Authentication": the key travels in a header of every request.
 */

/** The base URL cannot be used. The message says why, for the person who typed it. */
export class BaseUrlRefusal extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = 'BaseUrlRefusal';
	}
}

/**
 * Checks a base URL and returns it without a slash at its end.
 * Allowed is https to any host, and http to this machine only, since the key must not travel in
 * the clear.
 * @throws BaseUrlRefusal for everything else
 */
export function checkedBaseUrl(baseUrl: unknown): string {
	const text = typeof baseUrl === 'string' ? baseUrl.trim() : '';
	const url = parseUrl(text);
	if (!url) throw new BaseUrlRefusal(`The Base URL "${text}" is not a web address`);
	if (url.username || url.password || url.search || url.hash)
		throw new BaseUrlRefusal(
			'The Base URL must hold nothing but protocol, host, port and path: no user, query or #',
		);
	if (url.protocol === 'http:' && !isLoopback(url.hostname))
		throw new BaseUrlRefusal(
			'The Base URL must begin with https://, since the API key is sent there',
		);
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw new BaseUrlRefusal('The Base URL must begin with https://');
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname === '[::1]' ||
		hostname === '::1' ||
		/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
	);
}

/**
 * The documented `Authorization` header: Basic, with the Base64 of the key's UTF-8 bytes. Blanks
 * around a pasted key do not belong to it.
 */
export function authorizationHeader(apiKey: string): string {
	return `Basic ${Buffer.from(apiKey.trim(), 'utf8').toString('base64')}`;
}
