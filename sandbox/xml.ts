import { SaxesParser } from 'saxes';

import { badRequest } from './server/refusal';

/** One element of a request body, read strictly. */
export interface XmlElement {
	name: string;
	/** `nil="true"`: the value is null. */
	nil: boolean;
	children: XmlElement[];
	text: string;
}

/**
 * Reads a request body. Only what Maileon documents passes: well-formed XML 1.0 without a document
 * type, and no attribute but `nil`.
 *
 * @throws Refusal (400) that says what is wrong
 */
export function readXml(text: string): XmlElement {
	const parser = new SaxesParser({ position: true });
	const open: XmlElement[] = [];
	let root: XmlElement | undefined;
	parser.on('error', (error) => {
		throw badRequest(`malformed XML: ${error.message}`);
	});
	parser.on('doctype', () => {
		throw badRequest('a document type is not allowed');
	});
	parser.on('opentag', (tag) => {
		const element: XmlElement = {
			name: tag.name,
			nil: readNil(tag.name, tag.attributes),
			children: [],
			text: '',
		};
		const parent = open[open.length - 1];
		if (parent) parent.children.push(element);
		else root = element;
		open.push(element);
	});
	const addText = (part: string) => {
		const current = open[open.length - 1];
		if (current) current.text += part;
	};
	parser.on('text', addText);
	parser.on('cdata', addText);
	parser.on('closetag', () => {
		const element = open.pop();
		if (element) checkContent(element);
	});
	parser.write(text).close();
	if (!root) throw badRequest('the body holds no XML element');
	return root;
}

function readNil(name: string, attributes: Record<string, unknown>): boolean {
	let nil = false;
	for (const attribute in attributes) {
		const value = attributes[attribute];
		if (attribute !== 'nil' || (value !== 'true' && value !== 'false')) {
			throw badRequest(`element ${name} must not have the attribute ${attribute}="${value}"`);
		}
		nil = value === 'true';
	}
	return nil;
}

function checkContent(element: XmlElement): void {
	if (element.children.length > 0 && /\S/.test(element.text)) {
		throw badRequest(`element ${element.name} must not hold text beside its elements`);
	}
	if (element.nil && (element.children.length > 0 || element.text !== '')) {
		throw badRequest(`element ${element.name} is nil and must be empty`);
	}
}

/** Checks that an element has the name that belongs there. */
export function expectName(element: XmlElement, name: string): void {
	if (element.name !== name) {
		throw badRequest(`expected element ${name} but found ${element.name}`);
	}
}

/**
 * The children of an element by name; each may stand once.
 *
 * @throws Refusal (400) for children that are not in `allowed`, or that stand twice
 */
export function childrenByName(
	element: XmlElement,
	allowed: readonly string[],
): Map<string, XmlElement> {
	const children = new Map<string, XmlElement>();
	for (const child of element.children) {
		if (!allowed.includes(child.name)) {
			throw badRequest(`element ${child.name} is not allowed in ${element.name}`);
		}
		if (children.has(child.name)) {
			throw badRequest(`element ${child.name} stands twice in ${element.name}`);
		}
		children.set(child.name, child);
	}
	return children;
}

/** The children of a list element, all of which have to bear the same name. */
export function listOf(element: XmlElement, name: string): XmlElement[] {
	for (const child of element.children) {
		if (child.name !== name) {
			throw badRequest(`element ${child.name} is not allowed in ${element.name}`);
		}
	}
	if (/\S/.test(element.text)) throw badRequest(`element ${element.name} must not hold text`);
	return element.children;
}

/** The text of an element without children; null when it is nil. */
export function textOf(element: XmlElement): string | null {
	if (element.children.length > 0) {
		throw badRequest(`element ${element.name} must hold text only`);
	}
	return element.nil ? null : element.text;
}

const PLAIN = /^[\w .,:;/@+-]*$/;
const MARKUP = /[&<>"\r]/g;
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\r': '&#13;',
};

/** Text as it may stand in an element or attribute; characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
	if (PLAIN.test(text)) return text;
	return text.replace(NOT_XML, '').replace(MARKUP, (character) => ENTITIES[character] ?? '');
}

/** An element with a text value; null gives `nil="true"`. */
export function textElement(name: string, value: string | number | boolean | null): string {
	if (value === null) return `<${name} nil="true"/>`;
	return `<${name}>${typeof value === 'string' ? escapeXml(value) : value}</${name}>`;
}

/** An element around parts that are XML already. */
export function parentElement(name: string, parts: readonly string[], attributes = ''): string {
	return parts.length === 0
		? `<${name}${attributes}/>`
		: `<${name}${attributes}>${parts.join('')}</${name}>`;
}

/** A whole answer document. */
export function xmlDocument(root: string): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}
