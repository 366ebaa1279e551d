import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import {
	freePort,
	N8nClient,
	readVitals,
	startN8n,
	vitalsInto,
	type Host,
	type N8nPart,
	type RunningN8n,
	type Vitals,
} from '../n8n';
import { databaseSettings } from '../services/postgres';
import type { Services } from './services';

const LOGIN = { email: 'queue@example.com', password: 'Maileon-queue-1' };

/** How many executions a worker has under way at most. */
export const CONCURRENCY = 5;

type Settings = Readonly<Record<string, string>>;

/** A process with its own user folder. */
export interface Process {
	userFolder: string;
	stop(): Promise<void>;
}

export interface Worker extends Process {
	name: string;
	/** The IDs of the executions that it began. */
	began: Set<string>;
	vitals(): Vitals[];
	/** Ends as at a deployment (`SIGTERM`), when it is done or n8n's own patience is over; gives its exit code. */
	retire(): Promise<number | undefined>;
	/** Ends as by a power cut (`kill -9`). */
	die(): Promise<void>;
}

export interface FleetOptions {
	host: Host;
	/** What is installed in each user folder before its process starts. */
	tarballs: readonly string[];
	services: Services;
	/** A folder for the user folders of all processes. */
	folder: string;
	/** Names its database and its queue. */
	name: string;
	/** Settings of all processes beyond those of queue mode. */
	settings?: Settings;
}

/** n8n in queue mode: a main process, webhook processors and workers, each with its own user folder. */
export class Fleet {
	readonly workers: Worker[] = [];
	private readonly running: RunningN8n[] = [];
	private processes = 0;
	private main?: Process & { client: N8nClient };

	private constructor(
		private readonly options: FleetOptions,
		private readonly shared: Settings,
		private readonly webhookPort: number,
	) {}

	/** Starts the main process; webhook processors and workers are added. */
	static async start(options: FleetOptions): Promise<Fleet> {
		const { services, name, settings } = options;
		await services.createDatabase(name);
		const webhookPort = await freePort();
		const shared = { ...settingsOfAll(services, name, webhookPort), ...settings };
		const fleet = new Fleet(options, shared, webhookPort);
		try {
			await fleet.startMain();
		} catch (error) {
			await fleet.stop();
			throw error;
		}
		return fleet;
	}

	/** Signed in at the main process. */
	get client(): N8nClient {
		return this.started.client;
	}

	/** The user folder of the main process. */
	get mainFolder(): string {
		return this.started.userFolder;
	}

	private get started(): Process & { client: N8nClient } {
		if (!this.main) throw new Error('The main process has not started.');
		return this.main;
	}

	/** Where the webhook processor for all takes calls. */
	get webhookUrl(): string {
		return `http://127.0.0.1:${this.webhookPort}`;
	}

	/**
	 * @param userFolder that of a worker that has ended; a new one when left out
	 */
	async startWorker(settings: Settings = {}, userFolder?: string): Promise<Worker> {
		const began = new Set<string>();
		const name = `worker ${this.processes + 1}`;
		const vitalsFile = join(this.options.folder, `${name}.vitals`);
		const { n8n, ...process } = await this.startProcess(
			'worker',
			{
				N8N_CONCURRENCY_PRODUCTION_LIMIT: String(CONCURRENCY),
				...vitalsInto(vitalsFile),
				...settings,
			},
			{
				userFolder,
				onOutput: (line) => {
					const id = /Worker started execution (\d+)/.exec(line)?.[1];
					if (id !== undefined) began.add(id);
				},
			},
		);
		const remove = (): void => {
			this.workers.splice(this.workers.indexOf(worker), 1);
		};
		const worker: Worker = {
			...process,
			name,
			began,
			vitals: () => readVitals(vitalsFile),
			stop: async () => {
				remove();
				await n8n.stop();
			},
			retire: async () => {
				remove();
				return await n8n.retire();
			},
			die: async () => {
				remove();
				await n8n.die();
			},
		};
		this.workers.push(worker);
		return worker;
	}

