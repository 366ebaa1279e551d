import type { INodeProperties } from 'n8n-workflow';

import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

const includeDeleted: INodeProperties = {
	displayName: 'Include Deleted',
	name: 'includeDeleted',
	type: 'boolean',
	default: true,
	description: 'Whether to include recipients that are deleted by now',
};

/** Lists recipients ("Get Recipients"). */
export const getRecipients = eventReport({
	value: 'getRecipients',
	name: 'Get Recipients',
	action: 'Get recipients',
	description: 'Get to whom mailings were sent, and when',
	lists: EVENT_LISTS.recipient,
	bringsIn: includeDeleted,
});
