import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import type { WorkflowJson } from './engine';

export const EXAMPLES = path.join(__dirname, '../../examples');

/** A workflow of `examples/`, by the name of its file. */
export function readExample(file: string): WorkflowJson {
	return JSON.parse(readFileSync(path.join(EXAMPLES, file), 'utf8')) as WorkflowJson;
}

/** Gives the items of each output. */
type Work = (this: IExecuteFunctions, items: INodeExecutionData[]) => INodeExecutionData[][];

function standIn(name: string, properties: INodeProperties[], work: Work, outputs = 1): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: 'A node for tests',
			defaults: { name },
			inputs: ['main'],
			outputs: Array.from({ length: outputs }, () => 'main' as const),
			properties,
		},
		async execute() {
			return await Promise.resolve(work.call(this, this.getInputData()));
		},
	};
}

function property(
	name: string,
	type: INodeProperties['type'] = 'string',
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName: name, name, type, default: type === 'string' ? '' : {}, ...more };
}

const decide: Work = function (items) {
	const all = items.map((item, index) => ({ ...item, pairedItem: index }));
	const holds = all.map((_item, index) =>
		this.getNodeParameter('conditions', index, false, { extractValue: true }),
	);
	return [all.filter((_item, index) => holds[index]), all.filter((_item, index) => !holds[index])];
};

const assign: Work = function (items) {
	return [
		items.map((_item, index) => {
			if (this.getNodeParameter('mode', index) === 'raw')
				return {
					json: JSON.parse(this.getNodeParameter('jsonOutput', index) as string) as IDataObject,
					pairedItem: index,
				};
			const assignments = this.getNodeParameter('assignments.assignments', index) as Array<{
				name: string;
				value: string | boolean;
			}>;
			const json = Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
			return { json, pairedItem: index };
		}),
	];
};

const runCode: Work = function () {
	const code = this.getNodeParameter('jsCode', 0) as string;
	const items = runInNewContext(`JSON.stringify((() => {${code}\n})())`) as string;
	return [JSON.parse(items) as INodeExecutionData[]];
};

const splitOut: Work = function (items) {
	return [
		items.flatMap(({ json }, index) => {
			const field = this.getNodeParameter('fieldToSplitOut', index) as string;
			return (json[field] as IDataObject[]).map((each) => ({ json: each, pairedItem: index }));
		}),
	];
};

const aggregate: Work = function (items) {
	const name = this.getNodeParameter('destinationFieldName', 0) as string;
	const json = { [name]: items.map((item) => item.json) };
	return [[{ json, pairedItem: items.map((_item, index) => ({ item: index })) }]];
};

/** Fills in the expressions of a template, which stand in it as they are. */
const fillTemplate: Work = function (items) {
	return [
		items.map((_item, index) => {
			const template = this.getNodeParameter('html', index) as string;
			const html = template.replace(/\{\{[\s\S]*?\}\}/g, (expression) =>
				String(this.evaluateExpression(expression, index)),
			);
			return { json: { html }, pairedItem: index };
		}),
	];
};

/** Nodes of n8n itself that the examples use, as far as they use them. */
export const nodesOfExamples: Record<string, INodeType> = {
	'n8n-nodes-base.if': standIn(
		'if',
		[
			property('conditions', 'filter', {
				typeOptions: { filter: { caseSensitive: true, typeValidation: 'loose', version: 2 } },
			}),
		],
		decide,
		2,
	),
	'n8n-nodes-base.set': standIn(
		'set',
		[
			property('mode', 'string', { default: 'manual' }),
			property('assignments', 'assignmentCollection'),
			property('jsonOutput'),
		],
		assign,
	),
	'n8n-nodes-base.aggregate': standIn(
		'aggregate',
		[property('destinationFieldName', 'string', { default: 'data' })],
		aggregate,
	),
	'n8n-nodes-base.html': standIn('html', [property('html')], fillTemplate),
	'n8n-nodes-base.code': standIn('code', [property('jsCode')], runCode),
	'n8n-nodes-base.splitOut': standIn('splitOut', [property('fieldToSplitOut')], splitOut),
};
