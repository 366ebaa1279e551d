/**
 * Runs an action. What it throws is replaced by what `translate` makes of it.
 * @throws what `translate` returns
 */
export function translatingErrors<T>(action: () => T, translate: (error: unknown) => unknown): T {
	let translated: unknown;
	try {
		return action();
	} catch (error) {
		translated = translate(error);
	}
	throw translated;
}

/** The same for an action that takes its time. */
export async function translatingRejections<T>(
	action: () => Promise<T>,
	translate: (error: unknown) => unknown,
): Promise<T> {
	let translated: unknown;
	try {
		return await action();
	} catch (error) {
		translated = translate(error);
	}
	throw translated;
}
