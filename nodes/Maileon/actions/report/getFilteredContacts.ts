import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists filtered contacts ("Get Filtered Contacts"). */
export const getFilteredContacts = eventReport({
	value: 'getFilteredContacts',
	name: 'Get Filtered Contacts',
	action: 'Get filtered contacts',
	description:
		'Get the contacts that were taken out of a sendout, for example by a personalization error or a mailing blacklist',
	list: reports.filteredContacts,
	count: reports.filteredContactsCount,
	filters: ['contactIds', 'emails', 'externalIds', 'mailingIds'],
	extras: [],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_contacts', property: includeAnonymous },
});
