function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype === null) return true;
	return Object.getPrototypeOf(prototype) === null && 'hasOwnProperty' in (prototype as object);
}

function kindOf(value: object): string {
	return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function copyEntries(source: object, target: object, seen: Map<object, unknown>): void {
	for (const key of Object.keys(source)) {
		Object.defineProperty(target, key, {
			value: copy((source as Record<string, unknown>)[key], seen),
			enumerable: true,
			configurable: true,
			writable: true,
		});
	}
}

function copy(value: unknown, seen: Map<object, unknown>): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (seen.has(value)) return seen.get(value);
	const kind = kindOf(value);
	if (kind === 'Date') return new Date((value as Date).getTime());
	if (kind === 'Array') {
		const list: unknown[] = [];
		seen.set(value, list);
		for (const element of value as unknown[]) list.push(copy(element, seen));
		return list;
	}
	const isError = kind === 'Error';
	if (!isError && !isPlain(value)) return value;
	const target = {};
	seen.set(value, target);
	if (isError) {
		const { name, message, stack } = value as Error;
		Object.assign(target, { name, message, stack });
	}
	copyEntries(value, target, seen);
	return target;
}

/**
 * A deep copy made of the arrays, objects and dates of the JavaScript realm that this file is
 * loaded in. Jest runs tests in a realm of their own, so what crosses the border is copied on the
 * way: the node must see ordinary dates and arrays, as it does in n8n, and a strict comparison in a
 * test must not stumble over foreign ones. Errors become plain objects; other class instances stay.
 */
export function plainCopy<T>(value: T): T {
	return copy(value, new Map()) as T;
}
