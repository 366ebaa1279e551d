import type { Attribute, AttributeType, TransactionType } from '../account/account';
import { ATTRIBUTE_TYPES } from '../account/account';
import type { Answer } from '../server/answer';
import { empty, xml } from '../server/answer';
import { JSON_TYPE, MAILEON_XML } from '../server/media';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import type { XmlElement } from '../xml';
import { childrenByName, expectName, listOf, parentElement, textElement, textOf } from '../xml';
import { expectObject, requiredText } from './contactInput';
import { pageOf, pagingQuery } from './paging';

const STANDARD_PAGE_SIZE = 10;
const MAX_DESCRIPTION = 1000;

/** Kinds of contact events (documentation: … transaction type). */
export const transactionTypeRoutes: Route[] = [
	{
		method: 'GET',
		path: '/transactions/types/count',
		run: (call) => xml(200, textElement('count', call.account.transactionTypes.size)),
	},
	{ method: 'GET', path: '/transactions/types', query: pagingQuery(), run: list },
	{
		method: 'POST',
		path: '/transactions/types',
		body: [MAILEON_XML, JSON_TYPE],
		run: create,
	},
	{
		method: 'GET',
		path: '/transactions/types/:idOrName',
		run: (call) => xml(200, typeElement(call, findType(call, call.path.idOrName ?? ''))),
	},
	{ method: 'PUT', path: '/transactions/types/:id', body: [MAILEON_XML], run: update },
	{ method: 'DELETE', path: '/transactions/types/:idOrName', run: remove },
];

/** A type as a request describes it; undefined parts are not in the request. */
interface TypeInput {
	id?: string | null;
	name: string;
	description: string | null | undefined;
	archivingDuration: number | null | undefined;
	storeOnly: boolean | undefined;
	attributes: AttributeInput[];
}

interface AttributeInput {
	name: string;
	type: AttributeType | undefined;
	required: boolean;
	description: string | null;
}

/**
 * Finds a type by its ID or name; names start with a letter, so that digits are an ID.
 *
 * @throws Refusal (404) when there is none
 */
export function findType(call: Call, idOrName: string): TransactionType {
	const { transactionTypes } = call.account;
	const found = /^\d{1,15}$/.test(idOrName)
		? transactionTypes.get(Number(idOrName))
		: [...transactionTypes.values()].find(({ name }) => name === idOrName);
	if (!found) throw notFound(`transaction type ${idOrName} isn't found`);
	return found;
}

function list(call: Call): Answer {
	const page = pageOf(call, [...call.account.transactionTypes.values()], STANDARD_PAGE_SIZE);
	const types = page.items.map((type) => typeElement(call, type));
	return xml(200, parentElement('transaction_types', types), page.headers);
}

function typeElement(call: Call, type: TransactionType): string {
	const attributes = type.attributes.map((attribute) =>
		parentElement('attribute', [
			textElement('id', attribute.id),
			textElement('name', attribute.name),
			textElement('description', attribute.description),
			textElement('type', attribute.type),
			textElement(call.variants.requiredElement, attribute.required),
		]),
	);
	return parentElement('transaction_type', [
		textElement('id', type.id),
		textElement('created', type.created.getTime()),
		textElement('name', type.name),
		textElement('description', type.description),
		textElement('archivingDuration', type.archivingDuration),
		textElement('storeOnly', type.storeOnly),
		parentElement('attributes', attributes),
	]);
}

function create(call: Call): Answer {
	const input = call.body.kind === 'xml' ? readType(call.body.root) : readExample(call);
	checkFreeName(call, input.name);
	const attributes = input.attributes.map(({ name, type, required, description }) => {
		if (!type) throw badRequest(`attribute ${name} has no type`);
		return { name, type, required, description };
	});
	const id = call.account.addTransactionType(input.name, attributes, {
		description: input.description ?? null,
		archivingDuration: input.archivingDuration ?? null,
		storeOnly: input.storeOnly ?? false,
	});
	return xml(201, textElement('id', id));
}

/** Adds attributes, changes name, description and archiving duration; nothing else can change. */
function update(call: Call): Answer {
	const id = call.path.id ?? '';
	if (!/^\d+$/.test(id)) throw badRequest(`${id} is no ID of a transaction type`);
	const type = findType(call, id);
	if (call.body.kind !== 'xml') throw badRequest('the body holds no transaction_type');
	const input = readType(call.body.root, ['id']);
	checkRepeatedId(call, input.id);
	const named = new Set(input.attributes.map(({ name }) => name));
	for (const { name } of type.attributes) {
		if (!named.has(name)) throw badRequest(`attribute ${name} must be listed`);
	}
	if (input.name !== type.name) checkFreeName(call, input.name);
	const known = new Set(type.attributes.map(({ name }) => name));
	const added = input.attributes
		.filter(({ name }) => !known.has(name))
		.map((attribute): Attribute => {
			if (!attribute.type) throw badRequest(`attribute ${attribute.name} has no type`);
			return { ...attribute, type: attribute.type, id: call.account.nextId() };
		});
	type.attributes.push(...added);
	type.name = input.name;
	if (input.description !== undefined) type.description = input.description;
	if (input.archivingDuration !== undefined) type.archivingDuration = input.archivingDuration;
	return empty(200);
}

