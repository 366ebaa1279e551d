/**
 * The expression that n8n shows below a node on the canvas: the title that belongs to a key.
 * @param titles by key; flat, since two closing braces would end the expression
 * @param key the expression of the key, which is shown where it has no title
 */
export function subtitleExpression(titles: Readonly<Record<string, string>>, key: string): string {
	return `={{ (${JSON.stringify(titles)})[${key}] || ${key} }}`;
}
