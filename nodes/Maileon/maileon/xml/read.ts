/**
 * Reads Maileon's XML answers into a tree, without trusting them: no entity is expanded beyond the
 * five of XML itself and character references, and depth is bounded.
 */
import { SaxesParser } from 'saxes';

export interface XmlElement {
	name: string;
	attributes: Readonly<Record<string, string>>;
	children: readonly XmlElement[];
	/** The text directly inside the element, entities decoded. */
	text: string;
}

/** The text is not a complete XML document that can be read safely. */
export class XmlRefusal extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = 'XmlRefusal';
	}
}

const MAX_DEPTH = 60;

/** What real answers can hold although XML forbids it; the text around it is worth more than the rule. */
const TOLERATED = /^(undefined entity|malformed character entity)/;
const FORBIDDEN_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

interface OpenElement extends XmlElement {
	children: XmlElement[];
}

/**
 * Reads an XML document and returns its root element.
 * @throws XmlRefusal when the text is not well formed, truncated, too deep or has a document type
 */
export function readXml(text: string): XmlElement {
	const parser = new SaxesParser({ position: false });
	const open: OpenElement[] = [];
	let root: XmlElement | undefined;
	const add = (more: string) => {
		const element = open[open.length - 1];
		if (element) element.text += more;
	};
	let holdsForbidden: boolean | undefined;
	parser.on('error', ({ message }) => {
		const isTolerated =
			message.startsWith('disallowed character') &&
			(holdsForbidden ??= FORBIDDEN_CHARACTER.test(text));
		if (!isTolerated && !TOLERATED.test(message)) throw new XmlRefusal(message);
	});
	parser.on('doctype', () => {
		throw new XmlRefusal('it has a document type declaration');
	});
	let hasAttributes = false;
	parser.on('attribute', () => {
		hasAttributes = true;
	});
	parser.on('opentag', ({ name, attributes }) => {
		const element: OpenElement = {
			name,
			attributes: hasAttributes ? attributesOf(attributes) : NO_ATTRIBUTES,
			children: [],
			text: '',
		};
		hasAttributes = false;
		const parent = open[open.length - 1];
		if (parent) parent.children.push(element);
		else root = element;
		open.push(element);
		if (open.length > MAX_DEPTH) throw new XmlRefusal('it is nested too deep');
	});
	parser.on('text', add);
	parser.on('cdata', add);
	parser.on('closetag', () => {
		open.pop();
	});
	parser.write(text).close();
	if (!root) throw new XmlRefusal('it does not have exactly one root element');
	return root;
}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

function attributesOf(attributes: Readonly<Record<string, unknown>>) {
	return Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => [name, String(value)]),
	);
}

/** Whether an element is text and nothing else. Most are, and telling so is cheap. */
export function isPlainText({ children, attributes }: XmlElement): boolean {
	return children.length === 0 && attributes === NO_ATTRIBUTES;
}

/** Reads an XML document, or says why it cannot be read. */
export function tryXml(
	text: string,
): { root: XmlElement; refusal?: undefined } | { root?: undefined; refusal: string } {
	try {
		return { root: readXml(text) };
	} catch (error) {
		return { refusal: error instanceof Error ? error.message : String(error) };
	}
}

/** The first child of that name, or undefined. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
	return parent.children.find((candidate) => candidate.name === name);
}

/** All children of that name: a list even where there is only one. */
export function childrenNamed(parent: XmlElement, name: string): XmlElement[] {
	return parent.children.filter((candidate) => candidate.name === name);
}

/** Whether the element stands for null, which is not the same as an empty text. */
export function isNil(node: XmlElement): boolean {
	return node.attributes.nil === 'true' || node.attributes['xsi:nil'] === 'true';
}

/** The text of an element, null where it is `nil` and undefined where the element is missing. */
export function textOrNull(node: XmlElement | undefined): string | null | undefined {
	if (!node) return undefined;
	return isNil(node) ? null : node.text;
}

/** The text of the first child of that name, as `textOrNull` reads it. */
export function childText(parent: XmlElement, name: string): string | null | undefined {
	return textOrNull(child(parent, name));
}

/** The first element of that name anywhere below, or undefined. */
export function descendant(parent: XmlElement, name: string): XmlElement | undefined {
	for (const candidate of parent.children) {
		if (candidate.name === name) return candidate;
		const below = descendant(candidate, name);
		if (below) return below;
	}
	return undefined;
}
