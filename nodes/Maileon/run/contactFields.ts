/**
 * Reads the `contactFields` mapper and `customFieldsJson` of an operation: from an input item to the
 * fields of a contact.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { looseName, matchKeys, STANDARD_COLUMNS, type Column } from '../maileon/columns';
import type { Contact, FieldEntry, FieldValue } from '../maileon/contact';
import { customFieldType, standardField, type FieldType } from '../maileon/fields';
import { quote, toFieldValue, toText, ValueRefusal } from '../maileon/values';
import type { MaileonClient } from '../transport/client';
import { fetchCustomFields } from '../transport/lookups';
import { IDENTIFIER_COLUMNS, typeOfColumn, type ContactColumn } from './columns';
import { InputRefusal } from './failures';
import { hasExpression, type ItemParameters } from './parameters';
import { IN_DOUBT, plainReference, referencedKeys } from './references';

export interface MappedContact extends Pick<Contact, 'standardFields' | 'customFields'> {
	id?: string;
	email?: FieldValue;
	externalId?: FieldValue;
}

export interface ContactFieldsOptions {
	/** Whether `email`, `external_id` and `id` are columns too (Synchronize). */
	withIdentifiers: boolean;
}

/** Input keys that carry identifiers under another parameter; leaving them out hides nothing. */
const IDENTIFIER_KEYS = new Set(['id', 'email', 'externalid', 'contactid', 'maileonid']);

type ReadValue = (item: number) => unknown;

interface Mapping {
	columns: readonly string[];
	read: readonly ReadValue[];
}

interface MatchedKeys {
	mapping: Mapping;
	ignored: readonly string[];
}

/**
 * Reads mapped contacts of a run. Made once a run; `read` is called once an item.
 */
export class ContactFieldsReader {
	/** Input keys that belong to no field and that no other parameter reads, and so were not sent. */
	readonly ignoredKeys = new Set<string>();

	private readonly manual?: Mapping;
	private readonly automatic: boolean;
	private readonly types: ReadonlyMap<string, FieldType>;
	private readonly mappings = new Map<string, MatchedKeys>();
	/** Input keys that other parameters of the node read. */
	private readonly keysReadElsewhere: ReadonlySet<string>;

	private constructor(
		private readonly node: IExecuteFunctions,
		private readonly options: ContactFieldsOptions,
		private readonly items: readonly { json: IDataObject }[],
		private readonly raw: RawMapper,
		private readonly columns: readonly Column[],
	) {
		this.types = new Map(raw.schema.map((column) => [column.id, typeOfColumn(column)]));
		this.automatic = raw.mappingMode === 'autoMapInputData';
		this.keysReadElsewhere = this.automatic ? keysReadElsewhere(node) : new Set();
		if (!this.automatic && typeof raw.value !== 'string') this.manual = this.manualMapping();
	}

	/**
	 * Prepares reading. Asks Maileon for the account's fields only where automatic mapping has no
	 * saved list of columns to go by.
	 */
	static async create(
		node: IExecuteFunctions,
		client: MaileonClient,
		options: ContactFieldsOptions,
	): Promise<ContactFieldsReader> {
		const items = node.getInputData();
		let raw = rawMapper(node);
		if (raw.mappingMode === 'autoMapInputData' && raw.schema.length === 0)
			raw = { ...raw, schema: await accountColumns(client) };
		return new ContactFieldsReader(node, options, items, raw, columnsOf(raw, options));
	}

	/** Whether every value comes from the item itself, so that reading it twice costs little. */
	get isDirect(): boolean {
		return this.automatic || (this.manual !== undefined && !this.evaluates);
	}

	private evaluates = false;

	/**
	 * The mapped fields of an item.
	 * @throws InputRefusal naming the field and the value that cannot be converted
	 */
	read(item: number): MappedContact {
		return this.convert(this.values(item));
	}

	/** The values of an item before conversion: pairs of column and value. */
	values(item: number): Array<readonly [column: string, value: unknown]> {
		const { columns, read } = this.mappingFor(item);
		const values: Array<readonly [string, unknown]> = [];
		for (let index = 0; index < columns.length; index++) {
			const value = read[index]?.(item);
			if (value !== undefined) values.push([columns[index] ?? '', value]);
		}
		return values;
	}

