/**
 * Reads the answers of reports.
 * Rests on the Reports pages of the documentation, "Get Clicks" and its sisters.
 */
import { readEntries, type ReportEntry } from '../maileon/report/entries';
import type { MaileonRequest } from '../maileon/request';
import { countIn, uselessAnswer, xmlRoot } from './answers';
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
	return countIn(await client.send(request, options), request);
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
