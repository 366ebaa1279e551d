import { batchSize, smallestBatchSize } from '../../../../nodes/Maileon/actions/shared/batchSize';
import { chosenName } from '../../../../nodes/Maileon/actions/shared/confirmation';
import {
	fewestParallelRequests,
	parallelRequests,
} from '../../../../nodes/Maileon/actions/shared/parallelRequests';
import { category } from '../../../../nodes/Maileon/actions/shared/preferenceCategory';
import { optionsCollection } from '../../../../nodes/Maileon/input/optionsCollection';
import { Parameters } from '../../../../nodes/Maileon/input/parameters';
import { fakeNode } from '../../../support/fakeRun';

const RANGE = { preset: 1_000, largest: 5_000 };
const OPTIONS = optionsCollection([batchSize('Batch Size', RANGE, 'How many.'), parallelRequests]);

/** The parameters of items that have these options; one for all where there is only one. */
function parametersOf(...options: object[]) {
	const items = options.map((_, index) => ({ json: { index } }));
	const [first] = options;
	const given = options.length === 1 ? first : (_json: object, index: number) => options[index];
	return new Parameters(fakeNode({ items, parameters: { options: given } }), [OPTIONS], items);
}

describe('the size of the requests of a run', () => {
	it.each<[object[], number]>([
		[[{ batchSize: 10 }, { batchSize: 7 }, { batchSize: 20 }], 7],
		[[{ batchSize: 10 }, {}], 10],
		[[{ batchSize: 10 }, { batchSize: 0 }, { batchSize: 'many' }], 10],
		[[{ batchSize: 0 }, { batchSize: 6_000 }], 1_000],
	])('with %j is %d', (options, size) => {
		expect(smallestBatchSize(parametersOf(...options), 'options', options.length, RANGE)).toBe(
			size,
		);
	});

	it('is the same for all items where no expression decides', () => {
		expect(smallestBatchSize(parametersOf({ batchSize: 7 }), 'options', 3, RANGE)).toBe(7);
	});
});

it.each<[object[], number]>([
	[[{ parallelRequests: 5 }, { parallelRequests: 3 }], 3],
	[[{ parallelRequests: 5 }, { parallelRequests: 0 }], 5],
	[[{ parallelRequests: 11 }, { parallelRequests: 0 }], 1],
	[[{}, {}], 1],
])('with %j, so many requests travel side by side: %d', (options, fewest) => {
	expect(fewestParallelRequests(parametersOf(...options), 'options', options.length)).toBe(fewest);
});

describe('the name that the editor shows', () => {
	const chosen = { __rl: true, mode: 'list', value: '42', cachedResultName: 'shop_order' };
	const nameOf = (given: unknown) =>
		chosenName(
			new Parameters(fakeNode({ items: [], parameters: { category: given } }), [category]).ofItem(
				0,
			),
			'category',
		);

	it('is that of what was chosen from the list', () => {
		expect(nameOf(chosen)).toBe('shop_order');
	});

	it.each<[string, unknown]>([
		['typed', { ...chosen, mode: 'id' }],
		['without a name', { ...chosen, cachedResultName: undefined }],
		['with an empty name', { ...chosen, cachedResultName: '' }],
		['with a name that is no text', { ...chosen, cachedResultName: 5 }],
		['made by an expression', () => chosen],
		['no more than text', '42'],
	])('is none of what is %s', (_what, given) => {
		expect(nameOf(given)).toBeUndefined();
	});
});
