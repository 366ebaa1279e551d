import { Readable } from 'node:stream';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { signedRequest } from '../../../nodes/Maileon/transport/authentication';
import {
	authorizationHeader,
	BaseUrlRefusal,
	checkedBaseUrl,
	isLoopback,
} from '../../../nodes/Maileon/transport/baseUrl';
import { createClient } from '../../../nodes/Maileon/transport/client';
import { MaileonFailure, type FailureFacts } from '../../../nodes/Maileon/transport/failure';
import { fetchCustomFields } from '../../../nodes/Maileon/transport/lookups';
import {
	MEDIA_TYPE,
	PathRefusal,
	type MaileonRequest,
} from '../../../nodes/Maileon/maileon/request';

const pauses: number[] = [];
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		pauses.push(milliseconds);
	},
}));

interface Response {
	statusCode: number;
	headers?: Record<string, unknown>;
	body?: unknown;
}

type Answer = Response | Error;

const BASE = 'https://api.example.com/1.0';

interface Setting {
	baseUrl?: unknown;
	/** The base URL where no item is asked about. */
	withoutItem?: unknown;
	cancel?: AbortSignal;
}

/** A context that answers one after the other, and remembers what it was asked. */
function contextOf(answers: Answer[], { baseUrl = BASE, withoutItem, cancel }: Setting = {}) {
	const asked: IHttpRequestOptions[] = [];
	const items = [{ json: {} }];
	const context = {
		getCredentials: async (_type: string, item = 0) => ({
			apiKey: 'key',
			baseUrl: item < items.length ? baseUrl : (withoutItem ?? baseUrl),
		}),
		getInputData: () => items,
		getExecutionCancelSignal: () => cancel,
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				asked.push(options);
				const answer = answers[asked.length - 1];
				if (!answer || answer instanceof Error) throw answer ?? new Error('nothing more to say');
				return { headers: {}, ...answer };
			},
		},
	};
	return { context: context as unknown as IExecuteFunctions, asked };
}

const READ: MaileonRequest = { method: 'GET', path: ['contacts', 'a b'] };
const WRITE: MaileonRequest = {
	method: 'POST',
	path: ['contacts'],
	query: [['doi', true]],
	body: { type: MEDIA_TYPE.xml, content: '<a/>' },
};
const MAIL: MaileonRequest = { ...WRITE, canSendMail: true };

async function send(answers: Answer[], request = READ, retries?: number, setting?: Setting) {
	const { context, asked } = contextOf(answers, setting);
	const client = await createClient(context);
	const answered = client.send(request, retries === undefined ? undefined : { retries });
	return { answered, asked };
}

async function factsOf(answers: Answer[], request = READ, retries = 0): Promise<FailureFacts> {
	const { answered } = await send(answers, request, retries);
	const error: unknown = await answered.catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(MaileonFailure);
	return (error as MaileonFailure).facts;
}

const broken = (properties: object) => Object.assign(new Error('It broke'), properties);

beforeEach(() => {
	pauses.length = 0;
});

describe('a request', () => {
	test('goes to the base URL with the documented headers, and is not redirected', async () => {
		const { answered, asked } = await send([{ statusCode: 200, body: '<ok/>' }], {
			...WRITE,
			timeout: 5_000,
		});
		await expect(answered).resolves.toMatchObject({ status: 200, answer: { kind: 'xml' } });
		expect(asked).toEqual([
			{
				method: 'POST',
				url: `${BASE}/contacts?doi=true`,
				headers: {
					Accept: 'application/vnd.maileon.api+xml; charset=utf-8',
					'Content-Type': 'application/vnd.maileon.api+xml; charset=utf-8',
				},
				body: '<a/>',
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 5_000,
			},
		]);
	});

	test('without a body names no type of one, and waits two minutes', async () => {
		const { answered, asked } = await send([{ statusCode: 204, body: null }]);
		await expect(answered).resolves.toMatchObject({ status: 204, answer: { kind: 'empty' } });
		expect(asked[0]?.headers).toEqual({
			Accept: 'application/vnd.maileon.api+xml; charset=utf-8',
		});
		expect(asked[0]).toMatchObject({ url: `${BASE}/contacts/a%20b`, timeout: 120_000 });
		expect(asked[0]?.body).toBeUndefined();
	});

	test('in JSON names no character set', async () => {
		const { answered, asked } = await send([{ statusCode: 200, body: undefined }], {
			...READ,
			method: 'POST',
			accept: MEDIA_TYPE.plainJson,
			body: { type: MEDIA_TYPE.json, content: '{}' },
		});
		await answered;
		expect(asked[0]?.headers).toEqual({
			Accept: 'application/json',
			'Content-Type': 'application/vnd.maileon.api+json',
		});
	});

	test.each([200, 201, 202, 204, 299])('with status %i is a success', async (statusCode) => {
		const { answered } = await send([{ statusCode, body: '7' }]);
		await expect(answered).resolves.toMatchObject({ status: statusCode });
	});
});

