import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists unsubscriptions ("Get Unsubscriptions"). */
export const getUnsubscriptions = eventReport({
	value: 'getUnsubscriptions',
	name: 'Get Unsubscriptions',
	action: 'Get unsubscriptions',
	description:
		'Get who unsubscribed, when and how. If your account makes unsubscribed people anonymous, turn on Include Anonymous.',
	list: reports.unsubscriptions,
	count: reports.unsubscriptionsCount,
	filters: ['contactIds', 'emails', 'externalIds', 'mailingIds', 'unsubscriptionSource'],
	extras: ['contactHash', 'transactionId'],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous', property: includeAnonymous },
});
