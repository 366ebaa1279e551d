import { parseArgs } from 'node:util';

import { startSandbox } from './index';

/** `npm run sandbox -- --port 8025 --key my-key`: a sandbox that stays up. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { port: { type: 'string' }, key: { type: 'string' }, quiet: { type: 'boolean' } },
	});
	const port = Number(values.port ?? 0);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		throw new Error(`--port must be 0 to 65535 but was ${values.port}`);
	}
	const sandbox = await startSandbox({ port, apiKey: values.key, quiet: values.quiet ?? false });
	console.log(`Maileon sandbox  ${sandbox.url}`);
	console.log(`Base URL         ${sandbox.baseUrl}`);
	console.log(`API key          ${sandbox.apiKey}`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
