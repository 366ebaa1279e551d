/**
 * The reports of Maileon, as polls read them.
 *
 * The hash that stands in for anonymous contacts (`embed_contact_hash`) is never asked for. Equal events
 * are counted, so they need nothing more to tell them apart; and whether that number stays the same from
 * one answer to the next is not documented: if it did not, each poll would take known events for new.
 */
import type { EventKind } from '../../maileon/report/event';
import { EVENT_LISTS } from '../../maileon/report/lists';
import type { Query } from '../../maileon/request';
import type { MaileonClient } from '../../transport/client';
import { LARGEST_PAGE, pageOf } from '../../transport/pages';
import { countEvents, entriesOf } from '../../transport/reports';
import type { ReportSource, ReportSources } from './source';
import type { Window } from './window';

/** A request that gets no answer in this time ends; the next poll comes anyway. */
const TIMEOUT = 30_000;
const RETRIES = 2;

export interface Wanted {
	/** What each kind is narrowed down by. */
	queries: ReadonlyMap<EventKind, Query>;
	/** The contact fields to return with each event. */
	fields: () => Promise<Query>;
}

/** The reports that a client reads; lists and counts are asked with the same filters. */
export function httpSources(client: MaileonClient, wanted: Wanted): ReportSources {
	return (kind) => httpSource(client, kind, wanted);
}

function httpSource(
	client: MaileonClient,
	kind: EventKind,
	{ queries, fields }: Wanted,
): ReportSource {
	const { list, count, withFields } = EVENT_LISTS[kind];
	const queryOf = ({ from, to }: Window): Query => [
		['from_date', from],
		['to_date', to],
		...(queries.get(kind) ?? []),
	];
	return {
		async count(window) {
			const request = { ...count.request({}, queryOf(window)), timeout: TIMEOUT };
			return await countEvents(client, request, sendOptions());
		},
		async page(window, page) {
			const query = [...queryOf(window), ...(withFields ? await fields() : [])];
			const request = { ...list.request({}, query), timeout: TIMEOUT };
			const choice = { ...sendOptions(), index: page, pageSize: LARGEST_PAGE };
			const read = await pageOf(client, request, choice, (answer) => entriesOf(answer, request));
			return {
				events: read.entries.map((data) => ({ kind, data })),
				pages: read.pages ?? (read.hasNext ? page + 1 : page),
				items: read.items ?? 0,
			};
		},
	};
}

/** A pause that Maileon asks for is kept as long as a request may take; longer ones are for the next poll. */
function sendOptions() {
	return { retries: RETRIES, stop: AbortSignal.timeout(TIMEOUT) };
}
