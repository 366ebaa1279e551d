import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists conversions ("Get Conversions", "Get Unique Conversions"). */
export const getConversions = eventReport({
	value: 'getConversions',
	name: 'Get Conversions',
	action: 'Get conversions',
	description:
		'Get what people bought or did on your website after a mailing, as Maileon Analytics measures it; once per contact with revenue and number',
	lists: EVENT_LISTS.conversion,
});
