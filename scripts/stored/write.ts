/**
 * `npm run stored`: stores a workflow of each operation, trigger and example that has none yet in
 * test/stored, with what comes of it now. What is stored is left alone for ever.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
	NodeHelpers,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { WorkflowJson } from '../../test/support/engine/run';
import { CREDENTIAL_REFERENCE } from '../../test/support/engine/surroundings';
import { EXAMPLES, readExample } from '../../test/support/examples';
import { nodeOf } from '../../test/support/operations';
import { prepareAccount } from '../../test/support/preparedAccount';
import { outcomeOf, readStored, STORED, type StoredFile } from '../../test/support/storedWorkflows';
import { WORKING_CALLS } from '../../test/support/workingCalls';
import { runScript, withEngine, type Bench } from '../engine';

/** A workflow that ought to be stored. */
interface Candidate {
	file: string;
	name: string;
	/** `maileon`, with all parameters, or a whole workflow. */
	make(bench: Bench): WorkflowJson;
}

const START = 'When clicking ‘Execute workflow’';

/** A node as the editor stores it: only parameters that differ from their defaults. */
function storedNode({ engine }: Bench, type: string, parameters: IDataObject): INode {
	const { loader } = engine.n8n;
	const description = loader.getNode(type).type.description as INodeTypeDescription;
	const node: INode = {
		parameters: parameters as INodeParameters,
		type: `${loader.packageName}.${type}`,
		typeVersion: Number([description.version].flat().at(-1)),
		position: [208, 0],
		id: 'maileon',
		name: String(description.defaults.name),
		credentials: CREDENTIAL_REFERENCE,
	};
	const changed = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		false,
		false,
		node,
		description,
	);
	return { ...node, parameters: changed ?? {} };
}

function workflowOf(node: INode, items?: INodeExecutionData[]): WorkflowJson {
	if (!items) return { nodes: [node], connections: {}, settings: { executionOrder: 'v1' } };
	const start: INode = {
		parameters: {},
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		id: 'start',
		name: START,
	};
	return {
		nodes: [start, node],
		connections: { [START]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		pinData: { [START]: items },
		settings: { executionOrder: 'v1' },
	};
}

const OPERATIONS = WORKING_CALLS.map(
	({ operation: name, variant, parameters, items }): Candidate => {
		const [resource = '', operation = ''] = name.split('.');
		const all = { resource, operation, ...parameters };
		return {
			file: `${resource}.json`,
			name: variant === undefined ? operation : `${operation}, ${variant}`,
			make: (bench) => workflowOf(storedNode(bench, nodeOf(resource), all), items),
		};
	},
);

const trigger = (type: string, name: string, parameters: IDataObject): Candidate => ({
	file: `${type}.json`,
	name,
	make: (bench) => workflowOf(storedNode(bench, type, parameters)),
});

const TRIGGERS = [
	...['doi', 'unsubscription', 'bounce', 'contact_field_change', 'filtered'].map((event) =>
		trigger('maileonTrigger', event, { event }),
	),
	trigger('maileonTrigger', 'bounce, everything', {
		event: 'bounce',
		standardFields: ['email', 'firstname'],
		eventFields: ['cause', 'timestamp'],
		options: { furtherStandardFields: 'fullname', furtherEventFields: 'msg_id' },
	}),
	trigger('maileonReportTrigger', 'click', {}),
	trigger('maileonReportTrigger', 'everything', {
		events: ['open', 'click', 'bounce', 'conversion', 'reply'],
		mailing: { __rl: true, mode: 'list', value: '21', cachedResultName: 'Spring sale' },
		standardFields: ['FIRSTNAME'],
		customFields: ['COLOR'],
		simplify: false,
		filters: { emails: 'ada@example.com' },
		options: { delay: 2, includeAnonymous: true, lookBack: 30, mostEvents: 500 },
	}),
];

const OF_EXAMPLES = readdirSync(EXAMPLES)
	.filter((file) => file.endsWith('.json'))
	.map((file): Candidate => {
		const name = file.slice(0, -'.json'.length);
		return { file: 'examples.json', name, make: () => readExample(file) };
	});

/** A file that stays short: a line for each workflow and one for what came of it. */
function textOf(stored: StoredFile): string {
	const entries = Object.entries(stored).map(
		([name, { workflow, expected }]) =>
			`${JSON.stringify(name)}: {\n"workflow": ${JSON.stringify(workflow)},\n"expected": ${JSON.stringify(expected)}\n}`,
	);
	return `{\n${entries.join(',\n')}\n}\n`;
}

async function store(bench: Bench, { file, name, make }: Candidate): Promise<boolean> {
	const target = path.join(STORED, file);
	const stored = existsSync(target) ? readStored(file) : {};
	if (name in stored) return false;
	await prepareAccount(bench.sandbox);
	const workflow = make(bench);
	const expected = await outcomeOf(bench.engine, bench.sandbox, workflow).catch((error: Error) => {
		throw new Error(`${file}, ${name}: ${error.message}`);
	});
	mkdirSync(STORED, { recursive: true });
	writeFileSync(target, textOf({ ...stored, [name]: { workflow, expected } }));
	return true;
}

runScript(
	async () =>
		await withEngine(async (bench) => {
			let count = 0;
			for (const candidate of [...OPERATIONS, ...TRIGGERS, ...OF_EXAMPLES])
				if (await store(bench, candidate)) count += 1;
			console.log(`${count} workflows were stored; all others were left as they are`);
		}),
);
