import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { reports } from '../../maileon/endpoints/reports';
import type { ReportEntry } from '../../maileon/report/entries';
import { MOST_SUMMARIES, withRates } from '../../maileon/report/summary';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { entriesOf } from '../../transport/reports';
import { filterCollection, filterQuery } from '../../input/report/filters';
import { mailing, readMailing } from '../../input/report/mailing';

const properties: INodeProperties[] = [
	{
		...mailing,
		description:
			'Mailing to get the figures of. For several, add Mailing IDs under Filters. Leave both empty for all mailings.',
	},
	{
		displayName: 'Add Rates',
		name: 'addRates',
		type: 'boolean',
		default: false,
		description:
			'Whether to add shares from 0 to 1 of the recipients: open_rate and click_rate (people who opened or clicked at least once), bounce_rate and unsubscription_rate. They are empty for a mailing without recipients.',
	},
	filterCollection(['mailingIds']),
	readingOptions,
];

/** Gets the figures of mailings, at most fifty in one request. */
export const getMailingSummaries: Operation = {
	resource: 'report',
	value: 'getMailingSummaries',
	name: 'Get Mailing Summaries',
	action: 'Get mailing summaries',
	description:
		'Get the figures of mailings: how many people received, opened, clicked, bounced, unsubscribed and replied',
	properties,
	endpoints: [reports.mailingSummaries],
	run: perItem(() => ({
		prepare: ({ parameters }) => {
			const chosen = readMailing(parameters);
			const filtered = filterQuery(parameters.within('filters'), ['mailingIds']);
			const ids = [...new Set([...(chosen ? [chosen] : []), ...filtered.map(([, id]) => id)])];
			const { concurrency, retries, timeout } = readRequestOptions(parameters.within('options'));
			const addsRates = parameters.flag('addRates');
			return {
				concurrency,
				subject: { what: 'report "Mailing Summaries"' },
				send: async (client) => {
					const summaries: ReportEntry[][] = [];
					for (const some of inParts(ids, MOST_SUMMARIES)) {
						const query = some.map((id) => ['mailing_id', id] as const);
						const request = { ...reports.mailingSummaries.request({}, query), timeout };
						const entries = entriesOf(await client.send(request, { retries }), request);
						summaries.push(addsRates ? entries.map(withRates) : entries);
					}
					return summaries.flat() as IDataObject[];
				},
			};
		},
	})),
};

/** One part without anything where there is nothing, since that asks for all. */
function inParts<T>(list: readonly T[], size: number): T[][] {
	if (list.length === 0) return [[]];
	return Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
		list.slice(part * size, (part + 1) * size),
	);
}
