/**
 * The one door to Maileon: signs, sends, repeats and reads. Everything else is given a client.
 */
import {
	sleepWithAbort,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { readAnswer, type Answer } from '../maileon/answer';
import { BodyRefusal, decodeBody, readBody, type ByteStream } from './body';
import { CREDENTIAL, readBaseUrl } from './credential';
import { MaileonFailure, type FailureFacts, type FailureKind } from './failure';
import { MEDIA_TYPE, requestUrl, type MaileonRequest } from './request';
import { mayRepeat, pauseBefore, readRetryAfter } from './retry';

export { CREDENTIAL };

const DEFAULT_TIMEOUT = 120_000;
export const DEFAULT_RETRIES = 3;

export type ClientContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

export interface MaileonAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, unknown>>;
	answer: Answer;
}

export interface SendOptions {
	/** How often a request is repeated at most; 3 unless told otherwise. */
	retries?: number;
	/** Ends a pause before a repetition, and lets nothing more be sent. */
	stop?: AbortSignal;
	/** Told of each attempt after which it is unclear whether Maileon acted on the request. */
	onUnclear?(): void;
}

export interface MaileonClient {
	/**
	 * Sends a request and returns any answer with a status of success (2xx).
	 * @throws MaileonFailure for everything else, after as many repetitions as are allowed and safe
	 * @throws PathRefusal when a part of the path cannot be sent
	 */
	send(request: MaileonRequest, options?: SendOptions): Promise<MaileonAnswer>;
}

/**
 * A client for the credential of a node.
 * @throws BaseUrlRefusal when the credential's base URL cannot be used
 */
export async function createClient(context: ClientContext): Promise<MaileonClient> {
	const baseUrl = await readBaseUrl(context);
	const cancel =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		async send(request, { retries = DEFAULT_RETRIES, stop, onUnclear } = {}) {
			const url = requestUrl(baseUrl, request);
			let mayBeDone = false;
			let last: MaileonFailure | undefined;
			for (let attempt = 1; ; attempt++) {
				if (cancel?.aborted) throw cancelled(request);
				if (stop?.aborted) throw last ?? cancelled(request);
				const result = await sendOnce(context, url, request, cancel);
				if ('status' in result) return result;
				if (mayBeDone && isGone(result.facts)) return NOTHING_LEFT;
				mayBeDone ||= result.facts.outcome === 'unclear';
				if (result.facts.outcome === 'unclear') onUnclear?.();
				const facts = { ...result.facts, attempts: attempt };
				last = new MaileonFailure(facts);
				if (attempt > retries || !mayRepeat(facts)) throw last;
				await pause(pauseBefore(attempt, facts, Math.random()), firstOf(cancel, stop));
			}
		},
	};
}

const NOTHING_LEFT: MaileonAnswer = { status: 204, headers: {}, answer: { kind: 'empty' } };

/** A deletion whose earlier attempt got lost on the way back is done when Maileon finds nothing now. */
function isGone({ method, status, answer }: FailureFacts): boolean {
	return method === 'DELETE' && status === 404 && answer?.kind !== 'html';
}

function cancelled(request: MaileonRequest): MaileonFailure {
	return new MaileonFailure({ kind: 'cancelled', outcome: 'refused', method: request.method });
}

function firstOf(...signals: Array<AbortSignal | undefined>): AbortSignal {
	return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

/** Ends early when the execution is cancelled; the loop then notices. */
async function pause(milliseconds: number, cancel: AbortSignal | undefined): Promise<void> {
	if (milliseconds <= 0) return;
	await sleepWithAbort(milliseconds, cancel).catch(() => undefined);
}

async function sendOnce(
	context: ClientContext,
	url: string,
	request: MaileonRequest,
	cancel: AbortSignal | undefined,
): Promise<MaileonAnswer | MaileonFailure> {
	const timeout = request.timeout ?? DEFAULT_TIMEOUT;
	const started = Date.now();
	const failure = failureOf(request, url);
	let response: FullResponse;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			requestOptions(url, request, timeout),
		)) as FullResponse;
	} catch (error) {
		return connectionFailure(error, failure, cancel);
	}
	const { statusCode: status, headers } = response;
	let answer: Answer;
	try {
		const left = timeout - (Date.now() - started);
		const bytes = await readBody(asStream(response.body), {
			timeout: left,
			cancel,
			announced: headers['content-length'],
		});
		answer = readAnswer(decodeBody(bytes, headers['content-type']));
	} catch (error) {
		return bodyFailure(error, status, failure);
	}
	if (status >= 200 && status < 300) return { status, headers, answer };
	return failure('status', {
		outcome: status < 500 || status === 503 ? 'refused' : 'unclear',
		status,
		answer,
		retryAfterMs: readRetryAfter(headers['retry-after'], Date.now()),
	});
}

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

