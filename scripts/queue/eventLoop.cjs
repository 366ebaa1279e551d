// Loaded into a worker by NODE_OPTIONS: notes every quarter of a second how long its event loop stood still at most.
'use strict';

const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const file = process.env.EVENT_LOOP_FILE;
if (file) {
	const delay = monitorEventLoopDelay({ resolution: 10 });
	delay.enable();
	setInterval(() => {
		appendFileSync(file, `${Date.now()} ${Math.round(delay.max / 1e6)}\n`);
		delay.reset();
	}, 250).unref();
}