describe('an answer that is taken as it is', () => {
	const stream = (bytes: Buffer) => Readable.from([bytes]);
	const read = async (content: MaileonRequest['content'], answer: Response) => {
		const { answered } = await send([answer], { ...READ, content });
		return (await answered).answer;
	};

	test.each(['text', 'html'] as const)('%s is not read as XML or JSON', async (content) => {
		for (const body of ['  <a/> ', '{"a":1}', '42', ''])
			await expect(read(content, { statusCode: 200, body })).resolves.toEqual({
				kind: content,
				text: body,
			});
	});

	test('text is decoded by its character set', async () => {
		const headers = { 'content-type': 'text/plain; charset=iso-8859-1' };
		const body = stream(Buffer.from('Grüße', 'latin1'));
		await expect(read('text', { statusCode: 200, headers, body })).resolves.toEqual({
			kind: 'text',
			text: 'Grüße',
		});
	});

	test('bytes stay what they are, with their media type', async () => {
		const bytes = Buffer.from([0x50, 0x4b, 0x00, 0xff, 0xfe]);
		const answer = (headers: Record<string, unknown>) => ({
			statusCode: 200,
			headers,
			body: stream(bytes),
		});
		await expect(
			read('bytes', answer({ 'content-type': 'Application/Zip; x=1' })),
		).resolves.toEqual({ kind: 'bytes', bytes, type: 'application/zip' });
		await expect(read('bytes', answer({}))).resolves.toEqual({
			kind: 'bytes',
			bytes,
			type: 'application/octet-stream',
		});
	});

	test('a refusal is read all the same', async () => {
		const { answered } = await send(
			[{ statusCode: 400, body: '<error><message>no</message></error>' }],
			{ ...READ, content: 'bytes' },
		);
		await expect(answered).rejects.toMatchObject({ facts: { answer: { kind: 'xml' } } });
	});
});