function requestOptions(
	url: string,
	request: MaileonRequest,
	timeout: number,
): IHttpRequestOptions {
	const headers: Record<string, string> = {
		Accept: mediaTypeHeader(request.accept ?? 'xml'),
	};
	if (request.body) headers['Content-Type'] = mediaTypeHeader(request.body.type);
	return {
		method: request.method,
		url,
		headers,
		body: request.body?.content,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout,
	};
}

/** The documentation writes the character set behind the XML type only. */
function mediaTypeHeader(type: keyof typeof MEDIA_TYPE): string {
	return type === 'xml' ? `${MEDIA_TYPE.xml}; charset=utf-8` : MEDIA_TYPE[type];
}

function asStream(body: unknown): ByteStream {
	if (isStream(body)) return body;
	const text = body === undefined || body === null ? '' : String(body);
	return {
		async *[Symbol.asyncIterator]() {
			yield Buffer.from(text);
		},
		destroy: () => undefined,
	};
}

function isStream(body: unknown): body is ByteStream {
	return (
		typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body
	);
}

type MakeFailure = (
	kind: FailureKind,
	facts: Omit<FailureFacts, 'kind' | 'method'>,
) => MaileonFailure;

function failureOf(request: MaileonRequest, url: string): MakeFailure {
	return (kind, facts) =>
		new MaileonFailure({
			kind,
			method: request.method,
			host: new URL(url).host,
			canSendMail: request.canSendMail,
			...facts,
		});
}

const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EHOSTDOWN',
	'ENETDOWN',
	'EADDRNOTAVAIL',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

function connectionFailure(
	error: unknown,
	failure: MakeFailure,
	cancel: AbortSignal | undefined,
): MaileonFailure {
	if (cancel?.aborted) return failure('cancelled', { outcome: 'unclear' });
	const networkCode = networkCodeOf(error);
	if (networkCode === undefined)
		return failure('broken', { outcome: 'unclear', detail: shortMessage(error) });
	if (NEVER_CONNECTED.has(networkCode) || isCertificateCode(networkCode))
		return failure('unreachable', { outcome: 'refused', networkCode });
	if (TIMED_OUT.has(networkCode)) return failure('timeout', { outcome: 'unclear', networkCode });
	return failure('broken', { outcome: 'unclear', networkCode });
}

function isCertificateCode(code: string): boolean {
	return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|EPROTO/.test(code);
}

/** The system's code, wherever n8n's wrappers keep it: `NodeApiError` keeps it as `httpCode`. */
function networkCodeOf(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 4) return undefined;
	const { code, httpCode, cause, errorResponse } = error as Record<string, unknown>;
	return (
		[code, httpCode].find(isNetworkCode) ??
		networkCodeOf(cause, depth + 1) ??
		networkCodeOf(errorResponse, depth + 1)
	);
}

function isNetworkCode(code: unknown): code is string {
	return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) && code !== 'ERR_BAD_REQUEST';
}

/** The first words of an unexpected message. Request options, and so the key, are never in it. */
function shortMessage(error: unknown): string | undefined {
	return error instanceof Error ? error.message.slice(0, 200) : undefined;
}

function bodyFailure(error: unknown, status: number, failure: MakeFailure): MaileonFailure {
	const outcome = status >= 400 && status < 500 ? 'refused' : 'unclear';
	switch (error instanceof BodyRefusal ? error.trouble : 'broken') {
		case 'timeout':
			return failure('timeout', { outcome, status });
		case 'cancelled':
			return failure('cancelled', { outcome, status });
		case 'too large':
			return failure('answer', { outcome, status, detail: 'The answer is larger than 64 MB.' });
		case 'broken':
			return failure('broken', { outcome, status, networkCode: networkCodeOf(error) });
	}
}
