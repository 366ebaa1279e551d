import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { createByEmail } from '../../../nodes/Maileon/actions/contact/createByEmail';
import { createByExternalId } from '../../../nodes/Maileon/actions/contact/createByExternalId';
import { deleteAllContacts } from '../../../nodes/Maileon/actions/contact/deleteAll';
import { getContact } from '../../../nodes/Maileon/actions/contact/get';
import { synchronize } from '../../../nodes/Maileon/actions/contact/synchronize/operation';
import { sendTransaction } from '../../../nodes/Maileon/actions/transaction/send/operation';
import { rememberedRuns, withinTries } from '../../../nodes/Maileon/run/tries';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import {
	answerOf,
	failureOf,
	fakeClient,
	fakeNode,
	runAsN8n,
	runTry,
	type Answering,
	type FakeNodeOptions,
} from '../../support/fakeRun';

const FIELDS = { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] };
const CREATE = { email: ({ email }: IDataObject) => email, contactFields: FIELDS };
const RETRIES: Partial<INode> = { retryOnFail: true, maxTries: 3 };

const items = (...emails: string[]): INodeExecutionData[] =>
	emails.map((email) => ({ json: { email } }));

let executions = 0;

/** A node of an execution of its own. */
function triedNode(options: FakeNodeOptions) {
	executions += 1;
	return fakeNode({ settings: RETRIES, executionId: `execution ${executions}`, ...options });
}

type Answers = Record<string, 'done' | 'refused' | 'unclear'>;

