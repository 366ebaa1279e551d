const pollEveryMs = 200;

/**
 * Calls `check` until it gives a value other than undefined.
 *
 * @throws when `timeoutMs` has passed, naming what was waited for
 */
export async function waitFor<T>(
	what: string,
	check: () => Promise<T | undefined>,
	timeoutMs = 60_000,
): Promise<T> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const found = await check();
		if (found !== undefined) return found;
		if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
		await new Promise((resume) => setTimeout(resume, pollEveryMs));
	}
}
