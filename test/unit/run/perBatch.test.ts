import type * as N8nWorkflow from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { factsOf } from '../../../nodes/Maileon/run/failures';
import {
	perBatch,
	RefusedEntry,
	type BatchOutcome,
	type BatchRun,
	type Sent,
} from '../../../nodes/Maileon/run/perBatch';
import type { Tally } from '../../../nodes/Maileon/run/rows';
import { failureOf, fakeClient, fakeNode, runOnce, type Answering } from '../../support/fakeRun';

/** Stands in for the pauses of the engine where a test sets it. */
let mockPause: (() => Promise<void>) | undefined;

jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof N8nWorkflow>('n8n-workflow');
	const sleep = async (milliseconds: number) =>
		await (mockPause ? mockPause() : actual.sleep(milliseconds));
	return { ...actual, sleep };
});

type Names = ReadonlyArray<Sent<string>>;

const items = (...names: string[]): INodeExecutionData[] =>
	names.map((name) => ({ json: { name } }));

/** A row for each entry. */
const rowEach = (batch: Names) =>
	batch.map(({ payload, item, sequence }) => ({
		json: { name: payload },
		items: [item],
		sequence,
	}));

/** One row for the whole request. */
const rowOfAll = (batch: Names) => [
	{
		json: { sent: batch.map(({ payload }) => payload).join(' ') },
		items: batch.map(({ item }) => item),
		sequence: batch[0]?.sequence ?? 0,
		ofRequest: true,
	},
];

/**
 * Sends the names that items hold, at most two a request; one item can hold several, with a comma
 * between them. "wrong" cannot be sent, and neither can an item without a name.
 */
function sending(further: Partial<BatchRun<string, string>> = {}) {
	const namesIn = (given: readonly INodeExecutionData[], item: number) => {
		const text = String(given[item]?.json.name);
		if (text === '') throw new InputRefusal('There is no name');
		return text.split(',');
	};
	const run = perBatch<string, string>(async ({ node }) => {
		const given = node.getInputData();
		return await Promise.resolve({
			check: (item: number) => void namesIn(given, item),
			plan: (item: number) =>
				namesIn(given, item).map((name) =>
					name === 'wrong' ? new RefusedEntry(new InputRefusal('The name is wrong')) : name,
				),
			write: (name: string) => ({
				payload: name,
				keys: [name.toLowerCase()],
				group: '',
				text: `${name};`,
			}),
			limits: { size: 2, bytes: 1_000 },
			send: async (batch: Names, text, client) => {
				const content = text.toString();
				await client.send({ method: 'POST', path: ['names'], body: { type: 'text', content } });
				return { rows: rowEach(batch) };
			},
			explainEach: (batch: Names, error: unknown) => batch.map(() => factsOf(error)),
			explainAll: (_batch: Names, error: unknown, done: number) => ({
				...factsOf(error),
				description: `${done} names were sent before.`,
			}),
			...further,
		} satisfies BatchRun<string, string>);
	});
	return { run, properties: [] };
}

const contentOf = ({ body }: MaileonRequest) => String(body?.content);

/** A Maileon that refuses each request with one of these names. */
function refusing(...names: string[]) {
	const answering: Answering = (request) => {
		if (names.some((name) => contentOf(request).includes(name))) throw failureOf(request, 400);
		return { status: 200, headers: {}, answer: { kind: 'empty' } };
	};
	return fakeClient(answering);
}

const namesOf = (rows: readonly INodeExecutionData[]) => rows.map(({ json }) => json.name);

