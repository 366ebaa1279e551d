import { allResources } from '../../nodes/Maileon/actions';
import type { Operation } from '../../nodes/Maileon/run/operation';

/** The operation that is called `resource.operation`. */
export function operationNamed(name: string): Operation {
	const all = allResources.flatMap(({ operations }) => operations);
	const found = all.find(({ resource, value }) => `${resource}.${value}` === name);
	if (!found) throw new Error(`There is no operation ${name}`);
	return found;
}
