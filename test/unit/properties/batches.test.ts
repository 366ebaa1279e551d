import fc from 'fast-check';

import {
	cutIntoBatches,
	type BatchLimits,
	type Entry,
} from '../../../nodes/Maileon/maileon/batches';
import { check } from '../../support/propertySettings';

type Numbered = Entry<number>;

const entries: fc.Arbitrary<Numbered[]> = fc
	.array(
		fc.record({
			keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'), { maxLength: 3 }),
			group: fc.constantFrom('one', 'two'),
			bytes: fc.integer({ min: 0, max: 120 }),
		}),
		{ maxLength: 40 },
	)
	.map((list) => list.map((entry, payload) => ({ ...entry, payload })));
const limits = fc.record({
	size: fc.integer({ min: 1, max: 12 }),
	bytes: fc.integer({ min: 1, max: 300 }),
});

function cut(list: readonly Numbered[], limit: BatchLimits): number[][] {
	return [...cutIntoBatches(list, limit)].map(({ payloads }) => payloads);
}

test('batching loses, doubles and reorders nothing of one identity', () => {
	check(
		'batches',
		fc.property(entries, limits, (list, limit) => {
			const batches = cut(list, limit);
			const sent = batches.flat();
			expect([...sent].sort((one, other) => one - other)).toEqual(list.map((_, index) => index));
			const positionOf = new Map(sent.map((payload, position) => [payload, position]));
			const lastOf = new Map<string, number>();
			const overtaking = list.filter(({ keys, payload }) => {
				const position = positionOf.get(payload) ?? -1;
				const overtakes = keys.some((key) => position <= (lastOf.get(key) ?? -1));
				for (const key of keys) lastOf.set(key, position);
				return overtakes;
			});
			expect(overtaking).toEqual([]);
		}),
	);
});

test('no batch is empty, too large, mixed, or names somebody twice', () => {
	check(
		'limits of a batch',
		fc.property(entries, limits, (list, limit) => {
			const broken = cut(list, limit).filter((batch) => {
				const members = batch.flatMap((payload) => list[payload] ?? []);
				const bytes = members.reduce((sum, member) => sum + (member.bytes ?? 0), 0);
				const keys = members.flatMap((member) => [...new Set(member.keys)]);
				return (
					batch.length === 0 ||
					batch.length > limit.size ||
					(batch.length > 1 && bytes > limit.bytes) ||
					new Set(members.map(({ group }) => group)).size > 1 ||
					new Set(keys).size < keys.length
				);
			});
			expect(broken).toEqual([]);
		}),
	);
});

test('no more entries wait than a batch holds', () => {
	check(
		'entries that wait',
		fc.property(entries, limits, (list, limit) => {
			let taken = 0;
			let given = 0;
			let most = 0;
			function* counted() {
				for (const entry of list) {
					taken += 1;
					yield entry;
				}
			}
			for (const { payloads } of cutIntoBatches(counted(), limit)) {
				given += payloads.length;
				most = Math.max(most, taken - given);
			}
			expect(most).toBeLessThanOrEqual(limit.size);
		}),
	);
});
