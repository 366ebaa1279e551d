// `npm run test:soak`: a real n8n takes webhook calls for minutes, genuine, repeated and forged ones, while it
// synchronizes 100,000 contacts with the sandbox again and again. Every genuine call must start one execution and no
// forged one any, each be answered while Maileon waits, every contact be in the account once, and the memory
// be flat.
//
//   --line 1|2   only on n8n 1.x or 2.x; both when left out, one after the other
//   --minutes N  how long calls are made, 10 when left out; memory is judged from 5 on
//   --rate N     how many calls a second, 50 when left out; the first half minute rises to it
//   --latency N  how many milliseconds Maileon takes for 1,000 contacts, 500 when left out
//   --seed N     of the mix of calls; another one each time when left out
//   --set NAME=VALUE  a further environment variable of n8n (may be repeated)
//   --alone      nothing is synchronized meanwhile
//   --witness    n8n's own Webhook node takes the calls, none of them forged: what n8n itself can do
//
// The figures are printed, and left as Markdown in artifacts/soak-1.md and artifacts/soak-2.md.

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runScript, tryOnLines } from './lines.mjs';
import { ensureDependencies, requireNode } from './prepare.mjs';

requireNode();
const { values: wanted } = parseArgs({
	options: {
		line: { type: 'string' },
		minutes: { type: 'string', default: '10' },
		rate: { type: 'string', default: '50' },
		set: { type: 'string', multiple: true, default: [] },
		alone: { type: 'boolean', default: false },
		witness: { type: 'boolean', default: false },
		latency: { type: 'string', default: '500' },
		seed: { type: 'string', default: String(randomInt(1_000_000)) },
	},
});

/** The number that an option is set to. */
function numberOf(name) {
	const number = Number(wanted[name]);
	if (number >= 0) return number;
	throw new Error(`--${name} must be a number but was ${wanted[name]}.`);
}

runScript(async () => {
	const [minutes, callsPerSecond, latency, seed] = ['minutes', 'rate', 'latency', 'seed'].map(
		numberOf,
	);
	const plan = {
		minutes,
		callsPerSecond,
		latency,
		seed,
		isWitness: wanted.witness,
		isAlone: wanted.alone,
		settings: Object.fromEntries(wanted.set.map((setting) => setting.split(/=(.*)/s))),
	};
	await ensureDependencies();
	const { tsImport } = await import('tsx/esm/api');
	const { testSoak } = await tsImport('./soak/index.ts', import.meta.url);
	return await tryOnLines('soak', wanted.line, (subject) => testSoak({ ...subject, ...plan }));
});
