import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { perItem } from '../../../nodes/Maileon/run/perItem';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { answerOf, failureOf, fakeClient, fakeNode, runOnce } from '../../support/fakeRun';

const items = (...names: string[]): INodeExecutionData[] =>
	names.map((name) => ({ json: { name } }));

const nameOf = ({ path }: MaileonRequest) => String(path.at(-1));

/** Sends one request for each item, all at the same time, and gives its name. */
const operation = {
	properties: [],
	run: perItem(() => ({
		prepare: ({ item }) => ({
			concurrency: 10,
			send: async (client) => {
				const name = String(item.json.name);
				await client.send({ method: 'POST', path: ['things', name] });
				return [{ name }];
			},
		}),
	})),
};

type Answer = 'done' | 'refused' | 'unclear' | 'cancelled';

/** A Maileon that gives one answer after the other, in this order of items. */
function answeringInTurn(answers: Record<string, Answer>) {
	const turns = Object.keys(answers);
	const waiting = new Map<string, () => void>();
	const next = () => {
		const turn = turns[0] ?? '';
		const answer = waiting.get(turn);
		if (!answer) return;
		turns.shift();
		waiting.delete(turn);
		answer();
		setImmediate(next);
	};
	return fakeClient(async (request) => {
		const name = nameOf(request);
		await new Promise<void>((resolve) => {
			waiting.set(name, resolve);
			setImmediate(next);
		});
		const answer = answers[name];
		if (answer === 'refused') throw failureOf(request, 400);
		if (answer === 'unclear') throw failureOf(request, 500, 'unclear');
		if (answer === 'cancelled')
			throw new Error('Given up', {
				cause: new MaileonFailure({ kind: 'cancelled', outcome: 'unclear', method: 'POST' }),
			});
		return answerOf('');
	});
}

const failing = async (node: IExecuteFunctions, answers: Record<string, Answer>) =>
	await runOnce(operation, node, answeringInTurn(answers)).then(
		() => undefined,
		(error: Error & { description?: string }) => error.description,
	);

describe('what was under way when an item stopped the run', () => {
	const node = () => fakeNode({ items: items('a', 'b', 'c', 'd') });

	test('is told where Maileon may have acted on it', async () => {
		const answers = { b: 'refused', c: 'unclear', a: 'unclear', d: 'refused' } as const;
		expect(await failing(node(), answers)).toBe(
			'This is item 2 of 4; 0 items were completed. Maileon may have acted on item 1, item 3 too, but did not confirm it.',
		);
	});

	test('is counted where it was completed, before and after the item', async () => {
		const answers = { a: 'done', b: 'refused', c: 'done', d: 'refused' } as const;
		expect(await failing(node(), answers)).toBe(
			'This is item 2 of 4; 2 items were completed, 1 of them after this one, as it was under way already.',
		);
	});

	test('is no doubt where it was the item itself', async () => {
		const answers = { b: 'unclear', a: 'done', c: 'done', d: 'done' } as const;
		const description = await failing(node(), answers);
		expect(description).toContain(
			'3 items were completed, 2 of them after this one, as they were under way already.',
		);
		expect(description).not.toContain('too, but did not confirm it');
	});
});

describe('a run that continues', () => {
	const continuing = () => fakeNode({ items: items('a', 'b'), continues: true });

	test('goes on after a failure', async () => {
		const rows = await runOnce(
			operation,
			continuing(),
			answeringInTurn({ a: 'unclear', b: 'done' }),
		);
		expect(rows).toMatchObject([{ json: { error: {} } }, { json: { name: 'b' } }]);
	});

	test('ends where it was cancelled, whatever the failure is wrapped in', async () => {
		const run = runOnce(operation, continuing(), answeringInTurn({ a: 'cancelled', b: 'done' }));
		await expect(run).rejects.toMatchObject({ context: { itemIndex: 0 } });
	});
});
