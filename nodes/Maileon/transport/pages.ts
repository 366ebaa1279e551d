/**
 * Reads paged lists, page after page.
 * Rests on the page "Pagination": `page_index`, `page_size`, and the answer's headers `X-Pages` and
 * `Link`.
 */
import type { MaileonAnswer, MaileonClient, SendOptions } from './client';
import type { MaileonRequest } from '../maileon/request';

/** The largest page that Maileon gives of contacts. */
export const LARGEST_PAGE = 1000;

export interface Paging extends SendOptions {
	/** From 1 to what the list allows. */
	pageSize: number;
	/** Entries at most; Infinity for all. */
	limit: number;
}

export interface PagedList<T> {
	entries: T[];
	/** Whether a whole page held what earlier pages had held, so that entries may be missing. */
	hasRepeatedPage: boolean;
}

/** How the entries of a list are read. */
export interface EntryReader<T> {
	/** Takes the entries out of the answer with one page. */
	entriesOf(answer: MaileonAnswer): readonly T[];
	/** What makes two entries the same; undefined for entries that cannot be compared, which are all kept. */
	keyOf(entry: T): number | string | undefined;
}

/**
 * The first entries of a paged list in its order, each once: while pages are read, contacts can move
 * from one page to the next. No page more is read than the limit needs.
 *
 * The end is where `X-Pages` says: a short or an empty page is not the end, since Maileon takes entries
 * out of pages that are already cut. Without that header the `Link` to a next page counts, and without
 * both an empty page is the end. Where it is not known how many pages there are, a page that holds
 * nothing new ends the list too, since a server that does not mind `page_index` would send it for ever.
 * @throws MaileonFailure when a page cannot be read
 */
export async function readPages<T>(
	client: MaileonClient,
	request: MaileonRequest,
	{ pageSize, limit, ...options }: Paging,
	{ entriesOf, keyOf }: EntryReader<T>,
): Promise<PagedList<T>> {
	const collected: T[] = [];
	const seen = new Set<number | string>();
	let hasRepeatedPage = false;
	for (let page = 1; ; page++) {
		const query = [
			['page_index', page] as const,
			['page_size', pageSize] as const,
			...(request.query ?? []),
		];
		const answer = await client.send({ ...request, query }, options);
		const entries = entriesOf(answer);
		const known = seen.size;
		for (const entry of entries) {
			const key = keyOf(entry);
			const isRepeated = key !== undefined && seen.has(key);
			seen.add(key ?? JSON.stringify(entry));
			if (isRepeated) continue;
			collected.push(entry);
			if (collected.length >= limit) return { entries: collected, hasRepeatedPage: false };
		}
		const isRepeatedPage = entries.length > 0 && seen.size === known;
		hasRepeatedPage ||= isRepeatedPage;
		const pages = pageCount(answer);
		const goesOn =
			pages === undefined ? !isRepeatedPage && hasNext(answer, entries.length) : page < pages;
		if (!goesOn) return { entries: collected, hasRepeatedPage };
	}
}

function pageCount({ headers }: MaileonAnswer): number | undefined {
	const pages = headerText(headers['x-pages']);
	return pages !== undefined && /^\d+$/.test(pages) ? Number(pages) : undefined;
}

function hasNext({ headers }: MaileonAnswer, entries: number): boolean {
	const link = headerText(headers.link);
	return link === undefined ? entries > 0 : /rel="?next\b/i.test(link);
}

function headerText(header: unknown): string | undefined {
	const text = Array.isArray(header) ? header.join(', ') : header;
	return typeof text === 'string' ? text.trim() : undefined;
}
