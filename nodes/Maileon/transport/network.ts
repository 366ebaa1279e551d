/**
 * What became of a request that got no answer, read off the error that n8n throws for it.
 *
 * The system's error tells which system call failed. n8n's HTTP client wraps it as `cause`, and n8n wraps
 * that into a `NodeApiError`, which keeps the code as `httpCode`. n8n 2 keeps the error as `cause`, too.
 * n8n 1 keeps nothing more than its message, among `messages`: "connect EHOSTUNREACH 192.0.2.1:443".
 */
import { isRecord } from '../maileon/records';
import type { FailureKind, Outcome } from './failure';

export interface NetworkTrouble {
	kind: Extract<FailureKind, 'unreachable' | 'timeout' | 'broken'>;
	outcome: Outcome;
	/** The system's code, such as ECONNREFUSED. */
	networkCode?: string;
}

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * Tells a connection that never stood from one that broke or stayed silent. The system call decides:
 * only looking up the host and connecting come before anything is sent, while a code such as
 * EHOSTUNREACH can also come from a read on a standing connection.
 */
export function networkTrouble(error: unknown): NetworkTrouble {
	const networkCode = networkCodeOf(error);
	if (neverConnected(systemCallsOf(error), networkCode))
		return { kind: 'unreachable', outcome: 'refused', networkCode };
	const kind = networkCode !== undefined && TIMED_OUT.has(networkCode) ? 'timeout' : 'broken';
	return { kind, outcome: 'unclear', networkCode };
}

/**
 * What only comes about before a connection stands, so that the code will do where the system call is
 * not to be seen: nobody listens at the address, or its name is not known.
 */
const ONLY_BEFORE_CONNECTING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

function neverConnected(systemCalls: readonly string[], code: string | undefined): boolean {
	if (systemCalls.length > 0) return systemCalls.every(isBeforeConnecting);
	return code !== undefined && (ONLY_BEFORE_CONNECTING.has(code) || isCertificateRefusal(code));
}

/** Looking up a host by the system (`getaddrinfo`) or by DNS (`queryA` …), or connecting to it. */
function isBeforeConnecting(systemCall: string): boolean {
	return /^(?:connect|getaddrinfo|query[A-Z]\w*)$/.test(systemCall);
}

/** What OpenSSL and Node find wrong with a certificate, which they check before anything is sent. */
const CERTIFICATE_REFUSALS = new Set([
	'CERT_CHAIN_TOO_LONG',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REJECTED',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'CRL_HAS_EXPIRED',
	'CRL_NOT_YET_VALID',
	'CRL_SIGNATURE_FAILURE',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERROR_IN_CERT_NOT_AFTER_FIELD',
	'ERROR_IN_CERT_NOT_BEFORE_FIELD',
	'ERROR_IN_CRL_LAST_UPDATE_FIELD',
	'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
	'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
	'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
	'UNABLE_TO_GET_CRL',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Whether the code says that n8n did not accept the host's certificate. That the host did not accept
 * n8n's, or that both speak different protocols, has other codes, and can come after a request.
 */
export function isCertificateRefusal(code: string): boolean {
	return CERTIFICATE_REFUSALS.has(code);
}

const DEEPEST = 5;

/** An error and the errors that it was made of, outermost first. */
function levelsOf(error: unknown): Array<Record<string, unknown>> {
	const levels: Array<Record<string, unknown>> = [];
	let inner: unknown = error;
	while (isRecord(inner) && levels.length < DEEPEST) {
		levels.push(inner);
		inner = inner.cause ?? inner.errorResponse;
	}
	return levels;
}

/** The system's code, wherever it is kept. */
export function networkCodeOf(error: unknown): string | undefined {
	return levelsOf(error)
		.flatMap(({ code, httpCode }) => [code, httpCode])
		.find(isNetworkCode);
}

function isNetworkCode(code: unknown): code is string {
	return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) && code !== 'ERR_BAD_REQUEST';
}

/** The system calls that failed: several where a host has several addresses and each was tried. */
function systemCallsOf(error: unknown): string[] {
	const levels = levelsOf(error);
	const parts = levels.flatMap(({ errors }) =>
		Array.isArray(errors) ? (errors as unknown[]) : [],
	);
	const named = [...levels, ...parts].flatMap((part) => {
		const call = isRecord(part) ? part.syscall : undefined;
		return typeof call === 'string' ? [call] : [];
	});
	return named.length > 0 ? named : levels.flatMap(systemCallsOfMessages);
}

/** The messages of the system's errors begin with the system call and the code; n8n joins several by bars. */
function systemCallsOfMessages(level: Record<string, unknown>): string[] {
	const { message, description, messages } = level;
	const texts = [message, description, ...(Array.isArray(messages) ? (messages as unknown[]) : [])];
	return texts
		.flatMap((text) => (typeof text === 'string' ? text.split(' | ') : []))
		.flatMap((text) => /^([a-z]\w*) E[A-Z0-9_]+\b/.exec(text)?.[1] ?? []);
}
