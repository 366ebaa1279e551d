// Loaded into n8n by NODE_OPTIONS: notes every quarter of a second how long its event loop stood still at most, how
// many bytes of memory it holds, all in all and in V8's heap, and how much of the processor it has had.
'use strict';

const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

// Threads load this too, and processes that n8n starts; their vitals are not those of n8n.
const file = isMainThread ? process.env.VITALS_FILE : undefined;
if (file) {
	delete process.env.VITALS_FILE;
	const delay = monitorEventLoopDelay({ resolution: 10 });
	delay.enable();
	setInterval(() => {
		const { rss, heapUsed } = process.memoryUsage();
		const { user, system } = process.cpuUsage();
		const pause = Math.round(delay.max / 1e6);
		const processor = Math.round((user + system) / 1e3);
		appendFileSync(file, `${Date.now()} ${pause} ${rss} ${heapUsed} ${processor}\n`);
		delay.reset();
	}, 250).unref();
}
