import { AsyncLocalStorage } from 'node:async_hooks';
import NodeEnvironment from 'jest-environment-node';

/** The stores that code of this process has used since they were last let go. */
const used = new Set<AsyncLocalStorage<unknown>>();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function <Result, Parameters extends unknown[]>(
	this: AsyncLocalStorage<unknown>,
	store: unknown,
	callback: (...parameters: Parameters) => Result,
	...parameters: Parameters
): Result {
	used.add(this);
	return run.call(this, store, callback, ...parameters) as Result;
};

/**
 * A Node environment that leaves nothing behind for the test files after it. Jest uses a store of its own
 * for each file, and up to Node 22 every promise of a process pays for every store that was ever used in
 * it: after 60 files, what makes many promises takes five times as long. A store that is still needed
 * is back with its next use.
 */
export default class FileEnvironment extends NodeEnvironment {
	override async teardown(): Promise<void> {
		await super.teardown();
		for (const store of used) store.disable();
		used.clear();
	}
}
