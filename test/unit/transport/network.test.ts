import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';

import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import {
	isCertificateRefusal,
	networkCodeOf,
	networkTrouble,
} from '../../../nodes/Maileon/transport/network';

const NODE = { name: 'Maileon', type: 'maileon' } as INode;

/** An error as n8n hands it out, in which its HTTP client had wrapped that of the system. */
function wrapped(error: Error, cause?: Error): NodeApiError {
	const { code } = error as NodeJS.ErrnoException;
	const ofClient = Object.assign(new Error(error.message, { cause: error }), { code });
	const wrapper = new NodeApiError(NODE, ofClient as unknown as JsonObject);
	return Object.assign(wrapper, { cause: cause && ofClient });
}

const WRAPPERS = [
	{ n8n: 'n8n 1, which keeps its message only', handedOut: (error: Error) => wrapped(error) },
	{ n8n: 'n8n 2, which keeps all of it', handedOut: (error: Error) => wrapped(error, error) },
];

const systemError = (code: string, syscall?: string) =>
	Object.assign(new Error(syscall ? `${syscall} ${code} 192.0.2.1:443` : 'It broke'), {
		code,
		...(syscall && { syscall }),
	});

const BEFORE = { kind: 'unreachable', outcome: 'refused' } as const;
const BROKEN = { kind: 'broken', outcome: 'unclear' } as const;
const SILENT = { kind: 'timeout', outcome: 'unclear' } as const;

describe.each(WRAPPERS)('the system call decides, in an error of $n8n', ({ handedOut }) => {
	test.each([
		...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
		...['ETIMEDOUT', 'EACCES', 'ECONNRESET'],
	])('%s of a connect: nothing was sent', (code) => {
		const trouble = networkTrouble(handedOut(systemError(code, 'connect')));
		expect(trouble).toEqual({ ...BEFORE, networkCode: code });
	});

	test.each([
		['ENOTFOUND', 'getaddrinfo'],
		['EAI_AGAIN', 'getaddrinfo'],
		['ESERVFAIL', 'queryA'],
		['ETIMEOUT', 'queryAaaa'],
	])('%s of a look-up by %s: nothing was sent', (code, syscall) => {
		const trouble = networkTrouble(handedOut(systemError(code, syscall)));
		expect(trouble).toEqual({ ...BEFORE, networkCode: code });
	});

	test.each([
		...['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL'],
		...['ECONNREFUSED', 'ENOTFOUND', 'EPROTO', 'ECONNRESET'],
	])('%s of anything else: unclear', (code) => {
		for (const syscall of ['read', 'write', 'writev', 'shutdown', 'reconnect', 'connected']) {
			const trouble = networkTrouble(handedOut(systemError(code, syscall)));
			expect(trouble).toEqual({ ...BROKEN, networkCode: code });
		}
	});

	test('a read that times out is unclear', () => {
		const trouble = networkTrouble(handedOut(systemError('ETIMEDOUT', 'read')));
		expect(trouble).toEqual({ ...SILENT, networkCode: 'ETIMEDOUT' });
	});
});

test('every address that was tried counts', () => {
	const tried = (code: string, ...calls: string[]) => {
		const errors = calls.map((syscall) => systemError(code, syscall));
		const error = Object.assign(new AggregateError(errors), { code });
		return [wrapped(error), wrapped(error, error)].map((one) => networkTrouble(one).kind);
	};
	expect(tried('ECONNREFUSED', 'connect', 'connect')).toEqual(['unreachable', 'unreachable']);
	expect(tried('EHOSTUNREACH', 'connect', 'connect')).toEqual(['unreachable', 'unreachable']);
	expect(tried('EHOSTUNREACH', 'connect', 'read')).toEqual(['broken', 'broken']);
	expect(tried('EHOSTUNREACH')).toEqual(['broken', 'broken']);
});

