// `npm run test:queue`: this package in n8n's queue mode. Starts Redis, PostgreSQL, n8n's main process, a webhook
// processor and workers, each with a user folder of its own, and a sandbox; shares work out, kills and stops workers
// in the middle of it, and counts what is in the account; installs the package in one process and updates it.
// Everything is on 127.0.0.1 and ended in the end.
//
//   --line 1|2   only on n8n 1.x or 2.x; both when left out
//   --only NAME  only some scenarios (may be repeated): load, triggers, files, pause, kills, stop, install
//
// What was seen is printed, and left as Markdown in artifacts/queue-1.md and artifacts/queue-2.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureProgram, postgres, redis } from './debian.mjs';
import { ensureHost } from './hosts.mjs';
import {
	ensureBuild,
	ensureDependencies,
	packPackage,
	projectFolder,
	requireNode,
	say,
} from './prepare.mjs';

requireNode();
const { values: wanted } = parseArgs({
	options: { line: { type: 'string' }, only: { type: 'string', multiple: true, default: [] } },
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** Tells whether everything was as it should be. */
async function main() {
	await ensureDependencies();
	await ensureProgram(redis);
	await ensureProgram(postgres);
	await ensureBuild();
	const tarball = await packPackage();
	const { tsImport } = await import('tsx/esm/api');
	const { testQueue } = await tsImport('./queue/index.ts', import.meta.url);
	const artifacts = join(projectFolder, 'artifacts');
	mkdirSync(artifacts, { recursive: true });
	let isFine = true;
	for (const line of wanted.line ? [wanted.line] : ['1', '2']) {
		const host = await ensureHost(line);
		const { failures, markdown } = await testQueue({ host, tarball, only: wanted.only, say });
		writeFileSync(join(artifacts, `queue-${line}.md`), markdown);
		console.log(`\n${markdown}`);
		for (const failure of failures) console.error(`✖ n8n ${host.version}: ${failure}`);
		isFine &&= failures.length === 0;
	}
	return isFine;
}

main().then(
	(isFine) => process.exit(isFine ? 0 : 1),
	(error) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