describe('requests', () => {
	afterEach(() => jest.useRealTimers());

	test.each([
		['hold as many entries as are allowed', { size: 2, bytes: 1_000 }, ['a;b;', 'c;d;', 'e;']],
		['hold as many bytes as are allowed', { size: 100, bytes: 6 }, ['a;b;c;', 'd;e;']],
		['are one where everything fits', { size: 100, bytes: 1_000 }, ['a;b;c;d;e;']],
	])('%s', async (_, limits, contents) => {
		const client = refusing();
		const node = fakeNode({ items: items('a', 'b', 'c', 'd', 'e') });
		const rows = await runOnce(sending({ limits }), node, client);
		expect(client.requests.map(contentOf)).toEqual(contents);
		expect(namesOf(rows)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	test('all begin and end with the same text', async () => {
		const client = refusing();
		const node = fakeNode({ items: items('a', 'b', 'c') });
		await runOnce(sending({ textFrame: { start: 'names: ', end: '.' } }), node, client);
		expect(client.requests.map(contentOf)).toEqual(['names: a;b;.', 'names: c;.']);
	});

	test('never hold two entries with the same key: the second travels later', async () => {
		const client = refusing();
		const node = fakeNode({ items: items('ada', 'ADA', 'bob', 'Ada') });
		const rows = await runOnce(sending(), node, client);
		expect(client.requests.map(contentOf)).toEqual(['ada;bob;', 'ADA;', 'Ada;']);
		expect(namesOf(rows)).toEqual(['ada', 'ADA', 'bob', 'Ada']);
	});

	test('are sent one after the other', async () => {
		let underWay = 0;
		let most = 0;
		const client = fakeClient(async () => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return { status: 200, headers: {}, answer: { kind: 'empty' } };
		});
		await runOnce(sending(), fakeNode({ items: items('a', 'b', 'c', 'd', 'e') }), client);
		expect([client.requests.length, most]).toEqual([3, 1]);
	});

	test('are made while the one before is on the wire, and not before it got there', async () => {
		jest.useFakeTimers({ doNotFake: ['setImmediate'] });
		const happened: string[] = [];
		let tellMade = () => undefined as void;
		const nextIsMade = new Promise<void>((resolve) => (tellMade = resolve));
		const client = fakeClient(async (request) => {
			const content = contentOf(request);
			for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
			happened.push(`${content} is on the wire`);
			jest.runAllTimers();
			if (content === 'a;b;') await nextIsMade;
			return { status: 200, headers: {}, answer: { kind: 'empty' } };
		});
		const write = (name: string) => {
			happened.push(`${name} is written`);
			if (name === 'c') tellMade();
			return { payload: name, keys: [name], group: '', bytes: 2, text: `${name};` };
		};
		await runOnce(sending({ write }), fakeNode({ items: items('a', 'b', 'c') }), client);
		expect(happened).toEqual([
			'a is written',
			'b is written',
			'a;b; is on the wire',
			'c is written',
			'c; is on the wire',
		]);
	});

	test('are none without items', async () => {
		const client = refusing();
		expect(await runOnce(sending(), fakeNode({ items: [] }), client)).toEqual([]);
		expect(client.requests).toEqual([]);
	});
});

describe('what comes out', () => {
	test('is linked to its items and in their order, whichever request it came from', async () => {
		const node = fakeNode({ items: items('a,b', 'A', 'c') });
		expect(await runOnce(sending(), node, refusing())).toEqual([
			{ json: { name: 'a' }, pairedItem: { item: 0 } },
			{ json: { name: 'b' }, pairedItem: { item: 0 } },
			{ json: { name: 'A' }, pairedItem: { item: 1 } },
			{ json: { name: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	const oneRow = sending({
		send: async (batch) => await Promise.resolve({ rows: rowOfAll(batch) }),
	});

	test('numbers the rows of whole requests where there are several', async () => {
		const rows = await runOnce(oneRow, fakeNode({ items: items('a', 'b', 'c') }), refusing());
		expect(rows).toEqual([
			{ json: { sent: 'a b', batch: 1 }, pairedItem: [{ item: 0 }, { item: 1 }] },
			{ json: { sent: 'c', batch: 2 }, pairedItem: { item: 2 } },
		]);
	});

	test('does not number the row of the only request', async () => {
		const rows = await runOnce(oneRow, fakeNode({ items: items('a', 'b') }), refusing());
		expect(rows.map(({ json }) => json)).toEqual([{ sent: 'a b' }]);
	});
});

describe('where the workflow continues', () => {
	const messages = (rows: readonly INodeExecutionData[]) =>
		rows.map(({ json }) => (json.error as IDataObject | undefined)?.message ?? json.name);

	test('a request that fails fails its own entries only', async () => {
		const node = fakeNode({ items: items('a', 'b', 'bad', 'c', 'd'), continues: true });
		const client = refusing('bad');
		const rows = await runOnce(sending(), node, client);
		const refused = 'Maileon refused the request (status 400).';
		expect(client.requests.map(contentOf)).toEqual(['a;b;', 'bad;c;', 'd;']);
		expect(messages(rows)).toEqual(['a', 'b', refused, refused, 'd']);
		expect(rows.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});

	test('an item that cannot be sent is an error row in its place', async () => {
		const node = fakeNode({ items: items('a', '', 'b'), continues: true });
		const client = refusing();
		const rows = await runOnce(sending(), node, client);
		expect(client.requests.map(contentOf)).toEqual(['a;b;']);
		expect(messages(rows)).toEqual(['a', 'There is no name.', 'b']);
	});

	test('one thing of an item that cannot be sent leaves the others of the item', async () => {
		const node = fakeNode({ items: items('a,wrong,b'), continues: true });
		const rows = await runOnce(sending(), node, refusing());
		expect(messages(rows)).toEqual(['a', 'The name is wrong.', 'b']);
		expect(rows.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
	});
});

describe('where a failure stops the run', () => {
	test('all items are checked before the first request', async () => {
		const client = refusing();
		const run = runOnce(sending(), fakeNode({ items: items('a', 'b', 'c', '') }), client);
		await expect(run).rejects.toMatchObject({
			message: 'There is no name.',
			description: 'This is item 4 of 4.',
			context: { itemIndex: 3 },
		});
		expect(client.requests).toEqual([]);
	});

	test('nothing is sent after a request that failed, and the message says where it stopped', async () => {
		const client = refusing('bad');
		const node = fakeNode({ items: items('a', 'b', 'c', 'bad', 'd') });
		await expect(runOnce(sending(), node, client)).rejects.toMatchObject({
			message: 'Maileon refused the request (status 400).',
			description: '2 names were sent before. The request held 2 items, starting with item 3 of 5.',
			context: { itemIndex: 2 },
		});
		expect(client.requests.map(contentOf)).toEqual(['a;b;', 'c;bad;']);
	});

	test('the message names the item that is at fault where that is known', async () => {
		const itemOf = (_error: unknown, batch: Names) =>
			batch.find(({ payload }) => payload === 'bad')?.item;
		const node = fakeNode({ items: items('a', 'b', 'c', 'bad') });
		await expect(runOnce(sending({ itemOf }), node, refusing('bad'))).rejects.toMatchObject({
			description: '2 names were sent before. This is item 4 of 4.',
			context: { itemIndex: 3 },
		});
	});

	test.each([
		['stops the run', false],
		['lets it go on where the workflow continues', true],
	])('a failure within an answer %s', async (_, continues) => {
		const send = async (batch: Names): Promise<BatchOutcome> =>
			await Promise.resolve({
				rows: rowEach(batch),
				...(batch[0]?.payload === 'a' && { failure: new Error('One of them was refused') }),
			});
		const node = fakeNode({ items: items('a', 'b', 'c'), continues });
		const run = runOnce(sending({ send }), node, refusing());
		if (continues) expect(namesOf(await run)).toEqual(['a', 'b', 'c']);
		else await expect(run).rejects.toThrow('One of them was refused');
	});
});

describe('when all is done', () => {
	const send = async (batch: Names): Promise<BatchOutcome> =>
		await Promise.resolve({
			rows: rowEach(batch),
			tally: { taken: 1 },
			counts: { accepted: batch.length - 1 },
			failed: new Map([[batch[0]?.sequence ?? 0, batch.length > 1 ? 'refused' : 'unclear']]),
		});

	test('the counts of all requests are added up, with the entries that failed', async () => {
		const tallies: Tally[] = [];
		const end = (tally: Tally) => void tallies.push(tally);
		const node = fakeNode({ items: items('a', 'b', 'c', 'd', 'e') });
		await runOnce(sending({ send, end }), node, refusing());
		expect(tallies).toEqual([{ taken: 3, refused: 2, unclear: 1 }]);
	});

	test('the log has told how far each request came', async () => {
		const node = fakeNode({ items: items('a', 'b', 'c') });
		const logged: unknown[] = [];
		node.logger.debug = (...told: unknown[]) => void logged.push(told);
		await runOnce(sending({ send }), node, refusing());
		expect(logged).toEqual([
			['Maileon: batch 1 was answered', { batch: 1, sent: 2, sent_so_far: 2, accepted: 1 }],
			['Maileon: batch 2 was answered', { batch: 2, sent: 1, sent_so_far: 3, accepted: 0 }],
		]);
	});

	test('nothing is told of a run that stopped', async () => {
		const end = jest.fn();
		const node = fakeNode({ items: items('bad') });
		await expect(runOnce(sending({ end }), node, refusing('bad'))).rejects.toThrow();
		expect(end).not.toHaveBeenCalled();
	});
});

/** A Maileon that answers a request only when it is told to. */
function answeringWhenTold() {
	const waiting: Array<{ content: string; answer(error?: Error): void }> = [];
	const client = fakeClient(
		async (request) =>
			await new Promise((resolve, reject) => {
				const answer = (error?: Error) => {
					if (error) reject(error);
					else resolve({ status: 200, headers: {}, answer: { kind: 'empty' } });
				};
				waiting.push({ content: contentOf(request), answer });
			}),
	);
	/** Lets everything happen that can happen without an answer. */
	const settled = async () => {
		for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
	};
	const onTheWire = async () => {
		await settled();
		return waiting.map(({ content }) => content);
	};
	const answer = (content: string, error?: Error) => {
		const index = waiting.findIndex((one) => one.content === content);
		waiting.splice(index, 1)[0]?.answer(error);
	};
	return { client, onTheWire, answer };
}

describe('several requests at a time', () => {
	const three = { parallelRequests: 3 };

	beforeEach(() => {
		mockPause = async () => await new Promise((resolve) => setImmediate(resolve));
	});
	afterEach(() => {
		mockPause = undefined;
	});

	test('travel side by side, and their rows keep the order of the input', async () => {
		const { client, onTheWire, answer } = answeringWhenTold();
		const node = fakeNode({ items: items('a', 'b', 'c', 'd', 'e', 'f', 'g') });
		const running = runOnce(sending(three), node, client);
		expect(await onTheWire()).toEqual(['a;b;', 'c;d;', 'e;f;']);
		answer('c;d;');
		expect(await onTheWire()).toEqual(['a;b;', 'e;f;', 'g;']);
		for (const content of ['g;', 'e;f;', 'a;b;']) answer(content);
		expect(namesOf(await running)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
	});

	test('never hold the same key: the later one waits for the earlier', async () => {
		const { client, onTheWire, answer } = answeringWhenTold();
		const node = fakeNode({ items: items('ada', 'ADA', 'bob', 'Ada', 'cid') });
		const running = runOnce(sending(three), node, client);
		expect(await onTheWire()).toEqual(['ada;bob;']);
		answer('ada;bob;');
		expect(await onTheWire()).toEqual(['ADA;cid;']);
		answer('ADA;cid;');
		expect(await onTheWire()).toEqual(['Ada;']);
		answer('Ada;');
		expect(namesOf(await running)).toEqual(['ada', 'ADA', 'bob', 'Ada', 'cid']);
	});

	test('end with the first that fails: nothing more is sent, and what may have been done is told', async () => {
		const { client, onTheWire, answer } = answeringWhenTold();
		const node = fakeNode({ items: items('a', 'b', 'c', 'd', 'e', 'f', 'g') });
		const running = runOnce(sending(three), node, client);
		expect(await onTheWire()).toHaveLength(3);
		const request = { method: 'POST', path: ['names'] } as const;
		answer('c;d;', failureOf(request, 400));
		expect(await onTheWire()).toEqual(['a;b;', 'e;f;']);
		answer('a;b;');
		answer('e;f;', failureOf(request, 500, 'unclear'));
		await expect(running).rejects.toMatchObject({
			description: expect.stringMatching(
				/^2 names were sent before\. .*Maileon may have acted on item 5, item 6 too, but did not confirm it\./,
			),
		});
		expect(client.requests).toHaveLength(3);
	});

	test('go on after one that fails where the workflow does', async () => {
		const { client, onTheWire, answer } = answeringWhenTold();
		const node = fakeNode({ items: items('a', 'b', 'c', 'd', 'e'), continues: true });
		const running = runOnce(sending(three), node, client);
		await onTheWire();
		answer('a;b;', failureOf({ method: 'POST', path: ['names'] }, 400));
		answer('e;');
		answer('c;d;');
		const rows = await running;
		expect(namesOf(rows.slice(2))).toEqual(['c', 'd', 'e']);
		expect(rows.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});
});
