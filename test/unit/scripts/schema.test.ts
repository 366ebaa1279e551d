import { schemaOf } from '../../../scripts/schemas/schema';

it('describes what all items hold, whichever of them holds it', () => {
	expect(schemaOf([{ id: 1 }, { id: 2, name: 'a', isNew: true }])).toEqual({
		type: 'object',
		properties: { id: { type: 'number' }, name: { type: 'string' }, isNew: { type: 'boolean' } },
	});
});

it('puts null last, since the editor shows the first type', () => {
	expect(schemaOf([null, 'a'])).toEqual({ type: ['string', 'null'] });
	expect(schemaOf(['a', 1])).toEqual({ type: ['number', 'string'] });
});

it('keeps objects and lists that can be null open to the editor', () => {
	expect(schemaOf([null, { id: 1 }])).toEqual({
		type: 'object',
		properties: { id: { type: 'number' } },
		nullable: true,
	});
	expect(schemaOf([['a'], null])).toEqual({
		type: 'array',
		items: { type: 'string' },
		nullable: true,
	});
});

it('says nothing of what was never seen', () => {
	expect(schemaOf([null])).toEqual({});
	expect(schemaOf([[]])).toEqual({ type: 'array', items: {} });
});

it('does not list names that each account gives by itself', () => {
	expect(schemaOf([{ custom_fields: { COLOR: 'blue' } }])).toEqual({
		type: 'object',
		properties: { custom_fields: { type: 'object' } },
	});
});

it('refuses what n8n could not show', () => {
	expect(() => schemaOf([{ value: [1] }, { value: 'a' }])).toThrow(
		'"value" is an object or a list in some items only',
	);
	expect(() => schemaOf([{ value: [1] }, { value: {} }])).toThrow('in some items only');
});
