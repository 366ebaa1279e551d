import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists clicks ("Get Clicks", "Get Unique Clicks"). */
export const getClicks = eventReport({
	value: 'getClicks',
	name: 'Get Clicks',
	action: 'Get clicks',
	description:
		'Get who clicked which link of which mailing, and when. Only people with the permission Double Opt-In Plus are known by name.',
	list: reports.clicks,
	count: reports.clicksCount,
	filters: [
		'contactIds',
		'emails',
		'externalIds',
		'mailingIds',
		'format',
		'linkIds',
		'linkUrl',
		'linkTags',
		'deviceTypes',
		'socialNetworks',
	],
	extras: ['contactHash', 'emailClient', 'linkTags', 'transactionId'],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_clicks', property: includeAnonymous },
	unique: {
		list: reports.uniqueClicks,
		count: reports.uniqueClicksCount,
		filters: ['contactIds', 'emails', 'externalIds', 'mailingIds', 'deviceTypes', 'socialNetworks'],
		extras: ['emailClient', 'linkTags'],
	},
});
