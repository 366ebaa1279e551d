/** `npm run docs`: writes into the pages of docs/ what is made from the built nodes and from the fault rules. */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';

import { faultsPage } from './faults';
import { sectionsOf, withSections } from './pages';

const DOCS = path.resolve(__dirname, '../../docs');

const BUILT = path.resolve(__dirname, '../../dist/nodes/Maileon');

type NodeModule<Name extends string> = Record<Name, new () => INodeType>;

function descriptionOf<Name extends string>(name: Name): INodeTypeDescription {
	const load = createRequire(__filename);
	const loaded = load(path.join(BUILT, `${name}.node.js`)) as NodeModule<Name>;
	return new loaded[name]().description;
}

async function renew(page: string, made: (before: string) => string): Promise<void> {
	const file = path.join(DOCS, page);
	const before = readFileSync(file, 'utf8');
	const options = await resolveConfig(file);
	const after = await format(made(before), { ...options, filepath: file });
	if (after === before) return;
	writeFileSync(file, after);
	console.log(`docs/${page} was updated`);
}

async function main(): Promise<void> {
	const nodes = {
		actions: [
			descriptionOf('Maileon'),
			descriptionOf('MaileonReport'),
			descriptionOf('MaileonMailing'),
		],
		trigger: descriptionOf('MaileonTrigger'),
		reportTrigger: descriptionOf('MaileonReportTrigger'),
	};
	const sections = sectionsOf(nodes);
	for (const page of new Set(sections.map((section) => section.page)))
		await renew(page, (before) =>
			withSections(
				before,
				sections.filter((section) => section.page === page),
			),
		);
	await renew('faults.md', faultsPage);
	console.log('The pages in docs/ are up to date');
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
