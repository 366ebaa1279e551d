import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingAttachments } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { perMailing } from '../mailing/shared/perMailing';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions } from '../shared/requests';
import { attachment, readAttachmentId } from './shared';

const properties: INodeProperties[] = [
	mailingLocator('Mailing that the attachment belongs to; it must be a draft'),
	attachment,
	ifNotFound('What to do when there is no such mailing or attachment'),
	oneByOneOptions,
];

/** Takes one file off a draft ("Mailing – Delete Attachment"). */
export const deleteAttachment: Operation = {
	resource: 'mailingAttachment',
	value: 'delete',
	name: 'Delete',
	action: 'Delete attachment of mailing',
	description: 'Delete one attachment of a draft',
	warning: 'Running this deletes the attachment. It cannot be undone.',
	notForAgents: true,
	properties,
	endpoints: [mailingAttachments.delete],
	run: perMailing((parameters) => {
		const attachmentId = readAttachmentId(parameters);
		return {
			ifNotFound: readIfNotFound(parameters),
			rows: async ({ id, send }) => {
				const request = mailingAttachments.delete.request({ id, attachment_id: attachmentId });
				readWriteAnswer(await send(request), request);
				return [{ deleted: true, mailing_id: Number(id), id: Number(attachmentId) }];
			},
		};
	}),
};
