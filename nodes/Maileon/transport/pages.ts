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
	/** Pages that are read at a time, once it is known how many there are; one by default. */
	atATime?: number;
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
 * Where it is not known how many pages there are, a page that holds nothing new ends the list, since a
 * server that does not mind `page_index` would send it for ever.
 * @throws MaileonFailure when a page cannot be read
 */
export async function readPages<T>(
	client: MaileonClient,
	request: MaileonRequest,
	paging: Paging,
	{ entriesOf, keyOf }: EntryReader<T>,
): Promise<PagedList<T>> {
	const collected: T[] = [];
	const seen = new Set<number | string>();
	let hasRepeatedPage = false;
	for await (const { entries, pages } of pagesOf(client, request, paging, entriesOf)) {
		const known = seen.size;
		for (const entry of entries) {
			const key = keyOf(entry);
			const isRepeated = key !== undefined && seen.has(key);
			seen.add(key ?? JSON.stringify(entry));
			if (isRepeated) continue;
			collected.push(entry);
			if (collected.length >= paging.limit) return { entries: collected, hasRepeatedPage: false };
		}
		const isRepeatedPage = entries.length > 0 && seen.size === known;
		hasRepeatedPage ||= isRepeatedPage;
		if (isRepeatedPage && pages === undefined) break;
	}
	return { entries: collected, hasRepeatedPage };
}

/** One page of a list. */
export interface Page<T> {
	entries: readonly T[];
	/** How many pages there are (`X-Pages`), and entries in all of them (`X-Items`), where Maileon says so. */
	pages: number | undefined;
	items: number | undefined;
}

export interface PageChoice extends SendOptions {
	/** From 1 to what the list allows. */
	pageSize: number;
	/** From 1 on. */
	index: number;
}

/**
 * One page of a list, and whether another one follows where Maileon does not say how many there are.
 * @throws MaileonFailure when it cannot be read
 */
export async function pageOf<T>(
	client: MaileonClient,
	request: MaileonRequest,
	{ pageSize, index, ...options }: PageChoice,
	entriesOf: (answer: MaileonAnswer) => readonly T[],
): Promise<Page<T> & { hasNext: boolean }> {
	const query = [
		['page_index', index] as const,
		['page_size', pageSize] as const,
		...(request.query ?? []),
	];
	const answer = await client.send({ ...request, query }, options);
	const entries = entriesOf(answer);
	return {
		entries,
		pages: wholeNumberIn(answer, 'x-pages'),
		items: wholeNumberIn(answer, 'x-items'),
		hasNext: hasNext(answer, entries.length),
	};
}

/**
 * The pages of a list in their order, as far as the limit can need them. The first tells how many there
 * are; the others are asked for ahead, so that Maileon makes the next one while one is read.
 *
 * The end is where `X-Pages` says: a short or an empty page is not the end, since Maileon takes entries
 * out of pages that are already cut. Without that header, pages are read one by one as long as the `Link`
 * names a next one, and without both an empty page is the end.
 * @throws MaileonFailure when a page cannot be read; none is skipped
 */
export async function* pagesOf<T>(
	client: MaileonClient,
	request: MaileonRequest,
	{ pageSize, atATime = 1, limit, ...options }: Paging,
	entriesOf: (answer: MaileonAnswer) => readonly T[],
): AsyncGenerator<Page<T>, void, undefined> {
	const read = async (index: number) =>
		await pageOf(client, request, { ...options, pageSize, index }, entriesOf);
	const underWay: Array<ReturnType<typeof read>> = [];
	const needed = Math.ceil(limit / pageSize);
	let last: number | undefined;
	let next = 1;
	for (let index = 1; ; index++) {
		const ahead = last === undefined ? index : Math.max(index, Math.min(last, needed));
		for (; next <= ahead && underWay.length < atATime; next++) {
			const reading = read(next);
			reading.catch(() => undefined);
			underWay.push(reading);
		}
		const due = await underWay.shift();
		if (!due) return;
		yield due;
		last = due.pages ?? last;
		const goesOn = last === undefined ? due.hasNext : index < last;
		if (!goesOn) return;
	}
}

function wholeNumberIn({ headers }: MaileonAnswer, name: string): number | undefined {
	const text = headerText(headers[name]);
	return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function hasNext({ headers }: MaileonAnswer, entries: number): boolean {
	const link = headerText(headers.link);
	return link === undefined ? entries > 0 : /rel="?next\b/i.test(link);
}

function headerText(header: unknown): string | undefined {
	const text = Array.isArray(header) ? header.join(', ') : header;
	return typeof text === 'string' ? text.trim() : undefined;
}
