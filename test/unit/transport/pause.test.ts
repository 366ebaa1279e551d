import { getEventListeners } from 'node:events';

import { pause } from '../../../nodes/Maileon/transport/pause';

/** The sleeps that were begun, and how each is ended. */
const sleeps: Array<{ milliseconds: number; end: () => void }> = [];
jest.mock('n8n-workflow', () => ({
	sleep: async (milliseconds: number) =>
		await new Promise<void>((end) => {
			sleeps.push({ milliseconds, end });
		}),
}));

beforeEach(() => {
	sleeps.length = 0;
});

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

test.each([0, -1])('%d milliseconds are not waited for', async (milliseconds) => {
	await pause(milliseconds, new AbortController().signal);
	expect(sleeps).toEqual([]);
});

test.each([[undefined], [new AbortController().signal]])(
	'lasts as long as n8n sleeps, and leaves no listener',
	async (cancel) => {
		let isOver = false;
		const pausing = pause(1_500, cancel).then(() => {
			isOver = true;
		});
		await Promise.resolve();
		expect(sleeps.map(({ milliseconds }) => milliseconds)).toEqual([1_500]);
		expect(isOver).toBe(false);
		sleeps[0]?.end();
		await pausing;
		if (cancel) expect(listeners(cancel)).toBe(0);
	},
);

test('ends without an error as soon as it is cancelled', async () => {
	const controller = new AbortController();
	const pausing = pause(300_000, controller.signal);
	expect(listeners(controller.signal)).toBe(1);
	controller.abort();
	await pausing;
	expect(listeners(controller.signal)).toBe(0);
	sleeps[0]?.end();
});

test('does not begin where it is cancelled already', async () => {
	await pause(300_000, AbortSignal.abort());
	expect(sleeps).toEqual([]);
});
