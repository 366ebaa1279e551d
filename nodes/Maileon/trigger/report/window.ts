/**
 * Windows of time that are read in one go.
 *
 * They begin and end on whole seconds. Maileon tells the time of an event to the second, so events that
 * look the same happened in the same second, and no border between windows ever runs through it.
 */

/** From a moment on, before another one, in milliseconds since 1970. */
export interface Window {
	from: number;
	to: number;
}

export const SECOND = 1_000;

/** The whole second that a moment lies in. */
export function wholeSecond(moment: number): number {
	return Math.floor(moment / SECOND) * SECOND;
}

/** The older half of a window; undefined where it is only a second long. */
export function olderHalf({ from, to }: Window): Window | undefined {
	const middle = wholeSecond(from + (to - from) / 2);
	return middle > from ? { from, to: middle } : undefined;
}
