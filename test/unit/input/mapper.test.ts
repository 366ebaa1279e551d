import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { evaluatedValues, rawMapper, savedValues } from '../../../nodes/Maileon/input/mapper';
import { refusalOf } from '../../support/refusals';

const ABOUT = { name: 'contactFields', label: 'Contact Fields' };

/** A node whose parameter was saved as `raw`, and evaluates to `evaluated`. */
function nodeWith(raw: unknown, evaluated: unknown = raw): IExecuteFunctions {
	return {
		getNodeParameter: (
			_name: string,
			_item: number,
			_fallback: unknown,
			{ rawExpressions = false } = {},
		) => (rawExpressions ? raw : evaluated),
	} as unknown as IExecuteFunctions;
}

const fromExpression = (evaluated: unknown) => {
	const node = nodeWith('={{ $json.fields }}', evaluated);
	expect(rawMapper(node, ABOUT).isEvaluated).toBe(true);
	return evaluatedValues(node, ABOUT, 0);
};

const messageOf = (read: () => unknown): string => refusalOf(read).message;

const values = fc.dictionary(
	fc.constantFrom('FIRSTNAME', 'COLOR', 'value', 'schema', '__proto__', 'mapping'),
	fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
);

test('any object of values is taken in every form that can mean one thing only', () => {
	fc.assert(
		fc.property(values, (one) => {
			const entries = Object.entries(one);
			const mapper = { mappingMode: 'defineBelow', value: one, schema: [] };
			const text = JSON.stringify(one);
			const forms = [one, { value: one }, mapper, { ...mapper, value: text }];
			for (const form of [...forms, ...forms.map((each) => JSON.stringify(each))])
				expect(fromExpression(form)).toEqual(entries);
			const saved = { mappingMode: 'defineBelow', value: '={{ $json.v }}', schema: [] };
			expect(rawMapper(nodeWith(saved), ABOUT).isEvaluated).toBe(true);
			expect(evaluatedValues(nodeWith(saved, { ...saved, value: text }), ABOUT, 0)).toEqual(
				entries,
			);
			expect(savedValues(rawMapper(nodeWith({ ...mapper, value: text }), ABOUT))).toEqual(entries);
		}),
	);
});

test('nothing else is taken, and nothing is dropped', () => {
	const odd = fc.oneof(
		fc.array(values),
		fc.string(),
		fc.integer(),
		fc.constantFrom(undefined, null, true, new Date(0), '[]', '[{"FIRSTNAME":"Ada"}]'),
	);
	fc.assert(
		fc.property(
			odd.filter((value) => typeof value !== 'string' || !value.trim().startsWith('{')),
			(value) => {
				const mapper = { mappingMode: 'defineBelow', value, schema: [] };
				for (const form of [value, mapper])
					expect(messageOf(() => fromExpression(form))).toMatch(
						/^Contact Fields must be an object of names and values, but /,
					);
			},
		),
	);
});

test('columns that an evaluated mapper calls removed are not sent', () => {
	const schema = [{ id: 'COLOR', removed: true }];
	const value = { COLOR: 'blue', FIRSTNAME: 'Ada' };
	expect(fromExpression({ mappingMode: 'defineBelow', value, schema })).toEqual([
		['FIRSTNAME', 'Ada'],
	]);
});

describe('a mapper as it was saved', () => {
	test.each([null, { mappingMode: 'defineBelow', value: null }, {}, { schema: [] }])(
		'holds nothing in %j',
		(raw) => {
			expect(rawMapper(nodeWith(raw), ABOUT)).toEqual({
				isAutomatic: false,
				isEvaluated: false,
				values: {},
				schema: [],
			});
		},
	);

	test('maps automatically, whatever values are left over', () => {
		const raw = { mappingMode: 'autoMapInputData', value: { FIRSTNAME: 'old' } };
		expect(rawMapper(nodeWith(raw), ABOUT)).toMatchObject({ isAutomatic: true, values: {} });
	});

	test.each([[['FIRSTNAME']], 'FIRSTNAME', { mappingMode: 'defineBelow', value: ['FIRSTNAME'] }])(
		'is refused as %j',
		(raw) => {
			expect(messageOf(() => rawMapper(nodeWith(raw), ABOUT))).toMatch(/^Contact Fields must be /);
		},
	);

	test('has a mode that no expression chooses', () => {
		const words = 'Contact Fields: an expression cannot choose the mapping mode.';
		const automatic = { mappingMode: 'autoMapInputData', value: null };
		expect(messageOf(() => fromExpression(automatic))).toBe(words);
		const refusal = refusalOf(() => rawMapper(nodeWith({ mappingMode: 'other' }), ABOUT));
		expect(refusal.message).toBe(words);
		expect(refusal.details).toEqual({
			description: expect.stringContaining('"Map Automatically"') as string,
			field: 'contactFields',
		});
		expect(rawMapper(nodeWith({ mappingMode: '={{ $json.mode }}' }), ABOUT).isEvaluated).toBe(true);
	});
});
