import { reports } from '../../maileon/endpoints/reports';
import { eventReport } from './shared/events';

const FILTERS = [
	'contactIds',
	'emails',
	'externalIds',
	'mailingIds',
	'siteIds',
	'goalIds',
	'conversionLinkIds',
] as const;

/** Lists conversions ("Get Conversions", "Get Unique Conversions"). */
export const getConversions = eventReport({
	value: 'getConversions',
	name: 'Get Conversions',
	action: 'Get conversions',
	description:
		'Get what people bought or did on your website after a mailing, as Maileon Analytics measures it; once per contact with revenue and number',
	list: reports.conversions,
	count: reports.conversionsCount,
	filters: FILTERS,
	extras: [],
	ofMailings: true,
	unique: {
		list: reports.uniqueConversions,
		count: reports.uniqueConversionsCount,
		filters: FILTERS,
		extras: [],
	},
});
