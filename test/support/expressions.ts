import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type INode,
	type INodeTypes,
} from 'n8n-workflow';

const NODE: INode = {
	id: 'node',
	name: 'Node',
	type: 'test.node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
const workflow = new Workflow({ nodes: [NODE], connections: {}, active: false, nodeTypes });

/** What n8n makes of an expression when `json` is the current item. */
export function evaluate(expression: string, json: IDataObject): unknown {
	const items = [{ json }];
	return workflow.expression.resolveSimpleParameterValue(
		expression,
		{},
		createRunExecutionData({}),
		0,
		0,
		NODE.name,
		items,
		'trigger',
		{},
		{ node: NODE, data: { main: [items] }, source: null },
	);
}
