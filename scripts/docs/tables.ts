/** The tables of operations, of events and of the articles of Maileon's documentation. */
import type { CoveredArea, CoveredEndpoint } from './coverage';
import { markdownTable, sentence } from './markdown';
import { eventsOf, operationsOf, type Nodes } from './nodes';

/**
 * One row for each operation of the action node, linked to its section.
 * @param linkOf where an operation, given as `resource.operation`, is described
 */
export function operationsTable({ action }: Nodes, linkOf: (name: string) => string): string {
	const rows = [...operationsOf(action)].map(([name, one]) => [
		one.resource,
		`[${one.operation}](${linkOf(name)})`,
		sentence(one.description),
		one.forAgents ? 'yes' : 'no',
	]);
	return markdownTable(['Resource', 'Operation', 'What it does', 'AI agents'], rows);
}

/** One row for each event that the trigger starts on. */
export function eventsTable({ trigger }: Nodes): string {
	const events = eventsOf(trigger).map(({ name, description = '' }) => [
		`**${name}**`,
		sentence(description),
	]);
	return markdownTable(['Event', 'When'], events);
}

/**
 * One row for each article of Maileon's documentation, with the operation that serves it.
 * @throws Error when an operation does not exist, or none is named
 */
export function coverageTable(areas: readonly CoveredArea[], { action, trigger }: Nodes): string {
	const operations = operationsOf(action);
	const label = (name: string) => {
		if (name === 'trigger') return trigger.displayName;
		const found = operations.get(name);
		if (!found) throw new Error(`The node has no operation ${name}`);
		return `${found.resource}: ${found.operation}`;
	};
	const row = ({ articles, method, path, servedBy, note }: CoveredEndpoint) => {
		if (servedBy.length === 0) throw new Error(`Nothing serves ${method} ${path}`);
		const names = servedBy.map(label).join(', ');
		return [articles.join(', '), `\`${method} ${path}\``, note ? `${names} (${note})` : names];
	};
	return areas
		.map(
			({ title, endpoints }) =>
				`## ${title}\n\n${markdownTable(['Article', 'Endpoint', 'Operation'], endpoints.map(row))}`,
		)
		.join('\n\n');
}
