import { parse } from 'node:querystring';

import type { IDataObject } from 'n8n-workflow';

import type { Fault, Sandbox } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { requireCleanRequests } from '../support/cleanRequests';
import type { TriggerOptions, TriggerSession } from '../support/engine';
import { holdClock, loadPackage, openTrigger } from '../support/engine';
import { WebhookServer } from '../support/webhookServer';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());
requireCleanRequests(() => sandbox);

const credentials = () => ({ apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl });

const open = async (options: Partial<TriggerOptions> = {}): Promise<TriggerSession> =>
	await openTrigger({ parameters: { event: 'doi' }, credentials: credentials(), ...options });

const webhooks = () => [...sandbox.account.webhooks.values()];

const sent = () => sandbox.requests.map(({ method, path }) => `${method} ${path}`);

/** A webhook that somebody else registered. */
function addForeign(url: string, event = 'doi' as const, param?: string) {
	const id = sandbox.account.nextId();
	const urlParams = param
		? [{ name: param, customValue: 'x', standardContactField: null, customContactField: null }]
		: [];
	const fields = { standardFields: [], customFields: [], eventFields: [] };
	sandbox.account.webhooks.set(id, { id, url, event, urlParams, ...fields });
	return id;
}

interface ThrownByNode {
	name: string;
	message: string;
	description?: string;
	httpCode?: string | null;
}

async function thrownBy(action: Promise<unknown>): Promise<ThrownByNode> {
	return await action.then(
		() => {
			throw new Error('Nothing was thrown');
		},
		(error: ThrownByNode) => error,
	);
}

/** What Maileon sends in the URL of the session's webhook. */
function secretOf(session: TriggerSession): string {
	const webhook = webhooks().find(({ url }) => url === session.webhookUrl);
	const secret = webhook?.urlParams.find(({ name }) => name === 'n8n_secret')?.customValue;
	if (!secret) throw new Error('There is no webhook with a secret');
	return secret;
}

/** What a node without a webhook keeps, so that calls that are under way can be told from forged ones. */
const NOTHING_BUT_OLD_SECRETS = {
	webhookFormerSecretHash: expect.stringMatching(/^[0-9a-f]{64}$/),
	webhookSecretsSince: expect.stringMatching(/^\d+$/),
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the node', () => {
	it('is loaded with its credential test, its choices and its webhook', async () => {
		const { description, methods } = (await loadPackage()).nodeTypes.maileonTrigger ?? {};
		expect(description).toMatchObject({
			displayName: 'Maileon API Trigger',
			inputs: [],
			credentials: [{ name: 'maileonRestApi', required: true, testedBy: 'maileonRestApiTest' }],
			webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived' }],
			codex: { categories: ['Marketing', 'Communication'] },
		});
		expect(Object.keys(methods?.credentialTest ?? {})).toEqual(['maileonRestApiTest']);
		const choices = description?.properties[0]?.options?.map((option) =>
			'value' in option ? option.value : undefined,
		);
		expect([...(choices ?? [])].sort()).toEqual(
			['bounce', 'contact_field_change', 'doi', 'filtered', 'unsubscription'].sort(),
		);
	});
});

