/**
 * THE LIST of the report node, in menu order.
 */
import type { Resource } from '../../run/operation';
import { getBlocks } from './getBlocks';
import { getBounces } from './getBounces';
import { getClicks } from './getClicks';
import { getConversions } from './getConversions';
import { getFilteredContacts } from './getFilteredContacts';
import { getMailingSummaries } from './getMailingSummaries';
import { getOpens } from './getOpens';
import { getRecipients } from './getRecipients';
import { getReplies } from './getReplies';
import { getRevenue } from './getRevenue';
import { getSubscribers } from './getSubscribers';
import { getUnsubscriptionReasons } from './getUnsubscriptionReasons';
import { getUnsubscriptions } from './getUnsubscriptions';

export const reportResources: readonly Resource[] = [
	{
		value: 'report',
		name: 'Report',
		operations: [
			getMailingSummaries,
			getOpens,
			getClicks,
			getBounces,
			getUnsubscriptions,
			getUnsubscriptionReasons,
			getSubscribers,
			getRecipients,
			getConversions,
			getRevenue,
			getReplies,
			getBlocks,
			getFilteredContacts,
		],
	},
];
