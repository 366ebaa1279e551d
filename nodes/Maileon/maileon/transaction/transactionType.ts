/**
 * Transaction types: the kinds of transactions (contact events) that an account knows, and their attributes.
 * Rests on "Create Transaction Type", "Update Transaction Type" and the official clients.
 */
import { maileonId } from '../contact/contact';
import { readBoolean, xmlToJson } from '../contact/report';
import {
	child,
	childText,
	childrenNamed,
	descendant,
	textOrNull,
	type XmlElement,
} from '../xml/read';
import { element, XML_DECLARATION } from '../xml/write';

export const ATTRIBUTE_TYPES = [
	'boolean',
	'date',
	'double',
	'float',
	'integer',
	'json',
	'string',
	'timestamp',
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** An attribute as a request defines it. */
export interface AttributeDefinition {
	name: string;
	/** One of `ATTRIBUTE_TYPES`, or a type yet unknown that Maileon answered with. */
	type: string;
	required: boolean;
	description?: string | null;
}

/** A type as a request defines it; what is undefined is left out. */
export interface TypeDefinition {
	name: string;
	description?: string | null;
	/** Days; 0 keeps transactions forever. */
	archivingDuration?: number | null;
	storeOnly?: boolean;
	attributes: readonly AttributeDefinition[];
}

/** A type as Maileon answers with it, with everything that it says. */
export interface TransactionType {
	id: number | string;
	name: string;
	description?: string | null;
	archivingDuration?: number | string | null;
	storeOnly?: boolean;
	attributes: TransactionAttribute[];
	[other: string]: unknown;
}

export interface TransactionAttribute extends AttributeDefinition {
	[other: string]: unknown;
}

/**
 * Reads one `<transaction_type>`. The flag of an attribute is `required` or `mandatory`, the ID an
 * element or an attribute of the element; what is not documented is kept under its name.
 */
export function readTransactionType(node: XmlElement): TransactionType {
	const list = child(node, 'attributes');
	return {
		id: readId(node) ?? '',
		name: (childText(node, 'name') ?? '').trim(),
		...others(node, ['id', 'name', 'attributes']),
		attributes: list ? childrenNamed(list, 'attribute').map(readAttribute) : [],
	};
}

/** Reads a list of types; a single type counts as a list of one. */
export function readTransactionTypes(root: XmlElement): TransactionType[] {
	if (root.name === 'transaction_type') return [readTransactionType(root)];
	return childrenNamed(root, 'transaction_type').map(readTransactionType);
}

function readAttribute(node: XmlElement): TransactionAttribute {
	const id = readId(node);
	const required = child(node, 'required') ?? child(node, 'mandatory');
	return {
		...(id !== undefined && { id }),
		name: childText(node, 'name') ?? '',
		type: (childText(node, 'type') ?? 'string').trim().toLowerCase(),
		required: readBoolean(textOrNull(required)),
		...others(node, ['id', 'name', 'type', 'required', 'mandatory']),
	};
}

function readId(node: XmlElement): number | string | undefined {
	const text = (childText(node, 'id') ?? node.attributes.id)?.trim();
	return text ? maileonId(text) : undefined;
}

/** Elements that need no rule of their own; counts of days and moments become numbers. */
function others(node: XmlElement, known: readonly string[]): Record<string, unknown> {
	const parts = node.children.filter(({ name }) => !known.includes(name));
	return Object.fromEntries(parts.map((part) => [part.name, readPart(part)]));
}

function readPart(part: XmlElement): unknown {
	switch (part.name) {
		case 'created':
		case 'archivingDuration': {
			const text = textOrNull(part)?.trim();
			return text ? maileonId(text) : null;
		}
		case 'storeOnly':
			return readBoolean(textOrNull(part));
		default:
			return xmlToJson(part);
	}
}

/** The ID in the answer to a creation: the text of the root whatever its name, or of an `<id>`. */
export function readNewTypeId(root: XmlElement): number | string | undefined {
	const text = (child(root, 'id') ?? descendant(root, 'id') ?? root).text.trim();
	return text === '' ? undefined : maileonId(text);
}

/** The body that creates or changes a type. Attributes carry no IDs, which Maileon refuses. */
export function transactionTypeDocument(type: TypeDefinition): string {
	return (
		`${XML_DECLARATION}<transaction_type>` +
		element('name', type.name) +
		element('description', type.description ?? undefined) +
		element('archivingDuration', numberText(type.archivingDuration)) +
		element('storeOnly', type.storeOnly === undefined ? undefined : String(type.storeOnly)) +
		`<attributes>${type.attributes.map(attributeElement).join('')}</attributes>` +
		'</transaction_type>'
	);
}

function numberText(number: number | null | undefined): string | undefined {
	return number === undefined || number === null ? undefined : String(number);
}

function attributeElement({ name, type, required, description }: AttributeDefinition): string {
	return (
		'<attribute>' +
		element('name', name) +
		element('type', type) +
		element('required', String(required)) +
		element('description', description || undefined) +
		'</attribute>'
	);
}

const LONGEST_NAME = 255;
const LONGEST_LEVEL = 32;
const LONGEST_DESCRIPTION = 1_000;

/** Why a text cannot be the name of a type, by the documented rules; undefined when it can. */
export function typeNameRefusal(name: string): string | undefined {
	if (!/^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/.test(name))
		return 'must start with a letter and hold only letters, digits and _, with dots between levels';
	if (name.length > LONGEST_NAME) return `must not be longer than ${LONGEST_NAME} characters`;
	if (name.split('.').some((level) => level.length > LONGEST_LEVEL))
		return `must not have more than ${LONGEST_LEVEL} characters between two dots`;
	return undefined;
}

/** Why a text cannot be the description of a type; undefined when it can. */
export function typeDescriptionRefusal(description: string): string | undefined {
	return [...description].length > LONGEST_DESCRIPTION
		? `must not be longer than ${LONGEST_DESCRIPTION} characters`
		: undefined;
}

/** How a request names a type: by ID, or by name. Names start with a letter, so digits are an ID. */
export type TypeReference = { id: number } | { name: string };

/** The reference of a text that is an ID or a name; undefined when it can be neither. */
export function typeReference(text: string): TypeReference | undefined {
	const trimmed = text.trim();
	if (/^\d+$/.test(trimmed)) {
		const id = Number(trimmed);
		return Number.isSafeInteger(id) ? { id } : undefined;
	}
	return typeNameRefusal(trimmed) === undefined ? { name: trimmed } : undefined;
}

/** The reference as part of a path. */
export function referenceText(reference: TypeReference): string {
	return 'id' in reference ? String(reference.id) : reference.name;
}