function remove(call: Call): Answer {
	const { id } = findType(call, call.path.idOrName ?? '');
	call.account.transactionTypes.delete(id);
	call.account.transactions = call.account.transactions.filter(({ typeId }) => typeId !== id);
	return empty(call.variants.deleteStatus);
}

/** The ID of the path may stand in the body too, another one must not. */
function checkRepeatedId(call: Call, id: string | null | undefined): void {
	if (id === undefined) return;
	if (id !== call.path.id) throw badRequest('id in the body differs from that in the path');
	call.lenient('identifier of the path in the body');
}

function readType(root: XmlElement, furtherParts: readonly string[] = []): TypeInput {
	expectName(root, 'transaction_type');
	const parts = childrenByName(root, [
		'name',
		'description',
		'archivingDuration',
		'storeOnly',
		'attributes',
		...furtherParts,
	]);
	const text = (name: string) => {
		const part = parts.get(name);
		return part && textOf(part);
	};
	const attributes = parts.get('attributes');
	const input: TypeInput = {
		id: text('id'),
		name: requiredText(parts, 'name', root.name),
		description: text('description'),
		archivingDuration: readDuration(text('archivingDuration')),
		storeOnly: readFlag('storeOnly', text('storeOnly')),
		attributes: attributes ? listOf(attributes, 'attribute').map(readAttribute) : [],
	};
	checkType(input);
	return input;
}

function readAttribute(element: XmlElement): AttributeInput {
	const parts = childrenByName(element, ['name', 'type', 'required', 'description']);
	const typeText = parts.get('type') && requiredText(parts, 'type', element.name);
	const type = ATTRIBUTE_TYPES.find((each) => each === typeText);
	if (typeText !== undefined && !type) {
		throw badRequest(`type must be one of ${ATTRIBUTE_TYPES.join(', ')} but was ${typeText}`);
	}
	const required = parts.get('required');
	const description = parts.get('description');
	return {
		name: requiredText(parts, 'name', element.name),
		type,
		required: readFlag('required', required && textOf(required)) ?? false,
		description: (description && textOf(description)) || null,
	};
}

function readFlag(name: string, text: string | null | undefined): boolean | undefined {
	if (text === undefined || text === null) return undefined;
	if (text !== 'true' && text !== 'false') {
		throw badRequest(`${name} must be true or false but was ${text}`);
	}
	return text === 'true';
}

/** 0 or empty: for ever. */
function readDuration(text: string | null | undefined): number | null | undefined {
	if (text === undefined) return undefined;
	if (text === null || text === '') return null;
	if (!/^\d{1,9}$/.test(text)) {
		throw badRequest(`archivingDuration must be a number of days but was ${text}`);
	}
	return Number(text) || null;
}

/** The JSON form: attributes are derived from an example. */
function readExample(call: Call): TypeInput {
	const example = expectObject(call.body.kind === 'json' ? call.body.value : null, 'the body');
	for (const key of Object.keys(example)) {
		if (!['name', 'storeOnly', 'archivingDuration', 'content'].includes(key)) {
			throw badRequest(`${key} is not allowed in the body`);
		}
	}
	const { name, storeOnly, archivingDuration } = example;
	if (typeof name !== 'string') throw badRequest('name must be a string');
	if (storeOnly !== undefined && typeof storeOnly !== 'boolean') {
		throw badRequest('storeOnly must be true or false');
	}
	if (archivingDuration !== undefined && !Number.isInteger(archivingDuration)) {
		throw badRequest('archivingDuration must be a number of days');
	}
	const input: TypeInput = {
		name,
		description: undefined,
		archivingDuration: Number(archivingDuration ?? 0) || null,
		storeOnly,
		attributes: Object.entries(expectObject(example.content ?? {}, 'content')).map(
			([attribute, value]) => ({
				name: attribute,
				type: typeOfExample(value),
				required: false,
				description: null,
			}),
		),
	};
	checkType(input);
	return input;
}

function typeOfExample(value: unknown): AttributeType {
	switch (typeof value) {
		case 'number':
			return Number.isInteger(value) ? 'integer' : 'double';
		case 'boolean':
			return 'boolean';
		case 'string':
			return 'string';
		default:
			return 'json';
	}
}

function checkType(input: TypeInput): void {
	checkName(input.name, 'name of the transaction type');
	if ([...(input.description ?? '')].length > MAX_DESCRIPTION) {
		throw badRequest(`description must not exceed ${MAX_DESCRIPTION} characters`);
	}
	const names = new Set<string>();
	for (const { name } of input.attributes) {
		checkName(name, 'name of the attribute');
		if (names.has(name)) throw badRequest(`attribute ${name} stands twice`);
		names.add(name);
	}
}

/** Letters, digits and `_` in levels of up to 32 characters, 255 in all; a letter comes first. */
function checkName(name: string, what: string): void {
	const isValid = /^[A-Za-z]\w*(\.\w+)*$/.test(name) && name.length >= 3 && name.length <= 255;
	if (!isValid || name.split('.').some((level) => level.length > 32)) {
		throw badRequest(`"${name}" is not allowed as ${what}`);
	}
}

function checkFreeName(call: Call, name: string): void {
	for (const type of call.account.transactionTypes.values()) {
		if (type.name === name) throw badRequest(`transaction type ${name} exists already`);
	}
}
