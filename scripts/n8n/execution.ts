/** What n8n's REST interface tells about a run of a workflow. */

export interface OutputItem {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

export interface NodeRun {
	executionStatus?: string;
	error?: { message: string; description?: string | null };
	data?: { main?: Array<OutputItem[] | null> };
	hints?: Array<{ message: string }>;
}

export interface Execution {
	id: string;
	status: string;
	/** What each node did, by its name, one entry for each time it ran. */
	runs: Record<string, NodeRun[]>;
	error?: { message: string; description?: string | null };
}

/** The items that a node put out on one of its outputs, of its last run. */
export function itemsOf(execution: Execution, node: string, output = 0): OutputItem[] {
	return execution.runs[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/**
 * Reads n8n's run data, a list of values in which every string within a list or an object is the position
 * of another value of the list.
 */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();
	const resolve = (reference: unknown): unknown =>
		typeof reference === 'string' ? build(Number(reference)) : reference;
	const build = (position: number): unknown => {
		if (built.has(position)) return built.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) {
			const list: unknown[] = [];
			built.set(position, list);
			list.push(...value.map(resolve));
			return list;
		}
		const object: Record<string, unknown> = {};
		built.set(position, object);
		for (const [key, reference] of Object.entries(value)) {
			Object.defineProperty(object, key, {
				value: resolve(reference),
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
		return object;
	};
	return build(0);
}
