import fc from 'fast-check';

import { cutIntoBatches } from '../../../../nodes/Maileon/maileon/batches';
import {
	base64Length,
	LARGEST_BODY,
	LARGEST_BATCH,
	transactionsBody,
	transactionText,
	type Transaction,
} from '../../../../nodes/Maileon/maileon/transaction/transaction';
import { anyText, whatXmlCanHold } from '../../../support/propertySettings';

const transaction: fc.Arbitrary<Transaction> = fc.record({
	type: fc.oneof(
		fc.record({ id: fc.nat() }),
		fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9_]{2,20}$/) }),
	),
	contact: fc.oneof(
		fc.record({ email: fc.string({ minLength: 1, unit: 'binary' }) }),
		fc.record({ id: fc.nat() }),
	),
	importPermission: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
	content: fc.dictionary(anyText, fc.jsonValue({ stringUnit: 'binary' })),
});

/** A value of JSON in which all names and texts are such as XML can hold. */
function held(value: unknown): unknown {
	if (typeof value === 'string') return whatXmlCanHold(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(held);
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [whatXmlCanHold(name), held(part)]),
	);
}

/** Folds texts as the operation does, with limits that are small enough to be met. */
function fold(texts: readonly string[], size: number, largestBody: number): string[][] {
	const entries = texts.map((text) => ({
		payload: text,
		keys: [],
		group: '',
		bytes: Buffer.byteLength(text) + 1,
	}));
	const batches = [...cutIntoBatches(entries, { size, bytes: largestBody - 1 })];
	return batches.map(({ payloads }) => payloads);
}

describe('folding events into requests', () => {
	it('loses, doubles and reorders nothing, and keeps the limits of size and bytes', () => {
		fc.assert(
			fc.property(
				fc.array(transaction, { maxLength: 40 }),
				fc.integer({ min: 1, max: 50 }),
				fc.integer({ min: 100, max: 3_000 }),
				(transactions, size, largestBody) => {
					const texts = transactions.map((one) => transactionText(one));
					const batches = fold(texts, size, largestBody);
					expect(batches.flat()).toEqual(texts);
					for (const batch of batches) {
						expect(batch.length).toBeLessThanOrEqual(size);
						const bytes = Buffer.byteLength(transactionsBody(batch));
						if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(largestBody);
					}
				},
			),
		);
	});

	it('makes no request that could take the first event of the next', () => {
		fc.assert(
			fc.property(
				fc.array(transaction, { minLength: 1, maxLength: 40 }),
				fc.integer({ min: 100, max: 3_000 }),
				(transactions, largestBody) => {
					const batches = fold(
						transactions.map((one) => transactionText(one)),
						1_000,
						largestBody,
					);
					batches.slice(1).forEach((batch, index) => {
						const grown = [...(batches[index] ?? []), batch[0] ?? ''];
						expect(Buffer.byteLength(transactionsBody(grown))).toBeGreaterThan(largestBody);
					});
				},
			),
		);
	});

	it('counts brackets and commas', () => {
		const texts = ['x'.repeat(4_499_998), 'y'.repeat(4_499_999)];
		const exact = fold(texts, 10, LARGEST_BODY);
		expect(exact.map((batch) => Buffer.byteLength(transactionsBody(batch)))).toEqual([9_000_000]);
		expect(fold(texts, 10, LARGEST_BODY - 1)).toHaveLength(2);
		expect(LARGEST_BATCH).toBe(8_999_999);
	});
});

describe('the text of a transaction', () => {
	it('is JSON in the documented form, with flat keys', () => {
		const text = transactionText({
			type: { name: 'shop_order' },
			contact: { external_id: 'K-1001' },
			content: { 'order.id': 'A-77', 'order.total': 19.9 },
		});
		expect(text).toBe(
			'{"typeName":"shop_order","contact":{"external_id":"K-1001"},"content":{"order.id":"A-77","order.total":19.9}}',
		);
	});

	it('imports instead of referring where a permission is given', () => {
		const contact = { email: 'new@example.org', external_id: 'K-1002' };
		const text = transactionText({ type: { id: 42 }, contact, importPermission: 1, content: {} });
		expect(JSON.parse(text)).toEqual({
			type: 42,
			import: { contact: { ...contact, permission: 1 } },
		});
	});

	it('gives back every value that JSON can hold, less the characters that XML cannot hold', () => {
		fc.assert(
			fc.property(transaction, (one) => {
				const { content = {} } = JSON.parse(transactionText(one)) as { content?: object };
				const text = transactionText(one);
				expect(whatXmlCanHold(text)).toBe(text);
				expect(JSON.stringify(content)).toBe(JSON.stringify(held(one.content)));
			}),
		);
	});

	it('knows the length of Base64 without making it', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
				expect(base64Length(bytes.length)).toBe(Buffer.from(bytes).toString('base64').length);
			}),
		);
	});
});
