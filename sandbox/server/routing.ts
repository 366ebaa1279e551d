import { gunzipSync } from 'node:zlib';

import type { Account, Method } from '../account/account';
import type { SandboxContact } from '../account/contact';
import type { InputOf } from '../recipients';
import type { Variants } from '../variants';
import type { XmlElement } from '../xml';
import { readXml } from '../xml';
import type { Answer } from './answer';
import type { Lenient } from './leniency';
import {
	checkAccept,
	checkContentType,
	JSON_TYPE,
	MAILEON_JSON,
	MAILEON_XML,
	withoutParameters,
} from './media';
import type { Query, QueryRules } from './query';
import { checkQuery } from './query';
import { badRequest, Refusal } from './refusal';

/** Largest compressed body that is read, in bytes once it is decompressed. */
const MAX_DECOMPRESSED = 256 * 1024 * 1024;

/** What every endpoint works on. */
export interface CallContext {
	account: Account;
	variants: Variants;
	/** Unsubscribes a contact, which also calls webhooks. */
	unsubscribe(contact: SandboxContact, method: string, details?: InputOf['unsubscriptions']): void;
}

/** A request that passed all checks of its route. */
export interface Call extends CallContext {
	/** Decoded parts of the path by name. */
	path: Readonly<Record<string, string>>;
	query: Query;
	body: RequestBody;
	/** Base URL by which the caller came, for links. */
	baseUrl: string;
	/** Raw path and query without paging, for links. */
	rawPath: string;
	rawQuery: string;
	/** The API key by which the caller came. */
	key: string;
	lenient: Lenient;
}

/** The body of a request: XML, JSON, other text, a file with its media type, or nothing. */
export type RequestBody =
	| { kind: 'none' }
	| { kind: 'xml'; root: XmlElement }
	| { kind: 'json'; value: unknown }
	| { kind: 'text'; text: string }
	| { kind: 'file'; type: string; bytes: Buffer };

/** One endpoint of the API. */
export interface Route {
	method: Method;
	/** Segments; those with a colon are parameters. */
	path: string;
	/** Whether the documentation has the path with a slash behind it too. */
	endsInSlash?: boolean;
	query?: QueryRules;
	/** Media types of the request body; without them a body is refused. A file may have any type, or none. */
	body?: readonly string[] | 'file';
	/** Largest body in bytes, and the status when it is exceeded. */
	maxBytes?: { bytes: number; status: (variants: Variants) => number };
	/** Media types of the answer, one of which Accept has to name; with none listed, every Accept will do. */
	accept?: readonly string[];
	run(call: Call): Answer;
}

/** A request as the server hands it over. */
export interface IncomingCall {
	method: string;
	/** Raw path without `/1.0` and query. */
	path: string;
	rawQuery: string;
	query: ReadonlyArray<[string, string]>;
	headers: Readonly<Record<string, string>>;
	body: Buffer;
	baseUrl: string;
	lenient: Lenient;
}

interface Compiled {
	route: Route;
	segments: string[];
}

/** Finds the route of a request, checks the request against it, and runs it. */
export class Router {
	private readonly compiled: Compiled[];

	constructor(routes: readonly Route[]) {
		this.compiled = routes.map((route) => ({ route, segments: route.path.slice(1).split('/') }));
	}

	/**
	 * @throws Refusal with Maileon's status for everything that the documentation does not allow
	 */
	run(incoming: IncomingCall, context: CallContext): Answer {
		authorize(incoming, context.account);
		const { route, path } = this.match(incoming);
		checkAcceptOf(incoming, route);
		const query = checkQuery(incoming.query, route.query ?? {}, incoming.lenient);
		const body = readBody(incoming, route, context.variants);
		return route.run({
			...context,
			path,
			query,
			body,
			baseUrl: incoming.baseUrl,
			rawPath: incoming.path,
			rawQuery: incoming.rawQuery,
			key: keyOf(incoming.headers.authorization) ?? '',
			lenient: incoming.lenient,
		});
	}

	private match(incoming: IncomingCall): { route: Route; path: Record<string, string> } {
		const segments = incoming.path.slice(1).split('/');
		const hasSlash = segments.at(-1) === '';
		if (hasSlash) segments.pop();
		const methods = new Set<string>();
		for (const { route, segments: pattern } of this.compiled) {
			const path = matchSegments(segments, pattern);
			if (!path) continue;
			methods.add(route.method);
			if (route.method !== incoming.method) continue;
			if (hasSlash && !route.endsInSlash) incoming.lenient('trailing slash');
			return { route, path };
		}
		if (methods.size === 0) throw new Refusal(404, `no such resource: ${incoming.path}`);
		throw new Refusal(405, `method ${incoming.method} is not allowed on ${incoming.path}`, {
			allow: [...methods].join(', '),
		});
	}
}

