import { doOnce } from '../../../nodes/Maileon/run/once';
import type { Outcome } from '../../../nodes/Maileon/run/rows';
import { NO_TRIES, type Step, type Tries } from '../../../nodes/Maileon/run/tries';
import { answerOf, failureOf, fakeClient } from '../../support/fakeRun';

/** Tries that know an outcome already, and what they are given to keep. */
function triesKnowing(known?: Outcome) {
	const kept: Array<[Step, Outcome, boolean]> = [];
	const tries: Tries = {
		...NO_TRIES,
		recall: () => known,
		keep: (...given) => kept.push(given),
	};
	return { tries, kept };
}

const DELETE = { method: 'DELETE', path: ['contacts'] } as const;

test('what is done once gives its rows, and is kept for the next try', async () => {
	const { tries, kept } = triesKnowing();
	const client = fakeClient();
	const rows = await doOnce({ client, tries }, async (watched) => {
		await watched.send(DELETE);
		return [{ deleted: true }];
	});
	expect(rows).toEqual([{ deleted: true }]);
	expect(client.requests).toEqual([DELETE]);
	expect(kept).toEqual([
		[
			{ item: 0, position: 0 },
			{ rows: [{ json: { deleted: true }, items: [0], sequence: 0 }] },
			true,
		],
	]);
});

test('what an earlier try did is not done again', async () => {
	const known = { rows: [{ json: { deleted: true }, items: [0], sequence: 0 }] };
	const { tries, kept } = triesKnowing(known);
	const send = jest.fn();
	expect(await doOnce({ client: fakeClient(), tries }, send)).toEqual([{ deleted: true }]);
	expect(send).not.toHaveBeenCalled();
	expect(kept).toEqual([]);
});

test.each([
	['refused', false],
	['unclear', true],
] as const)('a failure that is %s may have been done: %p', async (outcome, mayBeDone) => {
	const { tries, kept } = triesKnowing();
	const client = fakeClient((request) => {
		throw failureOf(request, 400, outcome);
	});
	const doing = doOnce({ client, tries }, async (watched) => {
		await watched.send(DELETE);
		return [];
	});
	await expect(doing).rejects.toMatchObject({ facts: { status: 400 } });
	expect(kept).toEqual([
		[
			{ item: 0, position: 0 },
			{ rows: [], stop: { facts: expect.objectContaining({ http_status: 400 }) as object } },
			mayBeDone,
		],
	]);
	const again = triesKnowing(kept[0]?.[1]);
	const send = jest.fn(async () => await Promise.resolve([answerOf('') as never]));
	await expect(doOnce({ client, tries: again.tries }, send)).rejects.toMatchObject({
		explanation: { http_status: 400 },
	});
	expect(send).not.toHaveBeenCalled();
});
