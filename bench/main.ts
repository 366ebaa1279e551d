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
- Memory is the highest resident memory of a whole process, each with n8n's engine and 200,000 items in it.

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
