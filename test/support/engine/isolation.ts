import type * as N8nWorkflow from 'n8n-workflow';

/** What the types of n8n 1 do not know: where n8n 2 evaluates expressions. */
interface ExpressionOfN8n2 {
	initExpressionEngine(options: {
		engine: 'vm' | 'quickjs';
		bridgeTimeout: number;
		bridgeMemoryLimit: number;
		poolSize: number;
		maxCodeCacheSize: number;
		lazyAcquire: boolean;
	}): Promise<void>;
	disposeExpressionEngine(): Promise<void>;
	setExpressionEngine(engine: 'legacy'): void;
	getActiveImplementation(): 'legacy' | 'vm' | 'quickjs';
}

/** n8n's own limits, in milliseconds and megabytes. */
const LIMITS = { bridgeTimeout: 5_000, bridgeMemoryLimit: 128, maxCodeCacheSize: 1_024 };

function isN8n2(expression: object): expression is ExpressionOfN8n2 {
	return 'initExpressionEngine' in expression;
}

/** V8's isolates, which n8n 2 takes by default, come as a binary for Node 24 and newer only. */
function canLoadIsolates(requireAsWorkflow: NodeJS.Require): boolean {
	try {
		requireAsWorkflow('isolated-vm');
		return true;
	} catch {
		return false;
	}
}

/**
 * Lets n8n 2 evaluate expressions apart from the node, as it does by default, so that all values pass
 * a border, or in the node's own realm, which is much faster. Apart means in V8's isolates, or in the
 * interpreter that n8n 2 offers in their place where this Node cannot load them. n8n 1 knows only
 * its own realm.
 */
export async function isolateExpressions(
	{ Expression }: typeof N8nWorkflow,
	requireAsWorkflow: NodeJS.Require,
	isolate: boolean,
): Promise<void> {
	if (!isN8n2(Expression)) return;
	const isIsolated = Expression.getActiveImplementation() !== 'legacy';
	if (isIsolated === isolate) return;
	if (isolate) {
		const engine = canLoadIsolates(requireAsWorkflow) ? 'vm' : 'quickjs';
		await Expression.initExpressionEngine({ engine, poolSize: 1, lazyAcquire: true, ...LIMITS });
	} else {
		await Expression.disposeExpressionEngine();
		Expression.setExpressionEngine('legacy');
	}
}
