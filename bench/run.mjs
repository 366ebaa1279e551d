// `npm run bench`: installs what is missing, builds, and measures.
//
//   --save   writes the table to bench/RESULTS.md
//   --only   runs the rows whose name contains this text
//   --pairs  how many paired runs the medians are taken of; 9 when left out, 7 at least

import { join } from 'node:path';
import { ensureHost } from '../scripts/hosts.mjs';
import {
	ensureBuild,
	ensureDependencies,
	projectFolder,
	requireNode,
	run,
} from '../scripts/prepare.mjs';

requireNode();
await ensureDependencies();
await ensureBuild();
const { folder } = await ensureHost('1');
await run(
	process.execPath,
	['--import', 'tsx', join('bench', 'main.ts'), ...process.argv.slice(2)],
	// The engine, n8n's own nodes and the package under test all come from this one n8n.
	{ env: { N8N_CORE_FROM: folder }, show: true },
);
