import type { INodeProperties } from 'n8n-workflow';

import { listLocator } from '../../input/listLocator';
import type { ItemParameters } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import { MOST_ATTACHMENTS, type ListedAttachment } from '../../maileon/mailing/attachments';
import type { MaileonRequest } from '../../maileon/request';
import { MaileonFailure } from '../../transport/failure';
import { fetchAttachments } from '../../transport/mailingAttachments';
import type { Send } from '../../transport/mailings';
import { ExplainedRefusal } from '../../transport/refusal';
import { attemptUnlessRefused } from '../mailing/shared/attempt';

/** The attachment that an operation is about. */
export const attachment: INodeProperties = listLocator({
	displayName: 'Attachment',
	name: 'attachment',
	description: 'Attachment of the mailing, for example from the output of Get Many',
	searchListMethod: 'searchMailingAttachments',
	otherwise: { id: '7' },
	dependsOn: 'mailing.value',
});

/**
 * The ID of the chosen attachment. An empty one never reaches Maileon, where the address would be that of
 * all attachments.
 * @throws InputRefusal when it is no number
 */
export function readAttachmentId(parameters: ItemParameters): string {
	const id = parameters.locator('attachment').value.trim();
	if (/^\d+$/.test(id)) return id;
	throw new InputRefusal(`${parameters.label('attachment')} must be a number, but is "${id}".`, {
		description: 'Choose the attachment from the list, or fill in the ID that Get Many returns.',
		field: 'attachment',
	});
}

/**
 * Refuses more attachments than Maileon takes.
 * @throws ExplainedRefusal
 */
export function expectRoom(existing: number, added: number): void {
	if (existing + added <= MOST_ATTACHMENTS) return;
	throw new ExplainedRefusal({
		message: `A mailing can have at most ${MOST_ATTACHMENTS} attachments, and this one has ${existing} already.`,
		description: 'Delete some of them first, or put several files into one archive.',
		field: 'mailing',
	});
}

/**
 * Sends what adds attachments, and finds what was added, also where the answer got lost: sending it again
 * would add it twice.
 * @param before the attachments of the mailing until now
 * @throws MaileonFailure when nothing was added
 */
export async function addedBy(
	request: MaileonRequest,
	{ id, send }: { id: string; send: Send },
	before: readonly ListedAttachment[],
): Promise<ListedAttachment[]> {
	const failure = await attemptUnlessRefused(send, request);
	const after = await fetchAttachments(send, id).catch((error: unknown) => {
		if (error instanceof MaileonFailure) return [];
		throw error;
	});
	const known = new Set(before.map((one) => one.id));
	const added = after.filter((one) => !known.has(one.id));
	if (failure && added.length === 0) throw failure;
	return added;
}
