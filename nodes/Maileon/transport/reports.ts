/**
 * Reads the answers of reports.
 * Rests on the Reports pages of the documentation, and on "Pagination" for the headers.
 */
import { readCount } from '../maileon/count';
import { readEntries, type ReportEntry } from '../maileon/report/entries';
import type { MaileonRequest } from '../maileon/request';
import { uselessAnswer, xmlRoot } from './answers';
import type { MaileonAnswer, MaileonClient, SendOptions } from './client';

/**
 * Asks how many events there are.
 * @throws MaileonFailure when there is no proper answer
 */
export async function countEvents(
	client: MaileonClient,
	request: MaileonRequest,
	options?: SendOptions,
): Promise<number> {
	const answer = await client.send(request, options);
	const found = readCount(answer.answer);
	if (found === undefined) throw uselessAnswer(answer, request, 'It holds no number.');
	return found;
}

/**
 * The entries of an answer; none where it has no body.
 * @throws MaileonFailure when it holds something else
 */
export function entriesOf(answer: MaileonAnswer, request: MaileonRequest): ReportEntry[] {
	if (answer.answer.kind === 'empty') return [];
	const { root: name, ...withoutRoot } = request;
	const root = xmlRoot(answer, withoutRoot);
	const entries = readEntries(root, name);
	if (!entries)
		throw uselessAnswer(answer, request, `It holds <${root.name}> instead of a report.`);
	return entries;
}

export interface PageOfReport {
	entries: ReportEntry[];
	/** How many pages there are (`X-Pages`), and entries in all of them (`X-Items`), where Maileon says so. */
	pages: number | undefined;
	items: number | undefined;
}

/**
 * Asks for one page of a list.
 * @param page from 1 on
 * @throws MaileonFailure when there is no proper answer
 */
export async function readReportPage(
	client: MaileonClient,
	request: MaileonRequest,
	{ page, pageSize, ...options }: SendOptions & { page: number; pageSize: number },
): Promise<PageOfReport> {
	const query = [
		['page_index', page] as const,
		['page_size', pageSize] as const,
		...(request.query ?? []),
	];
	const answer = await client.send({ ...request, query }, options);
	const header = (name: string) => wholeNumber(answer.headers[name]);
	return {
		entries: entriesOf(answer, request),
		pages: header('x-pages'),
		items: header('x-items'),
	};
}

function wholeNumber(header: unknown): number | undefined {
	return typeof header === 'string' && /^\s*\d+\s*$/.test(header) ? Number(header) : undefined;
}
