import { Lanes } from '../../../nodes/Maileon/run/lanes';

/** Work that ends when it is told to. */
function openWork() {
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	const work = (name: string) => async () => {
		begun.push(name);
		await new Promise<void>((resolve) => ends.set(name, resolve));
	};
	const finish = async (name: string) => {
		ends.get(name)?.();
		await settled();
	};
	return { begun, work, finish };
}

/** Lets everything happen that waits for nothing from outside. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

test('as many pieces are under way as each of them bears', async () => {
	const lanes = new Lanes();
	const { begun, work, finish } = openWork();
	const starting = (async () => {
		await lanes.start({ limit: 3, keys: [] }, work('a'));
		await lanes.start({ limit: 3, keys: [] }, work('b'));
		await lanes.start({ limit: 1, keys: [] }, work('alone'));
		await lanes.start({ limit: 3, keys: [] }, work('c'));
	})();
	await settled();
	expect(begun).toEqual(['a', 'b']);
	await finish('a');
	expect(begun).toEqual(['a', 'b']);
	await finish('b');
	expect(begun).toEqual(['a', 'b', 'alone']);
	await finish('alone');
	expect(begun).toEqual(['a', 'b', 'alone', 'c']);
	await finish('c');
	await starting;
	await lanes.end();
});

test('pieces that share a key are done in their order, all others side by side', async () => {
	const lanes = new Lanes();
	const { begun, work, finish } = openWork();
	await lanes.start({ limit: 9, keys: ['ada', 'crm-1'] }, work('first'));
	await lanes.start({ limit: 9, keys: ['bob'] }, work('other'));
	await lanes.start({ limit: 9, keys: ['crm-1'] }, work('second'));
	await lanes.start({ limit: 9, keys: ['ada', 'crm-1'] }, work('third'));
	await settled();
	expect(begun).toEqual(['first', 'other']);
	await finish('other');
	await finish('first');
	expect(begun).toEqual(['first', 'other', 'second']);
	await finish('second');
	expect(begun).toEqual(['first', 'other', 'second', 'third']);
	await finish('third');
	await lanes.end();
});

test('the end is waited for, and tells of a piece that broke', async () => {
	const lanes = new Lanes();
	const { begun, work, finish } = openWork();
	await lanes.start({ limit: 2, keys: ['ada'] }, async () => {
		throw await Promise.resolve(new Error('It broke'));
	});
	await lanes.start({ limit: 2, keys: ['ada'] }, work('next'));
	let isOver = false;
	const end = lanes.end().finally(() => {
		isOver = true;
	});
	end.catch(() => undefined);
	await settled();
	expect(begun).toEqual(['next']);
	expect(isOver).toBe(false);
	await finish('next');
	await expect(end).rejects.toThrow('It broke');
});
