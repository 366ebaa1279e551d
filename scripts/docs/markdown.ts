/** Markdown as the pages in docs/ are made of it: tables, links, and parts between two markers. */

/** A table with a head; bars in cells are escaped. */
export function markdownTable(
	head: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A text of n8n's editor as a sentence with a full stop; an empty text stays empty. */
export function sentence(text: string): string {
	const markdown = fromEditor(text);
	return markdown === '' || /[.!?…]$/.test(markdown) ? markdown : `${markdown}.`;
}

/** A text of n8n's editor: HTML becomes Markdown, names with an underscore become code. */
export function fromEditor(text: string): string {
	return text
		.split(/(<[^>]+>)/)
		.map((part) => (part.startsWith('<') ? part : withNamesAsCode(part)))
		.join('')
		.replace(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g, '[$2]($1)')
		.replace(/<\/?(b|strong)>/g, '**')
		.replace(/<br ?\/?>/g, ' ');
}

function withNamesAsCode(text: string): string {
	return text
		.split(/([\w.]*\w_\w[\w.]*\w)/)
		.map((part, index) => (index % 2 === 1 ? `\`${part}\`` : part.replace(/[_*]/g, '\\$&')))
		.join('');
}

/** Whether a text holds both markers, `<!-- name -->` and `<!-- /name -->`. */
export function hasSection(text: string, name: string): boolean {
	return text.includes(`<!-- ${name} -->`) && text.includes(`<!-- /${name} -->`);
}

/** The names of all parts between markers, in their order. */
export function sectionNames(text: string): string[] {
	return [...text.matchAll(/<!-- \/(.+?) -->/g)].flatMap(([, name]) => name ?? []);
}

/**
 * The text between two markers.
 * @throws Error when the markers are missing
 */
export function sectionOf(text: string, name: string): string {
	const [from, to] = boundsOf(text, name);
	return text.slice(from, to).trim();
}

/**
 * The text with another content between two markers.
 * @throws Error when the markers are missing
 */
export function withSection(text: string, name: string, content: string): string {
	const [from, to] = boundsOf(text, name);
	return `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`;
}

function boundsOf(text: string, name: string): [from: number, to: number] {
	const opening = `<!-- ${name} -->`;
	const start = text.indexOf(opening);
	const end = text.indexOf(`<!-- /${name} -->`);
	if (start < 0 || end < start) throw new Error(`There are no markers for "${name}"`);
	return [start + opening.length, end];
}

/** Markdown without what its formatter adds: blanks and dashes that line up tables, and escapes. */
export function unformatted(markdown: string): string {
	return markdown
		.split('\n')
		.map((line) =>
			line.startsWith('|')
				? line
						.split(/(?<!\\)\|/)
						.map((cell) => cell.trim().replace(/^-+$/, '-'))
						.join('|')
				: line.trim(),
		)
		.join('\n')
		.replace(/\\([_*])/g, '$1')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(markdown: string): string[] {
	const seen = new Map<string, number>();
	return withoutCode(markdown)
		.split('\n')
		.flatMap((line) => {
			const [, heading] = /^#{1,6} (.+)$/.exec(line) ?? [];
			if (heading === undefined) return [];
			const anchor = heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-');
			const before = seen.get(anchor) ?? 0;
			seen.set(anchor, before + 1);
			return before === 0 ? anchor : `${anchor}-${before}`;
		});
}

/** The targets of all links and pictures of a page. */
export function linksOf(markdown: string): string[] {
	const links = withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g);
	return [...links].flatMap(([, link, picture]) => link ?? picture ?? []);
}

/** What stands in the code blocks of a language. */
export function blocksOf(markdown: string, language: string): string[] {
	const blocks = markdown.matchAll(/^[ \t]*```(\S*)[^\n]*\n([\s\S]*?)^[ \t]*```/gm);
	return [...blocks].flatMap(([, name, content]) => (name === language ? (content ?? '') : []));
}

function withoutCode(markdown: string): string {
	return markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}
