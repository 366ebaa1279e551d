import type { IDataObject } from 'n8n-workflow';

import { holdClock, runNode } from '../support/engine';
import type { HeldClock } from '../support/engine/clock';
import { ITEM_KEYS, itemWith, OPERATIONS, titleOf } from '../support/faultOperations';
import { startFaultServer, type FaultServer } from '../support/faultServer';
import { nodeOf } from '../support/operations';

let clock: HeldClock;
let server: FaultServer;

beforeAll(async () => {
	server = await startFaultServer('http://127.0.0.1:1/');
	clock = await holdClock();
});
afterAll(async () => {
	clock.release();
	await server.close();
});

const REPORT = '<report><success>true</success></report>';

/** The queries and bodies of what an operation sends. */
async function sent(
	parameters: IDataObject,
	answer = REPORT,
): Promise<Array<{ query: URLSearchParams; path: string; body: string }>> {
	server.plan({ clock, hits: () => false, keyOf: () => '', answerTo: () => answer });
	const result = await runNode({
		node: {
			type: nodeOf(String(parameters.resource)),
			onError: 'continueRegularOutput',
			parameters,
		},
		items: [itemWith(ITEM_KEYS[0])],
		credentials: { apiKey: 'a key', baseUrl: server.baseUrl },
	});
	expect(result.error).toBeUndefined();
	return server.requests.map(({ url, body }) => {
		const { pathname, searchParams } = new URL(url, server.baseUrl);
		return { path: pathname, query: searchParams, body };
	});
}

const DOI = ['doi', 'doiplus', 'doimailing', 'triggerdoi'];
const named = (query: URLSearchParams, names: readonly string[]) =>
	names.filter((name) => query.has(name));

test.each(
	OPERATIONS.filter(({ variant }) => variant === undefined).map(
		(operation) => [titleOf(operation), operation] as const,
	),
)('%s asks for no double opt-in and no permission by itself', async (_, operation) => {
	const { resource, operation: name, parameters, answer } = operation;
	const requests = await sent(
		{ resource, operation: name, ...parameters },
		answer.replaceAll('{key}', ITEM_KEYS[0]),
	);
	expect(requests.length).toBeGreaterThan(0);
	for (const { query, body } of requests) {
		expect(named(query, DOI)).toEqual([]);
		expect(body).not.toMatch(/doi|permission/i);
		// A create has to say something: the documented default is "None".
		expect(query.get('permission')).toBe(
			name.startsWith('create') && resource === 'contact' ? '1' : null,
		);
	}
});

const CREATES = [
	['createByExternalId', { externalId: 'x' }],
	['createByEmail', { email: 'a@example.com' }],
] as const;

describe.each(CREATES)('%s', (operation, identifier) => {
	const create = async (parameters: IDataObject) =>
		await sent({ resource: 'contact', operation, ...identifier, ...parameters });

	test.each([1, 2, 3, 4, 5, 6])(
		'sends permission %i as chosen, without a mail',
		async (permission) => {
			const [request] = await create({ permission, doi: false, doiPlus: true, doiMailing: 'KEY' });
			expect(request?.query.get('permission')).toBe(String(permission));
			expect(named(request?.query ?? new URLSearchParams(), DOI)).toEqual([]);
		},
	);

	test('starts a double opt-in with what was chosen for it, and nothing else', async () => {
		const [plain] = await create({ permission: 1, doi: true });
		expect(named(plain?.query ?? new URLSearchParams(), DOI)).toEqual(['doi']);
		const [plus] = await create({ permission: 1, doi: true, doiPlus: true, doiMailing: 'KEY' });
		expect(plus?.query.get('doi')).toBe('true');
		expect(plus?.query.get('doiplus')).toBe('true');
		expect(plus?.query.get('doimailing')).toBe('KEY');
		expect(plus?.query.get('permission')).toBe('1');
	});
});

describe('updateById', () => {
	const update = async (parameters: IDataObject) =>
		await sent({ resource: 'contact', operation: 'updateById', contactId: '1', ...parameters });

	test.each([1, 2, 3, 6])('starts no double opt-in for permission %i', async (permission) => {
		const [request] = await update({ permission, triggerDoi: true, doiMailing: 'KEY' });
		expect(request?.query.get('permission')).toBe(String(permission));
		expect(named(request?.query ?? new URLSearchParams(), DOI)).toEqual([]);
	});

	test.each([4, 5])('starts one for permission %i where it is chosen only', async (permission) => {
		const [without] = await update({ permission, triggerDoi: false, doiMailing: 'KEY' });
		expect(named(without?.query ?? new URLSearchParams(), DOI)).toEqual([]);
		const [with_] = await update({ permission, triggerDoi: true });
		expect(named(with_?.query ?? new URLSearchParams(), DOI)).toEqual(['triggerdoi']);
	});

	test('changes no permission by itself', async () => {
		const [request] = await update({
			permission: 'unchanged',
			triggerDoi: true,
			doiMailing: 'KEY',
		});
		expect(named(request?.query ?? new URLSearchParams(), [...DOI, 'permission'])).toEqual([]);
	});
});

describe('synchronize with the permission "Not Set"', () => {
	const flags = [true, false];
	const choices = flags.flatMap((overridePermission) =>
		flags.flatMap((updateOnly) =>
			['email', 'externalId', 'maileonId'].flatMap((identifyBy) =>
				[1, 2].map((syncMode) => ({ overridePermission, updateOnly, identifyBy, syncMode })),
			),
		),
	);

	test.each(choices)('never says anything about permission: %j', async (choice) => {
		const requests = await sent({
			resource: 'contact',
			operation: 'synchronize',
			permission: 'notSet',
			...choice,
			contactsSource: 'json',
			contactsJson: JSON.stringify([
				{ id: '1', email: 'a@example.com', external_id: 'x', standard_fields: { FIRSTNAME: 'A' } },
			]),
		});
		expect(requests).toHaveLength(1);
		expect(named(requests[0]?.query ?? new URLSearchParams(), DOI)).toEqual([]);
		expect(
			[...(requests[0]?.query.keys() ?? [])].filter((name) => /permission/.test(name)),
		).toEqual([]);
		expect(requests[0]?.body).not.toMatch(/permission/i);
	});
});
