import type { QueryRules } from '../server/query';
import type { Call } from '../server/routing';

/** A page of a list, with the headers that tell about the others. */
export interface Page<T> {
	items: T[];
	headers: Record<string, string | string[]>;
}

/** The two parameters of every paged list. */
export function pagingQuery(maxSize = 1000): QueryRules {
	return {
		page_index: { kind: 'integer', min: 1 },
		page_size: { kind: 'integer', min: 1, max: maxSize },
	};
}

/**
 * Cuts a page out of a list (documentation: pagination): headers X-Pages, X-Items and Link. Like
 * Maileon's own samples the links are plain http; they are not meant to be followed.
 */
export function pageOf<T>(call: Call, list: readonly T[], standardSize = 100): Page<T> {
	const { start, end, headers } = pageBounds(call, list.length, standardSize);
	return { items: list.slice(start, end), headers };
}

/** Where the page that is asked for starts and ends in a list of this length. */
export interface PageBounds {
	start: number;
	/** Not included. */
	end: number;
	/** From 1 on. */
	index: number;
	pages: number;
	headers: Page<never>['headers'];
}

/** The bounds of the page that is asked for, and its headers. */
export function pageBounds(call: Call, length: number, standardSize = 100): PageBounds {
	const index = call.query.number('page_index') ?? 1;
	const size = call.query.number('page_size') ?? standardSize;
	const pages = Math.ceil(length / size);
	const link = (page: number, relation: string) =>
		`<${call.baseUrl}${call.rawPath}?${linkQuery(call.rawQuery, page, size)}>; rel="${relation}"`;
	const links = [link(1, 'start')];
	if (index > 1) links.push(link(index - 1, 'prev'));
	if (index < pages) links.push(link(index + 1, 'next'));
	return {
		start: Math.min((index - 1) * size, length),
		end: Math.min(index * size, length),
		index,
		pages,
		headers: { 'X-Pages': String(pages), 'X-Items': String(length), Link: links },
	};
}

function linkQuery(rawQuery: string, page: number, size: number): string {
	const rest = rawQuery.split('&').filter((part) => part && !/^page_(index|size)=/.test(part));
	return [`page_index=${page}`, `page_size=${size}`, ...rest].join('&');
}
