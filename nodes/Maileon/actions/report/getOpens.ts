import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

const FILTERS = [
	'contactIds',
	'emails',
	'externalIds',
	'mailingIds',
	'format',
	'deviceTypes',
	'socialNetworks',
] as const;

/** Lists opens ("Get Opens", "Get Unique Opens"). */
export const getOpens = eventReport({
	value: 'getOpens',
	name: 'Get Opens',
	action: 'Get opens',
	description:
		'Get who opened which mailing, and when. Only people with the permission Double Opt-In Plus may be known by name.',
	list: reports.opens,
	count: reports.opensCount,
	filters: FILTERS,
	extras: ['contactHash', 'emailClient', 'transactionId'],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_opens', property: includeAnonymous },
	unique: {
		list: reports.uniqueOpens,
		count: reports.uniqueOpensCount,
		filters: FILTERS,
		extras: ['emailClient', 'transactionId'],
	},
});