	/** @throws InputRefusal naming the field and the value that cannot be converted */
	convert(values: ReadonlyArray<readonly [column: string, value: unknown]>): MappedContact {
		const standardFields: FieldEntry[] = [];
		const customFields: FieldEntry[] = [];
		const contact: MappedContact = { standardFields, customFields };
		for (const [column, value] of values) {
			if (this.options.withIdentifiers && isIdentifier(column)) {
				setIdentifier(contact, column, value);
				continue;
			}
			const standard = standardField(column);
			const type = standard?.type ?? this.types.get(column) ?? 'untyped';
			const converted = convertField(standard?.label ?? column, column, value, type);
			if (converted !== undefined)
				(standard ? standardFields : customFields).push([column, converted]);
		}
		return contact;
	}

	/**
	 * The keys of an item that belong to no field and that no other parameter reads; empty when fields
	 * are mapped manually.
	 */
	ignoredOf(item: number): readonly string[] {
		return this.automatic ? this.matched(item).ignored : [];
	}

	private mappingFor(item: number): Mapping {
		if (this.manual) return this.manual;
		return this.automatic ? this.matched(item).mapping : this.evaluatedMapping(item);
	}

	/** Key matching is computed once for each set of keys. */
	private matched(item: number): MatchedKeys {
		const keys = Object.keys(this.items[item]?.json ?? {});
		const shape = keys.join('\u0000');
		let known = this.mappings.get(shape);
		if (!known) {
			const { pairs, unmatched } = matchKeys(keys, this.columns);
			known = {
				mapping: {
					columns: pairs.map(([, column]) => column),
					read: pairs.map(
						([key]) =>
							(index: number) =>
								this.items[index]?.json[key],
					),
				},
				ignored: unmatched.filter(
					(key) => !IDENTIFIER_KEYS.has(looseName(key)) && !this.keysReadElsewhere.has(key),
				),
			};
			if (this.mappings.size < 1_000) this.mappings.set(shape, known);
			for (const key of known.ignored) this.ignoredKeys.add(key);
		}
		return known;
	}

	private manualMapping(): Mapping {
		const removed = new Set(
			this.raw.schema.filter((column) => column.removed === true).map((column) => column.id),
		);
		const entries = Object.entries((this.raw.value ?? {}) as IDataObject).filter(
			([column]) => !removed.has(column),
		);
		return {
			columns: entries.map(([column]) => column),
			read: entries.map(([, value]) => this.valueReader(value)),
		};
	}

	private valueReader(value: unknown): ReadValue {
		if (typeof value !== 'string' || !value.startsWith('=')) return () => value;
		const reference = plainReference(value);
		const evaluate: ReadValue = (item) => this.node.evaluateExpression(value.slice(1), item);
		if (!reference) {
			this.evaluates = true;
			return evaluate;
		}
		return (item) => {
			const json = this.items[item]?.json;
			const found = json ? reference(json) : IN_DOUBT;
			return found === IN_DOUBT ? evaluate(item) : found;
		};
	}

	/** The whole mapper, or its list of values, is one expression. */
	private evaluatedMapping(item: number): Mapping {
		const mapper = this.node.getNodeParameter('contactFields', item, null) as unknown;
		const value = isObject(mapper) && 'value' in mapper ? mapper.value : mapper;
		const entries = isObject(value) ? Object.entries(value) : [];
		return {
			columns: entries.map(([column]) => column),
			read: entries.map(
				([, entry]) =>
					() =>
						entry,
			),
		};
	}
}

interface RawMapper {
	mappingMode: string;
	value: unknown;
	schema: readonly ContactColumn[];
}

function rawMapper(node: IExecuteFunctions): RawMapper {
	const raw: unknown = node.getNodeParameter('contactFields', 0, null, { rawExpressions: true });
	if (typeof raw === 'string' && hasExpression(raw))
		return { mappingMode: 'defineBelow', value: raw, schema: [] };
	if (!isObject(raw)) return { mappingMode: 'defineBelow', value: null, schema: [] };
	return {
		mappingMode: String(raw.mappingMode ?? 'defineBelow'),
		value: raw.value,
		schema: Array.isArray(raw.schema) ? (raw.schema as ContactColumn[]) : [],
	};
}

