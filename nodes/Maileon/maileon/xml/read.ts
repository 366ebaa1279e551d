/**
 * Reads Maileon's XML answers into a tree, without trusting them: no entity is expanded beyond the
 * five of XML itself and character references, and depth is bounded.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { translatingErrors } from '../translate';

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
const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	textNodeName: TEXT,
	cdataPropName: CDATA,
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	processEntities: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	maxNestedTags: MAX_DEPTH,
});

type ParsedNode = Readonly<Record<string, unknown>>;

/**
 * Reads an XML document and returns its root element.
 * @throws XmlRefusal when the text is not well formed, truncated, too deep or has a document type
 */
export function readXml(text: string): XmlElement {
	if (hasDocumentType(text)) throw new XmlRefusal('it has a document type declaration');
	const roots = parse(text).filter((node) => elementName(node) !== undefined);
	const [root] = roots;
	if (!root || roots.length > 1) throw new XmlRefusal('it does not have exactly one root element');
	return toElement(root);
}

const SECTION_ENDS: Readonly<Record<string, string>> = {
	'<!--': '-->',
	'<![CDATA[': ']]>',
	'<?': '?>',
};

/** Whether a document type is declared; in a comment, in character data and the like, it is only text. */
function hasDocumentType(text: string): boolean {
	const starts = /<!--|<!\[CDATA\[|<\?|<!DOCTYPE/gi;
	for (let start = starts.exec(text); start; start = starts.exec(text)) {
		const end = SECTION_ENDS[start[0]];
		if (end === undefined) return true;
		const found = text.indexOf(end, starts.lastIndex);
		if (found < 0) return false;
		starts.lastIndex = found + end.length;
	}
	return false;
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

function parse(text: string): ParsedNode[] {
	return translatingErrors(
		() => {
			const verdict = XMLValidator.validate(text);
			if (verdict !== true) throw new XmlRefusal(verdict.err.msg);
			return parser.parse(text) as ParsedNode[];
		},
		(error) =>
			error instanceof XmlRefusal
				? error
				: new XmlRefusal(error instanceof Error ? error.message : 'it cannot be read'),
	);
}

function elementName(node: ParsedNode): string | undefined {
	for (const key of Object.keys(node))
		if (key !== ATTRIBUTES && key !== TEXT && key !== CDATA) return key;
	return undefined;
}

function toElement(node: ParsedNode): XmlElement {
	const name = elementName(node) ?? '';
	const children: XmlElement[] = [];
	let text = '';
	for (const child of listOf(node[name])) {
		if (TEXT in child) text += decode(String(child[TEXT]));
		else if (CDATA in child) text += textOf(child[CDATA]);
		else children.push(toElement(child));
	}
	return { name, attributes: attributesOf(node[ATTRIBUTES]), children, text };
}

function listOf(value: unknown): ParsedNode[] {
	return Array.isArray(value) ? (value as ParsedNode[]) : [];
}

function textOf(cdata: unknown): string {
	return listOf(cdata)
		.map((part) => String(part[TEXT] ?? ''))
		.join('');
}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

function attributesOf(value: unknown): Readonly<Record<string, string>> {
	if (typeof value !== 'object' || value === null) return NO_ATTRIBUTES;
	return Object.fromEntries(
		Object.entries(value).map(([name, text]) => [name, decode(String(text))]),
	);
}

const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

function decode(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g,
		(whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) =>
			name ? (NAMED[name] ?? whole) : (character(decimal, hex) ?? whole),
	);
}

function character(decimal: string | undefined, hex: string | undefined): string | undefined {
	const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
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
