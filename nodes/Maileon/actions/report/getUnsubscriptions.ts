import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists unsubscriptions ("Get Unsubscriptions"). */
export const getUnsubscriptions = eventReport({
	value: 'getUnsubscriptions',
	name: 'Get Unsubscriptions',
	action: 'Get unsubscriptions',
	description:
		'Get who unsubscribed, when and how. If your account makes unsubscribed people anonymous, turn on Include Anonymous.',
	lists: EVENT_LISTS.unsubscription,
	bringsIn: includeAnonymous,
});
