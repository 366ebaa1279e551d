import { allResources } from '../../nodes/Maileon/actions';
import type { Operation } from '../../nodes/Maileon/run/operation';
import { parameterSets, readsOf } from '../support/declaredParameters';

const operations = allResources.flatMap((resource) => resource.operations);

/** Request options have one reader for all operations, and defaults where they are not offered. */
const READ_BY_ALL = new Set(['options.concurrency', 'options.retries', 'options.timeout']);

/** Parameters that are text for the person only. */
function withoutNotices({ properties }: Operation): Set<string> {
	return new Set(properties.filter(({ type }) => type !== 'notice').map(({ name }) => name));
}

it('lists every operation under its own resource', () => {
	const strays = allResources.flatMap(({ value, operations: own }) =>
		own.filter(({ resource }) => resource !== value),
	);
	expect(strays).toEqual([]);
});

describe.each(operations.map((operation) => [operation.action, operation] as const))(
	'%s',
	(_action, operation) => {
		it('reads only what it declares, and all of it', async () => {
			const undeclared = new Set<string>();
			const unread = withoutNotices(operation);
			for (const values of parameterSets(operation)) {
				const reads = await readsOf(operation, values);
				for (const name of reads.undeclared) if (!READ_BY_ALL.has(name)) undeclared.add(name);
				for (const name of reads.declared) unread.delete(name);
			}
			expect({ undeclared: [...undeclared], unread: [...unread] }).toEqual({
				undeclared: [],
				unread: [],
			});
		});
	},
);