describe('what became of a request', () => {
	test.each([
		[199, 'refused'],
		[300, 'refused'],
		[307, 'refused'],
		[400, 'refused'],
		[429, 'refused'],
		[499, 'refused'],
		[500, 'unclear'],
		[502, 'unclear'],
		[503, 'refused'],
		[504, 'unclear'],
	] as const)('status %i: %s', async (statusCode, outcome) => {
		const facts = await factsOf([{ statusCode, body: '<error/>' }], WRITE);
		expect(facts).toMatchObject({
			kind: 'status',
			status: statusCode,
			outcome,
			method: 'POST',
			host: 'api.example.com',
			attempts: 1,
			answer: { kind: 'xml' },
		});
	});

	test.each([
		['ECONNREFUSED', undefined, 'unreachable', 'refused'],
		['EHOSTUNREACH', 'connect', 'unreachable', 'refused'],
		['EHOSTUNREACH', 'read', 'broken', 'unclear'],
		['ECONNABORTED', undefined, 'timeout', 'unclear'],
	] as const)('%s of %s: %s, %s', async (code, syscall, kind, outcome) => {
		const facts = await factsOf([broken({ code, syscall })], WRITE);
		expect(facts).toMatchObject({ kind, outcome, networkCode: code });
		expect(facts.detail).toBeUndefined();
	});

	test('without a code is a broken connection, with the first words of the message only', async () => {
		const long = new Error('x'.repeat(500));
		const facts = await factsOf([long], WRITE);
		expect(facts).toMatchObject({ kind: 'broken', outcome: 'unclear', detail: 'x'.repeat(200) });
		expect(facts.networkCode).toBeUndefined();
	});

	test.each([
		['<error><message>no</message></error>', READ, 'refused'],
		['<error><message>no</message></error>', WRITE, 'refused'],
		['<error><message>no</message></error>', MAIL, 'unclear'],
		['{"error":"no"}', WRITE, 'refused'],
	] as const)('status 200 with %s is a refusal', async (body, request, outcome) => {
		const { answered, asked } = await send([{ statusCode: 200, body }], request);
		await expect(answered).rejects.toMatchObject({
			facts: { kind: 'report', status: 200, outcome, attempts: 1 },
		});
		expect(asked).toHaveLength(1);
	});

	test('what is read in JSON may be called an error', async () => {
		const { answered } = await send([{ statusCode: 200, body: '{"error":"E-7"}' }]);
		await expect(answered).resolves.toMatchObject({ status: 200 });
	});

	test.each([
		['404 page not found', {}, true],
		['<error/>', {}, false],
		['', {}, false],
		['{"message":"no"}', {}, true],
		['{"message":"no"}', { accept: MEDIA_TYPE.plainJson }, false],
	] as const)('404 with %j and %o comes from elsewhere: %p', async (body, asking, expected) => {
		const facts = await factsOf([{ statusCode: 404, body }], { ...READ, ...asking });
		expect(facts.fromElsewhere).toBe(expected);
	});

	test('only 404 is looked at', async () => {
		expect((await factsOf([{ statusCode: 400, body: 'no' }])).fromElsewhere).toBe(false);
	});

	test.each([
		[200, 'unclear'],
		[400, 'refused'],
		[499, 'refused'],
		[500, 'unclear'],
		[399, 'unclear'],
	] as const)('a body that breaks off after status %i: %s', async (statusCode, outcome) => {
		const body = {
			destroy: () => undefined,
			async *[Symbol.asyncIterator]() {
				yield Buffer.from('<a>');
				throw broken({ code: 'ECONNRESET' });
			},
		};
		expect(await factsOf([{ statusCode, body }], WRITE)).toMatchObject({
			kind: 'broken',
			outcome,
			status: statusCode,
		});
	});

	/** A body that stays silent until it is destroyed. */
	function silentBody() {
		let wake = (): void => undefined;
		const destroyed = new Promise<void>((resolve) => {
			wake = resolve;
		});
		return {
			destroy: () => wake(),
			async *[Symbol.asyncIterator]() {
				yield Buffer.from('<a>');
				await destroyed;
			},
		};
	}

	test.each([
		[200, 'unclear'],
		[404, 'refused'],
	] as const)('a body that does not end after status %i: %s', async (statusCode, outcome) => {
		const facts = await factsOf([{ statusCode, body: silentBody() }], { ...WRITE, timeout: 5 });
		expect(facts).toMatchObject({ kind: 'timeout', outcome, status: statusCode });
	});

	test.each([
		[200, 'unclear'],
		[404, 'refused'],
	] as const)('a body that is cancelled after status %i: %s', async (statusCode, outcome) => {
		const controller = new AbortController();
		const { answered } = await send([{ statusCode, body: silentBody() }], WRITE, 0, {
			cancel: controller.signal,
		});
		controller.abort();
		await expect(answered).rejects.toMatchObject({
			facts: { kind: 'cancelled', outcome, status: statusCode },
		});
	});

	test('an answer that announces too much is refused', async () => {
		const headers = { 'content-length': String(65 * 1024 * 1024) };
		expect(await factsOf([{ statusCode: 200, headers, body: '' }])).toMatchObject({
			kind: 'answer',
			detail: 'The answer is larger than 64 MB.',
		});
	});
});

