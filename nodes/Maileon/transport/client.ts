/**
 * The one door to Maileon: signs, sends, repeats and reads. Everything else is given a client.
 */
import type { IHttpRequestOptions } from 'n8n-workflow';

import { isErrorAnswer, isFromMaileon, readAnswer, type Answer } from '../maileon/answer';
import { BodyRefusal, decodeBody, mediaTypeOf, readBody, type ByteStream } from './body';
import type { ClientContext } from './context';
import { CREDENTIAL, readBaseUrl } from './credential';
import { MaileonFailure, type FailureFacts, type FailureKind, type Outcome } from './failure';
import { networkCodeOf, networkTrouble } from './network';
import { pause } from './pause';
import { MEDIA_TYPE, requestUrl, type DoneBefore, type MaileonRequest } from '../maileon/request';
import { mayRepeat, pauseBefore, readRetryAfter } from './retry';

export { CREDENTIAL };

const DEFAULT_TIMEOUT = 120_000;
export const DEFAULT_RETRIES = 3;

export interface MaileonAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, unknown>>;
	answer: Answer;
	/** Whether an earlier attempt may have been carried out, too. */
	afterUnclear?: boolean;
}

export interface SendOptions {
	/** How often a request is repeated at most; 3 by default. */
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
	const client: MaileonClient = {
		async send(request, { retries = DEFAULT_RETRIES, stop, onUnclear } = {}) {
			const url = requestUrl(baseUrl, request);
			let outcome: Outcome = 'refused';
			let last: MaileonFailure | undefined;
			const repetitions = request.neverRepeated ? 0 : retries;
			for (let attempt = 1; ; attempt++) {
				if (cancel?.aborted) throw cancelled(request, outcome);
				if (stop?.aborted) throw last ?? cancelled(request, outcome);
				const result = await sendOnce(context, url, request, cancel);
				const afterUnclear = outcome === 'unclear';
				if ('status' in result) return { ...result, ...(afterUnclear && { afterUnclear }) };
				if (afterUnclear && saysDone(request.doneBefore, result.facts)) {
					const found = await lostAnswer(client, request, { retries, stop });
					if (found) return { status: 200, headers: {}, answer: found, afterUnclear };
				}
				if (result.facts.outcome === 'unclear') {
					outcome = 'unclear';
					onUnclear?.();
				}
				last = new MaileonFailure({ ...result.facts, outcome, attempts: attempt });
				if (attempt > repetitions || !mayRepeat(last.facts)) throw last;
				await pause(pauseBefore(attempt, last.facts, Math.random()), firstOf(cancel, stop));
			}
		},
	};
	return client;
}

/** Whether the refusal of a repeated request can mean that an earlier attempt was carried out. */
function saysDone(
	doneBefore: DoneBefore | undefined,
	{ status = 0, fromElsewhere }: FailureFacts,
): boolean {
	return doneBefore?.statuses.includes(status) === true && !fromElsewhere;
}

/** What stands for the answer that got lost; undefined where it is not certain that there was one. */
async function lostAnswer(
	client: MaileonClient,
	{ doneBefore, timeout }: MaileonRequest,
	options: SendOptions,
): Promise<Answer | undefined> {
	const proof = doneBefore?.proof;
	if (!proof) return { kind: 'empty' };
	const read = await client.send({ ...proof.request, timeout }, options).catch((error: unknown) => {
		if (error instanceof MaileonFailure) return undefined;
		throw error;
	});
	return read && proof.read(read.answer);
}

function cancelled(request: MaileonRequest, outcome: Outcome): MaileonFailure {
	return new MaileonFailure({ kind: 'cancelled', outcome, method: request.method });
}

function firstOf(...signals: Array<AbortSignal | undefined>): AbortSignal {
	return AbortSignal.any(signals.filter((signal) => signal !== undefined));
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
		const wanted = isSuccess(status) ? request.content : undefined;
		answer = answerOf(bytes, headers['content-type'], wanted);
	} catch (error) {
		return bodyFailure(error, status, failure);
	}
	if (isSuccess(status))
		return isErrorAnswer(answer, request.method === 'GET')
			? failure('report', { outcome: request.canSendMail ? 'unclear' : 'refused', status, answer })
			: { status, headers, answer };
	return failure('status', {
		outcome: status < 500 || status === 503 ? 'refused' : 'unclear',
		status,
		answer,
		fromElsewhere: status === 404 && !isFromMaileon(answer, asksForJson(request)),
		retryAfterMs: readRetryAfter(headers['retry-after'], Date.now()),
	});
}

function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}

/** @param wanted the content that is taken as it is; what is not named is read by its first character */
function answerOf(bytes: Buffer, contentType: unknown, wanted: MaileonRequest['content']): Answer {
	if (wanted === 'bytes') return { kind: 'bytes', bytes, type: mediaTypeOf(contentType) };
	const text = decodeBody(bytes, contentType);
	return wanted ? { kind: wanted, text } : readAnswer(text);
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
		Accept: mediaTypeHeader(request.accept ?? MEDIA_TYPE.xml),
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
function mediaTypeHeader(type: string): string {
	return type === MEDIA_TYPE.xml ? `${type}; charset=utf-8` : type;
}

function asksForJson({ accept }: MaileonRequest): boolean {
	return accept === MEDIA_TYPE.json || accept === MEDIA_TYPE.plainJson;
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
			makesAnother: request.makesAnother,
			advice: request.advice,
			...facts,
		});
}

function connectionFailure(
	error: unknown,
	failure: MakeFailure,
	cancel: AbortSignal | undefined,
): MaileonFailure {
	if (cancel?.aborted) return failure('cancelled', { outcome: 'unclear' });
	const { kind, ...facts } = networkTrouble(error);
	const detail = facts.networkCode === undefined ? shortMessage(error) : undefined;
	return failure(kind, { ...facts, detail });
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
