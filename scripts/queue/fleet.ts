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

export interface Worker {
	name: string;
	/** The IDs of the executions that it began. */
	began: Set<string>;
	vitals(): Vitals[];
	stop(): Promise<void>;
	/** Ends as by a power cut (`kill -9`). */
	die(): Promise<void>;
}

export interface FleetOptions {
	host: Host;
	tarball: string;
	services: Services;
	/** An empty folder for the user folders of all processes. */
	folder: string;
}

/** n8n in queue mode: a main process, webhook processors and workers, each with its own user folder. */
export class Fleet {
	readonly workers: Worker[] = [];
	/** The name of its database, and of its queue. */
	readonly name: string;
	private readonly running: RunningN8n[] = [];
	private processes = 0;
	private signedIn?: N8nClient;

	private constructor(
		private readonly options: FleetOptions,
		private readonly shared: Settings,
		private readonly webhookPort: number,
	) {
		this.name = shared.DB_POSTGRESDB_DATABASE ?? '';
	}

	/** Starts the main process and one webhook processor; workers are added. */
	static async start(options: FleetOptions): Promise<Fleet> {
		const { services, host } = options;
		const name = `n8n_${host.version.replaceAll('.', '_')}`;
		await services.createDatabase(name);
		const webhookPort = await freePort();
		const fleet = new Fleet(options, settingsOfAll(services, name, webhookPort), webhookPort);
		try {
			await fleet.startMain();
			await fleet.startProcess('webhook', {}, { port: webhookPort });
		} catch (error) {
			await fleet.stop();
			throw error;
		}
		return fleet;
	}

	/** Signed in at the main process. */
	get client(): N8nClient {
		if (!this.signedIn) throw new Error('The main process has not started.');
		return this.signedIn;
	}

	/** Where the webhook processor takes calls. */
	get webhookUrl(): string {
		return `http://127.0.0.1:${this.webhookPort}`;
	}

	async startWorker(settings: Settings = {}): Promise<Worker> {
		const began = new Set<string>();
		const name = `worker ${this.processes + 1}`;
		const vitalsFile = join(this.options.folder, `${name}.vitals`);
		const n8n = await this.startProcess(
			'worker',
			{
				N8N_CONCURRENCY_PRODUCTION_LIMIT: String(CONCURRENCY),
				...vitalsInto(vitalsFile),
				...settings,
			},
			{
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
			name,
			began,
			vitals: () => readVitals(vitalsFile),
			stop: async () => {
				remove();
				await n8n.stop();
			},
			die: async () => {
				remove();
				await n8n.die();
			},
		};
		this.workers.push(worker);
		return worker;
	}

	/** A further webhook processor; gives its address. */
	async startWebhookProcessor(settings: Settings): Promise<string> {
		return (await this.startProcess('webhook', settings)).url;
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
		return await this.options.services.jobs(this.name);
	}

	/** How many files n8n keeps in its database; undefined on a line that keeps none there. */
	async filesInDatabase(): Promise<number | undefined> {
		const [table] = await this.query("select to_regclass('binary_data')");
		if (!table) return undefined;
		return Number((await this.query('select count(*) from binary_data'))[0]?.[0]);
	}

	private async query(sql: string): Promise<string[][]> {
		return await this.options.services.query(this.name, sql);
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
		const main = await this.startProcess('start', {
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		});
		this.signedIn = await N8nClient.signIn(main.url, LOGIN);
	}

	private async startProcess(
		part: N8nPart,
		settings: Settings,
		more: { port?: number; onOutput?: (line: string) => void } = {},
	): Promise<RunningN8n> {
		const { host, tarball, folder } = this.options;
		this.processes += 1;
		const userFolder = join(folder, `${part} ${this.processes}`);
		mkdirSync(userFolder);
		const n8n = await startN8n({
			host,
			userFolder,
			tarballs: [tarball],
			part,
			settings: { ...this.shared, ...settings },
			...more,
		});
		this.running.push(n8n);
		return n8n;
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
