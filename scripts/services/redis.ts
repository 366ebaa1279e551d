import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, waitFor } from '../n8n';
import { ask, startProgram, succeeds } from './program';

/** A Redis on 127.0.0.1, with nothing in it at first. */
export interface Redis {
	port: number;
	/** How many jobs of n8n's queue wait or are being worked on. */
	jobs(prefix: string): Promise<number>;
	stop(): Promise<void>;
}

/**
 * Starts Redis on a free port, with its data in the folder.
 *
 * @throws when it is not installed or does not start
 */
export async function startRedis(folder: string): Promise<Redis> {
	const port = await freePort();
	const dataFolder = join(folder, 'redis');
	mkdirSync(dataFolder);
	const quietly = ['--save', '', '--appendonly', 'no', '--dir', dataFolder];
	const args = ['--port', String(port), '--bind', '127.0.0.1', ...quietly];
	const stop = startProgram('redis-server', args, folder);
	const address = ['-p', String(port)];
	try {
		await waitFor('Redis', async () => succeeds('redis-cli', [...address, 'ping']));
	} catch (error) {
		await stop();
		throw error;
	}
	const jobs = async (prefix: string): Promise<number> => {
		const lengths = [`llen ${prefix}:jobs:active`, `llen ${prefix}:jobs:wait`];
		return Number(await ask('redis-cli', [...address, 'eval', sumOf(lengths), '0']));
	};
	return { port, jobs, stop };
}

/** A Redis script that adds up what the commands answer, all at one moment. */
function sumOf(commands: string[]): string {
	const calls = commands.map((command) => {
		const words = command.split(' ').map((word) => `'${word}'`);
		return `redis.call(${words.join(', ')})`;
	});
	return `return ${calls.join(' + ')}`;
}