function matchSegments(
	segments: readonly string[],
	pattern: readonly string[],
): Record<string, string> | undefined {
	if (segments.length !== pattern.length) return undefined;
	const path: Record<string, string> = {};
	for (const [index, part] of pattern.entries()) {
		const segment = segments[index] ?? '';
		if (!part.startsWith(':')) {
			if (part !== segment) return undefined;
		} else if (segment === '') {
			return undefined;
		} else {
			path[part.slice(1)] = decodeSegment(segment);
		}
	}
	return path;
}

function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw badRequest(`path part "${segment}" is not percent-encoded UTF-8`);
	}
}

/** The API key in an Authorization header that has the documented form. */
export function keyOf(header: string | undefined): string | undefined {
	const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(header ?? '')?.[1];
	if (!encoded) return undefined;
	const key = Buffer.from(encoded, 'base64').toString('utf8');
	return Buffer.from(key, 'utf8').toString('base64') === encoded ? key : undefined;
}

function authorize(incoming: IncomingCall, account: Account): void {
	const rights = rightsOf(incoming, account);
	if (!rights) throw new Refusal(401, 'the API key is missing, invalid or expired');
	for (const right of rights) if (right === incoming.method) return;
	const known = ['GET', 'POST', 'PUT', 'DELETE'].includes(incoming.method);
	if (known) throw new Refusal(403, `the API key has no right for ${incoming.method}`);
}

/** The rights of the key; a client that takes it for a user name sends a colon behind it. */
function rightsOf(incoming: IncomingCall, account: Account): ReadonlySet<Method> | undefined {
	const key = keyOf(incoming.headers.authorization);
	if (key === undefined) return undefined;
	const rights = account.keys.get(key);
	if (rights || !key.endsWith(':')) return rights;
	const rightsWithoutColon = account.keys.get(key.slice(0, -1));
	if (rightsWithoutColon) incoming.lenient('colon behind the key');
	return rightsWithoutColon;
}

function checkAcceptOf(incoming: IncomingCall, route: Route): void {
	const allowed = route.accept ?? [MAILEON_XML];
	if (allowed.length > 0) checkAccept(incoming.headers.accept, allowed, incoming.lenient);
}

function readBody(incoming: IncomingCall, route: Route, variants: Variants): RequestBody {
	if (!route.body) {
		if (incoming.body.length > 0) throw badRequest('this call takes no body');
		return { kind: 'none' };
	}
	if (route.body.length === 0) return { kind: 'none' };
	const body = decompress(incoming);
	if (route.body === 'file') {
		const type = withoutParameters(incoming.headers['content-type'] ?? '');
		return { kind: 'file', type, bytes: body };
	}
	const type = checkContentType(incoming.headers['content-type'], route.body);
	if (route.maxBytes && body.length > route.maxBytes.bytes) {
		throw new Refusal(
			route.maxBytes.status(variants),
			`the body must not exceed ${route.maxBytes.bytes} bytes but had ${body.length}`,
		);
	}
	const text = decodeUtf8(body);
	if (type === MAILEON_XML) return { kind: 'xml', root: readXml(text) };
	if (type === MAILEON_JSON || type === JSON_TYPE) return { kind: 'json', value: readJson(text) };
	return { kind: 'text', text };
}

function decompress({ headers, body, lenient }: IncomingCall): Buffer {
	const encoding = headers['content-encoding'];
	if (!encoding || encoding === 'identity') return body;
	if (encoding !== 'gzip') {
		throw new Refusal(415, `Content-Encoding ${encoding} is not supported`);
	}
	lenient('compressed body');
	try {
		return gunzipSync(body, { maxOutputLength: MAX_DECOMPRESSED });
	} catch (error) {
		throw badRequest(`the body is no gzip: ${error instanceof Error ? error.message : error}`);
	}
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A body as text.
 *
 * @throws Refusal (400) when it is not UTF-8
 */
export function decodeUtf8(body: Buffer): string {
	try {
		return UTF8.decode(body);
	} catch {
		throw badRequest('the body is not valid UTF-8');
	}
}

/**
 * The value of a JSON text.
 *
 * @throws Refusal (400) that says what is wrong
 */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw badRequest(`malformed JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
}
