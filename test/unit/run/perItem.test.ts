import type { INodeExecutionData } from 'n8n-workflow';

import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { perItem, type Prepared } from '../../../nodes/Maileon/run/perItem';
import {
	answerOf,
	failureOf,
	fakeClient,
	fakeNode,
	runOnce,
	type Answering,
} from '../../support/fakeRun';

const items = (...names: string[]): INodeExecutionData[] =>
	names.map((name) => ({ json: { name } }));

const requestFor = (name: string): MaileonRequest => ({ method: 'POST', path: ['things', name] });

const nameOf = ({ path }: MaileonRequest) => String(path.at(-1));

type Further = Partial<Omit<Prepared, 'send'>>;

/** Sends one request for each item and gives its name; an item called "wrong" cannot be sent. */
function sending(further: (name: string) => Further = () => ({})) {
	const prepared: string[] = [];
	const run = perItem(() => ({
		prepare: ({ item }) => {
			const name = String(item.json.name);
			prepared.push(name);
			if (name === 'wrong') throw new InputRefusal('The name is wrong');
			return {
				send: async (client) => {
					await client.send(requestFor(name));
					return [{ name }];
				},
				...further(name),
			};
		},
	}));
	return { operation: { run, properties: [] }, prepared };
}

/** A Maileon that answers when it is told to. */
function answeringLater() {
	const waiting = new Map<string, () => void>();
	const asked: string[] = [];
	const client = fakeClient(async (request) => {
		asked.push(nameOf(request));
		await new Promise<void>((resolve) => waiting.set(nameOf(request), resolve));
		return answerOf('');
	});
	const answer = async (name: string) => {
		waiting.get(name)?.();
		await settled();
	};
	return { client, asked, answer };
}

