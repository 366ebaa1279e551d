/** The tables of operations, of events and of the articles of Maileon's documentation. */
import type { INodeTypeDescription } from 'n8n-workflow';

import type { CoveredArea, CoveredEndpoint } from './coverage';
import { markdownTable, sentence } from './markdown';
import { eventsOf, operationsOf, type Nodes } from './nodes';

/**
 * One row for each operation of the action nodes, linked to its section.
 * @param linkOf where an operation, given as `resource.operation`, is described
 */
export function operationsTable(nodes: Nodes, linkOf: (name: string) => string): string {
	const rows = [...operationsOf(nodes)].map(([name, one]) => [
		one.resource,
		`[${one.operation}](${linkOf(name)})`,
		sentence(one.description),
		one.forAgents ? 'yes' : 'no',
	]);
	return markdownTable(['Resource', 'Operation', 'What it does', 'AI agents'], rows);
}

/** One row for each event that a trigger starts on. */
export function eventsTable(trigger: INodeTypeDescription): string {
	const events = eventsOf(trigger).map(({ name, description = '' }) => [
		`**${name}**`,
		sentence(description),
	]);
	return markdownTable(['Event', 'When'], events);
}

/** Stands where there is nothing to name. */
const NONE = '–';
const NOT_DOCUMENTED = 'not documented where we could read it';

/**
 * One row for each endpoint with its articles of Maileon's documentation, where it has some, and with what
 * serves it; and one for each article whose request is not known.
 * @throws Error when nothing serves an endpoint
 */
export function coverageTable(areas: readonly CoveredArea[], nodes: Nodes): string {
	const operations = operationsOf(nodes);
	const label = (name: string) => {
		const found = operations.get(name);
		return found ? `${found.resource}: ${found.operation}` : name;
	};
	const row = ({ articles, method, path, servedBy, note }: CoveredEndpoint) => {
		if (servedBy.length === 0) throw new Error(`Nothing serves ${method} ${path}`);
		const names = servedBy.map(label).join(', ');
		return [
			articles.join(', ') || NONE,
			`\`${method} ${path}\``,
			note ? `${names} (${note})` : names,
		];
	};
	return areas
		.map(({ title, endpoints, undocumented }) => {
			const unknown = undocumented.map((article) => [article, NONE, NOT_DOCUMENTED]);
			const rows = [...endpoints.map(row), ...unknown];
			return `## ${title}\n\n${markdownTable(['Article', 'Endpoint', 'Operation'], rows)}`;
		})
		.join('\n\n');
}
