import dns from 'node:dns';
import http from 'node:http';
import Module from 'node:module';
import path from 'node:path';

/** A host name that nobody has; while a clock is held, looking it up fails at once and asks nobody. */
export const UNKNOWN_HOST = 'maileon.invalid';

/**
 * Time and name service of the engine's process, held still: no pause is waited for and no time-out
 * passes unless a test says so.
 */
export interface HeldClock {
	/** The pauses that the node made between attempts, in milliseconds. */
	readonly pauses: number[];
	/** Lets every time-out that now waits pass. */
	expire(): void;
	/** Lets the next time-out that is set for an answer's body pass as soon as it is set. */
	expireNextBody(): void;
	/** Gives time back. */
	release(): void;
}

type Sleep = (milliseconds: number, ...rest: unknown[]) => Promise<void>;

interface ModuleCache {
	_cache: Record<string, { exports: { sleep: Sleep } } | undefined>;
}

/**
 * The modules of both lines that hold the function which n8n-workflow hands out as `sleep`: its own
 * utilities in n8n 1.x, a package of utilities in n8n 2.x.
 */
const SLEEPING_MODULES = [
	path.join('n8n-workflow', 'dist', 'cjs', 'utils.js'),
	path.join('@n8n', 'utils', 'dist', 'sleep.cjs'),
];

/** Shorter sleeps only let other work go first. */
const SHORTEST_PAUSE = 100;

function sleepingModules(): Array<{ sleep: Sleep }> {
	const { _cache: cache } = Module as unknown as ModuleCache;
	return Object.entries(cache).flatMap(([file, loaded]) => {
		if (!loaded || !SLEEPING_MODULES.some((ending) => file.endsWith(ending))) return [];
		const isOwn = Object.getOwnPropertyDescriptor(loaded.exports, 'sleep')?.writable === true;
		return isOwn ? [loaded.exports] : [];
	});
}

/** Replaces a property and gives back the function that undoes it. */
function replace<T extends object, K extends keyof T>(owner: T, key: K, value: T[K]): () => void {
	const original = owner[key];
	owner[key] = value;
	return () => {
		owner[key] = original;
	};
}

/** Holds time in the process that the engine runs in. */
export function holdClock(): HeldClock {
	const pauses: number[] = [];
	const waiting = new Set<() => void>();
	let nextBodyExpires = false;

	const bodyTimeout = (): AbortSignal => {
		const controller = new AbortController();
		const expire = () => controller.abort(new DOMException('Time is over', 'TimeoutError'));
		if (nextBodyExpires) setImmediate(expire);
		else waiting.add(expire);
		nextBodyExpires = false;
		return controller.signal;
	};
	function requestTimeout(
		this: http.ClientRequest,
		milliseconds: number,
		callback?: () => void,
	): http.ClientRequest {
		if (milliseconds > 0 && callback) {
			const expire = () => callback.call(this);
			waiting.add(expire);
			this.once('response', () => waiting.delete(expire));
			this.once('close', () => waiting.delete(expire));
		}
		return this;
	}
	const lookup = dns.lookup;
	const lookupKnown = (name: string, ...rest: unknown[]) => {
		if (name !== UNKNOWN_HOST) return Reflect.apply(lookup, dns, [name, ...rest]) as void;
		const found = rest.at(-1) as (error: Error) => void;
		const refusal = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
			code: 'ENOTFOUND',
			errno: -3008,
			syscall: 'getaddrinfo',
			hostname: name,
		});
		setImmediate(() => found(refusal));
	};
	const undo = [
		...sleepingModules().map((module) => {
			const { sleep } = module;
			return replace(module, 'sleep', async (milliseconds, ...rest) => {
				if (milliseconds < SHORTEST_PAUSE) return await sleep(milliseconds, ...rest);
				pauses.push(milliseconds);
			});
		}),
		replace(AbortSignal, 'timeout', bodyTimeout),
		replace(http.ClientRequest.prototype, 'setTimeout', requestTimeout),
		replace(dns, 'lookup', lookupKnown as unknown as typeof dns.lookup),
	];
	return {
		pauses,
		expire: () => {
			for (const expire of [...waiting]) expire();
			waiting.clear();
		},
		expireNextBody: () => {
			nextBodyExpires = true;
		},
		release: () => {
			for (const one of undo) one();
		},
	};
}
