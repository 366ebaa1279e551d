import { readdirSync } from 'node:fs';

import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';

import { allResources } from '../../nodes/Maileon/actions';
import { loadPackage, openPoll, openTrigger, runWorkflow } from '../support/engine';
import { EXAMPLES } from '../support/examples';
import { operationTests } from '../support/operations';
import { prepareAccount } from '../support/preparedAccount';
import {
	isOurs,
	outcomeOf,
	readStored,
	STORED,
	typeOf,
	type StoredWorkflow,
} from '../support/storedWorkflows';

const { sandbox } = operationTests();
const engine = { runWorkflow, openTrigger, openPoll };

const files = readdirSync(STORED).filter((file) => file.endsWith('.json'));
const stored = files.flatMap((file) =>
	Object.entries(readStored(file)).map(([name, one]): [string, StoredWorkflow] => [
		`${file.slice(0, -'.json'.length)}: ${name}`,
		one,
	]),
);
const ours = ({ workflow }: StoredWorkflow) => workflow.nodes.filter(isOurs);

/** Requests that are under way together arrive in either order. */
const inAnyOrder = (requests: StoredWorkflow['expected']['requests']) =>
	requests.map((request) => request.join(' ')).sort();

let descriptions: Record<string, INodeTypeDescription>;
beforeAll(async () => {
	const { nodeTypes } = await loadPackage();
	descriptions = Object.fromEntries(
		Object.entries(nodeTypes).map(([name, { description }]) => [name, description]),
	);
});

/** The parameters of a node as the editor reads them out of a workflow, with defaults. */
function readBack(node: INode) {
	const description = descriptions[typeOf(node)];
	if (!description) throw new Error(`The package has no node ${node.type}`);
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description);
}

it('holds a workflow of every operation, trigger and example (npm run stored adds those of new ones)', () => {
	const operations = allResources.flatMap((resource) =>
		resource.operations.map(({ value }) => `${resource.value}: ${value}`),
	);
	const examples = readdirSync(EXAMPLES)
		.filter((file) => file.endsWith('.json'))
		.map((file) => `examples: ${file.slice(0, -'.json'.length)}`);
	const triggers = ['maileonTrigger: doi', 'maileonReportTrigger: click'];
	const names = new Set(stored.map(([name]) => name));
	const wanted = [...operations, ...examples, ...triggers];
	expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

it('has nodes of a version that the package has, which are whole numbers', () => {
	for (const [, one] of stored)
		for (const node of ours(one)) {
			expect(Number.isInteger(node.typeVersion)).toBe(true);
			expect([descriptions[typeOf(node)]?.version].flat()).toContain(node.typeVersion);
		}
});

describe.each(stored)('%s', (_name, one) => {
	it('keeps its parameters when the editor opens it', () => {
		for (const node of ours(one)) expect(readBack(node)).toMatchObject(node.parameters);
	});

	it('asks Maileon for the same, and gives at least the same keys', async () => {
		await prepareAccount(sandbox());
		const { requests, output } = await outcomeOf(engine, sandbox(), one.workflow);
		expect(inAnyOrder(requests)).toEqual(inAnyOrder(one.expected.requests));
		expect(Object.keys(output)).toEqual(Object.keys(one.expected.output));
		for (const [node, keys] of Object.entries(one.expected.output))
			expect(output[node]).toEqual(expect.arrayContaining(keys));
	});
});
