import { includeAnonymous } from '../../input/report/filters';
import { reports } from '../../maileon/endpoints/reports';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists bounces ("Get Bounces"). The list of unique bounces is gone: group these by contact. */
export const getBounces = eventReport({
	value: 'getBounces',
	name: 'Get Bounces',
	action: 'Get bounces',
	description:
		'Get the mails that could not be delivered, once that is final, with type and code. To see each contact once, group them by contact.',
	lists: EVENT_LISTS.bounce,
	bringsIn: includeAnonymous,
	standsFor: [reports.uniqueBounces],
});
