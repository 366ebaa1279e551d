/**
 * Preference categories, and the preferences of a category, as the account defines them.
 * Rests on "Create Contact Preference", "Update Contact Preference" and on the pages about preference
 * categories. What a contact wants is part of the contact.
 */
import type { FieldValue } from '../contact/contact';
import { xmlToJson } from '../contact/report';
import { childrenNamed, childText, type XmlElement } from '../xml/read';
import { element, XML_DECLARATION } from '../xml/write';

export type DefinitionElement = 'preference_category' | 'preference';

export interface Definition {
	name: string;
	/** Undefined leaves it out, so that Maileon keeps its own. */
	description?: FieldValue;
}

/** A definition as it comes out: Maileon's names, and whatever else Maileon returns. */
export interface DefinitionJson {
	name: string;
	description: string | null;
	[other: string]: unknown;
}

/** Preferences that one category can hold. */
export const MOST_PREFERENCES = 20;

const LONGEST_TEXT = 255;

/** Why a name or a description of a preference cannot be sent; undefined when it can. */
export function textRefusal(text: string): string | undefined {
	const length = [...text].length;
	return length > LONGEST_TEXT
		? `may have at most ${LONGEST_TEXT} characters, but has ${length}`
		: undefined;
}

/** The body of a request that creates or updates a definition. */
export function definitionDocument(root: DefinitionElement, definition: Definition): string {
	const parts = element('name', definition.name) + element('description', definition.description);
	return `${XML_DECLARATION}<${root}>${parts}</${root}>`;
}

/** Reads one definition; undefined where the element has no name. */
export function readDefinition(node: XmlElement): DefinitionJson | undefined {
	const name = childText(node, 'name');
	if (!name) return undefined;
	const parts = node.children.map((part) => [part.name, xmlToJson(part)] as const);
	return {
		...Object.fromEntries(parts),
		name,
		description: childText(node, 'description') ?? null,
	};
}

/** Reads a list of definitions: a list, also where there is one or none. */
export function readDefinitions(root: XmlElement, child: DefinitionElement): DefinitionJson[] {
	return childrenNamed(root, child).flatMap((node) => readDefinition(node) ?? []);
}
