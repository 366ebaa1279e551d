import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { holdClock, links, loadPackage, n8nLine, runNode, type RunResult } from '../support/engine';
import { nodeOf } from '../support/operations';
import type { HeldClock } from '../support/engine/clock';
import { UNKNOWN_HOST } from '../support/engine/clock';
import { casesOn } from '../support/faultMatrix';
import {
	answerTo,
	ITEM_KEYS,
	itemWith,
	OPERATIONS,
	titleOf,
	type FaultOperation,
} from '../support/faultOperations';
import {
	closedAddress,
	startFaultServer,
	type FaultServer,
	type ReceivedRequest,
} from '../support/faultServer';
import {
	attemptsOf,
	messageOf,
	verdictOf,
	type Fault,
	type OnError,
	type Verdict,
} from '../support/faults';
import { everythingIn } from '../support/everythingIn';

const API_KEY = 'a-key-that-must-not-be-seen-Gr\u00fc\u00dfe';
const ENCODED_KEY = Buffer.from(API_KEY).toString('base64');
const RETRIES = 2;
const HIT = 1;
const RIGHT = {
	GET: 'reading (GET)',
	POST: 'creating (POST)',
	PUT: 'changing (PUT)',
	DELETE: 'deleting (DELETE)',
};
const UNCLEAR = 'Maileon may have accepted the request; check before sending it again';
const UNCLEAR_MAIL =
	/Maileon may have (accepted this (contact|transaction); check|started it; check the mailing in Maileon) before sending it again/;

let clock: HeldClock;
let server: FaultServer;
let nobody: string;
let trap: http.Server;
let trapped = 0;

beforeAll(async () => {
	trap = http.createServer((_, response) => {
		trapped += 1;
		response.end();
	});
	trap.listen(0, '127.0.0.1');
	await once(trap, 'listening');
	server = await startFaultServer(
		`http://127.0.0.1:${(trap.address() as AddressInfo).port}/1.0/ping`,
	);
	nobody = await closedAddress();
	clock = await holdClock();
});
afterAll(async () => {
	clock.release();
	await server.close();
	trap.close();
});

interface Cell {
	operation: FaultOperation;
	fault?: Fault;
	onError: OnError;
}

function baseUrlFor(fault: Fault | undefined): string {
	if (fault?.everywhere === 'refused') return nobody;
	return fault?.everywhere === 'unknown host' ? `https://${UNKNOWN_HOST}/1.0` : server.baseUrl;
}

const keysOf = ({ sameForAllItems }: FaultOperation) =>
	sameForAllItems ? ITEM_KEYS.slice(0, 1) : ITEM_KEYS;

/** The items that the fault hits, by index. */
function hitItems({ operation, fault }: Cell): number[] {
	const all = [...keysOf(operation).keys()];
	return fault?.everywhere || operation.sameForAllItems ? all : [HIT];
}

const mentions = ({ url, body }: { url: string; body: string }, key: string) =>
	url.includes(key) || body.includes(key);

async function run(cell: Cell): Promise<RunResult> {
	const { operation, fault, onError } = cell;
	const keys = keysOf(operation);
	const keyOf = (request: ReceivedRequest) =>
		keys.find((key) => mentions(request, key)) ?? keys[0] ?? '';
	const hitKeys = hitItems(cell).map((item) => keys[item]);
	server.plan({
		fault,
		clock,
		keyOf,
		hits: (request) => hitKeys.includes(keyOf(request)),
		answerTo: (request) => answerTo(operation, request.url).replaceAll('{key}', keyOf(request)),
	});
	clock.pauses.length = 0;
	trapped = 0;
	const { options, ...parameters } = operation.parameters;
	const given = options as object | undefined;
	return await runNode({
		node: {
			type: nodeOf(operation.resource),
			onError,
			parameters: {
				resource: operation.resource,
				operation: operation.operation,
				...parameters,
				options: { concurrency: 1, retries: RETRIES, timeout: 5, ...given },
			},
		},
		items: keys.map(itemWith),
		credentials: { apiKey: API_KEY, baseUrl: baseUrlFor(fault) },
	});
}

