import fc from 'fast-check';
import type * as N8nWorkflow from 'n8n-workflow';

import type { MaileonAnswer } from '../../../nodes/Maileon/transport/client';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { perBatch, type Sent } from '../../../nodes/Maileon/run/perBatch';
import { factsOf } from '../../../nodes/Maileon/run/failures';
import { answerOf, fakeNode, runOnce } from '../../support/fakeRun';
import { CASES, checkAsync } from '../../support/propertySettings';

/** The pauses of the engine are over at once. */
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<typeof N8nWorkflow>('n8n-workflow'),
	sleep: async () => undefined,
}));

/** A contact by its keys, and what is written to it. */
interface Written {
	keys: readonly string[];
	value: number;
}

const contacts = fc
	.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 2 }), {
		maxLength: 30,
	})
	.map((list) => list.map((keys, value): Written => ({ keys, value })));

type Send = (request: MaileonRequest) => Promise<MaileonAnswer>;

/** Sends all contacts, as JSON. */
async function synchronize(
	list: readonly Written[],
	{ size, parallelRequests }: { size: number; parallelRequests: number },
	send: Send,
): Promise<number[]> {
	const run = perBatch<Written, Written>(
		async () =>
			await Promise.resolve({
				check: () => undefined,
				plan: (item) => list.slice(item, item + 1),
				write: (contact) => ({ payload: contact, keys: contact.keys, group: '', bytes: 1 }),
				limits: { size, bytes: 1_000 },
				parallelRequests,
				send: async (batch: ReadonlyArray<Sent<Written>>, _text, client) => {
					const content = JSON.stringify(batch.map(({ payload }) => payload));
					await client.send({ method: 'POST', path: [], body: { type: 'json', content } });
					return {
						rows: batch.map(({ payload, item, sequence }) => ({
							json: { value: payload.value },
							items: [item],
							sequence,
						})),
					};
				},
				explainEach: (batch, error) => batch.map(() => factsOf(error)),
				explainAll: (_batch, error) => factsOf(error),
			}),
	);
	const node = fakeNode({ items: list.map(() => ({ json: {} })) });
	const rows = await runOnce({ run, properties: [] }, node, { send });
	return rows.map(({ json }) => Number(json.value));
}

/** An account that keeps, for each key, what was written last. */
class Account {
	readonly contacts = new Map<string, number>();
	underWay = 0;
	most = 0;

	/** Carries a request out, at a moment that the schedule chooses, and answers at another. */
	async take(request: MaileonRequest, schedule: fc.Scheduler): Promise<MaileonAnswer> {
		this.underWay += 1;
		this.most = Math.max(this.most, this.underWay);
		await schedule.schedule(Promise.resolve());
		for (const { keys, value } of JSON.parse(String(request.body?.content)) as Written[])
			for (const key of keys) this.contacts.set(key, value);
		await schedule.schedule(Promise.resolve());
		this.underWay -= 1;
		return answerOf('');
	}
}

test('an account ends as if all requests had been sent one after the other', async () => {
	await checkAsync(
		'parallel requests',
		fc.asyncProperty(
			contacts,
			fc.integer({ min: 1, max: 5 }),
			fc.integer({ min: 2, max: 10 }),
			fc.scheduler(),
			async (list, size, parallelRequests, schedule) => {
				const account = new Account();
				const running = synchronize(
					list,
					{ size, parallelRequests },
					async (request) => await account.take(request, schedule),
				);
				const rows = await schedule.waitFor(running);
				const expected = new Map(
					list.flatMap(({ keys, value }) => keys.map((key) => [key, value])),
				);
				expect(Object.fromEntries(account.contacts)).toEqual(Object.fromEntries(expected));
				expect(rows).toEqual(list.map(({ value }) => value));
				expect(account.most).toBeLessThanOrEqual(parallelRequests);
			},
		),
		CASES,
	);
});
