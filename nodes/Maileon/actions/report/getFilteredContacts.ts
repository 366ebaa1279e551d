import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists filtered contacts ("Get Filtered Contacts"). */
export const getFilteredContacts = eventReport({
	value: 'getFilteredContacts',
	name: 'Get Filtered Contacts',
	action: 'Get filtered contacts',
	description:
		'Get the contacts that were taken out of a sendout, for example by a personalization error or a mailing blacklist',
	lists: EVENT_LISTS.filtered_contact,
	bringsIn: includeAnonymous,
});