/** As long as requests that were started together take to be under way. */
async function onTheWay(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

/** A Maileon that answers each contact as planned; everything else it takes. */
function planned(answers: Answers): Answering {
	return async (request) => {
		await onTheWay();
		const answer = answers[String(request.path.at(-1))] ?? 'done';
		if (answer === 'done') return answerOf('<id>7</id>');
		throw failureOf(request, answer === 'refused' ? 400 : 500, answer);
	};
}

const named = ({ path }: MaileonRequest) => path.at(-1);

/** How often each contact was asked for, in the order of the first time. */
function countsOf(requests: readonly MaileonRequest[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const request of requests) {
		const name = String(named(request));
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

const errorOf = ({ json }: INodeExecutionData) => json.error as IDataObject | undefined;

afterEach(() => {
	expect(rememberedRuns()).toBe(0);
});

describe('one request for each item', () => {
	test.each([
		['Stop Workflow', false],
		['Continue', true],
	])('with %s, only what was surely not done is tried again', async (_, continues) => {
		const node = triedNode({ items: items('bad', 'b', 'c'), parameters: CREATE, continues });
		const client = fakeClient(planned({ bad: 'refused' }));
		const { tries, rows, error } = await runAsN8n(
			3,
			async () => await runTry(createByEmail, node, client),
		);
		expect(tries).toBe(3);
		expect(countsOf(client.requests)).toEqual({ bad: 3, b: 1, c: 1 });
		if (!continues) expect(error?.message).toBe('Maileon refused the request (status 400).');
		else
			expect(rows?.map((row) => [errorOf(row)?.http_status, row.json.id, row.pairedItem])).toEqual([
				[400, undefined, { item: 0 }],
				[undefined, 7, { item: 1 }],
				[undefined, 7, { item: 2 }],
			]);
	});

	test('what works at last comes out beside what was done before', async () => {
		const node = triedNode({ items: items('a', 'b'), parameters: CREATE, continues: true });
		const answers: Answers = { a: 'refused' };
		const client = fakeClient(planned(answers));
		const { tries, rows } = await runAsN8n(3, async () => {
			const result = await runTry(createByEmail, node, client);
			answers.a = 'done';
			return result;
		});
		expect(tries).toBe(2);
		expect(countsOf(client.requests)).toEqual({ a: 2, b: 1 });
		expect(rows?.map(({ json }) => json)).toEqual([
			{ success: true, id: 7, email: 'a' },
			{ success: true, id: 7, email: 'b' },
		]);
	});

	test.each([
		['Stop Workflow', false],
		['Continue', true],
	])(
		'with %s, what may have been done fails in the same words without a request',
		async (_, continues) => {
			const parameters = { ...CREATE, doi: true };
			const node = triedNode({ items: items('lost', 'b'), parameters, continues });
			const client = fakeClient(planned({ lost: 'unclear' }));
			const endings: string[] = [];
			await runAsN8n(3, async () => {
				const run = runTry(createByEmail, node, client);
				endings.push(
					await run.then(
						(rows) => JSON.stringify(rows),
						(error: Error) => `${error.message} ${(error as { description?: string }).description}`,
					),
				);
				return await run;
			});
			expect(countsOf(client.requests)).toEqual({ lost: 1, b: 1 });
			expect(endings).toHaveLength(3);
			expect(endings[0]).toContain('Maileon may have accepted this contact');
			expect(new Set(endings).size).toBe(1);
		},
	);

	test('an attempt that may have worked counts, whatever the next one is answered', async () => {
		const node = triedNode({ items: items('a'), parameters: CREATE });
		const client = fakeClient((request, options) => {
			options?.onUnclear?.();
			throw failureOf(request, 429);
		});
		await runAsN8n(3, async () => await runTry(createByEmail, node, client));
		expect(client.requests).toHaveLength(1);
	});

	test('200 with a report of refusal was not done', async () => {
		const node = triedNode({ items: items('a'), parameters: CREATE });
		const report =
			'<report><success>false</success><contact><error><error_message>No</error_message></error></contact></report>';
		const client = fakeClient(() => answerOf(report));
		await runAsN8n(3, async () => await runTry(createByEmail, node, client));
		expect(client.requests).toHaveLength(3);
	});

	test('a success that cannot be read may have been done', async () => {
		const node = triedNode({ items: items('a'), parameters: CREATE });
		const client = fakeClient(() => answerOf('<!DOCTYPE html><html></html>'));
		const { error } = await runAsN8n(3, async () => await runTry(createByEmail, node, client));
		expect(error?.message).toBe('Unexpected response from Maileon.');
		expect(client.requests).toHaveLength(1);
	});

	test('reads are repeated', async () => {
		const contact = ({ email }: IDataObject) => ({ __rl: true, mode: 'email', value: email });
		const node = triedNode({
			items: items('bad', 'b'),
			parameters: { contact, customFields: [] },
			continues: true,
		});
		const client = fakeClient((request) => {
			if (named(request) === 'bad') throw failureOf(request, 400);
			return answerOf('<contact><id>7</id></contact>');
		});
		await runAsN8n(3, async () => await runTry(getContact, node, client));
		expect(countsOf(client.requests)).toEqual({ bad: 3, b: 3 });
	});

	test('an item is not tried again after a later one for the same contact', async () => {
		const node = triedNode({ items: items('ada', 'Ada'), parameters: CREATE, continues: true });
		let isFirst = true;
		const client = fakeClient((request) => {
			if (!isFirst) return answerOf('<id>7</id>');
			isFirst = false;
			throw failureOf(request, 503);
		});
		const { rows } = await runAsN8n(3, async () => await runTry(createByEmail, node, client));
		expect(client.requests.map(named)).toEqual(['ada', 'Ada']);
		expect(rows?.map((row) => errorOf(row)?.http_status)).toEqual([503, undefined]);
	});

	test('Delete All is not sent again where it may have worked', async () => {
		const parameters = { confirmation: 'DELETE ALL CONTACTS' };
		const node = triedNode({ items: items('a', 'b'), parameters });
		const client = fakeClient((request) => {
			throw failureOf(request, 502, 'unclear');
		});
		const { tries, error } = await runAsN8n(
			3,
			async () => await runTry(deleteAllContacts, node, client),
		);
		expect([tries, client.requests.length]).toEqual([3, 1]);
		expect(error?.message).toBe('Maileon could not process the request (status 502).');
	});

	test('Delete All that was refused is sent again', async () => {
		const parameters = { confirmation: 'DELETE ALL CONTACTS' };
		const node = triedNode({ items: items('a', 'b'), parameters });
		const client = fakeClient((request) => {
			if (client.requests.length === 1) throw failureOf(request, 503);
			return answerOf('');
		});
		const { rows } = await runAsN8n(3, async () => await runTry(deleteAllContacts, node, client));
		expect(client.requests).toHaveLength(2);
		expect(rows?.map(({ json }) => json)).toEqual([{ deleted: true, all: true }]);
	});
});

describe('what belongs to a run', () => {
	const input = items('bad', 'b');
	const answering = planned({ bad: 'refused' });

	/** The requests of a second node or run after the first try of another one. */
	async function requestsAfter(first: Partial<FakeNodeOptions>, second: Partial<FakeNodeOptions>) {
		const common = { parameters: CREATE, continues: true, settings: RETRIES, items: input };
		const firstNode = fakeNode({ ...common, ...first });
		await runTry(createByEmail, firstNode, fakeClient(answering));
		const client = fakeClient(answering);
		const secondNode = fakeNode({ ...common, ...second });
		await runAsN8n(3, async () => await runTry(createByEmail, secondNode, client));
		await runAsN8n(2, async () => await runTry(createByEmail, firstNode, fakeClient(answering)));
		return countsOf(client.requests);
	}

	test('another run index, as in a loop, sends all', async () => {
		expect(await requestsAfter({ runIndex: 0 }, { runIndex: 1 })).toEqual({ bad: 3, b: 1 });
	});

	test('another execution sends all', async () => {
		const found = await requestsAfter({ executionId: 'one' }, { executionId: 'two' });
		expect(found).toEqual({ bad: 3, b: 1 });
	});

	test('a second node sends all', async () => {
		const settings = { ...RETRIES, id: 'another' };
		expect(await requestsAfter({}, { settings })).toEqual({ bad: 3, b: 1 });
	});

	test('changed input is never answered from memory', async () => {
		const common = { parameters: CREATE, continues: true, settings: RETRIES };
		const client = fakeClient(answering);
		const node = fakeNode({ ...common, items: items('bad', 'b', 'c') });
		await runTry(createByEmail, node, client);
		const changed = fakeNode({ ...common, items: items('bad', 'other', 'c') });
		await runAsN8n(2, async () => await runTry(createByEmail, changed, client));
		expect(countsOf(client.requests)).toEqual({ bad: 3, b: 1, c: 1, other: 1 });
	});

	test('a value that is another each time does not count as changed input', async () => {
		let time = 0;
		const parameters = {
			externalId: () => `generated-${++time}`,
			email: ({ email }: IDataObject) => email,
			doi: true,
			contactFields: FIELDS,
		};
		const node = triedNode({ items: items('bad', 'b'), parameters, continues: true });
		const client = fakeClient((request) => {
			if (JSON.stringify(request.body).includes('bad')) throw failureOf(request, 400);
			return answerOf('');
		});
		await runAsN8n(3, async () => await runTry(createByExternalId, node, client));
		expect(client.requests).toHaveLength(4);
	});

	test.each<[string, FakeNodeOptions]>([
		['without Retry On Fail', { items: input, settings: {} }],
		['without an execution to tell runs apart by', { items: input, executionId: '' }],
	])('%s, nothing is remembered', async (_, options) => {
		const node = triedNode({ parameters: CREATE, continues: true, ...options });
		const client = fakeClient(answering);
		await runTry(createByEmail, node, client);
		expect(rememberedRuns()).toBe(0);
		await runTry(createByEmail, node, client);
		expect(countsOf(client.requests)).toEqual({ bad: 2, b: 2 });
	});

	test('the tool of an agent has a run index for each try, and the same arguments', async () => {
		const settings = { ...RETRIES, type: 'n8n-nodes-maileon-api.maileonTool' };
		const client = fakeClient(planned({ lost: 'unclear' }));
		const call = async (runIndex: number, email: string) =>
			await runTry(
				createByEmail,
				fakeNode({ items: items(email), parameters: CREATE, settings, runIndex }),
				client,
			).catch((error: Error) => error.message);
		const answers = [await call(0, 'lost'), await call(1, 'other'), await call(2, 'lost')];
		expect(answers[2]).toBe(answers[0]);
		expect(countsOf(client.requests)).toEqual({ lost: 1, other: 1 });
		await call(3, 'lost');
	});

	test('a run that begins while the same one is under way stands for itself', async () => {
		const node = triedNode({ items: input, parameters: CREATE });
		const inner = fakeClient();
		const client = fakeClient(async () => {
			if (client.requests.length === 1) await runTry(createByEmail, node, inner);
			return answerOf('');
		});
		await runTry(createByEmail, node, client);
		expect([client.requests.length, inner.requests.length]).toEqual([2, 2]);
	});

	test('items that hold what JSON cannot are items like others', async () => {
		const circular: IDataObject = { email: 'round', size: 1n as unknown as number };
		circular.self = circular;
		const all = [
			{ json: { email: 'bad' } },
			{ json: circular },
			{ json: { email: 'b', size: 1n } },
		];
		const node = triedNode({
			items: all as unknown as INodeExecutionData[],
			parameters: CREATE,
			continues: true,
		});
		const client = fakeClient(answering);
		await runAsN8n(3, async () => await runTry(createByEmail, node, client));
		expect(countsOf(client.requests)).toEqual({ bad: 3, round: 1, b: 1 });
	});
});

describe('the end of the tries', () => {
	type Ending = 'error row' | 'throws';
	const ends = async (node: ReturnType<typeof fakeNode>, ending: Ending) =>
		await withinTries(node, async () => {
			if (ending === 'throws') throw new Error('It broke');
			return await Promise.resolve([{ json: { error: {} } }]);
		}).catch(() => []);

	test.each<[number | undefined, Ending[]]>([
		[2, ['error row', 'error row']],
		[3, ['throws', 'throws', 'throws']],
		[undefined, ['error row', 'error row', 'error row']],
		// As n8n counts, a try that throws after one with an error row is not one of its own.
		[3, ['error row', 'throws', 'throws', 'error row']],
		[3, ['throws', 'error row', 'error row']],
		[1, ['throws', 'throws']],
	])('of %s comes after %j', async (maxTries, endings) => {
		const node = triedNode({ items: items('a'), settings: { retryOnFail: true, maxTries } });
		for (const [index, ending] of endings.entries()) {
			expect(rememberedRuns()).toBe(index === 0 ? 0 : 1);
			await ends(node, ending);
		}
		expect(rememberedRuns()).toBe(0);
	});

	test('is a first row without error, whatever the others are', async () => {
		const node = triedNode({ items: items('a', 'bad'), parameters: CREATE, continues: true });
		await runTry(createByEmail, node, fakeClient(planned({ bad: 'refused' })));
		expect(rememberedRuns()).toBe(0);
	});

	test('is an hour after a try that no other one followed', async () => {
		jest.useFakeTimers({ now: 0 });
		try {
			await ends(triedNode({ items: items('a') }), 'throws');
			jest.setSystemTime(3_599_999);
			await runTry(createByEmail, fakeNode({ items: [] }), fakeClient());
			expect(rememberedRuns()).toBe(1);
			jest.setSystemTime(3_600_000);
			await runTry(createByEmail, fakeNode({ items: [] }), fakeClient());
			expect(rememberedRuns()).toBe(0);
		} finally {
			jest.useRealTimers();
		}
	});

	test('comes early for the oldest of too many', async () => {
		jest.useFakeTimers({ now: 0 });
		try {
			for (let run = 0; run < 1_100; run++) await ends(triedNode({ items: items('a') }), 'throws');
			expect(rememberedRuns()).toBeLessThanOrEqual(1_001);
			jest.setSystemTime(3_600_000);
			await runTry(createByEmail, fakeNode({ items: [] }), fakeClient());
		} finally {
			jest.useRealTimers();
		}
	});
});

describe('Synchronize', () => {
	const REPORT = '<report><success>true</success><count_contacts>2</count_contacts></report>';
	const people = (...emails: string[]) => items(...emails.map((email) => `${email}@example.com`));
	const parameters = (further: IDataObject = {}) => ({
		contactFields: { ...FIELDS, value: { email: '={{ $json.email }}' } },
		options: { batchSize: 2 },
		...further,
	});
	const emailsIn = ({ body }: MaileonRequest) =>
		[...String(body?.content).matchAll(/<email>(\w+)@/g)].map(([, email]) => email);

	test('sends no batch again that was answered, and its report comes out as it was', async () => {
		const node = triedNode({
			items: people('a', 'b', 'c', 'd', 'e', 'f'),
			parameters: parameters(),
			continues: true,
		});
		let refusals = 1;
		const client = fakeClient((request) => {
			if (emailsIn(request).includes('a') && refusals-- > 0) throw failureOf(request, 503);
			return answerOf(`${REPORT.replace('2<', `2${client.requests.length}<`)}`);
		});
		const { tries, rows } = await runAsN8n(3, async () => await runTry(synchronize, node, client));
		expect(tries).toBe(2);
		expect(client.requests.map(emailsIn)).toEqual([
			['a', 'b'],
			['c', 'd'],
			['e', 'f'],
			['a', 'b'],
		]);
		expect(rows?.map(({ json }) => [json.batch, json.count_contacts])).toEqual([
			[1, 24],
			[2, 22],
			[3, 23],
		]);
		expect(rows?.[1]?.pairedItem).toEqual([{ item: 2 }, { item: 3 }]);
	});

	test('with Stop Workflow, goes on where it stopped, and counts what was sent before', async () => {
		const node = triedNode({ items: people('a', 'b', 'c', 'd'), parameters: parameters() });
		const client = fakeClient((request) => {
			if (emailsIn(request).includes('c')) throw failureOf(request, 403);
			return answerOf(REPORT);
		});
		const { error } = await runAsN8n(3, async () => await runTry(synchronize, node, client));
		expect(client.requests.map(emailsIn)).toEqual([
			['a', 'b'],
			['c', 'd'],
			['c', 'd'],
			['c', 'd'],
		]);
		expect(error).toMatchObject({
			description: expect.stringContaining('2 contacts were synchronized before') as string,
			context: { itemIndex: 2 },
		});
	});

	test.each([
		['Stop Workflow', false],
		['Continue', true],
	])('with %s, sends no batch again whose answer got lost', async (_, continues) => {
		const node = triedNode({ items: people('a', 'b', 'c'), parameters: parameters(), continues });
		const client = fakeClient((request) => {
			if (emailsIn(request).includes('a')) throw failureOf(request, 504, 'unclear');
			return answerOf(REPORT);
		});
		const { tries, rows, error } = await runAsN8n(
			3,
			async () => await runTry(synchronize, node, client),
		);
		expect(tries).toBe(3);
		expect(client.requests).toHaveLength(continues ? 2 : 1);
		if (!continues) expect(error).toMatchObject({ httpCode: '504', context: { itemIndex: 0 } });
		else
			expect(rows?.map((row) => [errorOf(row)?.http_status, row.pairedItem])).toEqual([
				[504, { item: 0 }],
				[504, { item: 1 }],
				[undefined, { item: 2 }],
			]);
	});

	test('sends nothing again that was done, also where batches are cut in another way', async () => {
		const options = { items: people('a', 'b', 'c', 'd', 'e'), continues: true };
		const node = triedNode({ ...options, parameters: parameters() });
		const client = fakeClient((request) => {
			if (client.requests.length === 1) throw failureOf(request, 503);
			return answerOf(REPORT);
		});
		await runTry(synchronize, node, client);
		const other = fakeNode({ ...options, parameters: parameters({ options: { batchSize: 1 } }) });
		const rows = await runTry(
			synchronize,
			{ ...node, getNodeParameter: other.getNodeParameter },
			client,
		);
		expect(client.requests.map(emailsIn)).toEqual([['a', 'b'], ['c', 'd'], ['e'], ['a'], ['b']]);
		expect(rows.map(({ json, pairedItem }) => [json.batch, pairedItem])).toEqual([
			[1, { item: 0 }],
			[2, { item: 1 }],
			[3, [{ item: 2 }, { item: 3 }]],
			[4, { item: 4 }],
		]);
	});

	test('tells the contacts of one list apart', async () => {
		const contactsJson = ({ list }: IDataObject) => list;
		const list = ['a', 'b', 'c', 'd'].map((email) => ({ email: `${email}@example.com` }));
		const node = triedNode({
			items: [{ json: { list } }],
			parameters: parameters({ contactsSource: 'json', contactsJson } as unknown as IDataObject),
			continues: true,
		});
		const client = fakeClient((request) => {
			if (client.requests.length === 1) throw failureOf(request, 503);
			return answerOf(REPORT);
		});
		const { rows } = await runAsN8n(3, async () => await runTry(synchronize, node, client));
		expect(client.requests.map(emailsIn)).toEqual([
			['a', 'b'],
			['c', 'd'],
			['a', 'b'],
		]);
		expect(rows?.map(({ json }) => json.batch)).toEqual([1, 2]);
	});

	test('a contact is not sent again after a later one of the same identity', async () => {
		const node = triedNode({
			items: people('a', 'b', 'a'),
			parameters: parameters({ options: { batchSize: 2 } }),
			continues: true,
		});
		const client = fakeClient((request) => {
			if (client.requests.length === 1) throw failureOf(request, 503);
			return answerOf(REPORT);
		});
		const { rows } = await runAsN8n(3, async () => await runTry(synchronize, node, client));
		expect(client.requests.map(emailsIn)).toEqual([['a', 'b'], ['a'], ['b']]);
		expect(rows?.map((row) => [errorOf(row)?.http_status, row.pairedItem])).toEqual([
			[503, { item: 0 }],
			[undefined, { item: 1 }],
			[undefined, { item: 2 }],
		]);
	});

	test('a refused contact is tried again alone where contacts come out', async () => {
		const node = triedNode({
			items: people('a', 'b'),
			parameters: parameters({ output: 'contacts', ignoreInvalidContacts: true }),
			continues: true,
		});
		const refused =
			'<report><success>true</success><invalid_contacts><contact><email>a@example.com</email><error code="10"><error_field>email</error_field></error></contact></invalid_contacts></report>';
		const client = fakeClient(() => answerOf(client.requests.length === 1 ? refused : REPORT));
		const { rows } = await runAsN8n(3, async () => await runTry(synchronize, node, client));
		expect(client.requests.map(emailsIn)).toEqual([['a', 'b'], ['a']]);
		expect(rows?.map(({ json }) => [json.email, json.status])).toEqual([
			['a@example.com', 'accepted'],
			['b@example.com', 'accepted'],
		]);
	});
});

describe('Transaction: Send', () => {
	const SEND = {
		transactionType: { __rl: true, mode: 'id', value: '42' },
		email: ({ email }: IDataObject) => email,
		contentSource: 'json',
		contentJson: '{}',
	};
	interface Event {
		contact: { email: string };
	}
	const eventsOf = ({ body }: MaileonRequest) =>
		(JSON.parse(String(body?.content)) as Event[]).map(({ contact }) => contact.email);
	const reportsOn = (request: MaileonRequest, without: readonly string[] = []) =>
		answerOf(
			JSON.stringify({
				reports: eventsOf(request)
					.filter((email) => !without.includes(email))
					.map((email) => ({ queued: email !== 'bad', message: 'No', contact: { email } })),
			}),
		);

	test.each([
		['Stop Workflow', false],
		['Continue', true],
	])('with %s, sends a queued transaction once', async (_, continues) => {
		const node = triedNode({ items: items('bad', 'b', 'c'), parameters: SEND, continues });
		const client = fakeClient((request) => reportsOn(request));
		const { tries, rows, error } = await runAsN8n(
			3,
			async () => await runTry(sendTransaction, node, client),
		);
		expect(tries).toBe(3);
		expect(client.requests.map(eventsOf)).toEqual([['bad', 'b', 'c'], ['bad'], ['bad']]);
		if (!continues)
			expect(error).toMatchObject({
				message: 'Maileon did not queue the transaction: No.',
				description: expect.stringContaining('2 other transactions were queued') as string,
			});
		else
			expect(rows?.map(({ json, pairedItem }) => [json.queued, pairedItem])).toEqual([
				[undefined, { item: 0 }],
				[true, { item: 1 }],
				[true, { item: 2 }],
			]);
	});

	test.each([
		['Stop Workflow', false],
		['Continue', true],
	])('with %s, sends no transaction again that has no report', async (_, continues) => {
		const node = triedNode({ items: items('lost', 'b'), parameters: SEND, continues });
		const client = fakeClient((request) => reportsOn(request, ['lost']));
		const { tries, error, rows } = await runAsN8n(
			3,
			async () => await runTry(sendTransaction, node, client),
		);
		expect([tries, client.requests.length]).toEqual([3, 1]);
		const words = 'Maileon does not say what became of this transaction.';
		expect(continues ? errorOf(rows?.[0] ?? { json: {} })?.message : error?.message).toBe(words);
	});

	test('an execution that fails before it can begin tells what was done before', async () => {
		const node = triedNode({ items: items('bad', 'b'), parameters: SEND, continues: true });
		const client = fakeClient((request) => reportsOn(request));
		await runTry(sendTransaction, node, client);
		const found: unknown[] = [];
		await withinTries(node, async (tries) => {
			found.push(tries.rowsOf(0), tries.rowsOf(1));
			return await Promise.resolve([]);
		});
		expect(found).toEqual([undefined, [expect.objectContaining({ items: [1] })]]);
	});
});
