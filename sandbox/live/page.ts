import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the page, as it is served. */
export interface PageFile {
	/** Media type without a character set. */
	type: string;
	text: string;
}

/** The live page, which shows `/state` and presses the buttons of `/control/…`, by path. */
export const PAGE: ReadonlyMap<string, PageFile> = new Map([
	['/', pageFile('index.html', 'text/html')],
	['/page/style.css', pageFile('style.css', 'text/css')],
	['/page/words.js', pageFile('words.js', 'text/javascript')],
	['/page/script.js', pageFile('script.js', 'text/javascript')],
]);

function pageFile(name: string, type: string): PageFile {
	return { type, text: readFileSync(join(__dirname, 'page', name), 'utf8') };
}
