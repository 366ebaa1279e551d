import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { reports } from '../../maileon/endpoints/reports';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { LARGEST_PAGE, readPages } from '../../transport/pages';
import { readLimit, returnAllOrLimit } from '../shared/limit';
import { readingOptions, readRequestOptions } from '../shared/requests';
import { entriesOf } from '../../transport/reports';
import { period, periodQuery } from '../../input/report/period';

const ORDERS = ['count', 'name'] as const;

const properties: INodeProperties[] = [
	...period,
	...returnAllOrLimit,
	{
		displayName: 'Sort By',
		name: 'order',
		type: 'options',
		options: [
			{ name: 'Count', value: 'count' },
			{ name: 'Name', value: 'name' },
		],
		default: 'count',
		description: 'What the reasons are sorted by',
	},
	{
		displayName: 'Ascending',
		name: 'ascending',
		type: 'boolean',
		default: false,
		description:
			'Whether the rarest reason, or the first of the alphabet, comes first. Maileon itself does so by default.',
	},
	readingOptions,
];

/** Lists why people unsubscribed ("Get Unsubscription Reasons"). */
export const getUnsubscriptionReasons: Operation = {
	resource: 'report',
	value: 'getUnsubscriptionReasons',
	name: 'Get Unsubscription Reasons',
	action: 'Get unsubscription reasons',
	description:
		'Get the reasons that people gave when they unsubscribed, with how often each was given',
	properties,
	endpoints: [reports.unsubscriptionReasons],
	run: perItem(({ node }) => ({
		prepare: ({ parameters }) => {
			const limit = readLimit(parameters);
			const { concurrency, retries, timeout } = readRequestOptions(parameters.within('options'));
			const request = {
				...reports.unsubscriptionReasons.request({}, [
					...periodQuery(parameters, node.getTimezone()),
					['order', parameters.choice('order', ORDERS)],
					['asc', parameters.flag('ascending')],
				]),
				timeout,
			};
			return {
				concurrency,
				subject: { what: 'report "Unsubscription Reasons"' },
				send: async (client) => {
					const pageSize = Math.min(limit, LARGEST_PAGE);
					const paging = { pageSize, atATime: concurrency, limit, retries };
					const { entries } = await readPages(client, request, paging, {
						entriesOf: (answer) => entriesOf(answer, request),
						keyOf: () => undefined,
					});
					return entries as IDataObject[];
				},
			};
		},
	})),
};
