import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A sink in a process of its own. */
export interface Sink {
	/** Where the node under test sends its requests. */
	baseUrl: string;
	/** The bodies of all requests that were sent while `work` ran. */
	record(work: () => Promise<unknown>): Promise<string>;
	/** How many requests came so far. */
	received(): Promise<number>;
	stop(): void;
}

/** Starts a sink that answers after `latency` milliseconds. */
export async function startSink(latency = 0): Promise<Sink> {
	const child = fork(path.join(__dirname, 'sink.ts'), [String(latency)], {
		execArgv: ['--import', 'tsx'],
	});
	const [port] = (await once(child, 'message')) as [number];
	const url = `http://127.0.0.1:${port}`;
	return {
		baseUrl: `${url}/1.0`,
		async record(work) {
			await fetch(`${url}/record`, { method: 'POST' });
			await work();
			return await (await fetch(`${url}/recorded`)).text();
		},
		received: async () => Number(await (await fetch(`${url}/received`)).text()),
		stop: () => void child.kill(),
	};
}
