/**
 * Reads the attachments of a mailing.
 */
import { mailingAttachments } from '../maileon/endpoints/mailings';
import { readAttachmentList, type ListedAttachment } from '../maileon/mailing/attachments';
import { listRoot } from './answers';
import type { Send } from './mailings';

/**
 * The attachments of a mailing ("Mailing – Get Attachments").
 * @throws MaileonFailure when there is no proper answer
 */
export async function fetchAttachments(send: Send, id: string): Promise<ListedAttachment[]> {
	const request = mailingAttachments.getMany.request({ id });
	const root = listRoot(await send(request), request);
	return root ? readAttachmentList(root) : [];
}
