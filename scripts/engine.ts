/** What runs the built nodes in n8n's engine against a sandbox, as the tests do. */
import { startSandbox, type Sandbox } from '../sandbox';
import { openEngine, type Engine } from '../test/support/engine/open';
import {
	installPackage,
	removeInstalledPackage,
	USER_FOLDER_VARIABLE,
} from '../test/support/installPackage';

/** The engine of n8n 1.x with the package, and a Maileon to talk to. */
export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	credentials: { apiKey: string; baseUrl: string };
}

/** Packs the package, opens the engine and starts a sandbox, does the work, and cleans up. */
export async function withEngine<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
	const userFolder = installPackage();
	process.env[USER_FOLDER_VARIABLE] = userFolder;
	const sandbox = await startSandbox({ quiet: true });
	try {
		const { apiKey, baseUrl } = sandbox;
		const engine = await openEngine(1);
		return await work({ engine, sandbox, credentials: { apiKey, baseUrl } });
	} finally {
		await sandbox.close();
		removeInstalledPackage(userFolder);
	}
}

/** Writes the end of a script: what it threw, as a person reads it. */
export function runScript(script: () => Promise<void>): void {
	script().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
}
