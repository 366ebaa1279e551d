import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { AttributeSource } from '../../../nodes/Maileon/input/attributes';
import {
	contentFromJson,
	ContentReader,
	type AttributeColumn,
} from '../../../nodes/Maileon/input/content';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { ExplainedRefusal } from '../../../nodes/Maileon/transport/refusal';
import { answerOf, failureOf, fakeClient, fakeNode, type Answering } from '../../support/fakeRun';
import { refusalOf } from '../../support/refusals';

/** A reader of these items, and the expressions that it had n8n evaluate. */
function open(items: IDataObject[], content: unknown, parameters: IDataObject = {}) {
	const evaluated: string[] = [];
	const node = {
		...fakeNode({
			items: items.map((json) => ({ json })),
			parameters: { content },
			settings: { parameters: { content, ...parameters } as never },
		}),
		evaluateExpression: (expression: string, item: number) => {
			evaluated.push(expression);
			return `evaluated ${item}`;
		},
	} as unknown as IExecuteFunctions;
	return { reader: new ContentReader(node), evaluated };
}

function column(id: string, attributeType?: string, required = false): AttributeColumn {
	return { id, displayName: id, defaultMatch: false, display: true, required, attributeType };
}

function manually(value: IDataObject, ...schema: AttributeColumn[]) {
	return { mappingMode: 'defineBelow', value, schema };
}

function automatically(...schema: AttributeColumn[]) {
	return { mappingMode: 'autoMapInputData', value: null, schema };
}

const ATTRIBUTES = [
	{ name: 'order.number', type: 'string', required: true },
	{ name: 'order.total', type: 'float', required: false },
];

describe('mapped content', () => {
	test('is typed, read from the item, or evaluated by n8n, in the types of the attributes', () => {
		const value = {
			'order.number': '={{ $json.number }}',
			'order.total': '={{ $json.total.trim() }}',
			other: true,
			gone: '={{ $json.missing }}',
		};
		const { reader, evaluated } = open(
			[{ number: 7 }, { number: 8 }, { number: { deep: 1 } }],
			manually(value),
		);
		const types = ATTRIBUTES.slice(0, 1);
		expect(reader.needsAttributes).toBe(false);
		expect([0, 1, 2].map((item) => reader.read(item, types))).toEqual(
			['7', '8', 'evaluated 2'].map((number, item) => ({
				content: { 'order.number': number, 'order.total': `evaluated ${item}`, other: true },
				ignoredKeys: [],
			})),
		);
		expect(evaluated.filter((expression) => expression.includes('number'))).toHaveLength(1);
		expect(reader.read(0).content).toMatchObject({ 'order.number': 7 });
	});

	test('takes keys of items for attributes, with _ in the place of dots', () => {
		const { reader } = open(
			[{ 'order.number': 'A', Order_Total: '1.5', note: 'x', reason: 'y' }, { order_number: 5 }],
			automatically(),
			{ options: { name: '={{ $json.reason }}' } },
		);
		expect(reader.needsAttributes).toBe(true);
		expect(reader.read(0, ATTRIBUTES)).toEqual({
			content: { 'order.number': 'A', 'order.total': 1.5 },
			ignoredKeys: ['note'],
		});
		expect(reader.read(1, ATTRIBUTES)).toEqual({
			content: { 'order.number': '5' },
			ignoredKeys: [],
		});
		expect(reader.read(1)).toEqual({ content: {}, ignoredKeys: ['order_number'] });
	});

	test('is that of one expression for all', () => {
		const { reader } = open([{ a: 1 }, { a: 2 }], (json: IDataObject) => ({ total: json.a }));
		expect(reader.read(1)).toEqual({ content: { total: 2 }, ignoredKeys: [] });
	});

	test('has what the type requires, or is completed with it', () => {
		const { reader } = open([{}], manually({ 'order.total': '' }));
		const refusal = refusalOf(() => reader.read(0, ATTRIBUTES));
		expect(refusal.message).toBe('Attribute order.number has no value');
		expect(refusal.details).toEqual({
			description: 'The transaction type requires it: Maileon queues no transaction without it.',
			field: 'order.number',
		});
		const complete = (content: IDataObject) => ({ 'order.number': 'new', ...content });
		expect(reader.read(0, ATTRIBUTES, complete as never).content).toEqual({
			'order.number': 'new',
		});
	});

	test('that is no value of its attribute is refused by name', () => {
		const { reader } = open([{}], manually({ 'order.total': 'much' }));
		const refusal = refusalOf(() => reader.read(0, ATTRIBUTES));
		expect(refusal.message).toMatch(/^Attribute order\.total: "much" is not a decimal number/);
		expect(refusal.details.field).toBe('order.total');
	});
});

