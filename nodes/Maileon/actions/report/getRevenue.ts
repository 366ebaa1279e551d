import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { xmlToJson } from '../../maileon/contact/report';
import { reports } from '../../maileon/endpoints/reports';
import { numberOf } from '../../maileon/report/entries';
import type { FilterName } from '../../maileon/report/lists';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { uselessAnswer } from '../../transport/answers';
import type { MaileonAnswer } from '../../transport/client';
import type { MaileonRequest } from '../../maileon/request';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { filterCollection, filterQuery } from '../../input/report/filters';
import { mailing, readMailing } from '../../input/report/mailing';
import { period, periodQuery } from '../../input/report/period';

const FILTERS: readonly FilterName[] = [
	'contactIds',
	'emails',
	'externalIds',
	'mailingIds',
	'siteIds',
	'goalIds',
	'conversionLinkIds',
];

const properties: INodeProperties[] = [
	mailing,
	...period,
	filterCollection(FILTERS),
	readingOptions,
];

/** Gets the sum of all conversions ("Get Revenue"). */
export const getRevenue: Operation = {
	resource: 'report',
	value: 'getRevenue',
	name: 'Get Revenue',
	action: 'Get revenue',
	description:
		'Get what people spent on your website after a mailing in one number, as Maileon Analytics measures it',
	properties,
	endpoints: [reports.revenue],
	run: perItem(({ node }) => ({
		prepare: ({ parameters }) => {
			const { concurrency, retries, timeout } = readRequestOptions(parameters.within('options'));
			const request = {
				...reports.revenue.request({}, [
					...periodQuery(parameters, node.getTimezone()),
					['mailing_id', readMailing(parameters)],
					...filterQuery(parameters.within('filters'), FILTERS),
				]),
				timeout,
			};
			return {
				concurrency,
				subject: { what: 'report "Revenue"' },
				send: async (client) => [revenueOf(await client.send(request, { retries }), request)],
			};
		},
	})),
};

/**
 * The number of an answer; its form is not documented, so another one comes out as it is.
 * @throws MaileonFailure when the answer holds nothing
 */
function revenueOf(answer: MaileonAnswer, request: MaileonRequest): IDataObject {
	const { answer: body } = answer;
	const text =
		body.kind === 'xml'
			? body.root.text
			: body.kind === 'json'
				? String(body.value)
				: body.kind === 'text'
					? body.text
					: '';
	const revenue = numberOf(text.trim());
	if (revenue !== undefined) return { revenue };
	if (body.kind !== 'xml') throw uselessAnswer(answer, request, 'It holds no number.');
	return { revenue: null, answer: xmlToJson(body.root) as IDataObject };
}
