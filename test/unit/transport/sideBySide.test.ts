import { sideBySide } from '../../../nodes/Maileon/transport/sideBySide';

/** Work that ends when it is told to. */
function work() {
	const begun: number[] = [];
	const ends = new Map<number, (error?: Error) => void>();
	const start = async (value: number) => {
		begun.push(value);
		await new Promise<void>((resolve, reject) => {
			ends.set(value, (error) => (error ? reject(error) : resolve()));
		});
		return value * 10;
	};
	const settled = async () => await new Promise<void>((resolve) => setImmediate(resolve));
	const end = async (value: number, error?: Error) => {
		ends.get(value)?.(error);
		await settled();
	};
	return { begun, start, end };
}

describe('reads side by side', () => {
	test('are so many at a time, and come out in the order of the values', async () => {
		const { begun, start, end } = work();
		const results = sideBySide([1, 2, 3], start, 2);
		expect(begun).toEqual([1, 2]);
		await end(2);
		expect(begun).toEqual([1, 2, 3]);
		await end(3);
		await end(1);
		expect(await results).toEqual([10, 20, 30]);
	});

	test('after a failure nothing is begun, and what is under way ends first', async () => {
		const { begun, start, end } = work();
		const results = sideBySide([1, 2, 3], start, 2);
		let isOver = false;
		const watched = results.finally(() => (isOver = true)).catch((error: unknown) => error);
		await end(1, new Error('first'));
		expect(isOver).toBe(false);
		await end(2, new Error('second'));
		expect(await watched).toEqual(new Error('first'));
		expect(begun).toEqual([1, 2]);
	});

	test('of nothing give nothing', async () => {
		expect(await sideBySide([], async () => await Promise.resolve(1))).toEqual([]);
	});
});
