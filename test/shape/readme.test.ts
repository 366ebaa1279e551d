import { readFileSync } from 'node:fs';
import path from 'node:path';

import { resources } from '../../nodes/Maileon/actions';
import { coverage, DESCRIPTIONS } from '../../scripts/coverage';
import {
	coverageTable,
	operationsOf,
	operationsTable,
	sectionOf,
	unaligned,
	type Nodes,
} from '../../scripts/tables';
import { parameterSets, readsOf } from '../support/declaredParameters';
import { loadPackage } from '../support/engine';

const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const endpoints = coverage.flatMap((area) => area.endpoints);
const operations = resources.flatMap((resource) => resource.operations);

let nodes: Nodes;

beforeAll(async () => {
	const { nodeTypes } = await loadPackage();
	if (!nodeTypes.maileon) throw new Error('The package holds no node "maileon"');
	nodes = {
		action: nodeTypes.maileon.description,
		...(nodeTypes.maileonTrigger && { trigger: nodeTypes.maileonTrigger.description }),
	};
});

describe('the README (npm run docs writes its tables)', () => {
	it('lists the operations that the node has', () => {
		expect(unaligned(sectionOf(readme, 'operations'))).toBe(unaligned(operationsTable(nodes)));
	});

	it('lists the articles of the documentation with the operations that serve them', () => {
		expect(unaligned(sectionOf(readme, 'coverage'))).toBe(
			unaligned(`${coverageTable(coverage, nodes)}\n\n${DESCRIPTIONS}`),
		);
	});
});

describe('the list of articles', () => {
	it('holds all 43 endpoints of the contacts part', () => {
		const ofContacts = endpoints.filter((one) => one.path.startsWith('/contacts'));
		const requests = ofContacts.map((one) => `${one.method} ${one.path}`);
		expect(new Set(requests).size).toBe(43);
		expect(requests).toHaveLength(43);
	});

	it('names every operation of the node', () => {
		const named = new Set(endpoints.flatMap(({ servedBy }) => servedBy));
		const missing = [...operationsOf(nodes.action).keys()].filter((name) => !named.has(name));
		expect(missing).toEqual([]);
	});

	it('agrees with the requests that the operations make', async () => {
		const claimed = endpoints
			.filter(({ note }) => note === undefined)
			.flatMap(({ method, path: template, servedBy }) =>
				servedBy
					.filter((name) => name !== 'trigger')
					.map((name) => `${name}: ${method} ${template}`),
			);
		const made = new Set<string>();
		for (const operation of operations)
			for (const values of parameterSets(operation))
				for (const { method, path: segments } of (await readsOf(operation, values)).requests) {
					const template = templateOf(method, segments);
					made.add(`${operation.resource}.${operation.value}: ${method} ${template}`);
				}
		expect(claimed.filter((claim) => !made.has(claim))).toEqual([]);
		expect([...made].filter((request) => request.endsWith('undocumented'))).toEqual([]);
	});
});

/** The documented path that a request goes to; fixed segments count before those with a value. */
function templateOf(method: string, segments: readonly string[]): string {
	const fitting = endpoints.filter((one) => {
		const parts = one.path.slice(1).split('/');
		return (
			one.method === method &&
			parts.length === segments.length &&
			parts.every((part, index) => part.startsWith(':') || part === segments[index])
		);
	});
	const values = (template: string) => template.split(':').length;
	const [best] = fitting.sort((one, other) => values(one.path) - values(other.path));
	return best?.path ?? `/${segments.join('/')} is undocumented`;
}
