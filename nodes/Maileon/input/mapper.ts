/**
 * Reads resource mappers: once a run as they were saved, with their expressions.
 */
import type { IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import { isRecord } from '../maileon/records';
import { InputRefusal } from './refusal';
import { givenObject, parsed, type Named } from './given';
import { hasExpression } from './parameters';

/** A mapper as it was saved; `C` are its columns. */
export interface RawMapper<C extends ResourceMapperField> {
	/** Whether input keys find their columns by themselves. */
	isAutomatic: boolean;
	/** Whether the mapper, or its list of values, is one expression that makes the values of an item. */
	isEvaluated: boolean;
	/** The values that were saved, by column. */
	values: Readonly<Record<string, unknown>>;
	schema: readonly C[];
}

const MANUAL = 'defineBelow';
const AUTOMATIC = 'autoMapInputData';

/**
 * The mapper of that name, with its expressions as they are written.
 * @throws InputRefusal when it is no mapper
 */
export function rawMapper<C extends ResourceMapperField>(
	node: IExecuteFunctions,
	about: Named,
): RawMapper<C> {
	const none = { isAutomatic: false, isEvaluated: false, values: {}, schema: [] };
	const raw: unknown = node.getNodeParameter(about.name, 0, null, { rawExpressions: true });
	if (raw === null) return none;
	if (typeof raw === 'string' && hasExpression(raw)) return { ...none, isEvaluated: true };
	const mapper = givenObject(raw, about);
	const { mappingMode: mode = MANUAL, value } = mapper;
	const schema = schemaOf<C>(mapper);
	if (mode === AUTOMATIC) return { ...none, schema, isAutomatic: true };
	if (hasExpression(mode) || (typeof value === 'string' && hasExpression(value)))
		return { ...none, schema, isEvaluated: true };
	expectManual(mode, about);
	const isEmpty = value === null || value === undefined;
	return { ...none, schema, values: isEmpty ? {} : givenObject(value, about) };
}

/** The values that were saved by hand, by column, less those of columns that were removed. */
export function savedValues({
	values,
	schema,
}: Pick<RawMapper<ResourceMapperField>, 'values' | 'schema'>): Array<
	[column: string, value: unknown]
> {
	const removed = new Set(schema.filter((column) => column.removed).map(({ id }) => id));
	return Object.entries(values).filter(([column]) => !removed.has(column));
}

/**
 * The values for an item by column, where the mapper, or its list of values, is one expression.
 * @throws InputRefusal when it made neither a mapper nor an object of columns and values
 */
export function evaluatedValues(
	node: IExecuteFunctions,
	about: Named,
	item: number,
): Array<[column: string, value: unknown]> {
	const given = parsed(node.getNodeParameter(about.name, item, null) as unknown);
	if (!isMapper(given)) return Object.entries(givenObject(given, about));
	expectManual(given.mappingMode ?? MANUAL, about);
	return savedValues({ values: givenObject(given.value, about), schema: schemaOf(given) });
}

/** A mapper, or what an expression made of one; a column may be called "value" too. */
function isMapper(given: unknown): given is Record<string, unknown> {
	return isRecord(given) && ('mappingMode' in given || isRecord(parsed(given.value)));
}

function schemaOf<C extends ResourceMapperField>(mapper: Record<string, unknown>): readonly C[] {
	return Array.isArray(mapper.schema) ? (mapper.schema as C[]) : [];
}

function expectManual(mode: unknown, { label, name }: Named): void {
	if (mode === MANUAL) return;
	throw new InputRefusal(`${label}: an expression cannot choose the mapping mode.`, {
		description:
			'Choose "Map Each Column Manually" or "Map Automatically" in the node, or give an object of names and values.',
		field: name,
	});
}
