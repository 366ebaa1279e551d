import { spawn } from 'node:child_process';

import { environment, type Host } from './environment';
import { installPackages } from './install';
import { freePort } from './port';
import { hasEnded, kill, refuseEnded, stop } from './process';
import { waitFor } from './wait';

/** What n8n's command can start. */
export type N8nPart = 'start' | 'webhook' | 'worker';

export interface N8nOptions {
	host: Host;
	/** Where this n8n keeps its database and its community packages; kept between runs if it is the same. */
	userFolder: string;
	/** The packed packages to install by name, one after the other. */
	tarballs: string[];
	/** The port to take; a free one when left out. */
	port?: number;
	/** Which process of n8n; the whole n8n when left out. The others are of its queue mode. */
	part?: N8nPart;
	/** Further environment variables of n8n. */
	settings?: Readonly<Record<string, string>>;
	/** Receives each line that n8n prints. */
	onOutput?: (line: string) => void;
}

export interface RunningN8n {
	url: string;
	/** The last lines that n8n printed. */
	output(): string;
	/** Ends n8n with all its processes; safe to call twice. */
	stop(): Promise<void>;
	/** Asks n8n alone to end (`SIGTERM`), as containers do, and waits however long it takes; gives its exit code. */
	retire(): Promise<number | undefined>;
	/** Kills n8n with all its processes, as a power cut would (`kill -9`). */
	die(): Promise<void>;
}

/** What a process prints when it has started. */
const readyWords: Readonly<Record<N8nPart, string>> = {
	start: 'n8n ready on',
	webhook: 'Webhook listener waiting for requests',
	worker: 'n8n worker is now ready',
};

const startAttempts = 3;
const startTimeoutMs = 180_000;
const retireTimeoutMs = 300_000;
const keptOutputLines = 200;

/**
 * Starts n8n with the packages installed and waits until it answers. When another program takes one of its
 * ports in the meantime, it starts anew on others.
 *
 * @throws when n8n ends or does not get ready; the message holds its last lines
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	installPackages(options.userFolder, options.tarballs);
	for (let attempt = 1; ; attempt++) {
		try {
			return await startOnce(attempt === 1 ? options : { ...options, port: undefined });
		} catch (error) {
			const isPortTaken =
				error instanceof Error && /port \d+ is already in use/i.test(error.message);
			if (!isPortTaken || attempt === startAttempts) throw error;
		}
	}
}

async function startOnce(options: N8nOptions): Promise<RunningN8n> {
	const { host, userFolder, settings, onOutput, part = 'start' } = options;
	const port = options.port ?? (await freePort());
	const child = spawn(host.nodeBinary, [host.n8nBin, part], {
		cwd: userFolder,
		env: { ...(await environment(host, userFolder, port)), ...settings },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
	});
	const lines: string[] = [];
	let isListening = false;
	const keep = (chunk: Buffer): void => {
		for (const line of chunk.toString().split('\n').filter(Boolean)) {
			lines.push(line);
			if (line.includes(readyWords[part])) isListening = true;
			if (lines.length > keptOutputLines) lines.shift();
			onOutput?.(line);
		}
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const url = `http://127.0.0.1:${port}`;
	const killAtExit = (): void => kill(child, 'SIGKILL');
	process.once('exit', killAtExit);
	const running: RunningN8n = {
		url,
		output: () => lines.join('\n'),
		stop: async () => {
			await stop(child);
			process.removeListener('exit', killAtExit);
		},
		retire: async () => {
			child.kill('SIGTERM');
			const isGone = async (): Promise<true | undefined> => hasEnded(child) || undefined;
			await waitFor('n8n to end', isGone, retireTimeoutMs);
			await running.stop();
			return child.exitCode ?? undefined;
		},
		die: async () => {
			kill(child, 'SIGKILL');
			await waitFor('n8n to be dead', async () => (hasEnded(child) ? true : undefined));
			process.removeListener('exit', killAtExit);
		},
	};
	try {
		// Only n8n's own word counts, since another n8n may have taken the port and answer there.
		const isUp = async (): Promise<true | undefined> => {
			refuseEnded(child);
			return isListening ? await answers(url, part) : undefined;
		};
		await waitFor(`n8n ${host.version} (${part}) at ${url}`, isUp, startTimeoutMs);
	} catch (error) {
		await running.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n${lines.slice(-20).join('\n')}`);
	}
	return running;
}

/** The health endpoint answers before the REST interface is up, so both are asked where there are both. */
async function answers(url: string, part: N8nPart): Promise<true | undefined> {
	try {
		const healthy = await fetch(`${url}/healthz/readiness`);
		if (!healthy.ok) return undefined;
		if (part !== 'start') return true;
		const settings = await fetch(`${url}/rest/settings`);
		const isJson = settings.headers.get('content-type')?.includes('json') ?? false;
		await settings.arrayBuffer();
		return settings.ok && isJson ? true : undefined;
	} catch {
		return undefined;
	}
}
