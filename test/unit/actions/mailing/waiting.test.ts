import { runChecks } from '../../../../nodes/Maileon/actions/mailing/runChecks';
import { askUntil } from '../../../../nodes/Maileon/actions/mailing/shared/waiting';
import { MaileonFailure } from '../../../../nodes/Maileon/transport/failure';
import { answerOf, failureOf, fakeClient, fakeNode, runOnce } from '../../../support/fakeRun';

/** Asks until the answer is there after so many questions; gives what came out and how long was paused. */
async function ask(answerAfter: number, longest: number) {
	const pauses: number[] = [];
	let questions = 0;
	const found = await askUntil(
		async () => await Promise.resolve(++questions >= answerAfter ? 'there' : undefined),
		longest,
		async (milliseconds) => {
			pauses.push(milliseconds);
			await Promise.resolve();
		},
	);
	return { found, questions, pauses };
}

describe('waiting', () => {
	test('ends as soon as there is an answer', async () => {
		expect(await ask(1, 60_000)).toEqual({ found: 'there', questions: 1, pauses: [] });
		expect(await ask(3, 60_000)).toMatchObject({ found: 'there', pauses: [2_000, 3_000] });
	});

	test('asks once where it must not wait', async () => {
		expect(await ask(2, 0)).toEqual({ found: undefined, questions: 1, pauses: [] });
	});

	test('is no longer than it may be, and asks once more at the end', async () => {
		const { found, pauses, questions } = await ask(99, 60_000);
		expect(found).toBeUndefined();
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(60_000);
		expect(Math.max(...pauses)).toBe(10_000);
		expect(questions).toBe(pauses.length + 1);
		expect((await ask(2, 1_500)).pauses).toEqual([1_500]);
	});

	test('ends with the execution', async () => {
		jest.useFakeTimers();
		const cancelled = new AbortController();
		const mailing = { __rl: true, mode: 'id', value: '22' };
		const parameters = { mailing, checks: ['bounce'], longestWait: 3_600, options: {} };
		const node = {
			...fakeNode({ items: [{ json: {} }], parameters }),
			getExecutionCancelSignal: () => cancelled.signal,
		};
		const client = fakeClient((request) => {
			if (request.path.includes('state')) return answerOf('<state>draft</state>');
			if (cancelled.signal.aborted)
				throw new MaileonFailure({ kind: 'cancelled', outcome: 'refused', method: 'GET' });
			cancelled.abort();
			throw failureOf(request, 404);
		});
		await expect(runOnce(runChecks, node, client)).rejects.toThrow('The execution was cancelled.');
		expect(client.requests).toHaveLength(3);
		jest.useRealTimers();
	});
});