describe('where the system call is not to be seen', () => {
	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'%s only comes before a connection',
		(code) => {
			expect(networkTrouble(wrapped(systemError(code)))).toEqual({ ...BEFORE, networkCode: code });
		},
	);

	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'EPROTO'])(
		'%s is unclear',
		(code) => {
			expect(networkTrouble(wrapped(systemError(code)))).toEqual({ ...BROKEN, networkCode: code });
		},
	);

	test.each(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'])('%s is a time-out', (code) => {
		expect(networkTrouble(wrapped(systemError(code)))).toEqual({ ...SILENT, networkCode: code });
	});

	test('an error without a code is unclear', () => {
		for (const error of [wrapped(new Error('It broke')), 'It broke', null, undefined, {}])
			expect(networkTrouble(error)).toEqual({ ...BROKEN, networkCode: undefined });
		expect(networkTrouble({ code: 'ECONNRESET', syscall: 7 })).toMatchObject(BROKEN);
		const named = [
			{ message: 'to connect EPIPE' },
			{ message: 'connect' },
			{ messages: ['connect e'] },
		];
		for (const error of named) expect(networkTrouble(error)).toMatchObject(BROKEN);
		expect(networkTrouble({ code: 'ECONNREFUSED', errors: [null, 'x', {}] })).toMatchObject(BEFORE);
	});
});

describe('certificates', () => {
	test.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('%s: n8n did not accept that of the host, and sent nothing', (code) => {
		expect(isCertificateRefusal(code)).toBe(true);
		expect(networkTrouble(wrapped(systemError(code)))).toEqual({ ...BEFORE, networkCode: code });
	});

	test.each([
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
		'EPROTO',
	])('%s can come from the other side, at any time', (code) => {
		expect(isCertificateRefusal(code)).toBe(false);
		expect(networkTrouble(wrapped(systemError(code)))).toEqual({ ...BROKEN, networkCode: code });
	});
});

test('the code is found wherever it is kept', () => {
	const code = 'ECONNRESET';
	for (const error of [
		{ code },
		{ httpCode: code },
		{ cause: { code } },
		{ errorResponse: { code } },
		{ cause: null, errorResponse: { code } },
		{ cause: { cause: { cause: { cause: { code } } } } },
		{ code: 'ERR_BAD_REQUEST', cause: { code } },
		{ code: 500, httpCode: code },
		{ code: 'lower case', cause: { code } },
		{ code: `${code} and more`, cause: { code } },
	])
		expect(networkCodeOf(error)).toBe(code);
	for (const error of [{ code: { toString: () => code } }, { code: `no ${code}` }, { code: null }])
		expect(networkCodeOf(error)).toBeUndefined();
	const endless: { cause?: unknown } = {};
	endless.cause = endless;
	expect(networkCodeOf(endless)).toBeUndefined();
});

describe('with real sockets', () => {
	const servers: net.Server[] = [];
	afterEach(() => {
		for (const server of servers.splice(0)) server.close();
	});

	async function listening(server: net.Server): Promise<number> {
		servers.push(server);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	}

	async function closedPort(): Promise<number> {
		const port = await listening(net.createServer());
		const [server] = servers.splice(0);
		server?.close();
		return port;
	}

	/** What a request fails with. */
	async function failureOf(request: http.ClientRequest): Promise<Error> {
		const [error] = (await Promise.race([
			once(request, 'error'),
			once(request, 'response').then(() => [new Error('was answered')]),
		])) as [Error];
		return error;
	}

	test.each(WRAPPERS)('nobody listens: $n8n', async ({ handedOut }) => {
		const error = await failureOf(http.get({ host: '127.0.0.1', port: await closedPort() }));
		expect(networkTrouble(handedOut(error))).toEqual({ ...BEFORE, networkCode: 'ECONNREFUSED' });
	});

	test.each(WRAPPERS)('nobody listens at any address of the host: $n8n', async ({ handedOut }) => {
		const addresses = [
			{ address: '127.0.0.1', family: 4 },
			{ address: '127.0.0.2', family: 4 },
		];
		const request = http.get({
			host: 'somewhere.invalid',
			port: await closedPort(),
			autoSelectFamily: true,
			lookup: (_host, _options, found) => found(null, addresses),
		} as http.RequestOptions);
		const error = await failureOf(request);
		expect(networkTrouble(handedOut(error))).toEqual({ ...BEFORE, networkCode: 'ECONNREFUSED' });
	});

	test.each(WRAPPERS)('the connection breaks after the request: $n8n', async ({ handedOut }) => {
		const port = await listening(
			net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
		);
		const error = await failureOf(http.get({ host: '127.0.0.1', port }));
		expect(networkTrouble(handedOut(error))).toEqual({ ...BROKEN, networkCode: 'ECONNRESET' });
	});

	test.each(WRAPPERS)('the host speaks no TLS: $n8n', async ({ handedOut }) => {
		const port = await listening(
			net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
		);
		const error = await failureOf(https.get({ host: '127.0.0.1', port }));
		expect(networkTrouble(handedOut(error))).toMatchObject(BROKEN);
	});
});
