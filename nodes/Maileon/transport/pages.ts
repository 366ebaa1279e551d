/**
 * Reads paged lists, page after page.
 * Rests on the page "Pagination": `page_index`, `page_size`, and the answer's headers `X-Pages` and
 * `Link`.
 */
import type { MaileonAnswer, MaileonClient, SendOptions } from './client';
import type { MaileonRequest } from './request';

/** The largest page that Maileon gives of contacts. */
export const LARGEST_PAGE = 1000;

export interface Paging extends SendOptions {
	/** From 1 to what the list allows. */
	pageSize: number;
}

/**
 * The entries of a paged list, in its order. Pages are read as they are asked for, so that whoever has
 * enough stops early. The end is where `X-Pages` says: a short or an empty page is not the end, since
 * Maileon takes entries out of pages that are already cut. Without that header the `Link` to a next
 * page counts, and without both an empty page is the end.
 * @param entriesOf takes the entries out of the answer with one page
 * @throws MaileonFailure when a page cannot be read
 */
export async function* pagedEntries<T>(
	client: MaileonClient,
	request: MaileonRequest,
	{ pageSize, ...options }: Paging,
	entriesOf: (answer: MaileonAnswer) => readonly T[],
): AsyncGenerator<T> {
	for (let page = 1; ; page++) {
		const query = [
			['page_index', page] as const,
			['page_size', pageSize] as const,
			...(request.query ?? []),
		];
		const answer = await client.send({ ...request, query }, options);
		const entries = entriesOf(answer);
		yield* entries;
		if (!hasNext(answer, page, entries.length)) return;
	}
}

function hasNext({ headers }: MaileonAnswer, page: number, entries: number): boolean {
	const pages = headerText(headers['x-pages']);
	if (pages !== undefined && /^\d+$/.test(pages)) return page < Number(pages);
	const link = headerText(headers.link);
	if (link !== undefined) return /rel="?next\b/i.test(link);
	return entries > 0;
}

function headerText(header: unknown): string | undefined {
	const text = Array.isArray(header) ? header.join(', ') : header;
	return typeof text === 'string' ? text.trim() : undefined;
}

/**
 * The first entries of a list, each once: while pages are read, contacts can move from one page to the
 * next.
 * @param keyOf what makes two entries the same; undefined for entries that cannot be compared
 */
export async function collect<T>(
	entries: AsyncIterable<T>,
	limit: number,
	keyOf: (entry: T) => unknown,
): Promise<T[]> {
	const collected: T[] = [];
	const seen = new Set<unknown>();
	for await (const entry of entries) {
		const key = keyOf(entry);
		if (key !== undefined && seen.has(key)) continue;
		seen.add(key);
		collected.push(entry);
		if (collected.length >= limit) break;
	}
	return collected;
}
