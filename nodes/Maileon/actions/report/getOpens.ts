import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists opens ("Get Opens", "Get Unique Opens"). */
export const getOpens = eventReport({
	value: 'getOpens',
	name: 'Get Opens',
	action: 'Get opens',
	description:
		'Get who opened which mailing, and when. Only people with the permission Double Opt-In Plus may be known by name.',
	lists: EVENT_LISTS.open,
	bringsIn: includeAnonymous,
});