/** Lets everything happen that waits for nothing from outside. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

const refusing =
	(...names: string[]): Answering =>
	(request) => {
		if (names.includes(nameOf(request))) throw failureOf(request, 400);
		return answerOf('');
	};

describe('what comes out', () => {
	test('is in the order of the input, however the answers arrive', async () => {
		const { client, answer } = answeringLater();
		const { operation } = sending();
		const run = runOnce(operation, fakeNode({ items: items('a', 'b', 'c') }), client);
		await settled();
		for (const name of ['c', 'a', 'b']) await answer(name);
		expect(await run).toEqual([
			{ json: { name: 'a' }, pairedItem: { item: 0 } },
			{ json: { name: 'b' }, pairedItem: { item: 1 } },
			{ json: { name: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	test('can be several rows of an item, or none', async () => {
		const rows: Record<string, object[]> = { none: [], two: [{ part: 1 }, { part: 2 }] };
		const run = perItem(() => ({
			prepare: ({ item }) => ({
				send: async () => await Promise.resolve((rows[String(item.json.name)] ?? []) as []),
			}),
		}));
		const node = fakeNode({ items: items('none', 'two') });
		expect(await runOnce({ run, properties: [] }, node, fakeClient())).toEqual([
			{ json: { part: 1 }, pairedItem: { item: 1 } },
			{ json: { part: 2 }, pairedItem: { item: 1 } },
		]);
	});

	test('holds a row for each failure where the workflow continues', async () => {
		const { operation } = sending((name) => ({ contact: { email: `${name}@example.com` } }));
		const node = fakeNode({ items: items('a', 'wrong', 'bad', 'b'), continues: true });
		const rows = await runOnce(operation, node, fakeClient(refusing('bad')));
		expect(rows).toEqual([
			{ json: { name: 'a' }, pairedItem: { item: 0 } },
			{ json: { error: { message: 'The name is wrong.' } }, pairedItem: { item: 1 } },
			{
				json: {
					error: expect.objectContaining({
						http_status: 400,
						contact: { email: 'bad@example.com' },
					}) as unknown,
				},
				pairedItem: { item: 2 },
			},
			{ json: { name: 'b' }, pairedItem: { item: 3 } },
		]);
	});
});

describe('an item is prepared', () => {
	test('when its turn comes, one ahead of those that are under way', async () => {
		const { client, asked, answer } = answeringLater();
		const { operation, prepared } = sending(() => ({ concurrency: 2 }));
		const node = fakeNode({ items: items('a', 'b', 'c', 'd'), continues: true });
		const run = runOnce(operation, node, client);
		await settled();
		expect(prepared).toEqual(['a', 'b', 'c']);
		await answer('a');
		expect(prepared).toEqual(['a', 'b', 'c', 'd']);
		expect(asked).toEqual(['a', 'b', 'c']);
		for (const name of ['b', 'c', 'd']) await answer(name);
		expect(await run).toHaveLength(4);
	});

	test('before anything is sent where a failure stops the run', async () => {
		const { operation, prepared } = sending();
		const client = fakeClient();
		const run = runOnce(operation, fakeNode({ items: items('a', 'b', 'wrong', 'c') }), client);
		await expect(run).rejects.toMatchObject({
			message: 'The name is wrong.',
			description: 'This is item 3 of 4.',
			context: { itemIndex: 2 },
		});
		expect(client.requests).toEqual([]);
		expect(prepared).toEqual(['a', 'b', 'wrong']);
	});

	test('with what the run began with, once for all items', async () => {
		let begun = 0;
		const run = perItem(() => {
			const number = ++begun;
			return { prepare: () => ({ send: async () => await Promise.resolve([{ number }]) }) };
		});
		const node = fakeNode({ items: items('a', 'b') });
		const rows = await runOnce({ run, properties: [] }, node, fakeClient());
		expect(rows.map(({ json }) => json.number)).toEqual([1, 1]);
	});
});

describe('requests are under way', () => {
	test.each([
		['five at a time by default', undefined, 5],
		['as many at a time as the options say', 3, 3],
		['one after the other where the options say so', 1, 1],
	])('%s', async (_, concurrency, most) => {
		const { client, asked, answer } = answeringLater();
		const { operation } = sending(() => ({ concurrency }));
		const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
		const run = runOnce(operation, fakeNode({ items: items(...names) }), client);
		await settled();
		expect(asked).toEqual(names.slice(0, most));
		for (const name of names) await answer(name);
		expect(asked).toEqual(names);
		expect(await run).toHaveLength(names.length);
	});

	test('one after the other where items share a key', async () => {
		const { client, asked, answer } = answeringLater();
		const { operation } = sending((name) => ({ orderKeys: [name.charAt(0)] }));
		const run = runOnce(operation, fakeNode({ items: items('ada 1', 'ada 2', 'bob') }), client);
		await settled();
		expect(asked).toEqual(['ada 1', 'bob']);
		await answer('bob');
		expect(asked).toEqual(['ada 1', 'bob']);
		await answer('ada 1');
		expect(asked).toEqual(['ada 1', 'bob', 'ada 2']);
		await answer('ada 2');
		expect((await run).map(({ json }) => json.name)).toEqual(['ada 1', 'ada 2', 'bob']);
	});
});

describe('a failure that stops the run', () => {
	test('names its item, and how many were completed before', async () => {
		const { operation } = sending(() => ({ concurrency: 1 }));
		const client = fakeClient(refusing('bad'));
		const run = runOnce(operation, fakeNode({ items: items('a', 'b', 'bad', 'c') }), client);
		await expect(run).rejects.toMatchObject({
			message: 'Maileon refused the request (status 400).',
			description: expect.stringContaining(
				'This is item 3 of 4; 2 items were completed.',
			) as string,
			context: { itemIndex: 2 },
		});
		expect(client.requests.map(nameOf)).toEqual(['a', 'b', 'bad']);
	});

	test('counts no items where only one came in', async () => {
		const { operation } = sending();
		const run = runOnce(operation, fakeNode({ items: items('bad') }), fakeClient(refusing('bad')));
		const error: unknown = await run.catch((caught: unknown) => caught);
		expect(error).toMatchObject({ message: 'Maileon refused the request (status 400).' });
		expect(String((error as { description?: string }).description)).not.toContain('item 1');
	});
});

describe('input keys that belong to no field', () => {
	test('are told after the run', async () => {
		const node = fakeNode({ items: items('a', 'b') });
		const told: string[] = [];
		node.addExecutionHints = ({ message }) => told.push(message);
		const ignoredKeys = new Set<string>();
		const run = perItem(() => ({
			ignoredKeys,
			prepare: () => ({
				send: async () => {
					ignoredKeys.add('Shoe Size');
					return await Promise.resolve([]);
				},
			}),
		}));
		await runOnce({ run, properties: [] }, node, fakeClient());
		expect(told).toEqual([expect.stringContaining('"Shoe Size"')]);
	});
});

test('the log tells how far a long run came', async () => {
	const names = Array.from({ length: 2_500 }, (_, index) => (index === 7 ? 'wrong' : `${index}`));
	const node = fakeNode({ items: items(...names), continues: true });
	const logged: unknown[] = [];
	node.logger.debug = (...told: unknown[]) => void logged.push(told);
	await runOnce(sending().operation, node, fakeClient());
	expect(logged).toEqual([
		['Maileon: 1000 items were worked off', { items: 1_000, of: 2_500 }],
		['Maileon: 2000 items were worked off', { items: 2_000, of: 2_500 }],
	]);
});