/** Values that a mapper keeps from manual mapping are not in use, so the mapper itself is left out. */
function keysReadElsewhere(node: IExecuteFunctions): Set<string> {
	const others = Object.entries(node.getNode().parameters).filter(
		([name]) => name !== 'contactFields',
	);
	return referencedKeys(others.map(([, raw]) => raw));
}

function columnsOf(raw: RawMapper, options: ContactFieldsOptions): Column[] {
	const custom = raw.schema
		.filter((column) => !standardField(column.id) && !isIdentifier(column.id))
		.filter((column) => !column.removed || raw.mappingMode === 'autoMapInputData')
		.map((column) => ({ id: column.id }));
	return [...(options.withIdentifiers ? IDENTIFIER_COLUMNS : []), ...STANDARD_COLUMNS, ...custom];
}

async function accountColumns(client: MaileonClient): Promise<ContactColumn[]> {
	const fields = (await fetchCustomFields(client)) ?? [];
	return fields.map(({ name, type }) => ({
		id: name,
		displayName: name,
		defaultMatch: false,
		required: false,
		display: true,
		maileonType: customFieldType(type),
	}));
}

function isIdentifier(column: string): boolean {
	return column === 'email' || column === 'external_id' || column === 'id';
}

function setIdentifier(contact: MappedContact, column: string, value: unknown): void {
	const text = convertIdentifier(column, value);
	if (column === 'email') contact.email = text;
	else if (column === 'external_id') contact.externalId = text;
	else contact.id = text ?? undefined;
}

function convertIdentifier(column: string, value: unknown): FieldValue {
	if (value === null) return null;
	try {
		return toText(value);
	} catch (error) {
		throw refusedValue(column, column, error);
	}
}

/**
 * Converts a value for a field.
 * @throws InputRefusal naming the field and the value
 */
export function convertField(
	label: string,
	name: string,
	value: unknown,
	type: FieldType,
): FieldValue | undefined {
	try {
		return toFieldValue(value, type);
	} catch (error) {
		throw refusedValue(label, name, error);
	}
}

function refusedValue(label: string, name: string, error: unknown): unknown {
	if (!(error instanceof ValueRefusal)) return error;
	const shown = label === name ? name : `${label} (${name})`;
	return new InputRefusal(`Contact field ${shown}: ${quote(error.value)} ${error.reason}`, {
		field: name,
	});
}

/**
 * The fields of `customFieldsJson`: an object of name → value.
 * @throws InputRefusal when it is something else
 */
export function customFieldsFromJson(options: ItemParameters): FieldEntry[] {
	const json = options.json('customFieldsJson');
	if (json === undefined) return [];
	if (!isObject(json) || Array.isArray(json))
		throw new InputRefusal(
			`${options.label('customFieldsJson')} must be a JSON object of field names and values`,
			{ description: 'For example {"COLOR": "blue", "VIP": true}.', field: 'customFieldsJson' },
		);
	return customFieldEntries(json);
}

/**
 * Custom fields from an object of name → value; undefined values are left out.
 * @throws InputRefusal naming the field and the value that cannot be converted
 */
export function customFieldEntries(json: Record<string, unknown>): FieldEntry[] {
	return entriesOf(json, (name) => [name, 'untyped']);
}

/**
 * Standard fields from an object of name → value; undefined values are left out.
 * @throws InputRefusal naming the field and the value that cannot be converted
 */
export function standardFieldEntries(json: Record<string, unknown>): FieldEntry[] {
	return entriesOf(json, (name) => {
		const field = standardField(name);
		return [field?.label ?? name, field?.type ?? 'untyped'];
	});
}

function entriesOf(
	json: Record<string, unknown>,
	about: (name: string) => readonly [label: string, type: FieldType],
): FieldEntry[] {
	return Object.entries(json).flatMap(([name, value]) => {
		const [label, type] = about(name);
		const converted = convertField(label, name, value, type);
		return converted === undefined ? [] : [[name, converted] as const];
	});
}

/** Fields of both lists, the second winning where both name a field. */
export function mergeFields(
	fields: readonly FieldEntry[],
	more: readonly FieldEntry[],
): readonly FieldEntry[] {
	if (more.length === 0) return fields;
	return [...new Map([...fields, ...more])];
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
