/**
 * One run in a process of its own: `growth.ts synchronize|create|noOp <contacts> <base URL>`. Prints the
 * milliseconds inside the node, the peak resident memory in MB and the number of items that came out as
 * JSON.
 */
import type { IDataObject } from 'n8n-workflow';

import { itemsOf, MAPPED_AUTOMATICALLY, WARM_UP } from './contacts';
import { openBench } from './engine';

async function main(): Promise<void> {
	const [kind, count, baseUrl = ''] = process.argv.slice(2);
	const bench = await openBench();
	const parametersOf: Record<string, IDataObject> = {
		synchronize: { operation: 'synchronize' },
		create: {
			operation: 'createByExternalId',
			externalId: '={{ $json.email }}',
			email: '={{ $json.email }}',
		},
	};
	const parameters = parametersOf[kind ?? ''];
	const node = parameters
		? {
				type: bench.maileon,
				parameters: { resource: 'contact', contactFields: MAPPED_AUTOMATICALLY, ...parameters },
			}
		: { type: 'n8n-nodes-base.noOp' };
	// Warms up the code, as in an n8n that has run for a while.
	for (let run = 0; run < WARM_UP.runs; run++)
		await bench.run(node, () => itemsOf(WARM_UP.contacts), baseUrl);
	const { milliseconds, output } = await bench.run(node, () => itemsOf(Number(count)), baseUrl);
	const peak = process.resourceUsage().maxRSS / 1024;
	process.stdout.write(`${JSON.stringify({ milliseconds, peak, items: output.length })}\n`, () =>
		process.exit(),
	);
}

void main();
