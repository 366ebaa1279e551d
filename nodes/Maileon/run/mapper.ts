/**
 * Reads resource mappers: once a run as they were saved, with their expressions.
 */
import type { IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import { isRecord } from '../maileon/records';
import { hasExpression } from './parameters';

/** A mapper as it was saved; `C` are its columns. */
export interface RawMapper<C extends ResourceMapperField> {
	mappingMode: string;
	/** Values by column; text where the mapper, or its list of values, is one expression. */
	value: unknown;
	schema: readonly C[];
}

/** The mapper of that name, with its expressions as they are written. */
export function rawMapper<C extends ResourceMapperField>(
	node: IExecuteFunctions,
	name: string,
): RawMapper<C> {
	const raw: unknown = node.getNodeParameter(name, 0, null, { rawExpressions: true });
	if (typeof raw === 'string' && hasExpression(raw))
		return { mappingMode: 'defineBelow', value: raw, schema: [] };
	if (!isRecord(raw)) return { mappingMode: 'defineBelow', value: null, schema: [] };
	return {
		mappingMode: String(raw.mappingMode ?? 'defineBelow'),
		value: raw.value,
		schema: Array.isArray(raw.schema) ? (raw.schema as C[]) : [],
	};
}

/** The values that were saved by hand, by column, less those of columns that were removed. */
export function savedValues({
	value,
	schema,
}: RawMapper<ResourceMapperField>): Array<[column: string, value: unknown]> {
	const removed = new Set(schema.filter((column) => column.removed).map(({ id }) => id));
	return Object.entries(isRecord(value) ? value : {}).filter(([column]) => !removed.has(column));
}

/** The values for an item by column, where the mapper, or its list of values, is one expression. */
export function evaluatedValues(
	node: IExecuteFunctions,
	name: string,
	item: number,
): Array<[column: string, value: unknown]> {
	const mapper = node.getNodeParameter(name, item, null) as unknown;
	const value = isRecord(mapper) && 'value' in mapper ? mapper.value : mapper;
	return isRecord(value) ? Object.entries(value) : [];
}