describe('repetitions', () => {
	const busy: Response = { statusCode: 503 };
	const fine: Response = { statusCode: 200 };

	test('are three where nothing else is said', async () => {
		const { answered, asked } = await send([busy, busy, busy, busy, busy]);
		await expect(answered).rejects.toMatchObject({ facts: { attempts: 4 } });
		expect(asked).toHaveLength(4);
		expect(pauses).toHaveLength(3);
	});

	test('end with the first success', async () => {
		const { answered, asked } = await send([busy, fine, busy]);
		await expect(answered).resolves.toMatchObject({ status: 200 });
		expect(asked).toHaveLength(2);
	});

	test('wait as long as is asked for, and not at all for 0', async () => {
		const asking = (seconds: string) => ({ ...busy, headers: { 'retry-after': seconds } });
		const { answered } = await send([asking('3'), asking('0'), fine]);
		await answered;
		expect(pauses).toEqual([3_000]);
	});

	test.each([
		['a status that is unclear', { statusCode: 502 }],
		['a connection that broke', broken({ code: 'ECONNRESET' })],
	] as const)('do not follow %s where a mail can be sent', async (_, answer) => {
		const mail = await send([answer, fine], MAIL);
		await expect(mail.answered).rejects.toMatchObject({
			facts: { canSendMail: true, outcome: 'unclear' },
		});
		expect(mail.asked).toHaveLength(1);
		const other = await send([answer, fine], WRITE);
		await expect(other.answered).resolves.toBeDefined();
	});

	test('stay unclear where an earlier attempt was, whatever comes after it', async () => {
		for (const last of [{ statusCode: 400 }, { statusCode: 404, body: '<error/>' }, busy]) {
			const { answered } = await send([{ statusCode: 502 }, last], WRITE, 1);
			await expect(answered).rejects.toMatchObject({
				facts: { status: last.statusCode, outcome: 'unclear', attempts: 2 },
			});
		}
		const { answered } = await send([busy, { statusCode: 400 }], WRITE, 1);
		await expect(answered).rejects.toMatchObject({ facts: { outcome: 'refused' } });
	});

	test('tell of their answer that an earlier attempt may have been carried out', async () => {
		const lost = await send([{ statusCode: 502 }, busy, fine], WRITE);
		await expect(lost.answered).resolves.toMatchObject({ status: 200, afterUnclear: true });
		const refused = await send([busy, fine], WRITE);
		expect(await refused.answered).not.toHaveProperty('afterUnclear');
	});

	describe('of what was done before', () => {
		const gone: Response = { statusCode: 404, body: '<error/>' };
		const lost: Response = { statusCode: 502 };
		const remove: MaileonRequest = {
			method: 'DELETE',
			path: ['contacts', 'x'],
			doneBefore: { statuses: [404] },
		};

		test.each([
			['status 502', lost],
			['a connection that broke', broken({ code: 'ECONNRESET', syscall: 'read' })],
		])('are a success after %s', async (_, first) => {
			const { answered, asked } = await send([first, gone], remove);
			await expect(answered).resolves.toEqual({
				status: 200,
				headers: {},
				answer: { kind: 'empty' },
				afterUnclear: true,
			});
			expect(asked).toHaveLength(2);
		});

		test.each([
			['no attempt was unclear', [busy, gone], remove, 404],
			['there was no other attempt', [gone], remove, 404],
			['a gateway answers', [lost, { statusCode: 404, body: 'no healthy upstream' }], remove, 404],
			['the status says something else', [lost, { statusCode: 400 }], remove, 400],
			['the request knows no such status', [lost, gone], { ...remove, doneBefore: undefined }, 404],
		] as const)('are none where %s', async (_, answers, request, status) => {
			const { answered } = await send([...answers], request);
			await expect(answered).rejects.toMatchObject({ facts: { status } });
		});

		const proven: MaileonRequest = {
			...WRITE,
			timeout: 7_000,
			doneBefore: {
				statuses: [400, 409],
				proof: {
					request: { method: 'GET', path: ['things'] },
					read: (answer) => (answer.kind === 'json' ? answer : undefined),
				},
			},
		};

		test.each([400, 409])('are proven by a read after %i', async (statusCode) => {
			const { answered, asked } = await send(
				[lost, { statusCode, body: 'taken' }, busy, { statusCode: 200, body: '[1]' }],
				proven,
			);
			await expect(answered).resolves.toMatchObject({ status: 200, answer: { value: [1] } });
			expect(asked.map(({ method, url, timeout }) => [method, url, timeout])).toEqual([
				['POST', `${BASE}/contacts?doi=true`, 7_000],
				['POST', `${BASE}/contacts?doi=true`, 7_000],
				['GET', `${BASE}/things`, 7_000],
				['GET', `${BASE}/things`, 7_000],
			]);
		});

		test.each([
			['shows something else', { statusCode: 200, body: '<things/>' }],
			['is forbidden', { statusCode: 403 }],
		])('stay unclear where the read %s', async (_, read) => {
			const { answered } = await send([lost, { statusCode: 409 }, read], proven);
			await expect(answered).rejects.toMatchObject({
				facts: { status: 409, outcome: 'unclear', attempts: 2 },
			});
		});

		test('are repeated no more often than is allowed, the read neither', async () => {
			const { answered, asked } = await send([lost, { statusCode: 409 }, busy, busy], proven, 1);
			await expect(answered).rejects.toMatchObject({ facts: { status: 409 } });
			expect(asked).toHaveLength(4);
		});

		test('fail as the read does where that is no failure of Maileon', async () => {
			const odd = { ...proven.doneBefore, statuses: [409] };
			odd.proof = { request: { method: 'GET', path: ['..'] }, read: () => undefined };
			const { answered } = await send([lost, { statusCode: 409 }], { ...proven, doneBefore: odd });
			await expect(answered).rejects.toBeInstanceOf(PathRefusal);
		});
	});
});

