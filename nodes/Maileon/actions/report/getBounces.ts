import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists bounces ("Get Bounces"). The list of unique bounces is gone: group these by contact. */
export const getBounces = eventReport({
	value: 'getBounces',
	name: 'Get Bounces',
	action: 'Get bounces',
	description:
		'Get the mails that could not be delivered, once that is final, with type and code. To see each contact once, group them by contact.',
	list: reports.bounces,
	count: reports.bouncesCount,
	filters: [
		'contactIds',
		'emails',
		'externalIds',
		'mailingIds',
		'statusCodes',
		'bounceType',
		'bounceSource',
	],
	extras: ['transactionId'],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_bounces', property: includeAnonymous },
	standsFor: [reports.uniqueBounces],
});
