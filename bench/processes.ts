import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { WARM_UP } from './contacts';
import { median } from './measure';
import type { Row } from './scenarios';
import type { Sink } from './sinkProcess';

const ROOT = path.resolve(__dirname, '..');
const call = promisify(execFile);

interface GrowthRun {
	milliseconds: number;
	peak: number;
	items: number;
}

async function growthRun(
	kind: 'synchronize' | 'create' | 'noOp',
	count: number,
	baseUrl: string,
): Promise<GrowthRun> {
	const file = path.join(__dirname, 'growth.ts');
	const { stdout } = await call(
		process.execPath,
		['--import', 'tsx', file, kind, String(count), baseUrl],
		{ cwd: ROOT },
	);
	return JSON.parse(stdout.trim().split('\n').pop() ?? '') as GrowthRun;
}

/** How time and memory grow with the number of contacts; each run is a process of its own. */
export async function growth(baseUrl: string, pairs: number): Promise<Row[]> {
	const sizes = [1_000, 10_000, 100_000, 200_000];
	const perContact: Record<number, number[]> = {};
	const ratios: number[] = [];
	const memory: number[] = [];
	for (let pair = 0; pair < pairs; pair++) {
		let last: GrowthRun = { milliseconds: 0, peak: 0, items: 0 };
		for (const size of sizes) {
			last = await growthRun('synchronize', size, baseUrl);
			(perContact[size] ??= []).push((last.milliseconds * 1000) / size);
		}
		const noOp = await growthRun('noOp', 200_000, baseUrl);
		memory.push(last.peak - noOp.peak);
		ratios.push((perContact[200_000]?.[pair] ?? 0) / (perContact[10_000]?.[pair] ?? 1));
	}
	const each = sizes.map(
		(size) => `${size.toLocaleString('en')}: ${median(perContact[size] ?? []).toFixed(1)} µs`,
	);
	const ratio = median(ratios);
	const extra = median(memory);
	return [
		{
			name: 'Time a contact at 200,000 contacts, against 10,000',
			measured: `${ratio.toFixed(2)} × (${each.join(', ')})`,
			goal: 'at most 1.2 ×',
			met: ratio <= 1.2,
		},
		{
			name: 'Peak memory at 200,000 contacts above No Operation',
			measured: `${extra.toFixed(0)} MB`,
			goal: 'at most 80 MB',
			met: extra <= 80,
		},
	];
}

/** A long list through an operation that makes one request of each item; a single run, since it takes minutes. */
export async function creates(sink: Sink): Promise<Row> {
	const count = 200_000;
	const noOp = await growthRun('noOp', count, sink.baseUrl);
	const before = await sink.received();
	const create = await growthRun('create', count, sink.baseUrl);
	const sent = (await sink.received()) - before - WARM_UP.runs * WARM_UP.contacts;
	const perItem = (create.milliseconds / count).toFixed(2);
	return {
		name: '200,000 items through Create by External ID',
		measured: `${sent.toLocaleString('en')} requests, ${create.items.toLocaleString('en')} items out, ${(create.peak - noOp.peak).toFixed(0)} MB above No Operation (${create.peak.toFixed(0)} MB in all), ${perItem} ms an item`,
		goal: 'each item sent once',
		met: sent === count && create.items === count,
	};
}

/** The size of the packed package, and how long loading its nodes takes in a fresh process. */
export function sizeAndStart(pairs: number): Row[] {
	const folder = mkdtempSync(path.join(tmpdir(), 'maileon-bench-'));
	const arguments_ = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
	const shell = process.platform === 'win32';
	const name = execFileSync('npm', arguments_, { cwd: ROOT, encoding: 'utf8', shell }).trim();
	const kilobytes = statSync(path.join(folder, name.split('\n').pop() ?? '')).size / 1000;
	rmSync(folder, { recursive: true });
	const { n8n } = JSON.parse(
		execFileSync(process.execPath, ['-p', 'JSON.stringify(require("./package.json"))'], {
			cwd: ROOT,
			encoding: 'utf8',
		}),
	) as { n8n: { nodes: string[] } };
	const files = n8n.nodes.map((file) => `require("./${file}");`).join('');
	// n8n itself has loaded n8n-workflow long before it loads a community node.
	const code = `require("n8n-workflow");const s=performance.now();${files}console.log(performance.now()-s)`;
	const times = Array.from({ length: pairs }, () =>
		Number(execFileSync(process.execPath, ['-e', code], { cwd: ROOT, encoding: 'utf8' })),
	);
	return [
		{
			name: 'Packed tarball',
			measured: `${kilobytes.toFixed(0)} kB`,
			goal: 'at most 150 kB',
			met: kilobytes <= 150,
		},
		{
			name: `Loading the ${n8n.nodes.length === 1 ? 'node' : 'nodes'}`,
			measured: `${median(times).toFixed(0)} ms`,
			goal: 'none',
			met: true,
		},
	];
}
