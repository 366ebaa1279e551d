/**
 * `npm run schemas`: writes the schema of what each operation gives, from what the built node gave to a
 * call that works. n8n shows it before the node ran, and gives it to its AI.
 */
import { mkdirSync, readFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { nodeOf } from '../../test/support/operations';
import { prepareAccount } from '../../test/support/preparedAccount';
import { WORKING_CALLS, type WorkingCall } from '../../test/support/workingCalls';
import { runScript, withEngine, type Bench } from '../engine';
import { schemaFile, SCHEMAS } from './folder';
import { schemaOf, type OutputSchema } from './schema';

const NODES = path.resolve(__dirname, '../../nodes/Maileon');

async function outputOf(
	{ engine, sandbox, credentials }: Bench,
	{ operation: name, parameters, items }: WorkingCall,
): Promise<unknown[]> {
	await prepareAccount(sandbox);
	const [resource = '', operation] = name.split('.');
	const run = await engine
		.runNode({
			node: { type: nodeOf(resource), parameters: { resource, operation, ...parameters } },
			items,
			credentials,
		})
		.catch((error: Error) => ({ main: [], error }));
	if (run.error) throw new Error(`${name}: ${run.error.message}`);
	return run.main.map(({ json }) => json);
}

async function write(name: string, schema: OutputSchema): Promise<string> {
	const file = path.join(NODES, schemaFile(name));
	const options = await resolveConfig(file);
	const text = await format(JSON.stringify(schema), { ...options, filepath: file });
	if (existsSync(file) && readFileSync(file, 'utf8') === text) return file;
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
	console.log(`${path.relative(NODES, file)} was written`);
	return file;
}

/** Removes the schemas of operations that are no more. */
function removeOthers(written: ReadonlySet<string>): void {
	for (const entry of readdirSync(path.join(NODES, SCHEMAS), { recursive: true })) {
		const file = path.join(NODES, SCHEMAS, String(entry));
		if (file.endsWith('.json') && !written.has(file)) rmSync(file);
	}
}

runScript(
	async () =>
		await withEngine(async (bench) => {
			const written = new Set<string>();
			for (const call of WORKING_CALLS) {
				if (call.variant !== undefined) continue;
				written.add(await write(call.operation, schemaOf(await outputOf(bench, call))));
			}
			removeOthers(written);
			console.log(`The schemas of ${written.size} operations are up to date`);
		}),
);
