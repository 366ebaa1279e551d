import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists clicks ("Get Clicks", "Get Unique Clicks"). */
export const getClicks = eventReport({
	value: 'getClicks',
	name: 'Get Clicks',
	action: 'Get clicks',
	description:
		'Get who clicked which link of which mailing, and when. Only people with the permission Double Opt-In Plus are known by name.',
	lists: EVENT_LISTS.click,
	bringsIn: includeAnonymous,
});
