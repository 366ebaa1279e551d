/**
 * Reads the `contactFields` mapper and `customFieldsJson` of an operation: from an input item to the
 * fields of a contact.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { looseName, matchKeys, STANDARD_COLUMNS, type Column } from '../maileon/columns';
import type { Contact, FieldEntry, FieldValue } from '../maileon/contact/contact';
import { customFieldType, standardField, type FieldType } from '../maileon/contact/fields';
import type { ContactIdentifiers } from '../maileon/contact/identity';
import { isRecord } from '../maileon/records';
import { checkFieldValue, quote, toFieldValue, toText, ValueRefusal } from '../maileon/values';
import type { MaileonClient } from '../transport/client';
import { fetchCustomFields } from '../transport/lookups';
import {
	columnOfCustomField,
	fieldOfColumn,
	IDENTIFIER_COLUMNS,
	isIdentifierColumn,
	typeOfColumn,
	type ContactColumn,
} from './columns';
import { InputRefusal } from './refusal';
import { evaluatedValues, rawMapper, savedValues, type RawMapper } from './mapper';
import type { ItemParameters } from './parameters';
import { IN_DOUBT, plainReference, referencedKeys } from './references';

export interface MappedContact extends Pick<Contact, 'standardFields' | 'customFields'> {
	identifiers: ContactIdentifiers;
}

export interface ContactFieldsOptions {
	/** Whether `email`, `external_id` and `id` are columns too (Synchronize). */
	withIdentifiers: boolean;
}

/** Input keys that carry identifiers under another parameter; leaving them out hides nothing. */
const IDENTIFIER_KEYS = new Set(['id', 'email', 'externalid', 'contactid', 'maileonid']);

const CONTACT_FIELDS = { name: 'contactFields', label: 'Contact Fields' };

const NONE: readonly string[] = [];

type ReadValue = (json: IDataObject, item: number) => unknown;

/** A column that gets a value: what it may hold, and where its value comes from. */
interface MappedColumn {
	/** Name of the field or of the identifier. */
	column: string;
	label: string;
	type: FieldType;
	read: ReadValue;
	/** Index of its value among those of an item. */
	position: number;
}

/** Where the values of an item come from: from its data, or from what was evaluated before. */
interface ItemSource {
	json: IDataObject;
	item: number;
	values?: readonly unknown[];
}

/** The columns that get a value, by what they are of a contact. */
interface Mapping {
	all: readonly MappedColumn[];
	identifiers: readonly MappedColumn[];
	standardFields: readonly MappedColumn[];
	customFields: readonly MappedColumn[];
}

interface MatchedKeys {
	keys: readonly string[];
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
	private readonly types: ReadonlyMap<string, FieldType>;
	private readonly mappings = new Map<string, MatchedKeys>();
	private lastMatch?: MatchedKeys;
	/** Input keys that other parameters of the node read. */
	private readonly keysReadElsewhere: ReadonlySet<string>;

	private constructor(
		private readonly node: IExecuteFunctions,
		private readonly options: ContactFieldsOptions,
		private readonly items: readonly { json: IDataObject }[],
		private readonly raw: RawMapper<ContactColumn>,
		private readonly columns: readonly Column[],
	) {
		this.types = new Map(raw.schema.map((column) => [column.id, typeOfColumn(column)]));
		this.keysReadElsewhere = raw.isAutomatic ? keysReadElsewhere(node) : new Set();
		if (!raw.isAutomatic && !raw.isEvaluated) this.manual = this.manualMapping();
	}

	/**
	 * Prepares reading. Asks Maileon for the account's fields only where automatic mapping has no saved
	 * column of a custom field, since the list may have been made before a credential was chosen, and an
	 * item has a key that no saved column takes.
	 * @throws InputRefusal when the parameter is no mapper
	 */
	static async create(
		node: IExecuteFunctions,
		client: MaileonClient,
		options: ContactFieldsOptions,
	): Promise<ContactFieldsReader> {
		const items = node.getInputData();
		const raw = rawMapper<ContactColumn>(node, CONTACT_FIELDS);
		const reader = new ContactFieldsReader(node, options, items, raw, columnsOf(raw, options));
		if (!raw.isAutomatic || customColumns(raw.schema).length > 0) return reader;
		if (raw.schema.length > 0 && !reader.hasUnknownKey()) return reader;
		const asked = { ...raw, schema: await accountColumns(client, options) };
		return new ContactFieldsReader(node, options, items, asked, columnsOf(asked, options));
	}

