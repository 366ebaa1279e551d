/**
 * THE LIST of the mailing node, in menu order.
 */
import type { Resource } from '../../run/operation';
import { addAttachment } from '../mailingAttachment/add';
import { copyAttachments } from '../mailingAttachment/copy';
import { deleteAttachment } from '../mailingAttachment/delete';
import { deleteAllAttachments } from '../mailingAttachment/deleteAll';
import { downloadAttachment } from '../mailingAttachment/download';
import { getManyAttachments } from '../mailingAttachment/getMany';
import { activateMailing } from './activate/operation';
import { deactivateMailing } from './deactivate';
import { deleteMailing } from './delete';
import { requestApproval } from './requestApproval';
import { runChecks } from './runChecks';
import { scheduleMailing } from './schedule';
import { sendMailingNow } from './sendNow';
import { sendTest } from './sendTest';
import { unscheduleMailing } from './unschedule';

export const mailingResources: readonly Resource[] = [
	{
		value: 'mailing',
		name: 'Mailing',
		operations: [
			sendTest,
			runChecks,
			requestApproval,
			scheduleMailing,
			unscheduleMailing,
			sendMailingNow,
			activateMailing,
			deactivateMailing,
			deleteMailing,
		],
	},
	{
		value: 'mailingAttachment',
		name: 'Mailing Attachment',
		operations: [
			addAttachment,
			getManyAttachments,
			downloadAttachment,
			copyAttachments,
			deleteAttachment,
			deleteAllAttachments,
		],
	},
];
