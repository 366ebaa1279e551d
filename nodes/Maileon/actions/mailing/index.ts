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
import { copyMailing } from './copy';
import { createMailing } from './create';
import { deleteMailing } from './delete';
import { fillRss } from './fillRss';
import { getMailing } from './get';
import { getMailingContent } from './getContent/operation';
import { getManyMailings } from './getMany/operation';
import { resetContent } from './resetContent';
import { saveAsTemplate } from './saveAsTemplate';
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