test.each<[string, AttributeColumn[], unknown]>([
	['no column', [], undefined],
	['one of two without a type', [column('a', 'float'), column('b')], undefined],
	[
		'all types',
		[column('a', 'float', true), column('b', 'json')],
		[
			{ name: 'a', type: 'float', required: true },
			{ name: 'b', type: 'json', required: false },
		],
	],
])('the attributes that were saved, with %s', (_, schema, saved) => {
	const { reader } = open([{}], automatically(...schema));
	expect(reader.savedAttributes()).toEqual(saved);
	expect(AttributeSource.ofSaved(reader)?.of({ id: 1 })).toEqual(saved);
});

describe('the attributes of a type in the account', () => {
	const TYPE =
		'<transaction_type><id>7</id><name>order</name><attributes><attribute>' +
		'<name>total</name><type>float</type><required>true</required>' +
		'</attribute></attributes></transaction_type>';
	const order = { name: 'order' };

	async function ask(answering: Answering, mapper: unknown = automatically()) {
		const client = fakeClient(answering);
		const { reader } = open([{}], mapper);
		return await AttributeSource.ofAccount(client, [{ reference: order, options: {} }], reader);
	}
	const failing =
		(status: number): Answering =>
		(request) => {
			throw failureOf(request, status);
		};
	const refusalIn = (source: AttributeSource): unknown => {
		try {
			return source.of(order);
		} catch (error) {
			return error;
		}
	};

	test('are those that Maileon tells', async () => {
		const source = await ask(() => answerOf(TYPE));
		expect(source.of(order)).toEqual([{ name: 'total', type: 'float', required: true }]);
		expect(source.of({ id: 7 })).toBeUndefined();
	});

	test('fail only the items of a type that Maileon does not show', async () => {
		const refusal = refusalIn(await ask(failing(404)));
		expect(refusal).toBeInstanceOf(ExplainedRefusal);
		expect(refusal).toMatchObject({ explanation: { http_status: 404 } });
	});

	test.each<[string, unknown, unknown]>([
		[
			'saved ones',
			automatically(column('a', 'float')),
			[{ name: 'a', type: 'float', required: false }],
		],
		['none, for manual mapping', manually({ a: 1 }), undefined],
	])('are %s where the key may not read', async (_, mapper, attributes) => {
		expect((await ask(failing(403), mapper)).of(order)).toEqual(attributes);
	});

	test('are missed where the key may not read and keys have to find them', async () => {
		expect(refusalIn(await ask(failing(403)))).toMatchObject({
			explanation: { http_status: 403, description: expect.stringContaining('GET') as string },
		});
	});

	test.each<[string, Error]>([
		[
			'a broken connection',
			new MaileonFailure({ kind: 'broken', outcome: 'refused', method: 'GET' }),
		],
		['a defect', new TypeError('of another kind')],
	])('end the run for %s', async (_, error) => {
		const asking = ask(() => {
			throw error;
		});
		await expect(asking).rejects.toBe(error);
	});
});

describe('content in JSON', () => {
	const read = (value: unknown) => {
		const node = { getNodeParameter: () => value } as unknown as IExecuteFunctions;
		const property = {
			displayName: 'Content (JSON)',
			name: 'contentJson',
			type: 'json',
			default: '{}',
		} as const;
		return contentFromJson(new Parameters(node, [property]).ofItem(0));
	};

	test.each<[unknown, unknown]>([
		['{"a": [1, null]}', { a: [1, null] }],
		[{ a: 1 }, { a: 1 }],
		['', {}],
		['null', {}],
	])('%j', (value, content) => {
		expect(read(value)).toEqual(content);
	});

	test.each(['[1]', '5', '"text"'])('is refused as %j', (value) => {
		const refusal = refusalOf(() => read(value));
		expect(refusal.message).toBe('Content (JSON) must be a JSON object');
		expect(refusal.details).toEqual({
			description: expect.stringContaining('"order.number"') as string,
			field: 'contentJson',
		});
	});
});
