/**
 * All text that a value holds: keys and values of objects, hidden ones too, messages, stacks and
 * causes of errors, maps, sets and buffers. For tests that look for what must not be there.
 */
export function everythingIn(value: unknown): string {
	const found: string[] = [];
	const seen = new Set<object>();
	const open: unknown[] = [value];
	while (open.length > 0) {
		const next = open.pop();
		if (typeof next === 'string') found.push(next);
		else if (typeof next === 'number' || typeof next === 'bigint') found.push(String(next));
		if (typeof next !== 'object' || next === null || seen.has(next)) continue;
		seen.add(next);
		if (ArrayBuffer.isView(next)) found.push(Buffer.from(next.buffer).toString('latin1'));
		else if (isOf(next, 'Map')) open.push(...[...(next as Map<unknown, unknown>)].flat());
		else if (isOf(next, 'Set')) open.push(...(next as Set<unknown>));
		else open.push(...partsOf(next));
	}
	return found.join('\n');
}

/** Also for objects of another realm, whose classes are others. */
function isOf(object: object, kind: 'Map' | 'Set'): boolean {
	return Object.prototype.toString.call(object) === `[object ${kind}]`;
}

function partsOf(object: object): unknown[] {
	return Reflect.ownKeys(object).flatMap((key) => {
		const descriptor = Object.getOwnPropertyDescriptor(object, key);
		return [String(key), descriptor && 'value' in descriptor ? descriptor.value : undefined];
	});
}
