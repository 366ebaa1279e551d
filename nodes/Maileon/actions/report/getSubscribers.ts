import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists subscribers ("Get Subscribers"). */
export const getSubscribers = eventReport({
	value: 'getSubscribers',
	name: 'Get Subscribers',
	action: 'Get subscribers',
	description:
		'Get who confirmed a double opt-in mail of Maileon, and when; imported contacts are not among them',
	list: reports.subscribers,
	count: reports.subscribersCount,
	filters: ['contactIds', 'emails', 'externalIds', 'mailingIds'],
	extras: [],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_contacts', property: includeAnonymous },
});
