import ts from 'typescript';

const SETS_UP_NAMESPACE = '__toESM';

/**
 * The names that a CommonJS file takes from a module which it requires.
 * @param code JavaScript, such as a bundle of esbuild
 * @param module the name of the module; its subpaths must not be required
 * @returns each name once, in alphabetical order
 * @throws when the module is used in a way that leaves open which names are taken
 */
export function namesTakenFrom(module: string, code: string): string[] {
	const file = ts.createSourceFile('bundle.js', code, ts.ScriptTarget.Latest, true);
	const names = new Set<string>();
	const holders = new Set<string>();
	const unclear = (node: ts.Node) => {
		const { line } = file.getLineAndCharacterOfPosition(node.getStart());
		const text = node.getText().slice(0, 120);
		return new Error(`Line ${line + 1} uses ${module} in a way that is not understood: ${text}`);
	};
	/** Notes what is taken from an expression that stands for the module. */
	const follow = (expression: ts.Node): void => {
		const value = outermost(expression);
		const { parent } = value;
		if (ts.isPropertyAccessExpression(parent) && parent.expression === value) {
			names.add(parent.name.text);
		} else if (ts.isElementAccessExpression(parent) && parent.expression === value) {
			if (!ts.isStringLiteralLike(parent.argumentExpression)) throw unclear(parent);
			names.add(parent.argumentExpression.text);
		} else if (ts.isVariableDeclaration(parent) && parent.initializer === value) {
			if (ts.isIdentifier(parent.name)) holders.add(parent.name.text);
			else for (const element of parent.name.elements) names.add(nameOf(element, unclear));
		} else if (!ts.isExpressionStatement(parent)) {
			throw unclear(parent);
		}
	};
	visit(file, (node) => {
		if (!ts.isCallExpression(node)) return;
		const [wanted] = node.arguments;
		if (!wanted || !ts.isStringLiteralLike(wanted)) return;
		if (wanted.text !== module && !wanted.text.startsWith(`${module}/`)) return;
		const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
		if (!isRequire || wanted.text !== module) throw unclear(node);
		follow(node);
	});
	let known: number;
	do {
		known = holders.size;
		visit(file, (node) => {
			if (ts.isIdentifier(node) && holders.has(node.text) && isValue(node)) follow(node);
		});
	} while (holders.size > known);
	return [...names].sort();
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
	see(node);
	ts.forEachChild(node, (child) => visit(child, see));
}

/** The expression with the parentheses, and with esbuild's call for a namespace, around it. */
function outermost(node: ts.Node): ts.Node {
	const { parent } = node;
	const isWrapped =
		ts.isParenthesizedExpression(parent) ||
		(ts.isCallExpression(parent) &&
			parent.arguments[0] === node &&
			ts.isIdentifier(parent.expression) &&
			parent.expression.text === SETS_UP_NAMESPACE);
	return isWrapped ? outermost(parent) : node;
}

/** Whether an identifier is read, rather than the name of a declaration or a property. */
function isValue(identifier: ts.Identifier): boolean {
	const { parent } = identifier;
	if (ts.isVariableDeclaration(parent)) return parent.initializer === identifier;
	if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier;
	return !(ts.isPropertyAssignment(parent) && parent.name === identifier);
}

function nameOf(
	element: ts.ArrayBindingElement | ts.BindingElement,
	unclear: (node: ts.Node) => Error,
): string {
	if (!ts.isBindingElement(element) || element.dotDotDotToken) throw unclear(element);
	const name = element.propertyName ?? element.name;
	if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) throw unclear(element);
	return name.text;
}

/** The names of a list that a module does not export. */
export function namesMissingIn(exported: object, names: readonly string[]): string[] {
	const known = exported as Record<string, unknown>;
	return names.filter((name) => known[name] === undefined);
}
