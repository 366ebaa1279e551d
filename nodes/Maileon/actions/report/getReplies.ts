import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists replies ("Get Replies"). */
export const getReplies = eventReport({
	value: 'getReplies',
	name: 'Get Replies',
	action: 'Get replies',
	description: 'Get who answered a mailing, with the kind of reply, such as out of office',
	lists: EVENT_LISTS.reply,
	bringsIn: includeAnonymous,
});
