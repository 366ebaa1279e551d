import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import {
	describe as describeNode,
	runOperation,
	subtitle,
	warnings,
} from '../../../nodes/Maileon/run/description';
import type { Operation, Resource } from '../../../nodes/Maileon/run/operation';
import { rememberedRuns } from '../../../nodes/Maileon/run/tries';
import { fakeNode, type FakeNodeOptions } from '../../support/fakeRun';

const field = (name: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
});

function operation(value: string, more: Partial<Operation> = {}): Operation {
	return {
		resource: 'thing',
		value,
		name: value.toUpperCase(),
		action: `${value} a thing`,
		description: `Does ${value}`,
		properties: [],
		endpoints: [],
		run: async ({ node }) =>
			await Promise.resolve(
				node.getInputData().map((_, item) => ({ json: { did: value }, pairedItem: { item } })),
			),
		...more,
	};
}

const OPTIONS = field('options');

const THING: Resource = {
	value: 'thing',
	name: 'Thing',
	operations: [
		operation('get', { properties: [field('id'), OPTIONS], builderHint: 'Use an ID.' }),
		operation('list', { properties: [OPTIONS] }),
		operation('deleteAll', { notForAgents: true, warning: 'It cannot be undone.' }),
	],
};
const SECRET: Resource = {
	value: 'secret',
	name: 'Secret',
	operations: [operation('wipe', { resource: 'secret', notForAgents: true })],
};

const NOT_FOR_TOOLS = { hide: { '@tool': [true] } };

describe('the parameters of a node', () => {
	const [resources, ofThing, ofSecret, ...fields] = describeNode([THING, SECRET]);

	test('begin with a menu of its resources', () => {
		expect(resources).toEqual({
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Thing', value: 'thing' },
				{ name: 'Secret', value: 'secret', displayOptions: NOT_FOR_TOOLS },
			],
			default: 'thing',
		});
		expect(describeNode([THING])[0]).toMatchObject({ type: 'hidden', default: 'thing' });
		expect(describeNode([])).toMatchObject([{ type: 'hidden', default: '' }]);
	});

	test('have a menu of operations for each resource', () => {
		expect(ofThing).toEqual({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['thing'] } },
			options: [
				{
					name: 'GET',
					value: 'get',
					action: 'get a thing',
					description: 'Does get',
					builderHint: { propertyHint: 'Use an ID.' },
				},
				{ name: 'LIST', value: 'list', action: 'list a thing', description: 'Does list' },
				{
					name: 'DELETEALL',
					value: 'deleteAll',
					action: 'deleteAll a thing',
					description: 'Does deleteAll',
					displayOptions: NOT_FOR_TOOLS,
				},
			],
			default: 'get',
		});
		expect(ofSecret).toMatchObject({
			displayOptions: { show: { resource: ['secret'] }, ...NOT_FOR_TOOLS },
			default: 'wipe',
		});
	});

	test('show the fields of the operation, and once what several operations end with', () => {
		const shown = (name: string, operations: string[]) => ({
			...field(name),
			displayOptions: { show: { resource: ['thing'], operation: operations } },
		});
		expect(fields).toEqual([shown('id', ['get']), shown('options', ['get', 'list'])]);
	});
});

test('the editor warns of an operation that says so', () => {
	expect(warnings([THING, SECRET])).toEqual([
		{
			message: 'It cannot be undone.',
			type: 'warning',
			location: 'outputPane',
			whenToDisplay: 'beforeExecution',
			displayCondition:
				'={{ $parameter["resource"] === "thing" && $parameter["operation"] === "deleteAll" }}',
		},
	]);
});

test('the canvas shows the operation and its resource', () => {
	expect(subtitle([SECRET])).toBe(
		'={{ ({"secret.wipe":"WIPE: Secret"})[($parameter["resource"] + "." + $parameter["operation"])] || ($parameter["resource"] + "." + $parameter["operation"]) }}',
	);
});