	private hasUnknownKey(): boolean {
		return this.items.some((_, item) => this.matched(item).ignored.length > 0);
	}

	/** Whether every value comes from the item itself, so that reading it twice costs little. */
	get isDirect(): boolean {
		return this.raw.isAutomatic || (this.manual !== undefined && !this.evaluates);
	}

	private evaluates = false;

	/**
	 * The mapped fields of an item.
	 * @param values what `values` gave for the item, where it was asked before
	 * @throws InputRefusal naming the field and the value that cannot be converted, or the parameter
	 *   where an expression made no mapper of it
	 */
	read(item: number, values?: readonly unknown[]): MappedContact {
		return mappedContact(this.mappingFor(item), this.source(item, values));
	}

	/**
	 * The identifiers of an item; its other values are only tried, and nothing is made of them.
	 * @throws InputRefusal naming the field and the value that cannot be converted
	 */
	check(item: number, values?: readonly unknown[]): ContactIdentifiers {
		const mapping = this.mappingFor(item);
		const source = this.source(item, values);
		for (const mapped of mapping.standardFields) checkMapped(mapped, source);
		for (const mapped of mapping.customFields) checkMapped(mapped, source);
		return mappedIdentifiers(mapping, source);
	}

	/** The values of an item in the order of its columns, evaluated but not converted. */
	values(item: number): readonly unknown[] {
		const source = this.source(item);
		return this.mappingFor(item).all.map((mapped) => valueOf(mapped, source));
	}

	private source(item: number, values?: readonly unknown[]): ItemSource {
		return { json: this.items[item]?.json ?? {}, item, values };
	}

	/**
	 * The keys of an item that belong to no field and that no other parameter reads; empty when fields
	 * are mapped manually.
	 */
	ignoredOf(item: number): readonly string[] {
		return this.ignoredKeys.size > 0 ? this.matched(item).ignored : NONE;
	}

	private mappingFor(item: number): Mapping {
		if (this.manual) return this.manual;
		return this.raw.isAutomatic ? this.matched(item).mapping : this.evaluatedMapping(item);
	}

	/** Key matching is computed once for each set of keys. */
	private matched(item: number): MatchedKeys {
		const keys = Object.keys(this.items[item]?.json ?? {});
		if (!this.lastMatch || !sameList(keys, this.lastMatch.keys))
			this.lastMatch = this.knownMatch(keys);
		return this.lastMatch;
	}

	private knownMatch(keys: readonly string[]): MatchedKeys {
		const shape = keys.join('\u0000');
		const known = this.mappings.get(shape);
		if (known) return known;
		const match = this.match(keys);
		if (this.mappings.size < 1_000) this.mappings.set(shape, match);
		for (const key of match.ignored) this.ignoredKeys.add(key);
		return match;
	}

	private match(keys: readonly string[]): MatchedKeys {
		const { pairs, unmatched } = matchKeys(keys, this.columns);
		return {
			keys,
			mapping: this.mapping(pairs.map(([key, column]) => [column, (json) => json[key]])),
			ignored: unmatched.filter(
				(key) => !IDENTIFIER_KEYS.has(looseName(key)) && !this.keysReadElsewhere.has(key),
			),
		};
	}

	private mapping(columns: ReadonlyArray<readonly [column: string, read: ReadValue]>): Mapping {
		const mapping: Record<keyof Mapping, MappedColumn[]> = {
			all: [],
			identifiers: [],
			standardFields: [],
			customFields: [],
		};
		for (const [position, [column, read]] of columns.entries()) {
			const standard = standardField(column);
			const field = fieldOfColumn(column);
			const mapped = {
				column: field,
				label: standard?.label ?? field,
				type: standard?.type ?? this.types.get(column) ?? 'untyped',
				read,
				position,
			};
			mapping.all.push(mapped);
			if (this.options.withIdentifiers && isIdentifier(column)) mapping.identifiers.push(mapped);
			else mapping[standard ? 'standardFields' : 'customFields'].push(mapped);
		}
		return mapping;
	}

	private manualMapping(): Mapping {
		return this.mapping(
			savedValues(this.raw).map(([column, value]) => [column, this.valueReader(value)]),
		);
	}

