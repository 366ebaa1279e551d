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
import { copyMailing } from './copy';
import { createMailing } from './create';
import { deactivateMailing } from './deactivate';
import { deleteMailing } from './delete';
import { fillRss } from './fillRss';
import { getMailing } from './get';
import { getMailingContent } from './getContent/operation';
import { getManyMailings } from './getMany/operation';
import { requestApproval } from './requestApproval';
import { resetContent } from './resetContent';
import { runChecks } from './runChecks';
import { saveAsTemplate } from './saveAsTemplate';
import { scheduleMailing } from './schedule';
import { sendMailingNow } from './sendNow';
import { sendTest } from './sendTest';
import { unscheduleMailing } from './unschedule';
import { updateMailing } from './update';

export const mailingResources: readonly Resource[] = [
	{
		value: 'mailing',
		name: 'Mailing',
		operations: [
			createMailing,
			copyMailing,
			updateMailing,
			getMailing,
			getManyMailings,
			getMailingContent,
			sendTest,
			runChecks,
			requestApproval,
			scheduleMailing,
			unscheduleMailing,
			sendMailingNow,
			activateMailing,
			deactivateMailing,
			resetContent,
			fillRss,
			saveAsTemplate,
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