describe('a run', () => {
	const ITEMS: INodeExecutionData[] = [{ json: {} }, { json: {} }];

	interface Given extends Partial<FakeNodeOptions> {
		resource?: string;
		operation?: string;
		/** What is wrong with the credential. */
		refused?: Error;
		type?: string;
	}

	function start(resources: readonly Resource[], given: Given = {}) {
		const { resource = 'thing', operation: value, type = 'maileon', refused, ...further } = given;
		const node = {
			...fakeNode({
				items: ITEMS,
				parameters: { resource, ...(value !== undefined && { operation: value }) },
				settings: { type, ...further.settings },
				...further,
			}),
			getCredentials: async () => {
				if (refused) throw refused;
				return await Promise.resolve({ apiKey: 'key', baseUrl: 'https://api.example.com/1.0' });
			},
			getExecutionCancelSignal: () => undefined,
		} as unknown as IExecuteFunctions;
		return runOperation(node, resources);
	}

	test('does what the node is set to', async () => {
		expect(await start([SECRET, THING], { operation: 'list' })).toEqual([
			{ json: { did: 'list' }, pairedItem: { item: 0 } },
			{ json: { did: 'list' }, pairedItem: { item: 1 } },
		]);
	});

	test.each<[string, string | undefined]>([
		['thing', 'wipe'],
		['thing', undefined],
		['secret', undefined],
		['other', 'get'],
	])('of what the node does not have is refused: %s, %s', async (resource, value) => {
		const running = start([THING, SECRET], { resource, operation: value });
		await expect(running).rejects.toBeInstanceOf(NodeOperationError);
		await expect(running).rejects.toMatchObject({
			message: `There is no operation "${value ?? ''}" for "${resource}".`,
		});
	});

	describe('for an agent', () => {
		const type = 'maileonTool';

		test('does what agents may do', async () => {
			const rows = await start([THING], { operation: 'get', type });
			expect(rows[0]?.json).toEqual({ did: 'get' });
		});

		test.each<[string, string | undefined]>([
			['thing', 'deleteAll'],
			['secret', 'wipe'],
			['secret', undefined],
		])('does not do %s, %s', async (resource, value) => {
			const running = start([THING, SECRET], { resource, operation: value, type });
			await expect(running).rejects.toMatchObject({
				message: 'This operation is not available to AI agents.',
			});
		});
	});

	describe('that could not begin', () => {
		const refused = new Error('The credential is broken');
		const failing = (error: Error): Resource => ({
			...THING,
			operations: [
				operation('get', {
					run: async () => await Promise.reject(error),
				}),
			],
		});

		test('fails, or gives an error for each item', async () => {
			const stopping = start([THING], { operation: 'get', refused });
			await expect(stopping).rejects.toBeInstanceOf(NodeOperationError);
			await expect(stopping).rejects.toMatchObject({ message: 'The credential is broken.' });
			const error = { message: 'The credential is broken.' };
			expect(await start([THING], { operation: 'get', refused, continues: true })).toEqual([
				{ json: { error }, pairedItem: { item: 0 } },
				{ json: { error }, pairedItem: { item: 1 } },
			]);
		});

		test('tells what the operation cannot take', async () => {
			const resource = failing(new InputRefusal('No such mode', { field: 'mode' }));
			const rows = await start([resource], { operation: 'get', continues: true });
			expect(rows[1]?.json).toEqual({ error: { message: 'No such mode.', field: 'mode' } });
		});

		test('passes on what n8n is told already, whatever follows', async () => {
			const node = fakeNode({ items: ITEMS }).getNode();
			for (const error of [
				new NodeOperationError(node, 'of the operation'),
				new NodeApiError(node, { message: 'of the API' }),
			])
				await expect(start([failing(error)], { operation: 'get', continues: true })).rejects.toBe(
					error,
				);
		});

		test('in a later try gives what an earlier one did', async () => {
			let tries = 0;
			const flaky: Resource = {
				...THING,
				operations: [
					operation('get', {
						run: async ({ tries: known }) => {
							tries += 1;
							if (tries > 1) throw new Error('No longer');
							known.keep(
								{ item: 1, position: 1 },
								{ rows: [{ json: { did: 'before' }, items: [1], sequence: 1 }] },
								true,
							);
							return await Promise.resolve([{ json: { error: 'again' }, pairedItem: 0 }]);
						},
					}),
				],
			};
			const given: Given = {
				operation: 'get',
				continues: true,
				executionId: 'run with tries',
				settings: { retryOnFail: true, maxTries: 2, type: 'maileon' },
			};
			await start([flaky], given);
			expect(await start([flaky], given)).toEqual([
				{ json: { error: { message: 'No longer.' } }, pairedItem: { item: 0 } },
				{ json: { did: 'before' }, pairedItem: { item: 1 } },
			]);
			expect(rememberedRuns()).toBe(0);
		});
	});
});