	/**
	 * The webhook processor for all.
	 *
	 * @param userFolder that of one that has ended; a new one when left out
	 */
	async startWebhookProcessor(settings: Settings = {}, userFolder?: string): Promise<Process> {
		return await this.startProcess('webhook', settings, { port: this.webhookPort, userFolder });
	}

	/** A further webhook processor; gives its address. */
	async startFurtherWebhookProcessor(settings: Settings): Promise<string> {
		return (await this.startProcess('webhook', settings)).n8n.url;
	}

	async stopWorkers(): Promise<void> {
		await Promise.all([...this.workers].map(async (worker) => await worker.stop()));
	}

	/** How many executions there are, by status. */
	async executions(): Promise<Map<string, number>> {
		const rows = await this.query('select status, count(*) from execution_entity group by status');
		return new Map(rows.map(([status = '', count]) => [status, Number(count)]));
	}

	/** The executions of a workflow with their status, oldest first. */
	async executionsOf(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const rows = await this.query(
			`select id, status from execution_entity where "workflowId" = '${workflowId}' order by id`,
		);
		return rows.map(([id = '', status = '']) => ({ id, status }));
	}

	/** Whether calls to that path start a workflow; n8n 2.x puts a workflow in service some time after it was asked. */
	async serves(path: string): Promise<boolean> {
		const rows = await this.query(`select 1 from webhook_entity where "webhookPath" = '${path}'`);
		return rows.length > 0;
	}

	/** How many executions wait for a worker or are under way. */
	async jobs(): Promise<number> {
		return await this.options.services.jobs(this.options.name);
	}

	/** How many files n8n keeps in its database; undefined on a line that keeps none there. */
	async filesInDatabase(): Promise<number | undefined> {
		const [table] = await this.query("select to_regclass('binary_data')");
		if (!table) return undefined;
		return Number((await this.query('select count(*) from binary_data'))[0]?.[0]);
	}

	private async query(sql: string): Promise<string[][]> {
		return await this.options.services.query(this.options.name, sql);
	}

	/** The last lines that each process printed, for when something went wrong. */
	output(): string {
		return this.running.map((n8n) => `--- ${n8n.url}\n${n8n.output()}`).join('\n');
	}

	/** Ends all processes. */
	async stop(): Promise<void> {
		await Promise.all(this.running.splice(0).map(async (n8n) => await n8n.stop()));
	}

	private async startMain(): Promise<void> {
		const { n8n, ...process } = await this.startProcess('start', {
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		});
		this.main = { ...process, client: await N8nClient.signIn(n8n.url, LOGIN) };
	}

	private async startProcess(
		part: N8nPart,
		settings: Settings,
		more: { port?: number; userFolder?: string; onOutput?: (line: string) => void } = {},
	): Promise<Process & { n8n: RunningN8n }> {
		const { host, tarballs, folder } = this.options;
		this.processes += 1;
		const userFolder = more.userFolder ?? join(folder, `${part} ${this.processes}`);
		mkdirSync(userFolder, { recursive: true });
		const n8n = await startN8n({
			host,
			tarballs: [...tarballs],
			part,
			settings: { ...this.shared, ...settings },
			...more,
			userFolder,
		});
		this.running.push(n8n);
		return { n8n, userFolder, stop: n8n.stop };
	}
}

function settingsOfAll(services: Services, name: string, webhookPort: number): Settings {
	const webhookUrl = `http://127.0.0.1:${webhookPort}/`;
	return {
		EXECUTIONS_MODE: 'queue',
		...databaseSettings(services.postgresPort, name),
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(services.redisPort),
		QUEUE_BULL_PREFIX: name,
		N8N_ENCRYPTION_KEY: randomUUID(),
		WEBHOOK_URL: webhookUrl,
		N8N_WEBHOOK_URL: webhookUrl,
		N8N_PAYLOAD_SIZE_MAX: '64',
	};
}
