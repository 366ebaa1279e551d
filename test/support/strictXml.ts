import { SaxesParser } from 'saxes';

/** An element as a strict parser, which is not the package's own, reads it. */
export interface StrictElement {
	name: string;
	attributes: Map<string, string>;
	children: StrictElement[];
	text: string;
}

/**
 * Reads XML by a parser that follows the specification and knows no mercy.
 * @throws Error for anything that is not well formed
 */
export function readStrictly(xml: string): StrictElement {
	const parser = new SaxesParser({ xmlns: false });
	const document: StrictElement = { name: '', attributes: new Map(), children: [], text: '' };
	const open = [document];
	const top = () => open[open.length - 1] ?? document;
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', ({ name, attributes }) => {
		const element: StrictElement = {
			name,
			attributes: new Map(Object.entries(attributes)),
			children: [],
			text: '',
		};
		top().children.push(element);
		open.push(element);
	});
	parser.on('text', (text) => {
		top().text += text;
	});
	parser.on('cdata', (text) => {
		top().text += text;
	});
	parser.on('closetag', () => {
		open.pop();
	});
	parser.write(xml).close();
	const [root] = document.children;
	if (!root) throw new Error('There is no element');
	return root;
}