describe('a cancelled execution', () => {
	test('sends nothing', async () => {
		const { answered, asked } = await send([], READ, 0, { cancel: AbortSignal.abort() });
		await expect(answered).rejects.toMatchObject({
			facts: { kind: 'cancelled', outcome: 'refused', method: 'GET' },
		});
		expect(asked).toEqual([]);
	});

	test('is as unclear as what went before', async () => {
		const controller = new AbortController();
		const body = {
			destroy: () => controller.abort(),
			async *[Symbol.asyncIterator]() {
				yield* [];
			},
		};
		const { answered, asked } = await send([{ statusCode: 502, body }], WRITE, 3, {
			cancel: controller.signal,
		});
		await expect(answered).rejects.toMatchObject({
			facts: { kind: 'cancelled', outcome: 'unclear' },
		});
		expect(asked).toHaveLength(1);
	});

	test('is unclear while a request is on its way', async () => {
		const controller = new AbortController();
		const { context } = contextOf([], { cancel: controller.signal });
		const client = await createClient(context);
		context.helpers.httpRequestWithAuthentication = async () => {
			controller.abort();
			throw broken({ code: 'ERR_CANCELED' });
		};
		await expect(client.send(READ)).rejects.toMatchObject({
			facts: { kind: 'cancelled', outcome: 'unclear' },
		});
	});
});

