import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import type { Fault } from '../../sandbox';

const KEY = 'sandbox-of-its-own';
const PROJECT = resolve(__dirname, '..', '..');

/** A webhook that is registered in Maileon. */
export interface RegisteredWebhook {
	url: string;
	/** What Maileon adds to the URL. */
	urlParams: Array<{ name: string; custom_value: string }>;
}

/** A sandbox in a process of its own: it outlives n8n, and its work stops nobody else's. */
export interface SandboxProcess {
	apiKey: string;
	baseUrl: string;
	countContacts(): Promise<number>;
	/** How often each email is in the account. */
	emails(): Promise<Map<string, number>>;
	webhooks(): Promise<RegisteredWebhook[]>;
	/** Lets requests go wrong, or take their time. */
	fail(fault: Omit<Fault, 'respond' | 'path'> & { path?: string }): Promise<void>;
	stop(): Promise<void>;
}

/** @throws when it does not start */
export async function startSandboxProcess(): Promise<SandboxProcess> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', resolve(PROJECT, 'sandbox', 'main.ts'), '--key', KEY, '--quiet'],
		{ cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const kill = (): void => void child.kill();
	process.once('exit', kill);
	const stop = async (): Promise<void> => {
		process.removeListener('exit', kill);
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill();
		await ended;
	};
	for await (const line of createInterface({ input: child.stdout })) {
		const baseUrl = /^Base URL\s+(\S+)/.exec(line)?.[1];
		if (baseUrl !== undefined) return { apiKey: KEY, baseUrl, stop, ...questionsTo(baseUrl) };
	}
	throw new Error('The sandbox did not start.');
}

type Questions = Omit<SandboxProcess, 'apiKey' | 'baseUrl' | 'stop'>;

function questionsTo(baseUrl: string): Questions {
	return {
		countContacts: async () => {
			const { text } = await ask(`${baseUrl}/contacts/count`);
			return Number(/>\s*(\d+)\s*</.exec(text)?.[1]);
		},
		emails: async () => await emailsIn(baseUrl),
		webhooks: async () => {
			const { text } = await ask(`${baseUrl}/webhooks`, 'application/json');
			return JSON.parse(text) as RegisteredWebhook[];
		},
		fail: async (fault) => {
			const { status } = await fetch(new URL('/control/fail', baseUrl), {
				method: 'POST',
				body: JSON.stringify(fault),
			});
			if (status !== 200) throw new Error(`The sandbox answered ${status} to a fault.`);
		},
	};
}

async function emailsIn(baseUrl: string): Promise<Map<string, number>> {
	const found = new Map<string, number>();
	for (let page = 1, pages = 1; page <= pages; page++) {
		const answer = await ask(`${baseUrl}/contacts?page_index=${page}&page_size=1000`);
		pages = answer.pages;
		for (const [, email = ''] of answer.text.matchAll(/<email>([^<]+)<\/email>/g)) {
			found.set(email, (found.get(email) ?? 0) + 1);
		}
	}
	return found;
}

/** @throws when the answer is no success */
async function ask(
	url: string,
	accept = 'application/vnd.maileon.api+xml',
): Promise<{ text: string; pages: number }> {
	const response = await fetch(url, {
		headers: { authorization: `Basic ${Buffer.from(KEY).toString('base64')}`, accept },
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
	return { text, pages: Number(response.headers.get('x-pages')) };
}
