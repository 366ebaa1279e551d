/**
 * The package reads XML by events. What it makes of a document is compared with what another library,
 * which builds a tree of its own, makes of the same text.
 */
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { tryXml, type XmlElement } from '../../../nodes/Maileon/maileon/xml/read';
import { check } from '../../support/propertySettings';

const NAMES = ['clicks', 'click', 'contact', 'field', 'value', 'id', 'a-b', 'Ü'];
const TEXTS = ['', 'x', ' ', 'Jürgen &amp; Söhne', '&lt;b&gt;', '<![CDATA[<x>&]]>', '😀'];

const { element } = fc.letrec<{ element: string }>((tie) => ({
	element: fc
		.tuple(
			fc.constantFrom(...NAMES),
			fc.constantFrom('', ' nil="true"', ' code="3" x=\'&lt;y\''),
			fc.array(
				fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constantFrom(...TEXTS), tie('element')),
				{ maxLength: 4 },
			),
		)
		.map(([name, attributes, parts]) => `<${name}${attributes}>${parts.join('')}</${name}>`),
}));

/** Documents, some of them broken off or with a piece of something else inside. */
const documents = fc
	.tuple(
		element,
		fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>\n', '<!-- a -->'),
		fc.option(fc.tuple(fc.nat(), fc.constantFrom('<', '</a>', '&', '"', ''), fc.boolean())),
	)
	.map(([xml, head, damage]) => {
		const whole = head + xml;
		if (!damage) return whole;
		const [at, piece, isCut] = damage;
		const place = at % (whole.length + 1);
		return whole.slice(0, place) + piece + (isCut ? '' : whole.slice(place));
	});

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	cdataPropName: '#cdata',
});

type Node = Record<string, unknown>;

function elementOf(node: Node): XmlElement | undefined {
	const name = Object.keys(node).find((key) => !['#text', '#cdata', ':@'].includes(key));
	if (name === undefined) return undefined;
	const parts = node[name] as Node[];
	const text = parts.map((part) => {
		if ('#text' in part) return String(part['#text']);
		if (!('#cdata' in part)) return '';
		return (part['#cdata'] as Node[]).map((inner) => String(inner['#text'])).join('');
	});
	const attributes = Object.entries((node[':@'] ?? {}) as Node);
	return {
		name,
		attributes: Object.fromEntries(attributes.map(([key, value]) => [key, String(value)])),
		children: parts.map(elementOf).filter((child) => child !== undefined),
		text: text.join(''),
	};
}

/** What the other library reads; undefined where it refuses the text. */
function readByOther(xml: string): XmlElement | undefined {
	if (XMLValidator.validate(xml) !== true) return undefined;
	try {
		const roots = (parser.parse(xml) as Node[]).map(elementOf).filter((one) => one !== undefined);
		return roots.length === 1 ? roots[0] : undefined;
	} catch {
		return undefined;
	}
}

test('what both libraries accept, they read in the same way', () => {
	let both = 0;
	check(
		'documents',
		fc.property(documents, (xml) => {
			const other = readByOther(xml);
			const { root } = tryXml(xml);
			if (!other || !root) return;
			both += 1;
			expect(root).toEqual(other);
		}),
	);
	expect(both).toBeGreaterThan(0);
});

test('a whole document is read, and one that is broken off is not', () => {
	check(
		'whole and broken off',
		fc.property(element, fc.nat(), (xml, at) => {
			expect(tryXml(xml).root).toBeDefined();
			expect(tryXml(xml.slice(0, at % xml.length)).root).toBeUndefined();
		}),
	);
});
