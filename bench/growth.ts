/**
 * One run in a process of its own: `growth.ts maileon|noOp <contacts> <base URL>`. Prints the
 * milliseconds inside the node and the peak resident memory in MB as JSON.
 */
import { itemsOf, MAPPED_AUTOMATICALLY } from './contacts';
import { openBench } from './engine';

async function main(): Promise<void> {
	const [kind, count, baseUrl = ''] = process.argv.slice(2);
	const bench = await openBench();
	const node =
		kind === 'noOp'
			? { type: 'n8n-nodes-base.noOp' }
			: {
					type: bench.maileon,
					parameters: {
						resource: 'contact',
						operation: 'synchronize',
						contactFields: MAPPED_AUTOMATICALLY,
					},
				};
	// Warms up the code, as in an n8n that has run for a while.
	for (let run = 0; run < 3; run++) await bench.run(node, () => itemsOf(2_000), baseUrl);
	const { milliseconds } = await bench.run(node, () => itemsOf(Number(count)), baseUrl);
	const peak = process.resourceUsage().maxRSS / 1024;
	process.stdout.write(`${JSON.stringify({ milliseconds, peak })}\n`, () => process.exit());
}

void main();
