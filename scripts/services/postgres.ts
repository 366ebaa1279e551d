import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, waitFor } from '../n8n';
import { ask, startProgram, succeeds, type User } from './program';

const PROGRAMS = '/usr/lib/postgresql';

/** A PostgreSQL on 127.0.0.1, with nothing in it at first. */
export interface Postgres {
	port: number;
	createDatabase(name: string): Promise<void>;
	/** The rows that a question to a database gives, each a list of texts. */
	query(database: string, sql: string): Promise<string[][]>;
	stop(): Promise<void>;
}

/**
 * Starts Debian's PostgreSQL on a free port, with its data in a folder of its own that is removed when it stops.
 * It does not run as root: there it is run as the user that Debian made for it.
 *
 * @throws when it is not installed or does not start
 */
export async function startPostgres(): Promise<Postgres> {
	const programs = newestPrograms();
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'maileon-postgres-'));
	const remove = (): void => rmSync(folder, { recursive: true, force: true });
	process.once('exit', remove);
	const user = process.getuid?.() === 0 ? postgresUser() : {};
	if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
	const setUp = ['-D', folder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync'];
	execFileSync(join(programs, 'initdb'), setUp, { cwd: folder, stdio: 'pipe', ...user });
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		fsync: 'off',
		max_connections: 200,
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const args = ['-D', folder, ...options];
	const end = startProgram(join(programs, 'postgres'), args, folder, user);
	const stop = async (): Promise<void> => {
		await end();
		remove();
		process.removeListener('exit', remove);
	};
	const address = ['-h', '127.0.0.1', '-p', String(port)];
	try {
		await waitFor('PostgreSQL', async () => succeeds('pg_isready', address));
	} catch (error) {
		await stop();
		throw error;
	}
	return { port, stop, ...talkingTo([...address, '-U', 'postgres']) };
}

/** The settings of an n8n that keeps its data in that database. */
export function databaseSettings(port: number, database: string): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_USER: 'postgres',
		DB_POSTGRESDB_DATABASE: database,
	};
}

/** The folder of the programs of the newest version. */
function newestPrograms(): string {
	const byNumber = (one: string, other: string): number => Number(one) - Number(other);
	const versions = existsSync(PROGRAMS) ? readdirSync(PROGRAMS).sort(byNumber) : [];
	const newest = versions.map((version) => join(PROGRAMS, version, 'bin')).findLast(hasServer);
	if (newest === undefined) throw new Error(`There is no PostgreSQL in ${PROGRAMS}.`);
	return newest;
}

function hasServer(programs: string): boolean {
	return existsSync(join(programs, 'initdb'));
}

function postgresUser(): User {
	const idOf = (what: string): number =>
		Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
	return { uid: idOf('-u'), gid: idOf('-g') };
}

function talkingTo(address: string[]): Pick<Postgres, 'createDatabase' | 'query'> {
	return {
		createDatabase: async (name) => {
			await ask('createdb', [...address, name]);
		},
		query: async (database, sql) => {
			const found = await ask('psql', [...address, '-d', database, ...bareRows, '-c', sql]);
			return linesOf(found).map((row) => row.split('\t'));
		},
	};
}

const bareRows = ['-AtX', '-F', '\t'];

function linesOf(text: string): string[] {
	return text.split('\n').filter(Boolean);
}
