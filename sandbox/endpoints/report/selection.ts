import type { SandboxContact } from '../../account/contact';
import type { Happening } from '../../account/happenings';
import type { Memo, Timed, Timeline } from '../../account/timeline';
import { firstFrom } from '../../account/timeline';
import type { Answer } from '../../server/answer';
import { MAILEON_XML } from '../../server/media';
import { badRequest } from '../../server/refusal';
import type { Call } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { pageBounds } from '../paging';
import type { Filter, Span } from './filters';
import { keyOf, refuseUnknown, testOf } from './filters';

/** The entries that a request is about. */
export function select<T extends Timed>(
	call: Call,
	timeline: Timeline<T>,
	filters: ReadonlyArray<Filter<T>>,
): Span<T> {
	const test = testOf(call, filters);
	const list = test
		? timeline.matching(keyOf(call, filters), call.account.contacts.departures, test)
		: timeline.all;
	const from = call.query.number('from_date');
	const to = call.query.number('to_date');
	const start = from === undefined ? 0 : firstFrom(list, from);
	const end = to === undefined ? list.length : firstFrom(list, to);
	return { list, start, end: Math.max(start, end) };
}

/** Events that a unique list makes one entry of, oldest first. */
export interface Group<T> extends Timed {
	/** The one that is told. */
	happening: T;
	members: T[];
}

/** Puts events of the same contact, or of the same contact and mailing, together. */
export function grouped<T extends Happening>(
	span: Span<T>,
	memo: Memo<Array<Group<T>>>,
	per: 'contact' | 'contactAndMailing',
	kept: 'first' | 'last',
): Array<Group<T>> {
	const { list, start, end } = span;
	return memo.of(list, `${start} ${end} ${per} ${kept}`, () => {
		const byContact = new Map<SandboxContact, Map<number | null, T[]>>();
		for (let index = start; index < end; index += 1) {
			const happening = list[index];
			if (!happening) continue;
			let byMailing = byContact.get(happening.contact);
			if (!byMailing) byContact.set(happening.contact, (byMailing = new Map()));
			const mailing = per === 'contact' ? null : happening.mailingId;
			const members = byMailing.get(mailing);
			if (members) members.push(happening);
			else byMailing.set(mailing, [happening]);
		}
		const groups: Array<Group<T>> = [];
		for (const byMailing of byContact.values()) {
			for (const members of byMailing.values()) {
				const happening = kept === 'first' ? members[0] : members.at(-1);
				if (happening) groups.push({ happening, members, time: happening.time });
			}
		}
		return groups.sort((one, other) => one.time - other.time);
	});
}

/** A page of entries, as documented and as the variants say. */
export function listAnswer<E>(
	call: Call,
	span: Span<E>,
	[root, entry]: readonly [root: string, entry: string],
	partsOf: (entry: E) => string[],
	order = call.variants.reportOrder,
): Answer {
	const { variants } = call;
	const length = span.end - span.start;
	const { start, end, index, pages, headers } = pageBounds(call, length);
	if (variants.reportBeyondLastPage === 'refused' && index > Math.max(pages, 1)) {
		throw badRequest(`page_index must not exceed ${pages} but was ${index}`);
	}
	if (length === 0) headers['X-Pages'] = String(variants.reportEmptyPages);
	const entries =
		order === 'newestFirst'
			? span.list.slice(span.end - end, span.end - start).reverse()
			: span.list.slice(span.start + start, span.start + end);
	if (entries.length === 0 && variants.reportEmptyList === 'noContent') {
		return { status: 204, headers };
	}
	const list = listElement(
		call,
		root,
		entries.map((each) => parentElement(entry, partsOf(each))),
	);
	return reportAnswer(
		variants.reportWrapper === 'response' ? parentElement('response', [list]) : list,
		headers,
	);
}

function listElement(call: Call, root: string, entries: readonly string[]): string {
	if (entries.length === 0 && call.variants.reportEmptyList === 'openAndClose') {
		return `<${root}></${root}>`;
	}
	return parentElement(root, entries);
}

/** The number of entries; the variants say whether paging parameters may come along. */
export function countAnswer(call: Call, count: number): Answer {
	refuseUnknown(
		call,
		['page_index', 'page_size'],
		({ reportCountPaging }) => reportCountPaging === 'accepted',
	);
	return reportAnswer(textElement('count', count));
}

/** An answer with the XML declaration that reports have. */
export function reportAnswer(root: string, headers?: Answer['headers']): Answer {
	return {
		status: 200,
		type: MAILEON_XML,
		body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${root}`,
		headers,
	};
}
