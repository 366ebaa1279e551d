import { isDeepStrictEqual } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../nodes/Maileon/run/operation';
import { answerOf, fakeClient, fakeNode, runOnce } from './fakeRun';

/** Lets everything happen that waits for nothing from outside. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

/**
 * How many of two items are asked for at the same time, where Maileon answers nothing until both could have
 * been sent.
 * @param first the parameters of the first item; the second has the same ones
 */
export async function askedAtOnce(
	operation: Operation,
	first: IDataObject,
	second: IDataObject,
): Promise<number> {
	const waiting: Array<() => void> = [];
	const client = fakeClient(async () => {
		await new Promise<void>((resolve) => waiting.push(resolve));
		return answerOf('');
	});
	const parameters = Object.fromEntries(
		Object.entries(first).map(([name, value]) => [
			name,
			isDeepStrictEqual(value, second[name]) ? value : (json: IDataObject) => json[name],
		]),
	);
	const node = fakeNode({
		items: [{ json: first }, { json: second }],
		parameters,
		continues: true,
	});
	let isOver = false;
	const run = runOnce(operation, node, client).finally(() => (isOver = true));
	await settled();
	const atOnce = client.requests.length;
	while (!isOver) {
		waiting.shift()?.();
		await settled();
	}
	await run;
	return atOnce;
}
