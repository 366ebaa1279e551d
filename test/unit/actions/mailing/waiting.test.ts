import { askUntil } from '../../../../nodes/Maileon/actions/mailing/shared/waiting';

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
});
