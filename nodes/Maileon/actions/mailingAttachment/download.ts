import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingAttachments } from '../../maileon/endpoints/mailings';
import { fileOf, RowWithFiles } from '../../run/files';
import { noMatch } from '../../run/notFound';
import type { Operation } from '../../run/operation';
import { fetchAttachments } from '../../transport/mailingAttachments';
import { perMailing } from '../mailing/shared/perMailing';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { readingOptions } from '../shared/requests';
import { attachment, readAttachmentId } from './shared';

const OUTPUT = 'binaryPropertyName';

const properties: INodeProperties[] = [
	mailingLocator('Mailing that the attachment belongs to'),
	attachment,
	{
		displayName: 'Put Output File in Field',
		name: OUTPUT,
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output field to put the file in',
		description: 'Name of the binary field of the item that gets the file',
	},
	ifNotFound('What to do when there is no such mailing or attachment'),
	readingOptions,
];

/** Gets the file of an attachment ("Mailing – Get Attachment"). */
export const downloadAttachment: Operation = {
	resource: 'mailingAttachment',
	value: 'download',
	name: 'Download',
	action: 'Download attachment of mailing',
	description: 'Get one attachment of a mailing as a file',
	properties,
	endpoints: [mailingAttachments.getMany, mailingAttachments.download],
	run: perMailing((parameters, { node }) => {
		const attachmentId = readAttachmentId(parameters);
		const property = parameters.requiredText(OUTPUT);
		return {
			ifNotFound: readIfNotFound(parameters),
			rows: async ({ id, send }) => {
				const request = mailingAttachments.download.request({ id, attachment_id: attachmentId });
				const listed = (await fetchAttachments(send, id)).find(
					(one) => String(one.id) === attachmentId,
				);
				if (!listed) throw noMatch(request);
				const file = await fileOf(node, await send(request), request, {
					name: listed.filename ?? `attachment-${attachmentId}`,
					mediaType: listed.mime_type,
				});
				return [new RowWithFiles({ mailing_id: Number(id), ...listed }, { [property]: file })];
			},
		};
	}),
};
