/** How many reads about one thing are under way at a time. */
const AT_A_TIME = 5;

/**
 * Does the same with each value, several at a time, and gives the results in the order of the values.
 * @throws the first error, after what was under way has ended; nothing more is begun after it
 */
export async function sideBySide<T, R>(
	values: readonly T[],
	work: (value: T) => Promise<R>,
	atATime = AT_A_TIME,
): Promise<R[]> {
	const results: R[] = [];
	results.length = values.length;
	const failures: unknown[] = [];
	let next = 0;
	const worker = async () => {
		while (next < values.length && failures.length === 0) {
			const index = next++;
			try {
				results[index] = await work(values[index] as T);
			} catch (error) {
				failures.push(error);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atATime, values.length) }, worker));
	if (failures.length > 0) throw failures[0];
	return results;
}
