// `npm run test:queue`: this package in n8n's queue mode. Starts Redis, PostgreSQL, n8n's main process, a webhook
// processor and workers, each with a user folder of its own, and a sandbox; shares work out, kills and stops workers
// in the middle of it, and counts what is in the account; installs the package in one process and updates it.
// Everything is on 127.0.0.1 and ended in the end.
//
//   --line 1|2   only on n8n 1.x or 2.x; both when left out
//   --only NAME  only some scenarios (may be repeated): load, triggers, files, pause, kills, stop, install
//
// What was seen is printed, and left as Markdown in artifacts/queue-1.md and artifacts/queue-2.md.

import { parseArgs } from 'node:util';
import { ensureProgram, postgres, redis } from './debian.mjs';
import { runScript, tryOnLines } from './lines.mjs';
import { ensureDependencies, requireNode } from './prepare.mjs';

requireNode();
const { values: wanted } = parseArgs({
	options: { line: { type: 'string' }, only: { type: 'string', multiple: true, default: [] } },
});

runScript(async () => {
	await ensureDependencies();
	await ensureProgram(redis);
	await ensureProgram(postgres);
	const { tsImport } = await import('tsx/esm/api');
	const { testQueue } = await tsImport('./queue/index.ts', import.meta.url);
	return await tryOnLines('queue', wanted.line, (subject) =>
		testQueue({ ...subject, only: wanted.only }),
	);
});
