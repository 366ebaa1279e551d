import { performance } from 'node:perf_hooks';

/** Something to measure: gives the milliseconds that count. */
export type Measured = () => Promise<number> | number;

/** The middle of a list; of an even one, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The milliseconds that a function takes. */
export function timeOf(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

/** The times of each contender in the same round, and so under the same load of the machine. */
export type Rounds<Name extends string> = Array<Record<Name, number>>;

/**
 * Runs all contenders one after the other, `count` times, turning their order around from round to
 * round, after `warmUps` rounds that do not count. No garbage collection is forced in between: it would
 * also throw away optimized code, which the collections of a running n8n keep.
 */
export async function rounds<Name extends string>(
	count: number,
	contenders: Record<Name, Measured>,
	warmUps = 2,
): Promise<Rounds<Name>> {
	const names = Object.keys(contenders) as Name[];
	const all: Rounds<Name> = [];
	for (let round = -warmUps; round < count; round++) {
		const order = round % 2 === 0 ? names : [...names].reverse();
		const times: Partial<Record<Name, number>> = {};
		for (const name of order) {
			times[name] = await contenders[name]();
		}
		if (round >= 0) all.push(times as Record<Name, number>);
	}
	return all;
}

/** The median over the rounds of a figure made from each. */
export function medianOf<Name extends string>(
	all: Rounds<Name>,
	figure: (times: Record<Name, number>) => number,
): number {
	return median(all.map(figure));
}
