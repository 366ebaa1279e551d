/**
 * A real n8n on 127.0.0.1, started and driven as a person would: the package installed by its name, an
 * owner, credentials and workflows made and run over n8n's own REST interface. Works with n8n 1.x and 2.x.
 */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

/** An installed n8n, as scripts/hosts.mjs hands it out. */
export interface Host {
	version: string;
	folder: string;
	nodeBinary: string;
	n8nBin: string;
}

export interface Login {
	email: string;
	password: string;
}

export interface N8nOptions {
	host: Host;
	/** Where this n8n keeps its database and its community packages; kept between runs if it is the same. */
	userFolder: string;
	/** The packed packages to install by name, one after the other. */
	tarballs: string[];
	/** The port to take; a free one when left out. */
	port?: number;
	/** Receives each line that n8n prints. */
	onOutput?: (line: string) => void;
}

export interface RunningN8n {
	url: string;
	/** The last lines that n8n printed. */
	output(): string;
	/** Ends n8n with all its processes; safe to call twice. */
	stop(): Promise<void>;
	/** Kills n8n with all its processes, as a power cut would (`kill -9`). */
	die(): Promise<void>;
}

const pollEveryMs = 200;
const startAttempts = 3;
const startTimeoutMs = 180_000;
const stopTimeoutMs = 10_000;
const keptOutputLines = 200;

/**
 * Finds a port on 127.0.0.1 that nothing listens on.
 *
 * @param wanted taken when it is free
 * @returns the wanted port, or another free one
 */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (error: NodeJS.ErrnoException) => {
			if (wanted !== 0 && ['EADDRINUSE', 'EACCES'].includes(error.code ?? '')) resolve(freePort());
			else reject(error);
		});
		probe.listen(wanted, '127.0.0.1', () => {
			const address = probe.address();
			const port = typeof address === 'object' && address !== null ? address.port : wanted;
			probe.close(() => resolve(port));
		});
	});
}

/**
 * Calls `check` until it gives a value other than undefined.
 *
 * @throws when `timeoutMs` has passed, naming what was waited for
 */
export async function waitFor<T>(
	what: string,
	check: () => Promise<T | undefined>,
	timeoutMs = 60_000,
): Promise<T> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const found = await check();
		if (found !== undefined) return found;
		if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
		await new Promise((resume) => setTimeout(resume, pollEveryMs));
	}
}

/**
 * Installs packed packages where n8n keeps community packages, by name and in this order, as n8n itself
 * does: one `npm install` for each in `<user folder>/.n8n/nodes`. What is installed already stays when these
 * very tarballs only go on from there; otherwise the folder starts anew.
 *
 * @throws when npm fails, with npm's words
 */
export function installPackages(userFolder: string, tarballs: readonly string[]): void {
	const folder = join(userFolder, '.n8n', 'nodes');
	const marker = join(folder, 'installed-tarballs.json');
	const wanted = tarballs.map((tarball) => digestOf(tarball));
	let installed = existsSync(marker) ? (JSON.parse(readFileSync(marker, 'utf8')) as string[]) : [];
	if (installed.length === 0 || installed.some((digest, index) => digest !== wanted[index])) {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		const manifest = { name: 'installed-nodes', private: true, dependencies: {} };
		writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
		installed = [];
	}
	for (const tarball of tarballs.slice(installed.length)) npmInstall(folder, tarball);
	writeFileSync(marker, JSON.stringify(wanted));
}

