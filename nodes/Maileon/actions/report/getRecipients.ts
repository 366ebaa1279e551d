import type { INodeProperties } from 'n8n-workflow';

import { reports } from '../../maileon/endpoints/reports';
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
	list: reports.recipients,
	count: reports.recipientsCount,
	filters: ['contactIds', 'emails', 'externalIds', 'mailingIds'],
	extras: ['transactionId'],
	ofMailings: true,
	withFields: true,
	leavesOut: { flag: 'exclude_deleted_recipients', property: includeDeleted },
});
