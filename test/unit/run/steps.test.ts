import { doSteps, StepFailure, type Step } from '../../../nodes/Maileon/run/steps';

let order: string[];
beforeEach(() => {
	order = [];
});

function step(name: string, further: Partial<Step> = {}): Step {
	return {
		names: [name],
		what: name,
		deed: 'set',
		run: async () => {
			order.push(name);
			return await Promise.resolve(undefined);
		},
		...further,
	};
}

const failing = (name: string, error: unknown): Step =>
	step(name, { run: async () => await Promise.reject(error) });

async function failureOf(steps: readonly Step[]): Promise<StepFailure> {
	return await doSteps(steps).then(
		() => {
			throw new Error('No step failed');
		},
		(error: unknown) => error as StepFailure,
	);
}

it('does steps one after the other, in their order', async () => {
	let underWay = 0;
	const slow = (name: string) =>
		step(name, {
			run: async () => {
				expect(++underWay).toBe(1);
				await new Promise(setImmediate);
				order.push(name);
				underWay -= 1;
				return undefined;
			},
		});
	expect(await doSteps([slow('a'), slow('b'), slow('c')])).toEqual(['a', 'b', 'c']);
	expect(order).toEqual(['a', 'b', 'c']);
});

it('does nothing where there are no steps', async () => {
	expect(await doSteps([])).toEqual([]);
});

it('does none after one that failed, and tells what was done and what was not', async () => {
	const cause = new Error('no');
	const failure = await failureOf([step('a'), failing('b', cause), step('c')]);
	expect(failure).toBeInstanceOf(StepFailure);
	expect(failure).toMatchObject({ cause, done: ['a'], notDone: ['b', 'c'] });
	expect(failure.message).toBe('The b could not be set');
	expect(order).toEqual(['a']);
});

it('puts the parts of a step in its place, once they are known', async () => {
	const parts = step('parts', {
		run: async () => {
			order.push('look');
			return await Promise.resolve([step('one'), step('two')]);
		},
	});
	expect(await doSteps([step('a'), parts, step('z')])).toEqual(['a', 'one', 'two', 'z']);
	expect(order).toEqual(['a', 'look', 'one', 'two', 'z']);
});

it('tells of the parts of a step only once they are known', async () => {
	const parts = step('parts', {
		run: async () => await Promise.resolve([step('one'), failing('two', 1), step('three')]),
	});
	expect(await failureOf([failing('a', 1), parts])).toMatchObject({ notDone: ['a', 'parts'] });
	expect(await failureOf([parts, step('z')])).toMatchObject({
		done: ['one'],
		notDone: ['two', 'three', 'z'],
	});
});

it('counts a step without parts as gone, and tells all names of one that has several', async () => {
	const empty = step('nothing', { run: async () => await Promise.resolve([]) });
	expect(await doSteps([empty, step('a', { names: ['x', 'y'] })])).toEqual(['x', 'y']);
});
