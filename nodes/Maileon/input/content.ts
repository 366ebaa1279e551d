/**
 * Reads the content of transactions, from the `content` mapper or from JSON.
 */
import type { IDataObject, IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import { toAttributeValue } from '../maileon/transaction/attributeValues';
import { matchKeys } from '../maileon/columns';
import { isRecord } from '../maileon/records';
import { translatingErrors } from '../maileon/translate';
import type { AttributeDefinition } from '../maileon/transaction/transactionType';
import { quote, ValueRefusal } from '../maileon/values';
import { InputRefusal } from './refusal';
import { evaluatedValues, rawMapper, savedValues, type RawMapper } from './mapper';
import type { ItemParameters } from './parameters';
import { IN_DOUBT, plainReference, referencedKeys, type Reference } from './references';

/** A column as n8n saves it with a workflow; it remembers the type of its attribute. */
export interface AttributeColumn extends ResourceMapperField {
	attributeType?: string;
}

export type Content = Record<string, unknown>;

export interface MappedContent {
	content: Content;
	/** Input keys that belong to no attribute, and so are not sent. */
	ignoredKeys: readonly string[];
}

const CONTENT = { name: 'content', label: 'Attributes' };

type Entry = readonly [attribute: string, value: unknown];

/** Reads the mapped content of a run. Made once a run; `read` is called once an item. */
export class ContentReader {
	private readonly raw: RawMapper<AttributeColumn>;
	private readonly items: readonly { json: IDataObject }[];
	/** Input keys that other parameters read, for example for the contact. */
	private readonly keysReadElsewhere: ReadonlySet<string>;
	private readonly references = new Map<string, Reference | undefined>();

	/** @throws InputRefusal when the parameter is no mapper */
	constructor(private readonly node: IExecuteFunctions) {
		this.raw = rawMapper(node, CONTENT);
		this.items = node.getInputData();
		this.keysReadElsewhere = referencedKeys({ ...node.getNode().parameters, [CONTENT.name]: null });
	}

	/** The attributes that were saved with the workflow; undefined where their types are not known. */
	savedAttributes(): AttributeDefinition[] | undefined {
		const { schema } = this.raw;
		if (schema.length === 0 || schema.some(({ attributeType }) => attributeType === undefined))
			return undefined;
		return schema.map(({ id, attributeType, required }) => ({
			name: id,
			type: attributeType ?? '',
			required,
		}));
	}

	/** Whether content cannot be read without knowing the attributes of the type. */
	get needsAttributes(): boolean {
		return this.raw.isAutomatic;
	}

	/**
	 * The content of an item.
	 * @param attributes those of the type; without them, values are sent as they are
	 * @param complete adds what the item need not give itself
	 * @throws InputRefusal naming the attribute that has no value, or one that cannot be converted, and
	 *   when an expression made no mapper
	 */
	read(
		item: number,
		attributes: readonly AttributeDefinition[] = [],
		complete: (content: Content) => Content = (content) => content,
	): MappedContent {
		const { entries, ignoredKeys } = this.raw.isAutomatic
			? this.matchedEntries(item, attributes)
			: { entries: this.mappedEntries(item), ignoredKeys: [] };
		const types = new Map(attributes.map(({ name, type }) => [name, type]));
		const given = entries.flatMap(([name, value]) => {
			const converted = convertAttribute(name, value, types.get(name) ?? '');
			return converted === undefined ? [] : [[name, converted] as const];
		});
		const content = complete(Object.fromEntries(given));
		expectRequired(attributes, content);
		return { content, ignoredKeys };
	}

	private matchedEntries(item: number, attributes: readonly AttributeDefinition[]) {
		const json = this.items[item]?.json ?? {};
		const columns = attributes.map(({ name }) => ({ id: name, label: name.replaceAll('.', '_') }));
		const { pairs, unmatched } = matchKeys(Object.keys(json), columns);
		return {
			entries: pairs.map(([key, column]): Entry => [column, json[key]]),
			ignoredKeys: unmatched.filter((key) => !this.keysReadElsewhere.has(key)),
		};
	}

	private mappedEntries(item: number): Entry[] {
		if (this.raw.isEvaluated) return evaluatedValues(this.node, CONTENT, item);
		return savedValues(this.raw).map(([name, mapped]) => [name, this.evaluate(mapped, item)]);
	}

	private evaluate(mapped: unknown, item: number): unknown {
		if (typeof mapped !== 'string' || !mapped.startsWith('=')) return mapped;
		const json = this.items[item]?.json;
		const reference = this.referenceOf(mapped);
		const found = json && reference ? reference(json) : IN_DOUBT;
		return found === IN_DOUBT ? this.node.evaluateExpression(mapped.slice(1), item) : found;
	}

	private referenceOf(expression: string): Reference | undefined {
		if (!this.references.has(expression))
			this.references.set(expression, plainReference(expression));
		return this.references.get(expression);
	}
}

function convertAttribute(name: string, value: unknown, type: string): unknown {
	return translatingErrors(
		() => toAttributeValue(value, type),
		(error) =>
			error instanceof ValueRefusal
				? new InputRefusal(`Attribute ${name}: ${quote(error.value)} ${error.reason}`, {
						field: name,
					})
				: error,
	);
}

function expectRequired(attributes: readonly AttributeDefinition[], content: Content): void {
	const missing = attributes.find(
		({ name, required }) => required && !Object.hasOwn(content, name),
	);
	if (missing)
		throw new InputRefusal(`Attribute ${missing.name} has no value`, {
			description: 'The transaction type requires it: Maileon queues no transaction without it.',
			field: missing.name,
		});
}

/**
 * The content of an item from JSON, sent as it is.
 * @throws InputRefusal when it is no JSON object
 */
export function contentFromJson(parameters: ItemParameters): Content {
	const json = parameters.json('contentJson');
	if (json === undefined || json === null) return {};
	if (!isRecord(json))
		throw new InputRefusal(`${parameters.label('contentJson')} must be a JSON object`, {
			description: 'For example {"order.number": "A-77", "order.total": 19.9}.',
			field: 'contentJson',
		});
	return json;
}
