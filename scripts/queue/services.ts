import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePort, waitFor } from '../n8n';

const PROGRAMS = '/usr/lib/postgresql';

/** Redis and PostgreSQL on 127.0.0.1, with nothing in them at first. */
export interface Services {
	redisPort: number;
	postgresPort: number;
	createDatabase(name: string): Promise<void>;
	/** The rows that a question to a database gives, each a list of texts. */
	query(database: string, sql: string): Promise<string[][]>;
	/** How many jobs of n8n's queue wait or are being worked on. */
	jobs(prefix: string): Promise<number>;
	stop(): Promise<void>;
}

/**
 * Starts both on free ports, with their data in the folder. PostgreSQL does not run as root: there it is
 * run as the user that Debian made for it.
 *
 * @throws when one of them does not start
 */
export async function startServices(folder: string): Promise<Services> {
	const started: ChildProcess[] = [];
	const start = (program: string, args: string[], user: User = {}): void => {
		const child = spawn(program, args, { cwd: folder, stdio: 'ignore', ...user });
		process.once('exit', () => child.kill('SIGKILL'));
		started.push(child);
	};
	const stop = async (): Promise<void> => {
		for (const child of started.splice(0)) await end(child);
	};
	try {
		const redisPort = await startRedis(folder, start);
		const postgresPort = await startPostgres(folder, start);
		return { redisPort, postgresPort, ...talkingTo(redisPort, postgresPort), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface User {
	uid?: number;
	gid?: number;
}

type Start = (program: string, args: string[], user?: User) => void;

async function startRedis(folder: string, start: Start): Promise<number> {
	const port = await freePort();
	const dataFolder = join(folder, 'redis');
	mkdirSync(dataFolder);
	const quietly = ['--save', '', '--appendonly', 'no', '--dir', dataFolder];
	start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...quietly]);
	await waitFor('Redis', async () => succeeds('redis-cli', ['-p', String(port), 'ping']));
	return port;
}

async function startPostgres(folder: string, start: Start): Promise<number> {
	const programs = join(PROGRAMS, newestIn(PROGRAMS), 'bin');
	const port = await freePort();
	const dataFolder = join(folder, 'postgres');
	chmodSync(folder, 0o711);
	const user = process.getuid?.() === 0 ? postgresUser() : {};
	mkdirSync(dataFolder, { mode: 0o700 });
	if (user.uid !== undefined && user.gid !== undefined) {
		chownSync(dataFolder, user.uid, user.gid);
	}
	const setUp = ['-D', dataFolder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync'];
	execFileSync(join(programs, 'initdb'), setUp, { cwd: dataFolder, stdio: 'ignore', ...user });
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		fsync: 'off',
		max_connections: 200,
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	start(join(programs, 'postgres'), ['-D', dataFolder, ...options], user);
	const address = ['-h', '127.0.0.1', '-p', String(port)];
	await waitFor('PostgreSQL', async () => succeeds('pg_isready', address));
	return port;
}

function newestIn(folder: string): string {
	const byNumber = (one: string, other: string): number => Number(one) - Number(other);
	const newest = readdirSync(folder).sort(byNumber).at(-1);
	if (newest === undefined) throw new Error(`There is no PostgreSQL in ${folder}.`);
	return newest;
}

function postgresUser(): User {
	const idOf = (what: string): number =>
		Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
	return { uid: idOf('-u'), gid: idOf('-g') };
}

function succeeds(program: string, args: string[]): true | undefined {
	try {
		execFileSync(program, args, { stdio: 'ignore' });
		return true;
	} catch {
		return undefined;
	}
}

function talkingTo(
	redisPort: number,
	postgresPort: number,
): Pick<Services, 'createDatabase' | 'query' | 'jobs'> {
	const address = ['-h', '127.0.0.1', '-p', String(postgresPort), '-U', 'postgres'];
	return {
		createDatabase: async (name) => {
			await ask('createdb', [...address, name]);
		},
		query: async (database, sql) => {
			const found = await ask('psql', [...address, '-d', database, ...bareRows, '-c', sql]);
			return linesOf(found).map((row) => row.split('\t'));
		},
		jobs: async (prefix) => {
			const lengths = [`llen ${prefix}:jobs:active`, `llen ${prefix}:jobs:wait`];
			const found = await ask('redis-cli', ['-p', String(redisPort), 'eval', sumOf(lengths), '0']);
			return Number(found);
		},
	};
}

const bareRows = ['-AtX', '-F', '\t'];

/** A Redis script that adds up what the commands answer, all at one moment. */
function sumOf(commands: string[]): string {
	const calls = commands.map((command) => {
		const words = command.split(' ').map((word) => `'${word}'`);
		return `redis.call(${words.join(', ')})`;
	});
	return `return ${calls.join(' + ')}`;
}

function linesOf(text: string): string[] {
	return text.split('\n').filter(Boolean);
}

async function ask(program: string, args: string[]): Promise<string> {
	return (await promisify(execFile)(program, args)).stdout;
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGINT');
	await ended;
}