describe('the base URL', () => {
	test('has to be the same without an item', async () => {
		const { context } = contextOf([], { withoutItem: 'https://elsewhere.example.com' });
		await expect(createClient(context)).rejects.toBeInstanceOf(BaseUrlRefusal);
	});

	test('has to be known without an item', async () => {
		const { context } = contextOf([]);
		const { getCredentials } = context;
		context.getCredentials = async <T extends object>(type: string, item = 0) => {
			if (item > 0) throw new Error('no such item');
			return await getCredentials<T>(type, item);
		};
		await expect(createClient(context)).rejects.toBeInstanceOf(BaseUrlRefusal);
	});

	test('is taken as it is where there are no items, as in the editor', async () => {
		const { context } = contextOf([], { withoutItem: 'https://elsewhere.example.com' });
		const { getInputData, ...editor } = context;
		await expect(createClient(editor as typeof context)).resolves.toBeDefined();
		expect(getInputData()).toHaveLength(1);
	});

	test.each([
		['https://api.maileon.com/1.0', 'https://api.maileon.com/1.0'],
		[' https://api.maileon.com/1.0// ', 'https://api.maileon.com/1.0'],
		['https://api.maileon.com:8443/', 'https://api.maileon.com:8443'],
		['http://127.0.0.1:80/1.0', 'http://127.0.0.1/1.0'],
		['http://localhost:8025', 'http://localhost:8025'],
		['http://[::1]:8025/1.0', 'http://[::1]:8025/1.0'],
	])('%j is taken', (typed, expected) => {
		expect(checkedBaseUrl(typed)).toBe(expected);
	});

	test.each([
		'http://api.maileon.com',
		'http://127.0.0.1.example.com',
		'http://x127.0.0.1',
		'http://localhost.example.com',
		'ftp://localhost',
		'https://user@api.maileon.com',
		'https://:password@api.maileon.com',
		'https://api.maileon.com?x=1',
		'https://api.maileon.com#x',
		'nothing',
		'',
		undefined,
		7,
	])('%j is refused', (typed) => {
		expect(() => checkedBaseUrl(typed)).toThrow(BaseUrlRefusal);
	});

	test.each([
		['127.0.0.1', true],
		['127.255.255.255', true],
		['localhost', true],
		['::1', true],
		['[::1]', true],
		['128.0.0.1', false],
		['127.0.0.1.example.com', false],
		['a127.0.0.1', false],
		['127.0.0', false],
	])('%s is this machine: %s', (host, expected) => {
		expect(isLoopback(host)).toBe(expected);
	});
});

describe('signing', () => {
	const credentials = { apiKey: ' Schl\u00fcssel ', baseUrl: BASE };
	const header = `Basic ${Buffer.from('Schl\u00fcssel').toString('base64')}`;

	test('adds the key to the headers that are there, and forbids redirects', () => {
		expect(authorizationHeader(' Schl\u00fcssel ')).toBe(header);
		expect(signedRequest(credentials, { url: `${BASE}/ping`, headers: { Accept: 'x' } })).toEqual({
			url: `${BASE}/ping`,
			headers: { Accept: 'x', Authorization: header },
			disableFollowRedirect: true,
		});
	});

	test('takes relative addresses, by a base or without', () => {
		expect(signedRequest(credentials, { url: 'ping' }).headers).toEqual({ Authorization: header });
		expect(() => signedRequest(credentials, { url: 'ping', baseURL: 'https://other.com' })).toThrow(
			BaseUrlRefusal,
		);
	});

	test.each([
		'https://other.com/1.0',
		'http://api.example.com/1.0',
		'https://api.example.com:8443',
	])('refuses %s', (url) => {
		expect(() => signedRequest(credentials, { url })).toThrow(BaseUrlRefusal);
	});

	test('works without a key, which Maileon then refuses', () => {
		expect(signedRequest({ baseUrl: BASE }, { url: BASE }).headers).toEqual({
			Authorization: 'Basic ',
		});
	});
});

describe('custom fields', () => {
	const fetchWith = async (...answers: Answer[]) =>
		await fetchCustomFields(await createClient(contextOf(answers).context));

	test('are read, and missing where the key may not read', async () => {
		const body =
			'<custom_fields><custom_field><name>COLOR</name><type>string</type></custom_field></custom_fields>';
		await expect(fetchWith({ statusCode: 200, body })).resolves.toEqual([
			{ name: 'COLOR', type: 'string' },
		]);
		await expect(fetchWith({ statusCode: 403 })).resolves.toBeUndefined();
		await expect(fetchWith({ statusCode: 401 })).rejects.toBeInstanceOf(MaileonFailure);
	});
});

test('a failure names its kind, and its status or code', () => {
	const failure = { kind: 'status', outcome: 'refused', method: 'GET' } as const;
	expect(new MaileonFailure({ ...failure, status: 404 }).message).toBe('status 404');
	expect(new MaileonFailure({ ...failure, networkCode: 'EPIPE' }).message).toBe('status EPIPE');
	expect(new MaileonFailure(failure).message).toBe('status');
});
