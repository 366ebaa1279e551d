import * as fc from 'fast-check';

import { firstFrom, Memo, Timeline } from '../../../sandbox/account/timeline';

interface Entry {
	time: number;
	name: number;
}

const times = fc.integer({ min: 0, max: 20 });

describe('a timeline', () => {
	it('keeps any entries sorted, equal times in order of arrival, and finds what passes a test', () => {
		const step = fc.oneof(
			fc.record({ add: fc.array(times, { maxLength: 5 }) }),
			fc.record({ ask: fc.constantFrom(2, 3) }),
			fc.record({ turn: fc.boolean() }),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				const timeline = new Timeline<Entry>();
				const model: Entry[] = [];
				let generation = 0;
				let rest = 0;
				for (const each of steps) {
					if ('add' in each) {
						const added = each.add.map((time, index) => ({ time, name: model.length + index }));
						const [only] = added;
						if (added.length === 1 && only) timeline.add(only);
						else timeline.addAll(added);
						model.push(...added);
					} else if ('turn' in each) {
						generation += 1;
						rest = each.turn ? 1 : 0;
					} else {
						const test = ({ name }: Entry) => name % each.ask === rest;
						expect(timeline.matching(String(each.ask), generation, test)).toEqual(
							sorted(model).filter(test),
						);
					}
					expect(timeline.all).toEqual(sorted(model));
				}
			}),
		);
	});

	it('tests an entry once only as long as nothing old has changed', () => {
		const timeline = new Timeline<Entry>();
		let tested = 0;
		const ask = () =>
			timeline.matching('all', 0, () => {
				tested += 1;
				return true;
			}).length;
		timeline.addAll(entries(1, 2, 3));
		expect([ask(), tested]).toEqual([3, 3]);
		timeline.add({ time: 3, name: 0 });
		expect([ask(), tested]).toEqual([4, 4]);
		timeline.add({ time: 1, name: 0 });
		expect([ask(), tested]).toEqual([5, 9]);
	});

	it('finds the first entry at or after a time', () => {
		fc.assert(
			fc.property(fc.array(times), times, (list, time) => {
				const all = sorted(entries(...list));
				const index = all.findIndex((entry) => entry.time >= time);
				expect(firstFrom(all, time)).toBe(index < 0 ? all.length : index);
			}),
		);
	});
});

it('what was computed from a list is forgotten when the list grows', () => {
	const memo = new Memo<number>();
	const list = entries(1, 2);
	let computed = 0;
	const ask = (key: string) =>
		memo.of(list, key, () => {
			computed += 1;
			return list.length;
		});
	expect([ask('a'), ask('a'), ask('b'), computed]).toEqual([2, 2, 2, 2]);
	list.push({ time: 3, name: 0 });
	expect([ask('a'), computed]).toEqual([3, 3]);
});

function entries(...list: number[]): Entry[] {
	return list.map((time, name) => ({ time, name }));
}

function sorted(list: readonly Entry[]): Entry[] {
	return list.toSorted((one, other) => one.time - other.time || one.name - other.name);
}
