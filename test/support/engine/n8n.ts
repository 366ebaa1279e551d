import { AsyncLocalStorage } from 'node:async_hooks';
import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import type * as N8nCore from 'n8n-core';
import type { INodeType } from 'n8n-workflow';
import type * as N8nWorkflow from 'n8n-workflow';
import { installedPackageFolder, USER_FOLDER_VARIABLE } from '../installPackage';
import { isolateExpressions } from './isolation';

/** The folder whose node_modules holds the n8n-core to test with; the repository's own by default. */
const CORE_FROM_VARIABLE = 'N8N_CORE_FROM';
const ROOT = path.resolve(__dirname, '../../..');

/** A line of n8n, by its major version. */
export type Line = 1 | 2;

/** The name under which the n8n-core of a line is installed. */
const CORE_OF: Record<Line, string> = { 1: 'n8n-core', 2: 'n8n-core-2' };

/** One line that the node or the engine wrote to n8n's log. */
export interface LogLine {
	level: 'debug' | 'info' | 'warn' | 'error';
	message: string;
	metadata?: unknown;
}

/** What the harness needs of an n8n that was loaded into this process. */
export interface N8n {
	core: typeof N8nCore;
	workflow: typeof N8nWorkflow;
	/** n8n's dependency container. */
	get<T>(token: new (...parameters: never[]) => T): T;
	/** Our package, loaded from its installed folder by n8n's own loader. */
	loader: N8nCore.PackageDirectoryLoader;
	/** Whether expressions are evaluated apart from the node; n8n 2.x only. */
	isolateExpressions(isolate: boolean): Promise<void>;
	/** Runs a function and collects what is logged while it and all that it started runs. */
	collectLogs<T>(run: () => Promise<T>): Promise<{ result: T; logs: LogLine[] }>;
}

interface DependencyContainer {
	Container: {
		get<T>(token: new (...parameters: never[]) => T): T;
		set(token: unknown, instance: unknown): void;
	};
}

function installedUserFolder(): string {
	const userFolder = process.env[USER_FOLDER_VARIABLE];
	if (!userFolder) throw new Error('The package was not installed: is globalSetup configured?');
	return userFolder;
}

/**
 * n8n puts its own modules on NODE_PATH so that community packages find n8n-workflow. Here the
 * package finds that one module and nothing else: a library that was not bundled is missed.
 */
function provideToCommunityPackages(workflowFolder: string, instanceFolder: string): void {
	const provided = path.join(instanceFolder, 'provided-by-n8n');
	mkdirSync(provided, { recursive: true });
	symlinkSync(workflowFolder, path.join(provided, 'n8n-workflow'), 'dir');
	process.env.NODE_PATH = provided;
	(Module as unknown as { _initPaths(): void })._initPaths();
}

function collectingLogger(store: AsyncLocalStorage<LogLine[]>) {
	const write = (level: LogLine['level']) => (message: string, metadata?: unknown) => {
		store.getStore()?.push({ level, message, ...(metadata === undefined ? {} : { metadata }) });
	};
	const logger = {
		debug: write('debug'),
		info: write('info'),
		warn: write('warn'),
		error: write('error'),
		scoped: () => logger,
	};
	return logger;
}

/** The folder of the module `name` as `require` resolves it. */
function moduleFolder(require: NodeJS.Require, name: string): string {
	const entry = realpathSync(require.resolve(name));
	const marker = `${path.sep}${path.join(...name.split('/'))}${path.sep}`;
	return entry.slice(0, entry.lastIndexOf(marker) + marker.length - 1);
}

/** Ends the timer of n8n's SSH clients, which nobody uses here and which would hold the process. */
function endSshClients(
	requireAsCore: NodeJS.Require,
	container: DependencyContainer['Container'],
): void {
	const { SSHClientsManager } = requireAsCore('./execution-engine/ssh-clients-manager') as {
		SSHClientsManager: new () => { onShutdown(): void };
	};
	container.get(SSHClientsManager).onShutdown();
}

/**
 * Lays the package out for one n8n of this process. Node keeps what a file has loaded, so that two
 * lines which shared a folder would also share the n8n-workflow of the first.
 */
function installForInstance(userFolder: string, instanceFolder: string): string {
	const folder = installedPackageFolder(instanceFolder);
	cpSync(installedPackageFolder(userFolder), folder, { recursive: true });
	return folder;
}

async function load(line: Line): Promise<N8n> {
	const userFolder = installedUserFolder();
	const instanceFolder = path.join(userFolder, `instance-${process.pid}-${line}`);
	const packageFolder = installForInstance(userFolder, instanceFolder);
	process.env.N8N_USER_FOLDER = instanceFolder;
	process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
	process.env.N8N_LOG_LEVEL = 'silent';

	const from = process.env[CORE_FROM_VARIABLE] ?? ROOT;
	const requireFrom = createRequire(path.join(path.resolve(from), 'package.json'));
	const requireAsCore = createRequire(requireFrom.resolve(CORE_OF[line]));
	const workflowFolder = moduleFolder(requireAsCore, 'n8n-workflow');
	provideToCommunityPackages(workflowFolder, instanceFolder);

	// n8n leaves out its isolated class loading when it sees a test run; we want the real thing.
	const environment = process.env.NODE_ENV;
	process.env.NODE_ENV = 'production';
	requireAsCore('reflect-metadata');
	const { Logger } = requireAsCore('@n8n/backend-common') as { Logger: unknown };
	const { Container } = requireAsCore('@n8n/di') as DependencyContainer;
	const core = requireFrom(CORE_OF[line]) as typeof N8nCore;
	const workflow = requireAsCore('n8n-workflow') as typeof N8nWorkflow;
	process.env.NODE_ENV = environment;

	const requireAsWorkflow = createRequire(path.join(workflowFolder, 'package.json'));

	const store = new AsyncLocalStorage<LogLine[]>();
	const logger = collectingLogger(store);
	Container.set(Logger, logger);
	workflow.LoggerProxy.init(logger);
	endSshClients(requireAsCore, Container);

	const loader = new core.PackageDirectoryLoader(packageFolder);
	await loader.loadAll();

	return {
		core,
		workflow,
		loader,
		get: (token) => Container.get(token),
		isolateExpressions: async (isolate) =>
			await isolateExpressions(workflow, requireAsWorkflow, isolate),
		async collectLogs(run) {
			const logs: LogLine[] = [];
			const result = await store.run(logs, run);
			return { result, logs };
		},
	};
}

const loaded = new Map<Line, Promise<N8n>>();

/** Loads n8n-core and n8n-workflow of a line and the installed package; once in each process. */
export async function loadN8n(line: Line = 1): Promise<N8n> {
	const n8n = loaded.get(line) ?? load(line);
	loaded.set(line, n8n);
	return await n8n;
}

/** The name a node of our package has in a workflow. */
export function fullTypeName(n8n: N8n, name: string): string {
	return name.includes('.') ? name : `${n8n.loader.packageName}.${name}`;
}

/** The class of one of our nodes. */
export function nodeTypeOf(n8n: N8n, fullName: string, version?: number): INodeType {
	const name = fullName.slice(n8n.loader.packageName.length + 1);
	return n8n.workflow.NodeHelpers.getVersionedNodeType(n8n.loader.getNode(name).type, version);
}
