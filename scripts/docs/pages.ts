/** Which parts of which pages are made from the nodes: the content of every part, by page and name. */
import type { INodeTypeDescription } from 'n8n-workflow';

import { coverage, DESCRIPTIONS } from './coverage';
import { anchorsOf, hasSection, sentence, withSection } from './markdown';
import { operationsOf, type NamedOperation, type Nodes } from './nodes';
import { parametersTable, permissionsTable, sharedOptionsTable } from './parameters';
import { coverageTable, eventsTable, operationsTable } from './tables';

/** The page of each resource, in docs/. */
const PAGES: Readonly<Record<string, string>> = {
	contact: 'contact.md',
	customField: 'custom-field.md',
	standardField: 'standard-field.md',
	preference: 'preference.md',
	preferenceCategory: 'preference.md',
	transaction: 'transaction.md',
	transactionType: 'transaction-type.md',
	report: 'report.md',
	mailing: 'mailing.md',
	mailingAttachment: 'mailing-attachment.md',
};

/** A part of a page that is made from the nodes. */
export interface Section {
	/** File name in docs/. */
	page: string;
	/** Stands in its markers. */
	name: string;
	content: string;
	/** The heading to put it under where the page does not have it yet. */
	heading: string;
}

/** Every part that is made from the nodes. */
export function sectionsOf(nodes: Nodes): Section[] {
	const operations = [...operationsOf(nodes)];
	const all = nodes.actions.flatMap(({ properties }) => properties);
	return [
		{
			page: 'operations.md',
			name: 'operations',
			content: operationsTable(nodes, (name) => linkTo(name, operationsOf(nodes))),
			heading: 'Operations',
		},
		{
			page: 'operations.md',
			name: 'events',
			content: eventsTable(nodes.trigger),
			heading: 'Events',
		},
		{
			page: 'operations.md',
			name: 'reportEvents',
			content: eventsTable(nodes.reportTrigger),
			heading: 'Events of reports',
		},
		{
			page: 'coverage.md',
			name: 'coverage',
			content: `${coverageTable(coverage, nodes)}\n\n${DESCRIPTIONS}`,
			heading: 'Coverage',
		},
		{
			page: 'scale.md',
			name: 'options',
			content: sharedOptionsTable(all),
			heading: 'Options of requests',
		},
		{
			page: 'contact.md',
			name: 'permissions',
			content: permissionsTable(all),
			heading: 'Permissions',
		},
		...operations.map(([name, operation]) => ({
			page: pageOf(name),
			name,
			content: `${sentence(operation.description)}\n\n${parametersTable(operation.parameters)}`,
			heading: headingOf(name, operation),
		})),
		...triggerSections('trigger.md', nodes.trigger),
		...triggerSections('report-trigger.md', nodes.reportTrigger),
	];
}

/** What n8n itself adds to a node that polls, once it is loaded. */
const POLL_TIMES = 'pollTimes';

/** The events and the parameters of a trigger. */
function triggerSections(page: string, trigger: INodeTypeDescription): Section[] {
	return [
		{ page, name: 'events', content: eventsTable(trigger), heading: 'Events' },
		{
			page,
			name: 'trigger',
			content: parametersTable(trigger.properties.filter(({ name }) => name !== POLL_TIMES)),
			heading: 'Parameters',
		},
	];
}

/**
 * The page with all of its parts up to date. A part that it does not have yet comes last, under a
 * heading of its own.
 */
export function withSections(page: string, sections: readonly Section[]): string {
	return sections.reduce((text, { name, content, heading }) => {
		const complete = hasSection(text, name)
			? text
			: `${text.trimEnd()}\n\n## ${heading}\n\n<!-- ${name} -->\n\n<!-- /${name} -->\n`;
		return withSection(complete, name, content);
	}, page);
}

function pageOf(operation: string): string {
	const [resource = ''] = operation.split('.');
	const page = PAGES[resource];
	if (!page) throw new Error(`There is no page for the resource "${resource}": see PAGES`);
	return page;
}

/** The heading that an operation stands under; a page about two resources says which. */
function headingOf(name: string, { resource, operation }: NamedOperation): string {
	const page = pageOf(name);
	const resources = Object.values(PAGES).filter((one) => one === page);
	return resources.length > 1 ? `${resource}: ${operation}` : operation;
}

/** @throws Error when there is no such operation */
function linkTo(name: string, operations: ReadonlyMap<string, NamedOperation>): string {
	const operation = operations.get(name);
	if (!operation) throw new Error(`The node has no operation ${name}`);
	const [anchor] = anchorsOf(`## ${headingOf(name, operation)}`);
	return `${pageOf(name)}#${anchor}`;
}
