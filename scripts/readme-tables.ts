/**
 * Writes the tables of operations and of coverage into the README, from the built nodes:
 * `npm run docs`.
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';

import { coverage, DESCRIPTIONS } from './coverage';
import { coverageTable, operationsTable, withSection } from './tables';

const README = path.resolve(__dirname, '../README.md');

const BUILT = path.resolve(__dirname, '../dist/nodes/Maileon');

type NodeModule<Name extends string> = Record<Name, new () => INodeType>;

function descriptionOf<Name extends string>(name: Name): INodeTypeDescription {
	const load = createRequire(__filename);
	const loaded = load(path.join(BUILT, `${name}.node.js`)) as NodeModule<Name>;
	return new loaded[name]().description;
}

async function main(): Promise<void> {
	const nodes = {
		action: descriptionOf('Maileon'),
		trigger: descriptionOf('MaileonTrigger'),
	};
	const before = readFileSync(README, 'utf8');
	const withOperations = withSection(before, 'operations', operationsTable(nodes));
	const filled = withSection(
		withOperations,
		'coverage',
		`${coverageTable(coverage, nodes)}\n\n${DESCRIPTIONS}`,
	);
	const options = await resolveConfig(README);
	const after = await format(filled, { ...options, filepath: README });
	if (after !== before) writeFileSync(README, after);
	console.log(after === before ? 'README.md is up to date' : 'README.md was updated');
}

void main();
