import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { callMethod, n8nLine, runNode, testCredential, type OnError } from '../support/engine';
import { everythingIn } from '../support/everythingIn';

const API_KEY = 'a-key-that-nobody-may-see-Gr\u00fc\u00dfe';
const ENCODED_KEY = Buffer.from(API_KEY).toString('base64');

interface Trap {
	url: string;
	origin: string;
	received: http.IncomingHttpHeaders[];
	close(): Promise<void>;
}

/** A server that takes everything and remembers the headers. */
async function startTrap(answer: (response: http.ServerResponse) => void): Promise<Trap> {
	const received: http.IncomingHttpHeaders[] = [];
	const server = http.createServer((request, response) => {
		received.push(request.headers);
		request.resume();
		request.on('end', () => answer(response));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url: `${origin}/1.0`,
		origin,
		received,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

let stranger: Trap;
let home: Trap;
let redirecting: Trap;
let refusing: Trap;

beforeAll(async () => {
	stranger = await startTrap((response) => response.end());
	home = await startTrap((response) => response.end());
	redirecting = await startTrap((response) => {
		response.writeHead(302, { location: `${stranger.url}/ping` }).end();
	});
	refusing = await startTrap((response) => {
		response.writeHead(401).end('<error><message>no such key</message></error>');
	});
});
afterAll(async () => {
	await Promise.all(
		[stranger, home, redirecting, refusing].map(async (trap) => await trap.close()),
	);
});
beforeEach(() => {
	for (const trap of [stranger, home, redirecting, refusing]) trap.received.length = 0;
});

async function runWith(
	baseUrl: string,
	onError: OnError = 'stopWorkflow',
	items: Array<Record<string, string>> = [{ key: '1' }],
) {
	return await runNode({
		node: {
			onError,
			parameters: {
				resource: 'contact',
				operation: 'createByExternalId',
				externalId: '={{ $json.key }}',
				options: { retries: 0 },
			},
		},
		items,
		credentials: { apiKey: API_KEY, baseUrl },
	});
}

function expectNoKey(...values: unknown[]): void {
	const everything = everythingIn(values);
	expect(everything).not.toContain(API_KEY);
	expect(everything).not.toContain(ENCODED_KEY);
}

test('the key is in the header of a request to its own host, and the search would find it', async () => {
	const result = await runWith(home.url);
	expect(result.error).toBeUndefined();
	expect(home.received.map(({ authorization }) => authorization)).toEqual([`Basic ${ENCODED_KEY}`]);
	expect(everythingIn(home.received)).toContain(ENCODED_KEY);
	expectNoKey(result.raw, result.logs, result.main);
});

const FORBIDDEN = [
	'http://api.maileon.com/1.0',
	'http://127.0.0.1.example.com/1.0',
	'http://localhost.example.com/1.0',
	'http://0177.example.com/1.0',
	'ftp://api.maileon.com/1.0',
	'file:///1.0',
	'javascript:alert(1)',
	'https://user:secret@api.maileon.com/1.0',
	'https://api.maileon.com/1.0?to=elsewhere',
	'https://api.maileon.com/1.0#elsewhere',
	'api.maileon.com/1.0',
	'//api.maileon.com/1.0',
	'',
];

describe.each(FORBIDDEN)('a Base URL "%s"', (baseUrl) => {
	test('is refused when the credential is tested', async () => {
		const { status, message } = await testCredential({ apiKey: API_KEY, baseUrl });
		expect(status).toBe('Error');
		expect(message).toContain('Base URL');
		expectNoKey(message);
	});

	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'is refused when the node runs (%s)',
		async (onError) => {
			const result = await runWith(baseUrl, onError);
			const rows = onError === 'continueErrorOutput' ? result.errors : result.main;
			const words =
				onError === 'stopWorkflow' ? result.error?.message : everythingIn(rows[0]?.json.error);
			expect(words).toContain('Base URL');
			expectNoKey(result.raw, result.logs);
		},
	);

	test('is refused when the editor asks for fields', async () => {
		const asked = callMethod('resourceMapping', 'getContactFields', {
			credentials: { apiKey: API_KEY, baseUrl },
		});
		const error: unknown = await asked.catch((thrown: unknown) => thrown);
		expect(everythingIn(error)).toContain('Base URL');
		expectNoKey(error);
	});
});

describe('expressions in the Base URL', () => {
	test.each([
		['the item', '={{ $json.url }}'],
		['a part of the item', '=http://127.0.0.1:{{ $json.port }}/1.0'],
		['the current item by another name', '={{ $input.item.json.url }}'],
		[
			'the item with something to fall back on',
			'={{ $json?.url ?? "https://api.maileon.com/1.0" }}',
		],
		['the number of the item', '={{ $itemIndex === 0 ? $("Source").first().json.url : "x" }}'],
	])('cannot take it from %s', async (_, baseUrl) => {
		const result = await runWith(baseUrl, 'stopWorkflow', [
			{ key: '1', url: stranger.url, port: new URL(stranger.url).port },
		]);
		expect(stranger.received).toEqual([]);
		expect(result.error?.message).toContain('Base URL');
		expectNoKey(result.raw, result.logs);
	});

	test('leave error rows where the workflow goes on', async () => {
		const result = await runWith('={{ $json.url }}', 'continueErrorOutput', [
			{ key: '1', url: home.url },
			{ key: '2', url: stranger.url },
		]);
		expect(result.errors).toHaveLength(2);
		expect([...stranger.received, ...home.received]).toEqual([]);
	});

	test('may be used where they do not depend on an item', async () => {
		const result = await runWith(`={{ "${home.origin}" + "/1.0" }}`);
		if (n8nLine() === 1) {
			expect(result.error).toBeUndefined();
			expect(home.received).toHaveLength(1);
		} else {
			// n8n 2.x takes the text of an expression as it stands here, and evaluates nothing.
			expect(result.error?.message).toContain('is not a web address');
			expect(home.received).toEqual([]);
		}
	});

	test('that give another host each time are refused before the key is sent', async () => {
		const result = await runWith(
			`={{ "http://127.0.0." + (1 + Math.floor(Math.random() * 200)) + ":1/1.0" }}`,
		);
		expect(result.error?.message).toContain('Base URL');
		expectNoKey(result.raw, result.logs);
	});
});

describe('redirects', () => {
	test('are not followed by the node', async () => {
		const result = await runWith(redirecting.url);
		expect(result.error?.message).toBe('Redirect not followed.');
		expect(redirecting.received).toHaveLength(1);
		expect(stranger.received).toEqual([]);
		expectNoKey(result.raw, result.logs);
	});

	test('are not followed by the credential test', async () => {
		const { status, message } = await testCredential({
			apiKey: API_KEY,
			baseUrl: redirecting.url,
		});
		expect(status).toBe('Error');
		expect(message).toContain('Redirect not followed');
		expect(stranger.received).toEqual([]);
	});

	test('are not followed by the editor', async () => {
		const asked = callMethod('resourceMapping', 'getContactFields', {
			credentials: { apiKey: API_KEY, baseUrl: redirecting.url },
		});
		const error: unknown = await asked.catch((thrown: unknown) => thrown);
		expect(everythingIn(error)).toContain('Redirect not followed.');
		expect(stranger.received).toEqual([]);
		expectNoKey(error);
	});
});

test('a refused key is in none of the words about it', async () => {
	const credentials = { apiKey: API_KEY, baseUrl: refusing.url };
	const result = await runWith(refusing.url);
	expect(result.error?.message).toBe('Maileon refused the API key.');
	const error: unknown = await callMethod('resourceMapping', 'getContactFields', {
		credentials,
	}).catch((thrown: unknown) => thrown);
	expectNoKey(result.raw, result.logs, error, await testCredential(credentials));
});