	private valueReader(value: unknown): ReadValue {
		if (typeof value !== 'string' || !value.startsWith('=')) return () => value;
		const reference = plainReference(value);
		const evaluate = (item: number) => this.node.evaluateExpression(value.slice(1), item);
		if (!reference) {
			this.evaluates = true;
			return (_, item) => evaluate(item);
		}
		return (json, item) => {
			const found = reference(json);
			return found === IN_DOUBT ? evaluate(item) : found;
		};
	}

	/** The whole mapper, or its list of values, is one expression. */
	private evaluatedMapping(item: number): Mapping {
		const entries = evaluatedValues(this.node, CONTACT_FIELDS, item);
		return this.mapping(entries.map(([column, entry]) => [column, () => entry]));
	}
}

/** Values that a mapper keeps from manual mapping are not in use, so the mapper itself is left out. */
function keysReadElsewhere(node: IExecuteFunctions): Set<string> {
	const others = Object.entries(node.getNode().parameters).filter(
		([name]) => name !== CONTACT_FIELDS.name,
	);
	return referencedKeys(others.map(([, raw]) => raw));
}

/** The columns that keys of an item are matched with: the first of two with the same name takes the key. */
function columnsOf({ schema }: RawMapper<ContactColumn>, options: ContactFieldsOptions): Column[] {
	const identifiers = options.withIdentifiers ? IDENTIFIER_COLUMNS : [];
	const customFields = customColumns(schema).map(({ id }) => ({ id }));
	return [...identifiers, ...STANDARD_COLUMNS, ...customFields];
}

function customColumns(schema: readonly ContactColumn[]): ContactColumn[] {
	return schema.filter((column) => !standardField(column.id) && !isIdentifierColumn(column));
}

async function accountColumns(
	client: MaileonClient,
	{ withIdentifiers }: ContactFieldsOptions,
): Promise<ContactColumn[]> {
	const fields = (await fetchCustomFields(client)) ?? [];
	return fields.map(({ name, type }) => ({
		id: columnOfCustomField(name, withIdentifiers),
		displayName: name,
		defaultMatch: false,
		required: false,
		display: true,
		maileonType: customFieldType(type),
	}));
}

const IDENTIFIERS: ReadonlyMap<string, keyof ContactIdentifiers> = new Map(
	IDENTIFIER_COLUMNS.map(({ id, identifier }) => [id, identifier]),
);

function isIdentifier(column: string): boolean {
	return IDENTIFIERS.has(column);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
	if (one.length !== other.length) return false;
	for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
	return true;
}

function mappedContact(mapping: Mapping, source: ItemSource): MappedContact {
	return {
		identifiers: mappedIdentifiers(mapping, source),
		standardFields: mappedFields(mapping.standardFields, source),
		customFields: mappedFields(mapping.customFields, source),
	};
}

function mappedFields(columns: readonly MappedColumn[], source: ItemSource): FieldEntry[] {
	const entries: FieldEntry[] = [];
	for (const mapped of columns) {
		const value = convertMapped(mapped, source);
		if (value !== undefined) entries.push([mapped.column, value]);
	}
	return entries;
}

function convertMapped(mapped: MappedColumn, source: ItemSource): FieldValue | undefined {
	return convertField(mapped.label, mapped.column, valueOf(mapped, source), mapped.type);
}

function checkMapped(mapped: MappedColumn, source: ItemSource): void {
	const { label, column, type } = mapped;
	try {
		checkFieldValue(valueOf(mapped, source), type);
	} catch (error) {
		throw refusedValue(label, column, error);
	}
}

function mappedIdentifiers({ identifiers }: Mapping, source: ItemSource): ContactIdentifiers {
	const found: ContactIdentifiers = { id: undefined, email: undefined, externalId: undefined };
	for (const mapped of identifiers) {
		const value = valueOf(mapped, source);
		if (value !== undefined)
			setIdentifier(found, mapped.column, convertIdentifier(mapped.column, value));
	}
	return found;
}

function valueOf({ position, read }: MappedColumn, { json, item, values }: ItemSource): unknown {
	return values ? values[position] : read(json, item);
}

function setIdentifier(contact: ContactIdentifiers, column: string, value: FieldValue): void {
	const identifier = IDENTIFIERS.get(column) ?? 'id';
	if (identifier === 'id') contact.id = value ?? undefined;
	else contact[identifier] = value;
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
	return new InputRefusal(`Contact field ${shown}: ${quote(error.value)} ${error.reason}.`, {
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
	if (!isRecord(json))
		throw new InputRefusal(
			`${options.label('customFieldsJson')} must be a JSON object of field names and values.`,
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
