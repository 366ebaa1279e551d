import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { watch } from '../../../nodes/Maileon/run/watchedClient';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { ExplainedFailure, ExplainedRefusal } from '../../../nodes/Maileon/transport/refusal';
import { answerOf, failureOf, fakeClient } from '../../support/fakeRun';

const read: MaileonRequest = { method: 'GET', path: ['state'] };
const change: MaileonRequest = { method: 'PUT', path: ['dispatching'] };
const start: MaileonRequest = { method: 'POST', path: ['sendnow'], neverRepeated: true };

type Plan = ReadonlyArray<readonly [MaileonRequest, 'done' | 'refused' | 'unclear']>;

/** Sends requests of which each has an outcome; the last failure is what the work ends with. */
async function work(plan: Plan) {
	const outcomes = new Map(plan);
	const client = watch(
		fakeClient((request) => {
			const outcome = outcomes.get(request) ?? 'done';
			if (outcome === 'done') return answerOf('');
			throw failureOf(request, outcome === 'refused' ? 400 : 500, outcome);
		}),
	);
	let error: unknown;
	for (const [request] of plan)
		await client.send(request).catch((caught: unknown) => (error = caught));
	return { client, mayHaveActed: client.mayHaveActed(error) };
}

test.each<[string, Plan, boolean]>([
	['a read alone', [[read, 'done']], false],
	['a read that failed', [[read, 'unclear']], false],
	['a change that was taken', [[change, 'done']], true],
	['a change that was refused', [[change, 'refused']], false],
	['a change of which nobody knows', [[change, 'unclear']], true],
	[
		'a change before a start that was refused, which can be done again',
		[
			[change, 'done'],
			[start, 'refused'],
		],
		false,
	],
	[
		'a change before a read that was refused, which can be done again',
		[
			[change, 'done'],
			[read, 'refused'],
		],
		false,
	],
	[
		'a start before a read that was refused, which undoes nothing',
		[
			[start, 'done'],
			[read, 'refused'],
		],
		true,
	],
	[
		'a start before a change that was refused',
		[
			[start, 'done'],
			[change, 'refused'],
		],
		true,
	],
])('Maileon may have acted after %s: %s', async (_what, plan, expected) => {
	const { client, mayHaveActed } = await work(plan);
	expect(mayHaveActed).toBe(expected);
	expect(client.hasSentChange).toBe(plan.some(([request]) => request !== read));
});

test('a refusal in the very answer to a start is one, doubts about it are none', async () => {
	const { client } = await work([[start, 'done']]);
	const words = { message: 'x' };
	expect(client.mayHaveActed(new ExplainedRefusal(words))).toBe(false);
	expect(client.mayHaveActed(new ExplainedFailure(words))).toBe(true);
	const useless = new MaileonFailure({ kind: 'answer', outcome: 'unclear', method: 'POST' });
	expect(client.mayHaveActed(useless)).toBe(true);
});
