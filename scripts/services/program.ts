import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** Whom a program runs as; whoever started this process when left out. */
export interface User {
	uid?: number;
	gid?: number;
}

/**
 * Starts a program that goes on until it is stopped, or until this process ends.
 *
 * @returns what stops it and waits for its end
 */
export function startProgram(
	program: string,
	args: string[],
	cwd: string,
	user: User = {},
): () => Promise<void> {
	const child = spawn(program, args, { cwd, stdio: 'ignore', ...user });
	const kill = (): void => void child.kill('SIGKILL');
	process.once('exit', kill);
	return async () => {
		process.removeListener('exit', kill);
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill('SIGINT');
		await ended;
	};
}

/** Whether the program ends well; undefined when not, as `waitFor` takes it. */
export function succeeds(program: string, args: string[]): true | undefined {
	try {
		execFileSync(program, args, { stdio: 'ignore' });
		return true;
	} catch {
		return undefined;
	}
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed
 * @throws when it does not end well
 */
export async function ask(program: string, args: string[]): Promise<string> {
	return (await promisify(execFile)(program, args)).stdout;
}
