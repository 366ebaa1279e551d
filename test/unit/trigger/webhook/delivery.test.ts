import fc from 'fast-check';
import { bodyOf, deliveredItems } from '../../../../nodes/Maileon/trigger/webhook/delivery';

const call = (body: unknown, query = {}) =>
	deliveredItems({ event: 'doi', receivedAt: new Date(0), query, body }).map(({ json }) => json);
const facts = { event: 'doi', received_at: '1970-01-01T00:00:00.000Z' };

describe('deliveredItems', () => {
	it('puts the fields of the body beside event and time', () => {
		expect(call({ email: 'a@example.org', external_id: '00123', city: null })).toEqual([
			{ ...facts, email: 'a@example.org', external_id: '00123', city: null },
		]);
	});

	it('puts the query under its own name, without the secret', () => {
		expect(call({ email: 'a' }, { n8n_secret: 's', x: ['1', '2'] })).toEqual([
			{ ...facts, query: { x: ['1', '2'] }, email: 'a' },
		]);
	});

	it.each([undefined, null, '', {}, []].map((body) => [body]))('takes %j for no body', (body) => {
		expect(call(body)).toEqual([facts]);
	});

	it('keeps fields that bear a reserved name under body', () => {
		expect(call({ event: 'x', query: 'y', body: 'z', received_at: 1, email: 'a' })).toEqual([
			{ ...facts, email: 'a', body: { event: 'x', query: 'y', body: 'z', received_at: 1 } },
		]);
	});

	it('makes an item of each entry of a list', () => {
		expect(call([{ email: 'a' }, { email: 'b' }, 'c'])).toEqual([
			{ ...facts, email: 'a' },
			{ ...facts, email: 'b' },
			{ ...facts, body: 'c' },
		]);
	});

	it.each(['text', 7, true])('keeps a body that is %j', (body) => {
		expect(call(body)).toEqual([{ ...facts, body }]);
	});

	it('treats __proto__ as a name like any other', () => {
		const [json] = call(JSON.parse('{"__proto__":{"polluted":1},"email":"a"}'));
		expect(Object.hasOwn(json ?? {}, '__proto__')).toBe(true);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it('keeps its own facts, whatever the body is', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				const items = call(body, { n8n_secret: 's' });
				expect(items.length).toBeGreaterThan(0);
				for (const item of items) expect(item).toMatchObject(facts);
			}),
		);
	});
});

describe('bodyOf', () => {
	const raw = (text: string) => Buffer.from(text, 'utf8');

	it('gives what n8n has read', () => {
		expect(bodyOf({ a: 1 }, raw('{"a":1}'), 'application/json')).toEqual({ a: 1 });
		expect(bodyOf({ a: 'ü' }, raw('a=%C3%BC'), 'application/x-www-form-urlencoded')).toEqual({
			a: 'ü',
		});
	});

	it.each([undefined, 'application/octet-stream', 'text/plain'])(
		'reads JSON that came with the type %j',
		(type) => {
			expect(bodyOf({}, raw(' {"email":"ü"}'), type)).toEqual({ email: 'ü' });
			expect(bodyOf(undefined, raw('[{"a":1}]'), type)).toEqual([{ a: 1 }]);
			expect(bodyOf('{"a":1}', undefined, type)).toEqual({ a: 1 });
		},
	);

	it.each(['text', '{broken', '[1,'])('keeps %j as text', (text) => {
		expect(bodyOf({}, raw(text), undefined)).toBe(text);
	});

	it('finds nothing in an empty body', () => {
		expect(bodyOf(undefined, undefined, undefined)).toBeUndefined();
		expect(bodyOf({}, raw(''), undefined)).toBe('');
		expect(bodyOf({}, undefined, 'application/json')).toEqual({});
	});

	it('reads the fields of a multipart form', () => {
		const type = 'multipart/form-data; boundary=x';
		expect(bodyOf({ data: { a: '1' }, files: {} }, undefined, type)).toEqual({ a: '1' });
		expect(bodyOf({}, undefined, type)).toEqual({});
	});
});
