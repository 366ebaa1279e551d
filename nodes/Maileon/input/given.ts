/**
 * Reads parameters of several values that one expression made as a whole. What can mean only one thing is
 * taken; the rest is refused, since dropping it would lose what somebody meant to send.
 */
import { isRecord } from '../maileon/records';
import { sendableText } from '../maileon/text';
import { quote } from '../maileon/values';
import { InputRefusal } from './refusal';

/** A parameter in messages: what the editor calls it, and its internal name. */
export interface Named {
	label: string;
	name: string;
}

/** What JSON text of an object or a list says; everything else as it is. */
export function parsed(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/**
 * An object of names and values, or the JSON text of one.
 * @param wanted what the object holds, for the message
 * @throws InputRefusal for everything else
 */
export function givenObject(
	value: unknown,
	about: Named,
	wanted = 'an object of names and values',
): Record<string, unknown> {
	const given = parsed(value);
	if (isPlainObject(given)) return given;
	throw refusal(about, wanted, given, 'An empty object, {}, stands for none.');
}

/** How a fixed collection is built. */
export interface EntriesShape extends Named {
	/** Name of the group that holds the entries. */
	group: string;
	/** Names of the values of an entry. */
	keys: readonly string[];
}

/**
 * The entries of a fixed collection: its group with a list or a single entry, the bare list, a single
 * bare entry, or the JSON text of one of these.
 * @throws InputRefusal for everything else, and for values that an entry does not have
 */
export function givenEntries(value: unknown, shape: EntriesShape): Array<Record<string, unknown>> {
	return listOf(parsed(value), shape).map((given) => {
		const entry = parsed(given);
		if (!isPlainObject(entry))
			throw new InputRefusal(`${shape.label} holds ${quote(entry)}, which is not an entry.`, {
				description: entriesAdvice(shape),
				field: shape.name,
			});
		const unknown = Object.keys(entry).find((key) => !shape.keys.includes(key));
		if (unknown !== undefined)
			throw new InputRefusal(`${shape.label} holds an entry with the unknown key "${unknown}".`, {
				description: entriesAdvice(shape),
				field: shape.name,
			});
		return entry;
	});
}

/**
 * Names: a list, its JSON text, or one text with commas between them. Empty ones are left out.
 * @throws InputRefusal for everything else
 */
export function givenNames(value: unknown, about: Named): string[] {
	const given = parsed(value);
	const list = typeof given === 'string' ? given.split(',') : given;
	const isText = (name: unknown) => typeof name === 'string' || typeof name === 'number';
	if (!Array.isArray(list) || !list.every(isText))
		throw refusal(about, 'a list of names', given, 'An empty list, [], stands for none.');
	return list.map((name) => sendableText(String(name)).trim()).filter((name) => name !== '');
}

/** An object of names and values, and no date or the like; it may come from another context. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function listOf(given: unknown, shape: EntriesShape): readonly unknown[] {
	if (Array.isArray(given)) return given;
	if (!isPlainObject(given)) throw noEntries(given, shape);
	const keys = Object.keys(given);
	if (keys.length === 0) return [];
	if (keys.length === 1 && keys[0] === shape.group) {
		const content = parsed(given[shape.group]);
		if (Array.isArray(content)) return content;
		if (isPlainObject(content)) return [content];
		throw noEntries(content, shape);
	}
	if (keys.some((key) => shape.keys.includes(key))) return [given];
	throw noEntries(given, shape);
}

function noEntries(given: unknown, shape: EntriesShape): InputRefusal {
	return refusal(shape, 'a list of entries', given, entriesAdvice(shape));
}

function entriesAdvice({ keys }: EntriesShape): string {
	return `An entry is an object with ${keys.join(', ')}. An empty list, [], stands for none.`;
}

function refusal(
	{ label, name }: Named,
	wanted: string,
	given: unknown,
	advice: string,
): InputRefusal {
	return new InputRefusal(`${label} must be ${wanted}, but ${shown(given)}.`, {
		description: advice,
		field: name,
	});
}

function shown(given: unknown): string {
	if (given === undefined) return 'its expression gives nothing';
	return Array.isArray(given) ? `is the list ${quote(given)}` : `is ${quote(given)}`;
}