function digestOf(file: string): string {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function npmInstall(folder: string, tarball: string): void {
	const npm = spawnSync('npm', ['install', tarball, ...installLikeN8n], {
		cwd: folder,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	if (npm.status !== 0) throw new Error(`npm could not install ${tarball}:\n${npm.stderr}`);
}

/** n8n's own arguments, and no peer dependencies, which n8n strips from a package before it installs it. */
const installLikeN8n = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
	'--legacy-peer-deps',
	'--loglevel=error',
];

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
	const { host, userFolder, onOutput } = options;
	const port = options.port ?? (await freePort());
	const child = spawn(host.nodeBinary, [host.n8nBin, 'start'], {
		cwd: userFolder,
		env: await environment(host, userFolder, port),
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
	});
	const lines: string[] = [];
	let isListening = false;
	const keep = (chunk: Buffer): void => {
		for (const line of chunk.toString().split('\n').filter(Boolean)) {
			lines.push(line);
			if (line.includes('n8n ready on')) isListening = true;
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
		die: async () => {
			kill(child, 'SIGKILL');
			await waitFor('n8n to be dead', async () => (hasEnded(child) ? true : undefined));
		},
	};
	try {
		// Only n8n's own word counts, since another n8n may have taken the port and answer there.
		const isUp = async (): Promise<true | undefined> => {
			refuseEnded(child);
			return isListening ? await answers(url) : undefined;
		};
		await waitFor(`n8n ${host.version} at ${url}`, isUp, startTimeoutMs);
	} catch (error) {
		await running.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n${lines.slice(-20).join('\n')}`);
	}
	return running;
}

/** The health endpoint answers before the REST interface is up, so both are asked. */
async function answers(url: string): Promise<true | undefined> {
	try {
		const healthy = await fetch(`${url}/healthz/readiness`);
		if (!healthy.ok) return undefined;
		const settings = await fetch(`${url}/rest/settings`);
		const isJson = settings.headers.get('content-type')?.includes('json') ?? false;
		await settings.arrayBuffer();
		return settings.ok && isJson ? true : undefined;
	} catch {
		return undefined;
	}
}

/** Nothing of the caller's own n8n settings counts, nothing calls home, nothing is reachable from outside. */
async function environment(
	host: Host,
	userFolder: string,
	port: number,
): Promise<NodeJS.ProcessEnv> {
	const inherited = Object.entries(process.env).filter(
		([name]) =>
			!/^(N8N_|DB_|EXECUTIONS_|QUEUE_|NODE_OPTIONS$|NODE_FUNCTION_|JEST_|TS_|TSX_)/.test(name),
	);
	const brokerPort = await freePort();
	return {
		...Object.fromEntries(inherited),
		PATH: `${dirname(host.nodeBinary)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		GENERIC_TIMEZONE: 'Europe/Berlin',
		...(host.version.startsWith('1.')
			? { N8N_RUNNERS_ENABLED: 'false', DB_SQLITE_POOL_SIZE: '2' }
			: {}),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_LOG_LEVEL: 'info',
	};
}

/** @throws when n8n has ended by itself */
function refuseEnded(child: ChildProcess): void {
	if (hasEnded(child)) throw new Error(`n8n ended with ${child.exitCode ?? child.signalCode}.`);
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

/** Signals the whole process group, since n8n starts task runners of its own. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
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

async function stop(child: ChildProcess): Promise<void> {
	if (!hasEnded(child)) {
		kill(child, 'SIGTERM');
		const ended = async (): Promise<true | undefined> => (hasEnded(child) ? true : undefined);
		await waitFor('n8n to end', ended, stopTimeoutMs).catch(() => undefined);
	}
	kill(child, 'SIGKILL');
}

// What n8n's REST interface takes and gives

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	onError?: OnError;
	/** n8n's "Retry On Fail": how often the whole node is run at most, and how many milliseconds it waits. */
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	webhookId?: string;
}

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId?: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface OutputItem {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

export interface NodeRun {
	executionStatus?: string;
	error?: { message: string; description?: string | null };
	data?: { main?: Array<OutputItem[] | null> };
	hints?: Array<{ message: string }>;
}

export interface Execution {
	id: string;
	status: string;
	/** What each node did, by its name, one entry for each time it ran. */
	runs: Record<string, NodeRun[]>;
	error?: { message: string; description?: string | null };
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An answer of n8n that is no success. */
export class N8nAnswerError extends Error {
	constructor(
		readonly status: number,
		readonly request: string,
		readonly answer: string,
	) {
		super(`${request} was answered with ${status}: ${answer.slice(0, 500)}`);
	}
}

/** n8n's REST interface, signed in as the owner. */
export class N8nClient {
	private constructor(
		readonly url: string,
		private readonly cookie: string,
	) {}

	/**
	 * Signs in as the owner, whom it creates on a fresh n8n.
	 *
	 * @throws N8nAnswerError when n8n has another owner or another password
	 */
	static async signIn(url: string, login: Login): Promise<N8nClient> {
		const settings = (await call(url, 'GET', '/rest/settings')).data as {
			userManagement?: { showSetupOnFirstLoad?: boolean };
		};
		if (settings.userManagement?.showSetupOnFirstLoad) {
			const owner = { ...login, firstName: 'Demo', lastName: 'Owner' };
			return new N8nClient(url, (await call(url, 'POST', '/rest/owner/setup', owner)).cookie);
		}
		const body = { emailOrLdapLoginId: login.email, password: login.password };
		return new N8nClient(url, (await call(url, 'POST', '/rest/login', body)).cookie);
	}

	/** The cookie that signs a browser in, as `name=value`. */
	get sessionCookie(): string {
		return this.cookie;
	}

	/** Sends a request; gives what stands under `data` in the answer. */
	async send(method: Method, path: string, body?: unknown): Promise<unknown> {
		return (await call(this.url, method, path, body, this.cookie)).data;
	}

	/** The descriptions of all nodes that n8n has loaded. */
	async nodeTypes(): Promise<Array<{ name: string; displayName: string }>> {
		const response = await fetch(`${this.url}/types/nodes.json`, {
			headers: { ...oneConnectionEach, cookie: this.cookie },
		});
		return (await response.json()) as Array<{ name: string; displayName: string }>;
	}

	/** Creates the credential, or updates the one of that type and name. */
	async saveCredential(type: string, name: string, data: object): Promise<Credential> {
		const known = await this.credentials();
		const same = known.find((each) => each.type === type && each.name === name);
		const path = same ? `/rest/credentials/${same.id}` : '/rest/credentials';
		const body = { ...(same ? { id: same.id } : {}), name, type, data };
		return (await this.send(same ? 'PATCH' : 'POST', path, body)) as Credential;
	}

	async credentials(): Promise<Credential[]> {
		return (await this.send('GET', '/rest/credentials')) as Credential[];
	}

	async deleteCredential(id: string): Promise<void> {
		await this.send('DELETE', `/rest/credentials/${id}`);
	}

	/** Creates the workflow, or updates the one of that name. */
	async saveWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
		const body = { settings: {}, active: false, ...workflow };
		const known = await this.workflows();
		const same = known.find((each) => each.name === workflow.name);
		if (!same) return (await this.send('POST', '/rest/workflows', body)) as StoredWorkflow;
		const current = await this.workflow(same.id);
		const change = { ...body, versionId: current.versionId };
		return (await this.send(
			'PATCH',
			`/rest/workflows/${same.id}?forceSave=true`,
			change,
		)) as StoredWorkflow;
	}

	async workflows(): Promise<Array<{ id: string; name: string }>> {
		return (await this.send('GET', '/rest/workflows')) as Array<{ id: string; name: string }>;
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return (await this.send('GET', `/rest/workflows/${id}`)) as StoredWorkflow;
	}

	/**
	 * Runs the workflow from its trigger as "Execute workflow" in the editor does, and waits for its end.
	 *
	 * @param triggerName the node to start from; the first one of the workflow when left out
	 */
	async runWorkflow(id: string, triggerName?: string): Promise<Execution> {
		return await this.execution(await this.startWorkflow(id, triggerName));
	}

	/** Starts the workflow in the same way and gives the ID of the execution, without waiting. */
	async startWorkflow(id: string, triggerName?: string): Promise<string> {
		const workflow = await this.workflow(id);
		const name = triggerName ?? workflow.nodes[0]?.name;
		const started = (await this.send('POST', `/rest/workflows/${id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name },
		})) as { executionId?: string };
		if (!started.executionId) {
			throw new Error(`n8n did not start "${workflow.name}": ${JSON.stringify(started)}`);
		}
		return started.executionId;
	}

	/** Waits for the end of an execution and gives what its nodes did. */
	async execution(id: string): Promise<Execution> {
		return await waitFor(`execution ${id}`, async () => {
			const stored = (await this.send('GET', `/rest/executions/${id}`)) as {
				status: string;
				data: string;
			};
			if (['new', 'running', 'waiting', 'unknown'].includes(stored.status)) return undefined;
			const { resultData } = unflatten(stored.data) as {
				resultData: { runData: Record<string, NodeRun[]>; error?: Execution['error'] };
			};
			return { id, status: stored.status, runs: resultData.runData, error: resultData.error };
		});
	}

	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.send('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate(id: string): Promise<void> {
		await this.send('POST', `/rest/workflows/${id}/deactivate`, {});
	}
}

/** The items that a node put out on one of its outputs, of its last run. */
export function itemsOf(execution: Execution, node: string, output = 0): OutputItem[] {
	return execution.runs[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/**
 * Reads n8n's run data, a list of values in which every string within a list or an object is the position
 * of another value of the list.
 */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();
	const resolve = (reference: unknown): unknown =>
		typeof reference === 'string' ? build(Number(reference)) : reference;
	const build = (position: number): unknown => {
		if (built.has(position)) return built.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) {
			const list: unknown[] = [];
			built.set(position, list);
			list.push(...value.map(resolve));
			return list;
		}
		const object: Record<string, unknown> = {};
		built.set(position, object);
		for (const [key, reference] of Object.entries(value)) {
			Object.defineProperty(object, key, {
				value: resolve(reference),
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
		return object;
	};
	return build(0);
}

/** A connection that is kept may be closed by n8n just when the next request is sent on it. */
const oneConnectionEach = { connection: 'close' };

async function call(
	url: string,
	method: Method,
	path: string,
	body?: unknown,
	cookie?: string,
): Promise<{ data: unknown; cookie: string }> {
	const response = await fetch(`${url}${path}`, {
		method,
		headers: {
			...oneConnectionEach,
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(cookie === undefined ? {} : { cookie }),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new N8nAnswerError(response.status, `${method} ${path}`, text);
	const answer = text === '' ? {} : (JSON.parse(text) as { data?: unknown });
	const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
	return {
		data: answer.data,
		cookie: cookies.find((each) => each.startsWith('n8n-auth=')) ?? '',
	};
}
