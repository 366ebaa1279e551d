import type { Conversion } from '../../account/happenings';
import { Memo } from '../../account/timeline';
import type { QueryRules } from '../../server/query';
import type { Call, Route } from '../../server/routing';
import { textElement } from '../../xml';
import { pagingQuery } from '../paging';
import type { Filter } from './filters';
import { BY_CONTACT, BY_MAILING, DATES, isAnonymous, oneOf, queryOf, wholeSpan } from './filters';
import { Presenter } from './presenter';
import type { Group } from './selection';
import { countAnswer, grouped, listAnswer, reportAnswer, select } from './selection';

const FILTERS: Array<Filter<Conversion>> = [
	BY_MAILING,
	BY_CONTACT,
	oneOf('site_ids', { kind: 'integer' }, ({ site }) => site.id),
	oneOf('goal_ids', { kind: 'integer' }, ({ goal }) => goal.id),
	oneOf('link_ids', { kind: 'integer' }, ({ link }) => link?.id ?? null),
];
const FILTER_QUERY: QueryRules = { ...DATES, ...queryOf(FILTERS) };
const LIST_QUERY: QueryRules = { ...FILTER_QUERY, ...pagingQuery() };
const PATH = '/reports/analytics/conversions';

const groups = new Memo<Array<Group<Conversion>>>();
const revenues = new Memo<number>();

/** Reports of the web analytics (documentation: get conversions, get unique conversions, get revenue). */
export const conversionRoutes: Route[] = [
	{
		method: 'GET',
		path: PATH,
		query: LIST_QUERY,
		run: (call) => {
			const presenter = new Presenter(call, []);
			return listAnswer(call, selected(call), ['conversions', 'conversion'], (conversion) =>
				conversionParts(call, conversion, presenter),
			);
		},
	},
	{
		method: 'GET',
		path: `${PATH}/count`,
		query: LIST_QUERY,
		run: (call) => {
			const { start, end } = selected(call);
			return countAnswer(call, end - start);
		},
	},
	{
		method: 'GET',
		path: `${PATH}/unique`,
		query: LIST_QUERY,
		run: (call) => {
			const presenter = new Presenter(call, []);
			const names = ['unique_conversions', 'unique_conversion'] as const;
			return listAnswer(call, wholeSpan(perContact(call)), names, ({ happening, members }) => {
				const { id, email } = identityOf(happening);
				return [
					presenter.optional('contact_id', id),
					presenter.optional('contact_email', email),
					textElement('revenue', sumOf(members)),
					textElement('count_total', members.length),
				];
			});
		},
	},
	{
		method: 'GET',
		path: `${PATH}/unique/count`,
		query: LIST_QUERY,
		run: (call) => countAnswer(call, perContact(call).length),
	},
	{
		method: 'GET',
		path: `${PATH}/revenue`,
		query: FILTER_QUERY,
		run: (call) => {
			const { list, start, end } = selected(call);
			const revenue = revenues.of(list, `${start} ${end}`, () => sumOf(list.slice(start, end)));
			return reportAnswer(textElement(call.variants.reportRevenue, revenue));
		},
	},
];

function selected(call: Call) {
	return select(call, call.account.happenings.timeline('conversions'), FILTERS);
}

function perContact(call: Call): Array<Group<Conversion>> {
	return grouped(selected(call), groups, 'contact', 'first');
}

/** Sum of the values, in cents where they are exact. */
function sumOf(conversions: readonly Conversion[]): number {
	const sum = conversions.reduce((total, { value }) => total + value, 0);
	return Math.round(sum * 100) / 100;
}

/** The contact of a conversion, as far as it is still known. */
function identityOf(conversion: Conversion) {
	return isAnonymous(conversion) ? { id: null, email: null, externalId: null } : conversion.contact;
}

function conversionParts(call: Call, conversion: Conversion, presenter: Presenter): string[] {
	const { id, email, externalId } = identityOf(conversion);
	const { mailingId, mailingSent, link, site, goal } = conversion;
	const mailing = mailingId === null ? undefined : call.account.mailings.get(mailingId);
	const epoch = (time: number) =>
		call.variants.reportConversionTime === 'seconds' ? Math.floor(time / 1000) : time;
	const parts = [
		textElement('timestamp', epoch(conversion.time)),
		textElement('timestamp_sql', presenter.time(conversion.time)),
		presenter.optional('contact_id', id),
		presenter.optional('contact_email', email),
		presenter.optional('contact_external_id', externalId),
		textElement('value', conversion.value),
		presenter.optional('mailing_sent_date', mailingSent === null ? null : epoch(mailingSent)),
		presenter.optional(
			'mailing_sent_date_sql',
			mailingSent === null ? null : presenter.time(mailingSent),
		),
		presenter.mailingId(conversion),
		presenter.optional('mailing_name', mailing?.name ?? null),
		textElement('site_id', site.id),
		textElement('site_name', site.name),
		textElement('goal_id', goal.id),
		textElement('goal_name', goal.name),
		presenter.optional('link_id', link?.id ?? null),
		presenter.optional('link_url', link?.url ?? null),
	];
	return call.variants.reportElements === 'reversed' ? parts.reverse() : parts;
}