const ordinaryRows = new Map<string, Promise<RunResult>>();

/** Whether an operation gives what its answer says. */
function tells({
	answer: sample,
	endpoint: { method, answer },
	requests,
}: FaultOperation): boolean {
	const reads = method === 'GET' && answer !== 'confirmation' && requests === 1;
	return reads && sample.includes('J\u00fcrgen');
}

/** What the operation gives when nothing goes wrong. */
async function ordinaryRun(operation: FaultOperation): Promise<RunResult> {
	const title = titleOf(operation);
	const known = ordinaryRows.get(title) ?? run({ operation, onError: 'stopWorkflow' });
	ordinaryRows.set(title, known);
	return await known;
}

/** The rows of one item, without what numbers them among others. */
function rowsOfItem(result: RunResult, item: number) {
	const all = links(result.main);
	return result.main.filter((_, row) => all[row]?.includes(item)).map(({ json }) => json);
}

interface Told {
	message: string;
	description: string;
	http_status?: number;
	code?: string;
}

function expectWords({ operation, fault }: Cell, told: Told): void {
	if (!fault) return;
	const { answer, method, canSendMail } = operation.endpoint;
	expect(told.message).toContain(messageOf(fault, answer).replace('{right}', RIGHT[method]));
	expect(told.description).toContain(fault.description ?? '');
	const mayHaveActed = fault.unclear && method !== 'GET';
	expect(UNCLEAR_MAIL.test(told.description)).toBe(mayHaveActed && canSendMail === true);
	expect(told.description.includes(UNCLEAR)).toBe(mayHaveActed && canSendMail !== true);
}

/** What the fault leads to at this operation. */
function verdictAt({ operation, fault }: Cell): Verdict {
	if (!fault) return 'works';
	return operation.exceptions[fault.name] ?? verdictOf(fault, operation.endpoint.answer);
}

function attemptsAt({ operation, fault }: Cell): number {
	const { neverRepeated, canSendMail = false, makesAnother = false } = operation.endpoint;
	if (!fault || neverRepeated) return 1;
	return attemptsOf(fault, canSendMail || makesAnother, RETRIES);
}

/** The requests of each item, in the order of the items. */
function expectRequests(cell: Cell, sent: number): void {
	const { operation, fault } = cell;
	const keys = keysOf(operation);
	const attempts = attemptsAt(cell);
	const hit = hitItems(cell);
	const expected = keys.map((_, item) => {
		if (item >= sent) return 0;
		const fails = fault && verdictAt(cell) === 'fails' && hit.includes(item);
		return fails ? attempts : operation.requests;
	});
	if (fault?.everywhere === 'reset') {
		expect(server.resetConnections).toBe(expected.reduce((sum, count) => sum + count, 0));
		return;
	}
	if (fault?.everywhere) {
		expect(clock.pauses).toHaveLength(sent * (attempts - 1));
		return;
	}
	const received = operation.sameForAllItems
		? [server.requests.length]
		: keys.map((key) => server.requests.filter((request) => mentions(request, key)).length);
	expect(received).toEqual(expected);
	expect(server.requests).toHaveLength(expected.reduce((sum, count) => sum + count, 0));
	if (operation.endpoint.canSendMail && operation.resource === 'contact')
		expect(server.requests.every(({ url }) => /[?&](doi|triggerdoi)=true/.test(url))).toBe(true);
	expectPauses(fault, attempts);
}

function expectPauses(fault: Fault | undefined, attempts: number): void {
	expect(clock.pauses).toHaveLength(attempts - 1);
	const [from, to] = fault?.pause ?? [500, 1_000];
	const [first] = clock.pauses;
	if (first === undefined) return;
	expect(first).toBeGreaterThanOrEqual(from);
	expect(first).toBeLessThanOrEqual(to);
}

