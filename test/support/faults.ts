/**
 * The fault matrix as data: which faults there are, and what they have to lead to. The rules are those
 * of the documentation and of the README, written down here anew; nothing of the node is asked.
 * faultMatrix.ts says which fault is run where, test/integration/faults.test.ts runs it, and
 * scripts/docs/faults.ts makes docs/faults.md of it.
 */
import { gzipSync } from 'node:zlib';

import type { AnswerKind } from '../../nodes/Maileon/maileon/endpoints/endpoint';

export type Verdict =
	/** The item fails. */
	| 'fails'
	/** The item comes out as if the answer were an ordinary one. */
	| 'works'
	/** The item comes out as a success, without what the answer would have told. */
	| 'works bare'
	/** The item gives no rows. */
	| 'nothing';

/** When a request is repeated. */
export type Repeat =
	/** Maileon cannot have acted on it: always. */
	| 'always'
	/** Maileon may have acted on it: only where that cannot send a second mail. */
	| 'unless mail'
	| 'never';

/** What a server does to a connection, for faults below the answer. */
export type Wire = {
	/** Writes the bytes and closes. */
	send(bytes: Buffer | string): void;
	/** Breaks the connection. */
	reset(): void;
	/** Writes bytes without an end, or as many as are announced. */
	flood(head: string, total: number): void;
	/** Writes the beginning of an answer and never ends it. */
	begin(bytes: string): void;
	/** Lets the time of the request pass. */
	expire(): void;
	expireNextBody(): void;
};

/** What the server knows of a request that is hit. */
export interface Hit {
	/** What it would have answered. */
	answer: string;
	/** Where redirects lead. */
	elsewhere: string;
	/** The key of the item that the request is about. */
	key: string;
}

export interface Fault {
	name: string;
	/** Whether the fault hits every connection of the run instead of one item only. */
	everywhere?: 'refused' | 'unknown host' | 'reset';
	/** What the server does. */
	serve?(wire: Wire, request: Hit): void;
	verdict: Verdict | Partial<Record<AnswerKind, Verdict>>;
	repeat: Repeat;
	/** Whether Maileon may have acted on the request. */
	unclear: boolean;
	/** The message of the failed item; of `{what}` is named what the operation is about. */
	message?: string | Partial<Record<AnswerKind, string>>;
	/** What the description says besides. */
	description?: string;
	status?: number;
	code?: string;
	/** The pause before the first repetition: from, to, in milliseconds. */
	pause?: readonly [number, number];
	/** How the page docs/faults.md calls what comes out. */
	note?: string;
}

const XML_TYPE = 'application/vnd.maileon.api+xml';

