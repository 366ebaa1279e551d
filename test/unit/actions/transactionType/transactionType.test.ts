import type { IDataObject } from 'n8n-workflow';

import { answerOf } from '../../../support/fakeRun';
import { runItems } from '../../../support/runItems';

const create = async (parameters: IDataObject, answer = '') =>
	await runItems('transactionType.create', { name: 'shop', ...parameters }, () => answerOf(answer));
const withAttributes = (...attribute: IDataObject[]) => ({ attributes: { attribute } });

describe('a new type', () => {
	it.each<[string, object]>([
		['<transaction_type><id>7</id></transaction_type>', { id: 7, name: 'shop' }],
		['<id>7</id>', { id: 7, name: 'shop' }],
		['{"id":7}', { id: 7, name: 'shop' }],
		['', { name: 'shop' }],
		['<transaction_type/>', { name: 'shop' }],
	])('has the ID of the answer %j', async (answer, row) => {
		expect((await create({}, answer)).output).toStrictEqual([row]);
	});

	it('has its name without the spaces around it', async () => {
		const { output, sent } = await create({ name: ' shop ' });
		expect(output).toEqual([{ name: 'shop' }]);
		expect(String(sent[0]?.body?.content)).toContain('<name>shop</name>');
	});

	it('tells what a name looks like', async () => {
		expect((await create({ name: 'my shop' })).errors).toMatchObject([
			{ description: 'For example shop_order or shop.order.', field: 'name' },
		]);
	});

	it('has attributes of which parts may be missing', async () => {
		const given = { name: ' order.id ', required: null, description: null };
		const { errors, sent } = await create(
			withAttributes(given, { name: 'order.total', type: 'double' }),
		);
		expect(errors).toEqual([]);
		expect(String(sent[0]?.body?.content)).toContain(
			'<attributes><attribute><name>order.id</name><type>string</type><required>false</required></attribute>' +
				'<attribute><name>order.total</name><type>double</type><required>false</required></attribute></attributes>',
		);
	});

	it.each<[IDataObject[], string]>([
		[[{ name: 'id' }, { name: ' ' }], 'Attribute 2 has no name.'],
		[[{ name: null }], 'Attribute 1 has no name.'],
		[[{ type: 'string' }], 'Attribute 1 has no name.'],
		[[{ name: 'id' }, { name: 'id' }], 'Attribute "id" is listed twice.'],
		[[{ name: 'id', type: 'colour' }], 'Attribute 1: type must be one of '],
		[[{ name: {} }], 'Attribute 1: name '],
		[[{ name: 'id', required: 'perhaps' }], 'Attribute 1: required '],
		[[{ name: 'id', description: [] }], 'Attribute 1: description '],
	])('refuses the attributes %j', async (attribute, message) => {
		const { errors, sent } = await create(withAttributes(...attribute));
		expect(errors).toEqual([
			expect.objectContaining({
				message: expect.stringContaining(message) as string,
				field: 'attributes',
			}),
		]);
		expect(sent).toEqual([]);
	});
});

describe('a type that is changed', () => {
	const typeWith = (further = '') =>
		`<transaction_type><id>42</id><name>shop</name>${further}<attributes><attribute><name>order.id</name><type>string</type></attribute></attributes></transaction_type>`;
	const update = async (parameters: IDataObject, type = typeWith()) => {
		const given = { transactionType: { __rl: true, mode: 'id', value: '42' }, ...parameters };
		const run = await runItems('transactionType.update', given, ({ method }) =>
			answerOf(method === 'GET' ? type : ''),
		);
		const written = run.sent.find(({ method }) => method !== 'GET')?.body?.content;
		return { ...run, written: written === undefined ? undefined : String(written) };
	};

	it('keeps its archiving duration where it has one', async () => {
		const { output, written } = await update(
			{ updateFields: { description: 'Orders' } },
			typeWith('<archivingDuration>30</archivingDuration>'),
		);
		expect(output).toEqual([{ id: 42, name: 'shop', added_attributes: [] }]);
		expect(written).toContain('<archivingDuration>30</archivingDuration>');
		expect(written).toContain('<description>Orders</description>');
	});

	it('gets none where it has none', async () => {
		const { written } = await update({ updateFields: { description: 'Orders' } });
		expect(written).toContain('<name>shop</name>');
		expect(written).not.toContain('archivingDuration');
	});

	it('gets an archiving duration that is not a number as it is not', async () => {
		const { written } = await update(
			{ updateFields: { description: 'Orders' } },
			typeWith('<archivingDuration>for ever</archivingDuration>'),
		);
		expect(written).not.toContain('archivingDuration');
	});

	it('cannot get another type of an attribute', async () => {
		const { errors, written } = await update(withAttributes({ name: 'order.id', type: 'integer' }));
		expect(errors).toEqual([
			{
				message: 'The type already has an attribute "order.id" with the type string.',
				description: 'Attributes cannot be changed. Use another name.',
				field: 'attributes',
			},
		]);
		expect(written).toBeUndefined();
	});

	it('needs something that changes', async () => {
		const { errors, sent } = await update({});
		expect(errors).toEqual([
			{
				message: 'There is nothing to update.',
				description: 'Add a field under "Update Fields", or an attribute.',
				field: 'updateFields',
			},
		]);
		expect(sent).toEqual([]);
	});
});