async function expectOutcome(cell: Cell, result: RunResult): Promise<void> {
	const { operation, fault, onError } = cell;
	if (!fault) return;
	const verdict = verdictAt(cell);
	const keys = keysOf(operation);
	const hit = hitItems(cell);
	const ordinary = await ordinaryRun(operation);
	const isHit = (item: number) => hit.includes(item);
	const stops = verdict === 'fails' && onError === 'stopWorkflow';

	if (stops) {
		expect(result.main).toEqual([]);
		expect(result.errors).toEqual([]);
		expect(result.error).toBeDefined();
		const { message = '', description, context, httpCode } = result.error ?? {};
		if (message === 'Maileon refused 1 of 1 contact.')
			expectWords(cell, { message: description ?? '', description: description ?? '' });
		else expectWords(cell, { message, description: description ?? '' });
		expect(context?.itemIndex).toBe(operation.runner === 'once a run' ? undefined : hit[0]);
		if (fault.status !== undefined) expect(httpCode).toBe(String(fault.status));
		return;
	}
	expect(result.error).toBeUndefined();
	const failing = verdict === 'fails' ? hit : [];
	const branch = onError === 'continueErrorOutput' ? result.errors : result.main;
	const failed = branch.filter(({ json }) => json.error !== undefined);
	expect(links(failed)).toEqual(failing.map((item) => [item]));
	if (onError !== 'continueErrorOutput') expect(result.errors).toEqual([]);
	else expect(result.main.filter(({ json }) => json.error !== undefined)).toEqual([]);
	for (const { json } of failed) {
		const { message, description = '', http_status, code } = json.error as unknown as Told;
		expectWords(cell, { message, description });
		expect(http_status).toBe(fault.status);
		if (fault.code) expect(code).toBe(fault.code);
	}
	for (const [item] of keys.entries()) {
		const rows = rowsOfItem(result, item).filter(({ error }) => error === undefined);
		if (!isHit(item) || verdict === 'works')
			expect(unnumbered(rows)).toEqual(unnumbered(rowsOfItem(ordinary, item)));
		else if (verdict === 'works bare') expect(rows).toHaveLength(rowsOfItem(ordinary, item).length);
		else expect(rows).toEqual([]);
	}
}

/** Batches are numbered among the requests that were answered. */
function unnumbered(rows: Array<Record<string, unknown>>) {
	return rows.map((row) =>
		Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'batch')),
	);
}

function expectNoKey(result: RunResult): void {
	const everything = everythingIn([result.raw, result.logs, result.error]);
	expect(everything).not.toContain(API_KEY);
	expect(everything).not.toContain(ENCODED_KEY);
	expect(trapped).toBe(0);
}

test('the matrix names every operation of the node', async () => {
	const { nodeTypes } = await loadPackage();
	const properties = [nodeTypes.maileon, nodeTypes.maileonReport, nodeTypes.maileonMailing].flatMap(
		(type) => type?.description.properties ?? [],
	);
	const offered = properties
		.filter(({ name }: INodeProperties) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${String(displayOptions?.show?.resource?.[0])}.${String(value)}`,
			),
		);
	const named = new Set(OPERATIONS.map((one) => `${one.resource}.${one.operation}`));
	expect([...named].sort()).toEqual(offered.sort());
});

test.each(OPERATIONS.map((operation) => [titleOf(operation), operation] as const))(
	'%s works when nothing goes wrong',
	async (_, operation) => {
		const result = await run({ operation, onError: 'stopWorkflow' });
		expect(result.error).toBeUndefined();
		expectRequests({ operation, onError: 'stopWorkflow' }, keysOf(operation).length);
		expect(links(result.main)).toEqual(keysOf(operation).map((_key, item) => [item]));
		if (tells(operation)) expect(JSON.stringify(result.main)).toContain('J\u00fcrgen');
		expectNoKey(result);
	},
);

test.each(
	casesOn(n8nLine()).map(
		(cell) => [`${cell.onError} ${titleOf(cell.operation)}: ${cell.fault.name}`, cell] as const,
	),
)('%s', async (_, cell) => {
	const { operation, onError } = cell;
	await ordinaryRun(operation);
	const result = await run(cell);
	const stops = onError === 'stopWorkflow' && verdictAt(cell) === 'fails';
	expectRequests(cell, stops ? (hitItems(cell)[0] ?? 0) + 1 : keysOf(operation).length);
	await expectOutcome(cell, result);
	expectNoKey(result);
});