describe('activation', () => {
	it('registers one webhook, with a secret and the default fields', async () => {
		const session = await open();
		await session.activate();
		expect(sent()).toEqual(['GET /webhooks', 'GET /webhooks', 'POST /webhooks']);
		const [webhook] = webhooks();
		expect(webhooks()).toHaveLength(1);
		expect(webhook).toMatchObject({
			url: session.webhookUrl,
			event: 'doi',
			standardFields: ['email', 'external_id'],
			customFields: [],
			eventFields: [],
			urlParams: [{ name: 'n8n_secret', customValue: secretOf(session) }],
		});
		expect(secretOf(session)).toMatch(/^[0-9a-f]{64}$/);
		expect(session.nodeStaticData()).toMatchObject({
			webhookId: String(webhook?.id),
			webhookUrl: session.webhookUrl,
			webhookEvent: 'doi',
		});
		expect(JSON.stringify(session.staticData())).not.toContain(secretOf(session));
	});

	it.each<[string, string[]]>([
		['doi', []],
		['unsubscription', ['msg_id', 'method']],
		['bounce', []],
		['filtered', ['timestamp', 'cause']],
		['contact_field_change', []],
	])('asks for the documented event fields of %s', async (event, eventFields) => {
		await (await open({ parameters: { event } })).activate();
		expect(webhooks()).toMatchObject([{ event, eventFields }]);
	});

	it('asks for the fields that were chosen and added, each once', async () => {
		sandbox.variants.unknownEventField = 'accepted';
		const session = await open({
			parameters: {
				event: 'bounce',
				standardFields: ['email', 'firstname'],
				eventFields: ['msg_id'],
				options: {
					furtherStandardFields: ' EMAIL, zip ,',
					furtherEventFields: 'msg_id,bounce_code',
				},
			},
		});
		await session.activate();
		expect(webhooks()).toMatchObject([
			{ standardFields: ['email', 'firstname', 'zip'], eventFields: ['msg_id', 'bounce_code'] },
		]);
	});

	it.each<[string, string[]]>([
		['={{ ["email", "zip"] }}', ['email', 'zip']],
		['={{ JSON.stringify(["email", "zip"]) }}', ['email', 'zip']],
		['={{ "email, zip" }}', ['email', 'zip']],
		['={{ [] }}', []],
	])('asks for the fields that the expression %s gives', async (standardFields, names) => {
		await (await open({ parameters: { event: 'doi', standardFields } })).activate();
		expect(webhooks()).toMatchObject([{ standardFields: names }]);
	});

	it.each(['={{ undefined }}', '={{ null }}', '={{ { email: true } }}', '={{ [["email"]] }}'])(
		'registers nothing where the expression %s gives no list of fields',
		async (standardFields) => {
			const session = await open({ parameters: { event: 'doi', standardFields } });
			const { message } = await thrownBy(session.activate());
			expect(message).toMatch(/^Contact Fields must be a list of names, but /);
			expect(webhooks()).toEqual([]);
		},
	);

	it('asks for no data when no field is chosen', async () => {
		await (await open({ parameters: { event: 'doi', standardFields: [] } })).activate();
		expect(JSON.parse(sandbox.requests.at(-1)?.body ?? '')).not.toHaveProperty('standardFields');
		expect(webhooks()).toMatchObject([{ standardFields: [], eventFields: [] }]);
	});

	it.each(['id', 'number', 'object', 'empty'] as const)(
		'understands the answer "%s" to the creation',
		async (answer) => {
			sandbox.variants.webhookCreateAnswer = answer;
			addForeign('https://elsewhere.example.com/');
			const session = await open();
			await session.activate();
			const own = webhooks().filter(({ url }) => url === session.webhookUrl);
			expect(own).toHaveLength(1);
			expect(session.nodeStaticData().webhookId).toBe(String(own[0]?.id));
			await session.deactivate();
			expect(webhooks()).toMatchObject([{ url: 'https://elsewhere.example.com/' }]);
		},
	);

	it.each(['array', 'null', 'empty'] as const)(
		'understands the empty list of webhooks "%s"',
		async (list) => {
			sandbox.variants.webhookEmptyList = list;
			const session = await open();
			await session.activate();
			expect(webhooks()).toHaveLength(1);
		},
	);

	it('finds its webhook again when n8n asks a second time', async () => {
		sandbox.variants.webhookShape = 'bodySpec';
		const session = await open();
		await session.activate();
		const secret = secretOf(session);
		await session.activate();
		expect(webhooks()).toHaveLength(1);
		expect(secretOf(session)).toBe(secret);
		expect((await session.runWebhookMethod('checkExists')).result).toBe(true);
	});

	it.each<[string, Partial<TriggerOptions>]>([
		['another event', { parameters: { event: 'bounce' } }],
		['other contact fields', { parameters: { event: 'doi', standardFields: ['email'] } }],
		['other event fields', { parameters: { event: 'doi', eventFields: ['timestamp'] } }],
		['another address of n8n', { instanceUrl: 'http://127.0.0.1:5679' }],
		['another name of the node', { name: 'Renamed' }],
	])('replaces its webhook after a change to %s', async (_what, change) => {
		const before = await open();
		await before.activate();
		const [old] = webhooks();
		const oldSecret = secretOf(before);
		const after = await open({ ...change, staticData: before.staticData() });
		expect((await after.runWebhookMethod('checkExists')).result).toBe(false);
		await after.activate();
		expect(webhooks()).toHaveLength(1);
		expect(webhooks()[0]?.id).not.toBe(old?.id);
		expect(webhooks()[0]?.url).toBe(after.webhookUrl);
		expect(secretOf(after)).not.toBe(oldSecret);
		await after.deactivate();
		expect(webhooks()).toEqual([]);
	});

	it.each<[string, (session: TriggerSession) => void]>([
		['was deleted in Maileon', () => sandbox.account.webhooks.clear()],
		[
			'has another secret in Maileon',
			() => {
				for (const { urlParams } of webhooks())
					Object.assign(urlParams[0] ?? {}, { customValue: 'x' });
			},
		],
	])('makes a new webhook when its own %s', async (_what, change) => {
		const session = await open();
		await session.activate();
		change(session);
		await session.activate();
		expect(webhooks()).toHaveLength(1);
		expect(secretOf(session)).toMatch(/^[0-9a-f]{64}$/);
		expect((await session.runWebhookMethod('checkExists')).result).toBe(true);
	});

	it('clears up what is left of former registrations that it remembers nothing of', async () => {
		const forgotten = await open();
		await forgotten.activate();
		const bounce = await open({ parameters: { event: 'bounce' } });
		await bounce.activate();
		expect(webhooks()).toMatchObject([{ event: 'bounce' }]);
		const anew = await open();
		await anew.activate();
		expect(webhooks()).toMatchObject([{ event: 'doi', url: anew.webhookUrl }]);
	});

	it('leaves the webhooks of others alone', async () => {
		const session = await open();
		const foreign = [
			addForeign('https://elsewhere.example.com/webhook/a'),
			addForeign(`${session.webhookUrl}/other`, 'doi', 'n8n_secret'),
			addForeign(session.webhookUrl),
		];
		await session.activate();
		await session.activate();
		expect(webhooks()).toHaveLength(4);
		await session.deactivate();
		expect(webhooks().map(({ id }) => id)).toEqual(foreign);
	});

	it('does not take a remembered ID for its own when the URL is another', async () => {
		const session = await open();
		await session.activate();
		const id = Number(session.nodeStaticData().webhookId);
		sandbox.account.webhooks.clear();
		const url = 'https://elsewhere.example.com/webhook/a';
		sandbox.account.webhooks.set(id, { ...firstForeign(url), id });
		expect((await session.runWebhookMethod('checkExists')).result).toBe(false);
		await session.deactivate();
		expect(webhooks()).toMatchObject([{ id, url }]);
		await session.activate();
		await session.deactivate();
		expect(webhooks()).toMatchObject([{ id, url }]);
	});

	function firstForeign(url: string) {
		const id = addForeign(url);
		const webhook = sandbox.account.webhooks.get(id);
		sandbox.account.webhooks.delete(id);
		if (!webhook) throw new Error('The webhook is not there');
		return webhook;
	}

	it.each([
		['http://localhost:5678', 'https://api.maileon.com/1.0'],
		['http://n8n.example.com', 'http://127.0.0.1:1/1.0'],
	])(
		'refuses the address %s for a Maileon at %s, before any request',
		async (instanceUrl, baseUrl) => {
			const session = await open({ instanceUrl, credentials: { apiKey: 'key', baseUrl } });
			for (const method of ['checkExists', 'create'] as const) {
				const error = await thrownBy(session.runWebhookMethod(method));
				expect(error.message).toMatch(/^Maileon cannot call this n8n\. .*WEBHOOK_URL/);
			}
			expect((await session.runWebhookMethod('delete')).result).toBe(true);
		},
	);

	it('takes an https address', async () => {
		const session = await open({ instanceUrl: 'https://n8n.example.com' });
		await session.activate();
		expect(webhooks()[0]?.url).toMatch(/^https:\/\/n8n\.example\.com\/webhook\//);
	});

	it('keeps the test URL and the production URL apart', async () => {
		const production = await open();
		const test = await open({ isTest: true });
		await production.activate();
		await test.activate();
		expect(webhooks().map(({ url }) => url)).toEqual([production.webhookUrl, test.webhookUrl]);
		expect(test.webhookUrl).toContain('/webhook-test/');
		expect(secretOf(test)).not.toBe(secretOf(production));
		const query = { n8n_secret: secretOf(test) };
		expect((await production.runWebhook({ query })).response.status).toBe(403);
		await test.deactivate();
		expect(webhooks()).toMatchObject([{ url: production.webhookUrl }]);
		await production.deactivate();
		expect(webhooks()).toEqual([]);
	});
});

describe('deactivation', () => {
	it('removes the webhook and forgets it', async () => {
		const session = await open();
		await session.activate();
		await session.deactivate();
		expect(webhooks()).toEqual([]);
		expect(session.nodeStaticData()).toEqual(NOTHING_BUT_OLD_SECRETS);
	});

	it('takes a webhook that is gone for removed', async () => {
		const session = await open();
		await session.activate();
		sandbox.account.webhooks.clear();
		expect((await session.runWebhookMethod('delete')).result).toBe(true);
		expect(sent().filter((line) => line.startsWith('DELETE'))).toEqual([]);
		expect(session.nodeStaticData()).toEqual(NOTHING_BUT_OLD_SECRETS);
	});

	it.each(['flat', 'bodySpec'] as const)(
		'finds its webhook without an ID, in the form "%s"',
		async (shape) => {
			sandbox.variants.webhookShape = shape;
			const session = await open();
			await session.activate();
			const staticData = session.nodeStaticData();
			delete staticData.webhookId;
			for (const remembered of [staticData, {}, { ...staticData, webhookId: '999999' }]) {
				const again = await open({ staticData: { 'node:Maileon Trigger': remembered } });
				await again.deactivate();
				expect(webhooks()).toEqual([]);
				await again.activate();
			}
		},
	);

	it('removes nothing when it never registered anything', async () => {
		const id = addForeign('https://elsewhere.example.com/');
		const session = await open();
		await session.deactivate();
		await session.deactivate();
		expect(webhooks()).toMatchObject([{ id }]);
		expect(sent()).toEqual(['GET /webhooks', 'GET /webhooks']);
	});
});

describe('faults', () => {
	let clock: Awaited<ReturnType<typeof holdClock>>;
	beforeAll(async () => {
		clock = await holdClock();
	});
	afterAll(() => clock.release());

	const page = '<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>';
	const xmlError = '<?xml version="1.0"?><error><message>Maileon has words</message></error>';
	const status = (code: number): Fault => ({ status: code, body: xmlError });
	const faults: Record<string, Fault> = {
		'401': status(401),
		'403': status(403),
		'404': status(404),
		'404 of a gateway': { status: 404, headers: { 'content-type': 'text/html' }, body: page },
		'500': status(500),
		'a broken connection': { breakConnection: 'before', times: 4 },
		HTML: { status: 200, headers: { 'content-type': 'text/html' }, body: page },
	};
	const words: Record<string, RegExp> = {
		'401': /refused the API key/,
		'403': /lacks the right for (reading|creating|deleting)/,
		'404': /did not find/,
		'404 of a gateway': /no Maileon API at this address/,
		'500': /could not process the request/,
		'a broken connection': /connection to Maileon was lost/,
		HTML: /Unexpected response from Maileon/,
	};
	const table = (['checkExists', 'create', 'delete'] as const).flatMap((method) =>
		({
			checkExists: ['GET'],
			create: ['GET', 'POST'],
			delete: ['GET', 'DELETE'],
		})[method].flatMap((request) =>
			Object.keys(faults).map((fault): [typeof method, string, string] => [method, request, fault]),
		),
	);

	it.each(table)('%s: %s is answered with %s', async (method, request, fault) => {
		const foreign = addForeign('https://elsewhere.example.com/');
		const session = await open();
		if (method === 'delete') await session.activate();
		const before = webhooks().map(({ id }) => id);
		sandbox.requests.length = 0;
		sandbox.fail({ ...faults[fault], method: request, path: /^\/webhooks/ });
		if (request === 'DELETE' && fault === '404') {
			expect((await session.runWebhookMethod(method)).result).toBe(true);
			expect(session.nodeStaticData()).toEqual(NOTHING_BUT_OLD_SECRETS);
			return;
		}
		const error = await thrownBy(session.runWebhookMethod(method));
		expect(error.name).toMatch(/^Node(Api|Operation)Error$/);
		expect(error.message).toMatch(words[fault] ?? /^$/);
		expect(error.description ?? undefined).toBeUndefined();
		if (method === 'delete') expect(error.message).toContain('may stay registered in Maileon');
		const shown = JSON.stringify({ ...error, message: error.message, stack: undefined });
		expect(shown).not.toContain(sandbox.apiKey);
		expect(shown).not.toContain(Buffer.from(sandbox.apiKey).toString('base64'));
		expect(webhooks().map(({ id }) => id)).toEqual(before);
		expect(sent().filter((line) => line.startsWith('POST')).length).toBeLessThanOrEqual(1);

		sandbox.clearFaults();
		await session.deactivate();
		expect(webhooks().map(({ id }) => id)).toEqual([foreign]);
		await session.activate();
		expect(webhooks()).toHaveLength(2);
	});

	it.each<[string, Fault]>([
		['broke off after Maileon had acted', { breakConnection: 'after' }],
		['was a 500 after Maileon had acted', { status: 500, act: true }],
		['was a 504 of something in between', { status: 504, act: true }],
		['was a web page', { status: 200, body: page, act: true }],
		['was cut off', { truncate: true }],
	])('finds the new webhook when the answer to its creation %s', async (_what, fault) => {
		const session = await open();
		sandbox.fail({ ...fault, method: 'POST', path: '/webhooks' });
		await session.activate();
		expect(webhooks()).toHaveLength(1);
		expect(session.nodeStaticData().webhookId).toBe(String(webhooks()[0]?.id));
	});

	it('says which event field Maileon does not take', async () => {
		const session = await open({
			parameters: { event: 'doi', options: { furtherEventFields: 'colour' } },
		});
		const error = await thrownBy(session.activate());
		expect(error.message).toContain('there is no event field colour');
		await session.deactivate();
		expect(webhooks()).toEqual([]);
	});

	it('names the right that a key lacks', async () => {
		sandbox.addKey('reader', ['GET']);
		const session = await open({ credentials: { ...credentials(), apiKey: 'reader' } });
		expect((await thrownBy(session.activate())).message).toContain('creating (POST)');
	});
});

describe('a call', () => {
	const opened = async (event = 'doi') => {
		const session = await open({ parameters: { event } });
		await session.activate();
		return session;
	};

	it('starts the workflow with query and body, event and time, never with the secret', async () => {
		const session = await opened('unsubscription');
		const { workflowData, response } = await session.runWebhook({
			query: { n8n_secret: secretOf(session), shop: 'a' },
			headers: JSON_TYPE,
			body: { email: 'ada@example.com', external_id: '00123', method: 'link' },
		});
		expect(response).toMatchObject({ ended: false });
		expect(workflowData?.[0]?.map(({ json }) => json)).toEqual([
			{
				event: 'unsubscription',
				received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
				query: { shop: 'a' },
				email: 'ada@example.com',
				external_id: '00123',
				method: 'link',
			},
		]);
		expect(JSON.stringify(workflowData)).not.toContain(secretOf(session));
	});

	it.each<[string, (secret: string) => Record<string, string | string[]>]>([
		['no secret', () => ({})],
		['an empty secret', () => ({ n8n_secret: '' })],
		['a wrong secret', () => ({ n8n_secret: 'f'.repeat(64) })],
		['a part of the secret', (secret) => ({ n8n_secret: secret.slice(1) })],
		['the secret twice', (secret) => ({ n8n_secret: [secret, secret] })],
		['the secret under another name', (secret) => ({ secret })],
	])('is refused with 403 for %s', async (_what, query) => {
		const session = await opened();
		const answer = await session.runWebhook({ query: query(secretOf(session)), body: { a: 1 } });
		expect(answer.response).toMatchObject({ status: 403, ended: true });
		expect(answer.workflowData).toBeUndefined();
		expect(answer.noWebhookResponse).toBe(true);
		expect(JSON.stringify(answer.response.body)).not.toContain(secretOf(session));
	});

	it.each<[string, Record<string, string>, string]>([
		['no secret', {}, 'brought no secret'],
		[
			'another secret',
			{ n8n_secret: 'f'.repeat(64) },
			'brought a secret that is not that of its webhook',
		],
	])('that is refused for %s is in the log', async (_what, query, reason) => {
		const session = await opened();
		const { logs } = await session.runWebhook({ query });
		expect(logs).toEqual([
			expect.objectContaining({
				level: 'warn',
				message: expect.stringMatching(`^Maileon Trigger: a call was refused, since it ${reason}`),
			}),
		]);
		expect(JSON.stringify(logs)).not.toContain('f'.repeat(64));
		const genuine = await session.runWebhook({ query: { n8n_secret: secretOf(session) } });
		expect(genuine.logs).toEqual([]);
	});

	it('is refused when the node knows no secret', async () => {
		const session = await open();
		const queries: Array<Record<string, string>> = [
			{},
			{ n8n_secret: '' },
			{ n8n_secret: 'undefined' },
		];
		for (const query of queries) {
			expect((await session.runWebhook({ query })).response.status).toBe(403);
		}
	});

	it.each<[string, Parameters<TriggerSession['runWebhook']>[0], object]>([
		['no body', {}, {}],
		['an empty JSON object', { body: {}, headers: JSON_TYPE }, {}],
		[
			'a form',
			{ body: parse('email=a%2B1%40b.example&x=1&x=2'), headers: FORM },
			{ email: 'a+1@b.example', x: ['1', '2'] },
		],
		['JSON without a type', { rawBody: '{"email":"ü"}' }, { email: 'ü' }],
		['text', { body: 'hello', headers: { 'content-type': 'text/plain' } }, { body: 'hello' }],
		['null', { rawBody: 'null', headers: JSON_TYPE }, {}],
	])('may have %s', async (_what, request, fields) => {
		const session = await opened();
		const answer = await session.runWebhook({
			...request,
			query: { n8n_secret: secretOf(session) },
		});
		const [item] = answer.workflowData?.[0] ?? [];
		expect(item?.json).toEqual({
			event: 'doi',
			received_at: expect.any(String),
			...fields,
		});
	});

	it('may come twice, or with several events', async () => {
		const session = await opened();
		const query = { n8n_secret: secretOf(session) };
		for (let time = 0; time < 2; time++) {
			const { workflowData } = await session.runWebhook({ query, body: { email: 'a' } });
			expect(workflowData?.[0]).toHaveLength(1);
		}
		const { workflowData } = await session.runWebhook({
			query,
			body: [{ email: 'a' }, { email: 'b' }],
		});
		expect(workflowData?.[0]?.map(({ json }) => json.email)).toEqual(['a', 'b']);
	});

	it('may bring the secret of the registration before, as calls that are under way do', async () => {
		const session = await open();
		const secrets: string[] = [];
		for (let registration = 0; registration < 3; registration++) {
			await session.activate();
			secrets.push(secretOf(session));
			if (registration < 2) await session.deactivate();
		}
		const statuses = [];
		for (const secret of secrets) {
			const { response } = await session.runWebhook({ query: { n8n_secret: secret } });
			statuses.push(response.status);
		}
		expect(new Set(secrets).size).toBe(3);
		expect(statuses).toEqual([403, 200, 200]);
	});

	it('of the event before is refused, since it would come out as one of the new event', async () => {
		const before = await opened('doi');
		const query = { n8n_secret: secretOf(before) };
		await before.deactivate();
		const after = await open({
			parameters: { event: 'unsubscription' },
			staticData: before.staticData(),
		});
		await after.activate();
		expect((await after.runWebhook({ query })).response.status).toBe(403);
		const forgotten = await open({ parameters: { event: 'unsubscription' } });
		expect((await forgotten.runWebhook({ query })).response.status).toBe(403);
	});

	it.each<[string, (before: IDataObject) => IDataObject]>([
		['those of the registration before', (before) => before],
		['none', () => ({})],
	])('is known when a long run writes back old static data: %s', async (_what, writtenBack) => {
		const session = await open();
		await session.activate();
		const before = session.staticData();
		for (let registration = 0; registration < 2; registration++) {
			await session.deactivate();
			await session.activate();
		}
		const query = { n8n_secret: secretOf(session) };
		const overwritten = await open({ staticData: writtenBack(before) });
		expect((await overwritten.runWebhook({ query })).workflowData).toHaveLength(1);
		expect((await overwritten.runWebhook({ query: {} })).response.status).toBe(403);

		const otherKey = { ...credentials(), apiKey: 'another' };
		const foreign = await open({ staticData: writtenBack(before), credentials: otherKey });
		expect((await foreign.runWebhook({ query })).response.status).toBe(403);
	});

	it('with the secret of a test is refused by the production URL, whenever it was made', async () => {
		const production = await opened();
		const test = await open({ isTest: true });
		await test.activate();
		const query = { n8n_secret: secretOf(test) };
		expect((await production.runWebhook({ query })).response.status).toBe(403);
	});

	it('is refused after deactivation', async () => {
		const session = await opened();
		const query = { n8n_secret: secretOf(session) };
		await session.deactivate();
		expect((await session.runWebhook({ query })).response.status).toBe(403);
	});
});

describe('deliveries of the sandbox', () => {
	let session: TriggerSession;
	const server = new WebhookServer();
	beforeAll(async () => await server.start());
	afterAll(async () => await server.close());
	beforeEach(() => {
		server.received = [];
	});
	const received = () => server.received.map(({ json }) => json);

	async function listen(parameters: TriggerOptions['parameters']): Promise<void> {
		session = await open({ parameters, instanceUrl: server.url });
		server.session = session;
		await session.activate();
		const response = await fetch(
			`${sandbox.baseUrl}/contacts/email/ada%2B1%40example.com?doi=true`,
			{
				method: 'POST',
				headers: {
					authorization: `Basic ${Buffer.from(sandbox.apiKey).toString('base64')}`,
					accept: 'application/vnd.maileon.api+xml',
					'content-type': 'application/vnd.maileon.api+json',
				},
				body: '{"external_id":"00123","standard_fields":{"FIRSTNAME":"Ada"}}',
			},
		);
		expect(response.status).toBe(201);
	}

	const email = 'ada+1@example.com';
	const contact = { email, external_id: '00123', received_at: expect.any(String) };

	it.each<[string, () => Promise<unknown>, object]>([
		['doi', async () => await sandbox.confirmDoi(email), {}],
		['bounce', async () => await sandbox.bounce(email), {}],
		[
			'unsubscription',
			async () => await sandbox.unsubscribe(email),
			{ method: 'link', msg_id: expect.any(String) },
		],
		[
			'filtered',
			async () => await sandbox.filterOut(email),
			{ cause: 'personalization', timestamp: expect.any(String) },
		],
		['contact_field_change', async () => await sandbox.changeField(email, 'FIRSTNAME', 'Eve'), {}],
	])('arrive for %s', async (event, happen, fields) => {
		await listen({ event });
		await happen();
		expect(sandbox.deliveries).toMatchObject([{ event, status: 200 }]);
		expect(received()).toEqual([{ event, ...contact, ...fields }]);
	});

	it.each(['null', 'missing', 'emptyString'] as const)(
		'may show no value as %s',
		async (variant) => {
			sandbox.variants.webhookEmptyValue = variant;
			sandbox.variants.webhookContentType = 'application/json; charset=UTF-8';
			await listen({ event: 'doi', standardFields: ['city'] });
			await sandbox.confirmDoi(email);
			const city = { null: { city: null }, missing: {}, emptyString: { city: '' } }[variant];
			expect(received()).toEqual([{ event: 'doi', received_at: expect.any(String), ...city }]);
		},
	);

	it('arrive without data when no field is chosen', async () => {
		await listen({ event: 'doi', standardFields: [] });
		await sandbox.confirmDoi(email);
		expect(received()).toEqual([{ event: 'doi', received_at: expect.any(String) }]);
	});

	it('do not arrive any more after deactivation', async () => {
		await listen({ event: 'doi' });
		await session.deactivate();
		await sandbox.confirmDoi(email);
		expect(sandbox.deliveries).toEqual([]);
		expect(received()).toEqual([]);
	});
});
