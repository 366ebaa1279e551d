import { spawnSync, type ChildProcess } from 'node:child_process';

import { waitFor } from './wait';

const stopTimeoutMs = 10_000;

/** @throws when n8n has ended by itself */
export function refuseEnded(child: ChildProcess): void {
	if (hasEnded(child)) throw new Error(`n8n ended with ${child.exitCode ?? child.signalCode}.`);
}

/** Whether it has ended, by itself or by a signal. */
export function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

/** Signals the whole process group, since n8n starts task runners of its own. */
export function kill(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Ends it with all its processes: asks first, and kills what is still there after ten seconds. */
export async function stop(child: ChildProcess): Promise<void> {
	if (!hasEnded(child)) {
		kill(child, 'SIGTERM');
		const ended = async (): Promise<true | undefined> => (hasEnded(child) ? true : undefined);
		await waitFor('n8n to end', ended, stopTimeoutMs).catch(() => undefined);
	}
	kill(child, 'SIGKILL');
}
