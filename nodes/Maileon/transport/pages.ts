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

/** One page of a list. */
export interface Page<T> {
	entries: readonly T[];
	/** How many entries all pages hold (`X-Items`); undefined where Maileon does not say. */
	items: number | undefined;
}

export interface PagingAhead extends SendOptions {
	/** From 1 to what the list allows. */
	pageSize: number;
	/** Pages that are read at a time, once it is known how many there are. */
	atATime: number;
	/** Entries at most; Infinity for all. */
	limit: number;
}

/**
 * The pages of a list in their order, as far as the limit needs them. The first tells how many there are;
 * the others are asked for ahead, so that Maileon makes the next one while one is read. Where it does not
 * tell, they are read one by one to the last.
 * @throws MaileonFailure when a page cannot be read; none is skipped
 */
export async function* pagesOf<T>(
	client: MaileonClient,
	request: MaileonRequest,
	{ pageSize, atATime, limit, ...options }: PagingAhead,
	entriesOf: (answer: MaileonAnswer) => readonly T[],
): AsyncGenerator<Page<T>, void, undefined> {
	const read = async (page: number) => {
		const query = [
			['page_index', page] as const,
			['page_size', pageSize] as const,
			...(request.query ?? []),
		];
		const answer = await client.send({ ...request, query }, options);
		return { answer, page: { entries: entriesOf(answer), items: itemCount(answer) } };
	};
	const first = await read(1);
	yield first.page;
	const pages = pageCount(first.answer);
	if (pages !== undefined) {
		const last = Math.min(pages, Math.ceil(limit / pageSize));
		yield* readAhead(async (page) => (await read(page)).page, 2, last, atATime);
		return;
	}
	let { answer, page } = first;
	for (let index = 2; hasNext(answer, page.entries.length); index++) {
		({ answer, page } = await read(index));
		yield page;
	}
}

async function* readAhead<T>(
	read: (page: number) => Promise<T>,
	from: number,
	to: number,
	atATime: number,
): AsyncGenerator<T, void, undefined> {
	const underWay: Array<Promise<T>> = [];
	let next = from;
	for (let page = from; page <= to; page++) {
		for (; next <= to && underWay.length < atATime; next++) {
			const reading = read(next);
			reading.catch(() => undefined);
			underWay.push(reading);
		}
		const due = underWay.shift();
		if (due) yield await due;
	}
}

function itemCount({ headers }: MaileonAnswer): number | undefined {
	const items = headerText(headers['x-items']);
	return items !== undefined && /^\d+$/.test(items) ? Number(items) : undefined;
}
