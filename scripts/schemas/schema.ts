/**
 * JSON schemas of what operations give, in the form that n8n reads: nothing but types, properties and
 * items. The editor shows the first of several types, so null comes last.
 */

/** A part of a schema; without a type, where nothing is known but that it can be there. */
export interface OutputSchema {
	type?: string | string[];
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	/** An object or a list that can be null; a list of types would keep the editor from looking into it. */
	nullable?: true;
}

type Entries = Record<string, unknown>;

/** What holds names that each account gives by itself. */
const NAMED_BY_ACCOUNT: ReadonlySet<string> = new Set(['custom_fields', 'content', 'tx']);

const isEntries = (value: unknown): value is Entries =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The schema of values that stand at the same place of several items.
 * @throws Error where some are objects or lists and others something else than null, which n8n cannot show
 */
export function schemaOf(values: readonly unknown[], name = ''): OutputSchema {
	const known = values.filter((value) => value !== null && value !== undefined);
	const canBeNull = values.some((value) => value === null);
	if (known.length === 0) return {};
	const nullable = canBeNull ? { nullable: true as const } : {};
	if (known.every(isEntries)) return { ...objectOf(known, name), ...nullable };
	if (known.every(Array.isArray))
		return { type: 'array', items: schemaOf(known.flat(), name), ...nullable };
	if (known.some((value) => typeof value === 'object'))
		throw new Error(`"${name}" is an object or a list in some items only`);
	const types = [...new Set(known.map((value) => typeof value))].sort();
	const all = canBeNull ? [...types, 'null'] : types;
	return { type: all.length === 1 ? all[0] : all };
}

function objectOf(values: readonly Entries[], name: string): OutputSchema {
	if (NAMED_BY_ACCOUNT.has(name)) return { type: 'object' };
	const keys = [...new Set(values.flatMap((value) => Object.keys(value)))];
	const properties = keys.map((key) => {
		const found = values.filter((value) => key in value).map((value) => value[key]);
		return [key, schemaOf(found, key)] as const;
	});
	return { type: 'object', properties: Object.fromEntries(properties) };
}
