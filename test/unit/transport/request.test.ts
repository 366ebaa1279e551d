import fc from 'fast-check';

import {
	authorizationHeader,
	BaseUrlRefusal,
	checkedBaseUrl,
	isLoopback,
} from '../../../nodes/Maileon/transport/baseUrl';
import { signedRequest } from '../../../nodes/Maileon/transport/authentication';
import {
	PathRefusal,
	pathSegment,
	requestUrl,
	type MaileonRequest,
} from '../../../nodes/Maileon/maileon/request';

const BASE = 'https://api.maileon.com/1.0';
const url = (request: Partial<MaileonRequest>) =>
	requestUrl(BASE, { method: 'GET', path: ['contacts'], ...request });

describe('the URL of a request', () => {
	test.each([
		['00123', '00123'],
		['9007199254740993', '9007199254740993'],
		['a/b c?ü&#', 'a%2Fb%20c%3F%C3%BC%26%23'],
		['max.mustermann@xqueue.com', 'max.mustermann%40xqueue.com'],
		['a+b', 'a%2Bb'],
		['100%', '100%25'],
		['...', '...'],
		['😀', '%F0%9F%98%80'],
	])('the path value %p becomes %p', (value, encoded) => {
		expect(url({ path: ['contacts', 'externalid', value] })).toBe(
			`${BASE}/contacts/externalid/${encoded}`,
		);
	});

	test.each(['', '.', '..', '\ud800', 'a\udc00'])('the path value %j is refused', (value) => {
		expect(() => pathSegment(value)).toThrow(PathRefusal);
		expect(() => url({ path: ['contacts', value] })).toThrow(PathRefusal);
	});

	test('nothing is left out of the query, booleans are words, names repeat', () => {
		const query = [
			['a', undefined],
			['b', ''],
			['c', false],
			['d', true],
			['e', 0],
			['f', ' x&y=+ü'],
			['f', '2'],
		] as const;
		expect(url({ query })).toBe(`${BASE}/contacts?c=false&d=true&e=0&f=%20x%26y%3D%2B%C3%BC&f=2`);
		expect(url({ query: [['a', undefined]] })).toBe(`${BASE}/contacts`);
	});

	test('lone surrogates never break a query', () => {
		expect(url({ query: [['src', 'a\ud800b']] })).toBe(`${BASE}/contacts?src=ab`);
	});

	test('any path value and any query value come out as they went in', () => {
		const text = fc.string({ unit: 'grapheme', minLength: 1 });
		fc.assert(
			fc.property(text, text, (segment, value) => {
				fc.pre(segment !== '.' && segment !== '..');
				const parsed = new URL(url({ path: ['contacts', segment], query: [['src', value]] }));
				const parts = parsed.pathname.split('/');
				expect(parts).toHaveLength(4);
				expect(decodeURIComponent(parts[3] ?? '')).toBe(segment);
				expect(parsed.searchParams.get('src')).toBe(value);
				expect(parsed.hash).toBe('');
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('the base URL', () => {
	test.each([
		['https://api.maileon.com/1.0', 'https://api.maileon.com/1.0'],
		[' https://api.maileon.com/1.0/ ', 'https://api.maileon.com/1.0'],
		['https://api.maileon.com/1.0///', 'https://api.maileon.com/1.0'],
		['HTTPS://API.MAILEON.COM/1.0', 'https://api.maileon.com/1.0'],
		['https://maileon.example:8443/proxy/1.0', 'https://maileon.example:8443/proxy/1.0'],
		['http://127.0.0.1:8025/1.0', 'http://127.0.0.1:8025/1.0'],
		['http://localhost:8025/1.0/', 'http://localhost:8025/1.0'],
		['http://[::1]:8025/1.0', 'http://[::1]:8025/1.0'],
	])('%p is taken as %p', (text, base) => {
		expect(checkedBaseUrl(text)).toBe(base);
	});

	test.each([
		'',
		'   ',
		'api.maileon.com/1.0',
		'http://api.maileon.com/1.0',
		'http://127.0.0.1.evil.example/1.0',
		'http://localhost.evil.example/1.0',
		'ftp://api.maileon.com',
		'file:///etc/passwd',
		'https://user:pass@api.maileon.com/1.0',
		'https://user@api.maileon.com/1.0',
		'https://api.maileon.com/1.0?x=1',
		'https://api.maileon.com/1.0#x',
		undefined,
		null,
		42,
	])('%p is refused', (text) => {
		expect(() => checkedBaseUrl(text)).toThrow(BaseUrlRefusal);
	});

	test.each([
		['localhost', true],
		['127.0.0.1', true],
		['127.1.2.3', true],
		['[::1]', true],
		['10.0.0.1', false],
		['127.0.0.1.example.com', false],
		['0.0.0.0', false],
	])('%p is this machine: %p', (host, isIt) => {
		expect(isLoopback(host)).toBe(isIt);
	});
});

describe('the key', () => {
	test('is encoded as the documentation says: the Base64 of its UTF-8 bytes', () => {
		expect(authorizationHeader('my-key')).toBe('Basic bXkta2V5');
		expect(authorizationHeader(' schlüssel\n')).toBe(
			`Basic ${Buffer.from('schlüssel', 'utf8').toString('base64')}`,
		);
	});

	test('goes with requests to its own base URL only', () => {
		const credentials = { apiKey: 'my-key', baseUrl: BASE };
		const signed = signedRequest(credentials, {
			url: `${BASE}/ping`,
			headers: { Accept: 'x' },
			disableFollowRedirect: false,
		});
		expect(signed.headers).toEqual({ Accept: 'x', Authorization: 'Basic bXkta2V5' });
		expect(signed.disableFollowRedirect).toBe(true);
		expect(signedRequest(credentials, { baseURL: BASE, url: '/ping' }).headers).toBeDefined();
		for (const other of [
			{ url: 'https://evil.example/1.0/ping' },
			{ url: '/ping', baseURL: 'https://evil.example' },
			{ url: '//evil.example/ping' },
			{ url: 'http://api.maileon.com/1.0/ping' },
		])
			expect(() => signedRequest(credentials, other)).toThrow(BaseUrlRefusal);
	});
});
