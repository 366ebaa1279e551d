/** Measures and prints the table of ratios. Started by `run.mjs`, which prepares what it needs. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { openBench } from './engine';
import { creates, growth, sizeAndStart } from './processes';
import { scenarios, type Row } from './scenarios';
import { startSink } from './sinkProcess';

function table(rows: readonly Row[]): string {
	const lines = rows.map(
		({ name, measured, goal, met }) =>
			`| ${name} | ${measured} | ${goal} | ${goal === 'none' ? '' : met ? 'yes' : 'no'} |`,
	);
	return ['| What | Measured | Goal | Met |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function machine(): string {
	const [cpu] = cpus();
	const memory = Math.round(totalmem() / 2 ** 30);
	return (
		`${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} GB of memory, ` +
		`${process.platform}, Node ${process.versions.node}, ` +
		`load average at the end ${loadavg()[0]?.toFixed(1)}`
	);
}

function document(rows: readonly Row[], pairs: number): string {
	return `# Measured

Made by \`npm run bench -- --save\`. Ratios are medians of ${pairs} paired runs, taken one right after the other in turning order; read the ratios, since absolute times depend on the machine.

${table(rows)}

- The raw limit is the faster of two loops in the same engine, one that concatenates the XML as text and one that writes it as UTF-8 into a buffer. Both post the same bytes as the node with the same HTTP client, one request after the other, without reading, checking or escaping anything. The bytes are compared before measuring. Posting alone is a third loop that finds the bytes in memory. The range is that of the rounds.
- The server is a process of its own and answers each request at once with the same report.
- Creating 200,000 contacts one by one, and 100,000 at a latency, are single runs, since each takes minutes.
- Get Many of 100,000 contacts with ten fields, three pages at a time, took 3.9 to 5.0 s when it was compared once with the reader before (fast-xml-parser and its validator): 14.3 to 15.1 s.
- Memory is the highest resident memory of a whole process, each with n8n's engine and 200,000 items in it.

## Why goals are missed

- **Against the raw limit**: the loop writes what it finds. The node looks at all items before it sends the first, so that a bad one stops the run before anything is changed; looks in each value for characters that XML cannot hold, and converts it to the type of its field; keeps contacts with the same identifier apart; and remembers which item each contact came from. By the profiler, a fifth of its time is what the loop does too, writing UTF-8 into a buffer; each of those four takes about a tenth, and the rest is posting and reports. None of them can go.
- **Memory**: what is alive beside the items and the output is about 10 MB at any time. The rest is garbage that V8 leaves for its next full collection. n8n's own HTTP helper adds to it: where it is to hand out error answers, it keeps each body that was sent until then, up to the 64 MB that V8 allows. A loop that sends the same bodies with the same option does the same; without it, the bodies go at once.
- **Creates twenty at a time**: each takes the processor 1.5 to 2 ms, of which n8n needs a fifth for one expression and most of the rest for the request. One process cannot start a thousand of them in a second, which 18 times one at a time would be.
- **Reading against the parser alone**: the parser drops each page when it is done. The node keeps 100,000 rows, which V8 copies twice on their way to the old generation. On the machine of this table a page of clicks takes the processor longer than a third of the 50 ms that it waits for it, so three pages at a time are bound by the processor.
- **Tarball**: the limit is from the time of one node; there are five now, and ${'`__schema__`'} with what 82 operations give.

Machine: ${machine()}.
`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			save: { type: 'boolean', default: false },
			only: { type: 'string', default: '' },
			pairs: { type: 'string', default: '9' },
		},
	});
	const pairs = Math.max(7, Number(values.pairs));
	const bench = await openBench();
	const sink = await startSink();
	const slowSink = await startSink(50);
	const rows: Row[] = [];
	const add = (more: Row | Row[]) => {
		for (const row of [more].flat()) {
			rows.push(row);
			console.log(`${row.met ? '✔' : '✖'} ${row.name}: ${row.measured}, goal ${row.goal}`);
		}
	};
	const isWanted = (name: string) => name.includes(values.only);
	for (const [name, scenario] of Object.entries(scenarios))
		if (isWanted(name)) add(await scenario({ bench, sink, slowSink, pairs }));
	if (isWanted('growth')) add(await growth(sink.baseUrl, pairs));
	if (isWanted('creates')) add(await creates(sink));
	if (isWanted('size')) add(sizeAndStart(pairs));
	sink.stop();
	slowSink.stop();
	console.log(`\n${table(rows)}\n\n${machine()}`);
	if (values.save) writeFileSync(path.join(__dirname, 'RESULTS.md'), document(rows, pairs));
	process.exit();
}

void main();
