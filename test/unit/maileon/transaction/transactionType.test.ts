import {
	readNewTypeId,
	readTransactionType,
	readTransactionTypes,
	transactionTypeDocument,
	typeDescriptionRefusal,
	typeNameRefusal,
	typeReference,
} from '../../../../nodes/Maileon/maileon/transaction/transactionType';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

describe('reading types', () => {
	it('reads what the clients read', () => {
		const root = readXml(`<transaction_types><transaction_type>
			<id>42</id><created>1735689600000</created><name>shop_order</name>
			<description>Orders</description><archivingDuration>30</archivingDuration>
			<storeOnly>false</storeOnly><attributes><attribute><id>7</id><name>order.id</name>
			<description>Number</description><type>string</type><required>true</required></attribute>
			</attributes></transaction_type></transaction_types>`);
		expect(readTransactionTypes(root)).toEqual([
			{
				id: 42,
				created: 1735689600000,
				name: 'shop_order',
				description: 'Orders',
				archivingDuration: 30,
				storeOnly: false,
				attributes: [
					{ id: 7, name: 'order.id', description: 'Number', type: 'string', required: true },
				],
			},
		]);
	});

	it('does not keep blanks around what it reads, and has no ID where there is none', () => {
		const type = readTransactionType(
			readXml(
				'<transaction_type><id> 7 </id><name> order </name><created> 12 </created><archivingDuration nil="true"/><attributes><attribute><name>a</name><type> String </type></attribute><attribute id=" 8 "><name>b</name></attribute></attributes></transaction_type>',
			),
		);
		expect(type).toMatchObject({ id: 7, name: 'order', created: 12, archivingDuration: null });
		expect(type.attributes).toEqual([
			{ name: 'a', type: 'string', required: false },
			{ id: 8, name: 'b', type: 'string', required: false },
		]);
		expect(Object.keys(type.attributes[0] ?? {})).not.toContain('id');
	});

	it('finds the ID of a new type at once or deep inside', () => {
		expect(readNewTypeId(readXml('<id>7</id>'))).toBe(7);
		expect(readNewTypeId(readXml('<type><id>7</id></type>'))).toBe(7);
		expect(readNewTypeId(readXml('<a><b><id>7</id></b></a>'))).toBe(7);
		expect(readNewTypeId(readXml('<a><b><id>8</id></b><id>7</id></a>'))).toBe(7);
		expect(readNewTypeId(readXml('<id/>'))).toBeUndefined();
	});

	it.each(['required', 'mandatory'])('takes <%s>', (name) => {
		const read = (text: string) =>
			readTransactionType(
				readXml(
					`<transaction_type><attributes><attribute><name>a</name>${text}</attribute></attributes></transaction_type>`,
				),
			).attributes[0]?.required;
		expect(read(`<${name}>true</${name}>`)).toBe(true);
		expect(read(`<${name}>false</${name}>`)).toBe(false);
		expect(read('')).toBe(false);
	});

	it('takes other forms of the ID, types without attributes, nil, and keeps the unknown', () => {
		const root = readXml(
			'<transaction_type id="9"><name>x_y</name><description nil="true"/><archivingDuration/><colour>blue</colour></transaction_type>',
		);
		expect(readTransactionTypes(root)).toEqual([
			{
				id: 9,
				name: 'x_y',
				description: null,
				archivingDuration: null,
				colour: 'blue',
				attributes: [],
			},
		]);
	});

	it.each([
		['<id>501</id>', 501],
		['<anything> 501 </anything>', 501],
		['<transaction_type><id>501</id></transaction_type>', 501],
		['<x/>', undefined],
	])('finds the new ID in %s', (xml, id) => expect(readNewTypeId(readXml(xml))).toBe(id));
});

describe('writing types', () => {
	it('writes what is documented, without IDs, and escapes', () => {
		const attribute = { id: 7, name: 'order.id', type: 'string', required: true };
		expect(
			transactionTypeDocument({
				name: 'shop_order',
				description: 'A & B <c>',
				archivingDuration: 30,
				storeOnly: false,
				attributes: [
					attribute,
					{ name: 'items', type: 'json', required: false, description: 'Größe "x"' },
				],
			}),
		).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><transaction_type><name>shop_order</name>' +
				'<description>A &amp; B &lt;c&gt;</description><archivingDuration>30</archivingDuration>' +
				'<storeOnly>false</storeOnly><attributes><attribute><name>order.id</name><type>string</type>' +
				'<required>true</required></attribute><attribute><name>items</name><type>json</type>' +
				'<required>false</required><description>Größe "x"</description></attribute></attributes></transaction_type>',
		);
	});

	it('leaves out what is not given', () => {
		expect(transactionTypeDocument({ name: 'abc', attributes: [] })).toBe(
			'<?xml version="1.0" encoding="UTF-8"?><transaction_type><name>abc</name><attributes></attributes></transaction_type>',
		);
	});
});

describe('names', () => {
	it.each(['abc', 'shop_order', 'shop.order_2', 'a'.repeat(32), `${'a'.repeat(32)}.b`])(
		'%s can be one',
		(name) => expect(typeNameRefusal(name)).toBeUndefined(),
	);
	it.each([
		'',
		'1shop',
		'shop order',
		'shop-order',
		'größe',
		'.a',
		'a.',
		'a..b',
		'a'.repeat(33),
		`a.${'b'.repeat(33)}`,
	])('"%s" cannot', (name) => expect(typeNameRefusal(name)).toMatch(/^must/));
	it('have 255 characters at most', () => {
		const levels = Array.from({ length: 8 }, () => 'a'.repeat(31)).join('.');
		expect(levels).toHaveLength(255);
		expect(typeNameRefusal(levels)).toBeUndefined();
		expect(typeNameRefusal(`${levels}a`)).toMatch(/255/);
	});
	it('tell from IDs by the first character', () => {
		expect(typeReference(' 42 ')).toEqual({ id: 42 });
		expect(typeReference('shop_order')).toEqual({ name: 'shop_order' });
		for (const text of ['', 'shop order', '../x', '-1', '4.2', '99999999999999999999'])
			expect(typeReference(text)).toBeUndefined();
	});
	it('have descriptions of 1,000 characters', () => {
		expect(typeDescriptionRefusal('😀'.repeat(1_000))).toBeUndefined();
		expect(typeDescriptionRefusal('x'.repeat(1_001))).toMatch(/1000/);
	});
});