function http(
	status: number,
	body: string | Buffer = '',
	headers: Record<string, string> = {},
): Buffer {
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	const lines = Object.entries({
		'Content-Type': XML_TYPE,
		'Content-Length': String(bytes.length),
		Connection: 'close',
		...headers,
	}).map(([name, value]) => `${name}: ${value}\r\n`);
	return Buffer.concat([
		Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`, 'latin1'),
		bytes,
	]);
}

/** An ordinary answer with a status of success. */
export function ordinary(body: string): Buffer {
	return http(200, body, { 'X-Pages': '1', 'X-Items': '1' });
}

const ERROR = '<error><message>It is what it is</message></error>';

const REPORT_OF_REFUSAL =
	'<report><success>false</success><count_contacts>1</count_contacts><count_invalid_contacts>1</count_invalid_contacts>' +
	'<invalid_contacts><contact><email>{key}@example.com</email><external_id nil="true"/><error code="3"><error_field>email</error_field></error></contact></invalid_contacts>' +
	'<contact><error><error_field>email</error_field><error_message>it is a duplicate</error_message></error></contact></report>';

const PAGE =
	'<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>nginx</h1></body></html>';

/** A status that Maileon or something before it refuses or fails with. */
function status(
	code: number,
	rest: Pick<Fault, 'repeat' | 'unclear' | 'message'> & Partial<Fault>,
	headers: Record<string, string> = {},
	body = ERROR,
): Fault {
	return {
		name: String(code),
		verdict: 'fails',
		status: code,
		serve: (wire, { key }) => wire.send(http(code, body.replace('{key}', key), headers)),
		...rest,
	};
}

const SAYS = 'It is what it is';
const USELESS = 'Unexpected response from Maileon';
const BROKEN = 'The connection to Maileon was lost before the response was complete';
/** Content of any form, which nothing shows to be another's. */
const TAKEN_AS_IT_IS = { html: 'works bare', text: 'works bare' } as const;
const DESPITE_SUCCESS = { repeat: 'never', unclear: true, status: 200, message: USELESS } as const;

/** An HTTP date some seconds from now; the header knows whole seconds only. */
function inSeconds(seconds: number): string {
	return new Date(Date.now() + seconds * 1_000).toUTCString();
}

export const FAULTS: readonly Fault[] = [
	{
		name: 'connection refused',
		everywhere: 'refused',
		verdict: 'fails',
		repeat: 'always',
		unclear: false,
		message: 'Maileon could not be reached at',
		description: 'The connection was refused.',
		code: 'ECONNREFUSED',
		pause: [500, 1_000],
	},
	{
		name: 'host not found',
		everywhere: 'unknown host',
		verdict: 'fails',
		repeat: 'always',
		unclear: false,
		message: 'Maileon could not be reached at maileon.invalid',
		description: 'The host was not found.',
		code: 'ENOTFOUND',
		pause: [500, 1_000],
	},
	{
		name: 'connection reset before the request was sent',
		everywhere: 'reset',
		verdict: 'fails',
		repeat: 'always',
		unclear: false,
		message: 'Maileon could not be reached at',
		code: 'ECONNRESET',
		pause: [500, 1_000],
	},
	{
		name: 'connection reset after the request was sent',
		serve: (wire) => wire.reset(),
		verdict: 'fails',
		repeat: 'unless mail',
		unclear: true,
		message: BROKEN,
	},
	{
		name: 'time-out',
		serve: (wire) => wire.expire(),
		verdict: 'fails',
		repeat: 'never',
		unclear: true,
		message: 'Maileon did not answer in time',
	},
	status(
		400,
		{
			name: '400 with a report',
			repeat: 'never',
			unclear: false,
			message: {
				report: 'Email is invalid',
				confirmation: 'Maileon refused',
			},
		},
		{},
		REPORT_OF_REFUSAL,
	),
	status(400, {
		name: '400 with `<error>`',
		repeat: 'never',
		unclear: false,
		message: `Maileon refused the request: ${SAYS}`,
	}),
	status(401, {
		repeat: 'never',
		unclear: false,
		message: 'Maileon refused the API key',
		description: 'Check the key in the credential and its expiry date in Maileon.',
	}),
	status(403, {
		repeat: 'never',
		unclear: false,
		message: 'The API key lacks the right for {right}',
		description: 'Give the key this right in Maileon, or use another key.',
	}),
	status(404, {
		repeat: 'never',
		unclear: false,
		message: 'Maileon did not find',
		description: SAYS,
	}),
	status(405, {
		repeat: 'never',
		unclear: false,
		message: 'Maileon does not allow this request at this address',
		description: 'Check the Base URL in the credential.',
	}),
	status(409, {
		repeat: 'never',
		unclear: false,
		message: 'Maileon found a conflict',
		description: SAYS,
	}),
	status(413, {
		repeat: 'never',
		unclear: false,
		message: 'The request is too large for Maileon',
		description: 'in one request.',
	}),
	status(429, {
		repeat: 'always',
		unclear: false,
		message: 'Maileon is receiving too many requests',
		pause: [500, 1_000],
	}),
	{
		...status(429, {
			name: '429 with Retry-After in seconds',
			repeat: 'always',
			unclear: false,
			message: 'Maileon is receiving too many requests',
			pause: [7_000, 7_000],
			note: 'waits as long as Maileon asks for',
		}),
		serve: (wire) => wire.send(http(429, ERROR, { 'Retry-After': '7' })),
	},
	{
		...status(429, {
			name: '429 with Retry-After as a date',
			repeat: 'always',
			unclear: false,
			message: 'Maileon is receiving too many requests',
			pause: [100_000, 200_000],
			note: 'waits until the date',
		}),
		serve: (wire) => wire.send(http(429, ERROR, { 'Retry-After': inSeconds(200) })),
	},
	status(500, {
		repeat: 'never',
		unclear: true,
		message: 'Maileon could not process the request (status 500)',
		description: SAYS,
	}),
	status(
		502,
		{
			name: '502 with an HTML page',
			repeat: 'unless mail',
			unclear: true,
			message: 'Maileon could not process the request (status 502)',
			description: 'Bad Gateway nginx',
		},
		{ 'Content-Type': 'text/html' },
		PAGE,
	),
	status(503, {
		repeat: 'always',
		unclear: false,
		message: 'Maileon could not process the request (status 503)',
	}),
	status(504, {
		repeat: 'unless mail',
		unclear: true,
		message: 'Maileon could not process the request (status 504)',
	}),
	{
		...DESPITE_SUCCESS,
		name: '200 with a truncated answer',
		serve: (wire, { answer }) => wire.send(ordinary(answer.slice(0, -9))),
		verdict: TAKEN_AS_IT_IS,
		description: 'It is incomplete.',
	},
	{
		...DESPITE_SUCCESS,
		name: '200 with HTML',
		serve: (wire) => wire.send(http(200, PAGE, { 'Content-Type': 'text/html' })),
		verdict: TAKEN_AS_IT_IS,
		description: 'Bad Gateway nginx',
	},
	{
		...DESPITE_SUCCESS,
		name: '200 empty',
		serve: (wire) => wire.send(http(200)),
		verdict: {
			...TAKEN_AS_IT_IS,
			confirmation: 'works bare',
			list: 'nothing',
			jsonList: 'nothing',
		},
		description: 'It is empty.',
	},
	{
		...DESPITE_SUCCESS,
		name: '200 with JSON',
		serve: (wire) =>
			wire.send(http(200, '{"state":"done"}', { 'Content-Type': 'application/json' })),
		verdict: { ...TAKEN_AS_IT_IS, confirmation: 'works bare', json: 'works bare' },
		description: '{"state":"done"}',
	},
	{
		...DESPITE_SUCCESS,
		name: '204',
		serve: (wire) => wire.send(`HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n`),
		verdict: {
			...TAKEN_AS_IT_IS,
			confirmation: 'works bare',
			list: 'nothing',
			jsonList: 'nothing',
		},
		status: 204,
		description: 'It is empty.',
	},
	{
		name: 'redirect to another host',
		serve: (wire, { elsewhere }) => wire.send(http(307, '', { Location: elsewhere })),
		verdict: 'fails',
		repeat: 'never',
		unclear: false,
		status: 307,
		message: 'Redirect not followed',
		description: 'Following it would send the API key to another address.',
	},
	{
		...DESPITE_SUCCESS,
		name: 'answer of 200 MB',
		serve: (wire) =>
			wire.flood(
				`HTTP/1.1 200 OK\r\nContent-Type: ${XML_TYPE}\r\nContent-Length: 200000000\r\n\r\n`,
				200_000_000,
			),
		verdict: 'fails',
		description: 'The answer is larger than 64 MB.',
	},
	{
		name: 'answer that never ends',
		serve: (wire) => {
			wire.expireNextBody();
			wire.begin(
				`HTTP/1.1 200 OK\r\nContent-Type: ${XML_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<contact>\r\n`,
			);
		},
		verdict: 'fails',
		repeat: 'never',
		unclear: true,
		status: 200,
		message: 'Maileon did not answer in time',
	},
	{
		name: 'answer broken off',
		serve: (wire) => wire.send('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<contact>'),
		verdict: 'fails',
		repeat: 'never',
		unclear: true,
		status: 200,
		message: BROKEN,
	},
	{
		name: 'gzip answer',
		serve: (wire, { answer }) =>
			wire.send(
				http(200, gzipSync(answer), { 'Content-Encoding': 'gzip', 'X-Pages': '1', 'X-Items': '1' }),
			),
		verdict: 'works',
		repeat: 'never',
		unclear: false,
	},
	{
		name: 'ISO-8859-1 answer',
		serve: (wire, { answer }) =>
			wire.send(
				http(200, Buffer.from(answer, 'latin1'), {
					'Content-Type': `${XML_TYPE}; charset=ISO-8859-1`,
					'X-Pages': '1',
					'X-Items': '1',
				}),
			),
		verdict: 'works',
		repeat: 'never',
		unclear: false,
	},
	{
		name: 'answer with a byte-order mark',
		serve: (wire, { answer }) => wire.send(ordinary(`\ufeff${answer}`)),
		verdict: 'works',
		repeat: 'never',
		unclear: false,
	},
];

export const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
export type OnError = (typeof ON_ERROR)[number];

/** What a fault leads to at an operation with such an answer; it fails by default. */
export function verdictOf(fault: Fault, answer: AnswerKind): Verdict {
	return typeof fault.verdict === 'string' ? fault.verdict : (fault.verdict[answer] ?? 'fails');
}

const OTHERWISE_REFUSED = 'Maileon refused the request';

/** The beginning of the message. */
export function messageOf(fault: Fault, answer: AnswerKind): string {
	return typeof fault.message === 'object'
		? (fault.message[answer] ?? OTHERWISE_REFUSED)
		: (fault.message ?? '');
}

/** How many requests a fault costs, when each attempt meets it again. */
export function attemptsOf(fault: Fault, canSendMail: boolean, retries: number): number {
	const repeats = fault.repeat === 'always' || (fault.repeat === 'unless mail' && !canSendMail);
	return repeats ? 1 + retries : 1;
}
