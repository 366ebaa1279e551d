import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists subscribers ("Get Subscribers"). */
export const getSubscribers = eventReport({
	value: 'getSubscribers',
	name: 'Get Subscribers',
	action: 'Get subscribers',
	description:
		'Get who confirmed a double opt-in mail of Maileon, and when; imported contacts are not among them',
	lists: EVENT_LISTS.subscriber,
	bringsIn: includeAnonymous,
});
