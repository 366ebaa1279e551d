import fc from 'fast-check';

import { Queue } from '../../../nodes/Maileon/maileon/queue';

test('gives what was added, in its order', () => {
	fc.assert(
		fc.property(fc.array(fc.option(fc.integer())), (steps) => {
			const queue = new Queue<number>();
			const model: number[] = [];
			for (const step of steps) {
				if (step === null) expect(queue.take()).toBe(model.shift());
				else {
					queue.add(step);
					model.push(step);
				}
				expect(queue.first).toBe(model[0]);
				expect(queue.isEmpty).toBe(model.length === 0);
			}
		}),
	);
});
