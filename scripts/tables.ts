/**
 * The tables of the README, made from the description of the nodes and from the list of articles.
 */
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import type { CoveredArea, CoveredEndpoint } from './coverage';

export interface Nodes {
	action: INodeTypeDescription;
	trigger?: INodeTypeDescription;
}

interface NamedOperation {
	resource: string;
	operation: string;
	description: string;
}

/** Every operation of the action node by `resource.operation`, in menu order. */
export function operationsOf(action: INodeTypeDescription): Map<string, NamedOperation> {
	const resources = action.properties.find(({ name }) => name === 'resource');
	return new Map(
		choices(resources).flatMap((resource) => {
			const menu = action.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
			);
			return choices(menu).map((operation): [string, NamedOperation] => [
				`${resource.value}.${operation.value}`,
				{
					resource: resource.name,
					operation: operation.name,
					description: operation.description ?? '',
				},
			]);
		}),
	);
}

function choices(menu: INodeProperties | undefined): INodePropertyOptions[] {
	return (menu?.options ?? []).filter(
		(option): option is INodePropertyOptions => 'value' in option,
	);
}

/** One row for each operation of the action node, and for each event of the trigger. */
export function operationsTable({ action, trigger }: Nodes): string {
	const rows = [...operationsOf(action).values()].map((one) => [
		one.resource,
		`**${one.operation}**`,
		one.description,
	]);
	const table = markdownTable(['Resource', 'Operation', 'What it does'], rows);
	if (!trigger) return table;
	const events = choices(trigger.properties.find(({ name }) => /^events?$/.test(name))).map(
		({ name, description = '' }) => [`**${name}**`, description],
	);
	return `${table}\n\nThe node **${trigger.displayName}** starts a workflow on these events:\n\n${markdownTable(['Event', 'When'], events)}`;
}

/**
 * One row for each article of Maileon's documentation, with the operation that serves it.
 * @throws Error when an operation does not exist, or none is named
 */
export function coverageTable(areas: readonly CoveredArea[], { action, trigger }: Nodes): string {
	const operations = operationsOf(action);
	const label = (name: string) => {
		if (name === 'trigger' && trigger) return trigger.displayName;
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
				`**${title}**\n\n${markdownTable(['Article', 'Endpoint', 'Operation'], endpoints.map(row))}`,
		)
		.join('\n\n');
}

function markdownTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * The text between two markers, `<!-- name -->` and `<!-- /name -->`.
 * @throws Error when the markers are missing
 */
export function sectionOf(text: string, name: string): string {
	const [from, to] = boundsOf(text, name);
	return text.slice(from, to).trim();
}

/**
 * The text with another content between two markers.
 * @throws Error when the markers are missing
 */
export function withSection(text: string, name: string, content: string): string {
	const [from, to] = boundsOf(text, name);
	return `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`;
}

function boundsOf(text: string, name: string): [from: number, to: number] {
	const opening = `<!-- ${name} -->`;
	const start = text.indexOf(opening);
	const end = text.indexOf(`<!-- /${name} -->`);
	if (start < 0 || end < start) throw new Error(`There are no markers for "${name}"`);
	return [start + opening.length, end];
}

/** Markdown without the blanks and dashes that only line up its tables. */
export function unaligned(markdown: string): string {
	return markdown
		.split('\n')
		.map((line) =>
			line.startsWith('|')
				? line
						.split(/(?<!\\)\|/)
						.map((cell) => cell.trim().replace(/^-+$/, '-'))
						.join('|')
				: line.trim(),
		)
		.join('\n')
		.trim();
}
