import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists replies ("Get Replies"). */
export const getReplies = eventReport({
	value: 'getReplies',
	name: 'Get Replies',
	action: 'Get replies',
	description: 'Get who answered a mailing, with the kind of reply, such as out of office',
	list: reports.replies,
	count: reports.repliesCount,
	filters: ['contactIds', 'emails', 'externalIds', 'mailingIds', 'replyType'],
	extras: [],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_replies', property: includeAnonymous },
});
