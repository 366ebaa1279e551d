import type { MailingSums } from '../../account/happenings';
import { noSums } from '../../account/happenings';
import type { Mailing } from '../../account/mailings';
import { Memo } from '../../account/timeline';
import type { Answer } from '../../server/answer';
import { badRequest, notFound } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { pagingQuery } from '../paging';
import { DATES, wholeSpan } from './filters';
import { listAnswer, reportAnswer, select } from './selection';

interface ReasonCount {
	reason: string;
	count: number;
}

const reasonCounts = new Memo<ReasonCount[]>();

/** Reports without events (documentation: get unsubscription reasons, get mailing summaries). */
export const sumRoutes: Route[] = [
	{
		method: 'GET',
		path: '/reports/unsubscriptions/reasons',
		query: {
			...DATES,
			...pagingQuery(),
			order: { kind: 'text', choices: ['count', 'name'] },
			asc: { kind: 'boolean' },
		},
		run: listReasons,
	},
	{
		method: 'GET',
		path: '/reports/mailing_summaries',
		query: { mailing_id: { kind: 'integer', many: true } },
		run: listSummaries,
	},
];

function listReasons(call: Call): Answer {
	const { list, start, end } = select(call, call.account.happenings.unsubscriptionReasons, []);
	const counts = reasonCounts.of(list, `${start} ${end}`, () => {
		const byReason = new Map<string, number>();
		for (const { reason } of list.slice(start, end)) {
			byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
		}
		return [...byReason].map(([reason, count]) => ({ reason, count }));
	});
	const byName = (one: ReasonCount, other: ReasonCount) => (one.reason < other.reason ? -1 : 1);
	const sorted = counts.toSorted(
		call.query.text('order') === 'name'
			? byName
			: (one, other) => one.count - other.count || byName(one, other),
	);
	if (!call.query.flag('asc', true)) sorted.reverse();
	return listAnswer(
		call,
		wholeSpan(sorted),
		['unsubscription_reasons', 'unsubscription_reason'],
		({ reason, count }) => [textElement('reason', reason), textElement('count', count)],
		'oldestFirst',
	);
}

function listSummaries(call: Call): Answer {
	const ids = call.query.all('mailing_id').map(Number);
	if (ids.length === 0 && call.variants.summaryAll === 'refused') {
		throw badRequest('query parameter mailing_id is missing');
	}
	const { mailings } = call.account;
	const wanted = ids.length === 0 ? [...mailings.keys()] : [...new Set(ids)];
	const summaries = wanted.flatMap((id) => {
		const mailing = mailings.get(id);
		if (mailing || call.variants.summaryUnknown === 'zeros') return summary(call, id, mailing);
		if (call.variants.summaryUnknown === 'missing') return [];
		throw notFound(`mailing with ID ${id} isn't found`);
	});
	return reportAnswer(parentElement('mailing_summaries', summaries));
}

function summary(call: Call, id: number, mailing: Mailing | undefined): string {
	const sums: MailingSums = call.account.happenings.sumsOf(id) ?? noSums();
	const bounces =
		call.variants.summaryBounces === 'permanent' ? sums.permanentBounces : sums.bounces;
	const parts = [
		textElement('mailing_id', id),
		textElement('recipients', sums.recipients),
		textElement('opens', sums.opens),
		textElement('opens_unique', sums.openers.size),
		textElement('clicks', sums.clicks),
		textElement('clicks_unique', sums.clickers.size),
		textElement('bounces', bounces),
		textElement('unsubscriptions', sums.unsubscriptions),
		textElement('replies', sums.replies),
		textElement('archived', mailing?.state === 'archived'),
	];
	return parentElement(
		'mailing_summary',
		call.variants.reportElements === 'reversed' ? parts.reverse() : parts,
	);
}
