import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { Fault, RecordedRequest } from '../types';
import type { Answer } from './answer';
import { refused } from './answer';
import { actsDespite } from './faults';
import type { Leniency } from './leniency';
import { MAILEON_XML } from './media';
import { parseQuery } from './query';
import { badRequest, Refusal } from './refusal';
import type { IncomingCall } from './routing';
import { keyOf } from './routing';

export const API_PREFIX = '/1.0';

/** Largest request body that is read at all, in bytes. */
const MAX_BODY = 256 * 1024 * 1024;

/** What the server asks for each request. */
export interface ServerHooks {
	/** A request to the API arrived whole. */
	record(
		request: Omit<RecordedRequest, 'body' | 'bodyBytes' | 'status' | 'leniencies'>,
		body: Buffer,
	): RecordedRequest;
	takeFault(method: string, path: string): Fault | undefined;
	run(call: IncomingCall): Answer;
	answerCharset(): boolean;
	/** Everything outside the API: the page and its controls. */
	other(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void>;
	answered(record: RecordedRequest): void;
}

/** A server on 127.0.0.1 that reads requests whole and hands them to the hooks. */
export function createApiServer(hooks: ServerHooks): Server {
	const server = createServer((request, response) => {
		void serve(request, response, hooks).catch(() => response.destroy());
	});
	server.keepAliveTimeout = 120_000;
	server.requestTimeout = 0;
	return server;
}

/** A request of which only the first line, the headers and the body are known yet. */
type ReceivedCall = Omit<IncomingCall, 'query' | 'lenient'>;

async function serve(
	request: IncomingMessage,
	response: ServerResponse,
	hooks: ServerHooks,
): Promise<void> {
	const body = await readBody(request);
	const rawUrl = request.url ?? '/';
	if (rawUrl !== API_PREFIX && !rawUrl.startsWith(`${API_PREFIX}/`)) {
		return await hooks.other(request, response, body);
	}
	const call = splitRequest(request, rawUrl, body);
	const { record, answer } = receive(call, rawUrl, hooks);
	const fault = hooks.takeFault(call.method, call.path);
	if (!fault) {
		send(response, answer(), record, hooks);
		return;
	}
	await serveFault(fault, request, response, record, answer, hooks);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MAX_BODY) throw new Error('the request body is too large to be read');
		chunks.push(chunk);
	}
	return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function splitRequest(request: IncomingMessage, rawUrl: string, body: Buffer): ReceivedCall {
	const mark = rawUrl.indexOf('?');
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return {
		method: request.method ?? 'GET',
		path: rawUrl.slice(API_PREFIX.length, mark < 0 ? undefined : mark),
		rawQuery: mark < 0 ? '' : rawUrl.slice(mark + 1),
		headers,
		body,
		baseUrl: `http://${headers.host ?? '127.0.0.1'}${API_PREFIX}`,
	};
}

/** Records a request and prepares its answer; acting is left to the returned function. */
function receive(
	call: ReceivedCall,
	rawUrl: string,
	hooks: ServerHooks,
): { record: RecordedRequest; answer: () => Answer } {
	let query: Array<[string, string]> = [];
	let malformed: Refusal | undefined;
	try {
		checkUrl(rawUrl);
		query = parseQuery(call.rawQuery);
	} catch (error) {
		malformed = asRefusal(error);
	}
	const { method, path, headers, body } = call;
	const record = hooks.record(
		{ method, path, rawUrl, query, headers, key: keyOf(headers.authorization) },
		body,
	);
	const lenient = (leniency: Leniency) => {
		if (!record.leniencies.includes(leniency)) record.leniencies.push(leniency);
	};
	return {
		record,
		answer: () => {
			try {
				if (malformed) throw malformed;
				return hooks.run({ ...call, query, lenient });
			} catch (error) {
				return refused(asRefusal(error));
			}
		},
	};
}

function checkUrl(rawUrl: string): void {
	if (/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/.test(rawUrl)) {
		throw badRequest('the URL holds characters that have to be percent-encoded');
	}
}

function asRefusal(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	return new Refusal(500, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function send(
	response: ServerResponse,
	answer: Answer,
	record: RecordedRequest,
	hooks: ServerHooks,
): void {
	record.status = answer.status;
	const body = answer.body === undefined ? undefined : bytesOf(answer.body);
	response.writeHead(answer.status, headersOf(answer, body, hooks.answerCharset()));
	response.end(body);
	hooks.answered(record);
}

function headersOf(
	answer: Answer,
	body: Buffer | undefined,
	withCharset: boolean,
): Record<string, string | string[]> {
	const headers: Record<string, string | string[]> = { ...answer.headers };
	const isText = typeof answer.body === 'string';
	if (answer.type)
		headers['content-type'] = withCharset && isText ? `${answer.type};charset=utf-8` : answer.type;
	if (answer.status !== 204) headers['content-length'] = String(body?.length ?? 0);
	return headers;
}

async function serveFault(
	fault: Fault,
	request: IncomingMessage,
	response: ServerResponse,
	record: RecordedRequest,
	act: () => Answer,
	hooks: ServerHooks,
): Promise<void> {
	const answer = faultyAnswer(fault, actsDespite(fault) ? act() : { status: 200 });
	if (fault.delayMs) await delay(fault.delayMs, response);
	if (response.destroyed) return;
	if (fault.breakConnection) {
		request.socket.destroy();
		hooks.answered(record);
		return;
	}
	if (fault.respond) {
		const remember = () => {
			if (response.headersSent) record.status = response.statusCode;
		};
		response.once('close', () => {
			remember();
			hooks.answered(record);
		});
		fault.respond(request, response);
		remember();
		return;
	}
	const body = bodyOf(fault, answer);
	record.status = answer.status;
	const headers: Record<string, string | string[]> = {
		...headersOf(answer, body, hooks.answerCharset()),
		...lowerCased(fault.headers),
	};
	if (fault.never) {
		delete headers['content-length'];
		response.writeHead(answer.status, headers);
		response.write(body.subarray(0, 1));
	} else {
		const sent = fault.truncate ? body.subarray(0, Math.ceil(body.length / 2)) : body;
		if (headers['content-length'] !== undefined) headers['content-length'] = String(sent.length);
		response.writeHead(answer.status, headers);
		response.end(sent);
	}
	hooks.answered(record);
}

function faultyAnswer(fault: Fault, answer: Answer): Answer {
	const changed: Answer = { ...answer, status: fault.status ?? answer.status };
	if (
		fault.body === undefined &&
		fault.status !== undefined &&
		![204, 304].includes(fault.status)
	) {
		return { ...refused(new Refusal(fault.status, `fault with status ${fault.status}`)) };
	}
	if (fault.body !== undefined) changed.type ??= MAILEON_XML;
	return changed;
}

function bodyOf(fault: Fault, answer: Answer): Buffer {
	return bytesOf(fault.body ?? answer.body ?? '');
}

function bytesOf(body: string | Buffer): Buffer {
	return typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
}

function lowerCased(headers: Record<string, string> = {}): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

/** Waits, but no longer than the client does. */
async function delay(milliseconds: number, response: ServerResponse): Promise<void> {
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), milliseconds);
	response.once('close', () => stop.abort());
	try {
		await once(stop.signal, 'abort');
	} finally {
		clearTimeout(timer);
	}
}
