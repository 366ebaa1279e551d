import type { INodeProperties } from 'n8n-workflow';

import { findFile, readFile } from '../../input/files';
import { mailingLocator } from '../../input/mailing';
import { optionsCollection } from '../../input/optionsCollection';
import { InputRefusal } from '../../input/refusal';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import { mailingAttachments } from '../../maileon/endpoints/mailings';
import { sizeRefusal } from '../../maileon/mailing/attachments';
import type { Operation } from '../../run/operation';
import { MaileonFailure } from '../../transport/failure';
import { fetchAttachments } from '../../transport/mailingAttachments';
import { fetchMailingValue, type Send } from '../../transport/mailings';
import { perMailing } from '../mailing/shared/perMailing';
import { concurrencyOfChanges, retries, timeout } from '../shared/requests';
import { addedBy, expectRoom } from './shared';

const FILE = 'binaryPropertyName';

const properties: INodeProperties[] = [
	mailingLocator('Mailing that the file goes out with; it must be a draft'),
	{
		displayName: 'Input Data Field Name',
		name: FILE,
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field that contains the file to attach',
		description: 'Name of the binary field of the item that holds the file',
	},
	optionsCollection([
		concurrencyOfChanges('mailing'),
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. prices.pdf',
			description:
				'Name that recipients see, with the extension that fits the type of the file. By default, the name that the file has.',
		},
		{
			displayName: 'Media Type',
			name: 'mediaType',
			type: 'string',
			default: '',
			placeholder: 'e.g. application/pdf',
			description: 'Type of the file. By default, the one that n8n found.',
		},
		retries,
		timeout,
	]),
];

/** Adds a file to a draft ("Mailing – Add Attachment"), as the bytes that it is. */
export const addAttachment: Operation = {
	resource: 'mailingAttachment',
	value: 'add',
	name: 'Add',
	action: 'Add attachment to mailing',
	description: 'Add a file from the workflow to a draft; a mailing can have 10 attachments',
	notForAgents: true,
	properties,
	endpoints: [
		mailingAttachments.getMany,
		mailingFacts.maxAttachmentSize.get,
		mailingAttachments.add,
	],
	run: perMailing((parameters, { node, index }) => {
		const property = parameters.requiredText(FILE);
		const options = parameters.within('options');
		const mediaType = options.text('mediaType').trim();
		if (mediaType !== '' && !/^[\w.+-]+\/[\w.+-]+$/.test(mediaType))
			throw new InputRefusal(
				`Media Type must look like "application/pdf", but is "${mediaType}".`,
				{
					field: 'mediaType',
				},
			);
		return {
			rows: async (mailing) => {
				const { id, send } = mailing;
				const file = await findFile(node, index, property, FILE);
				const fileName = options.text('fileName').trim() || file.fileName;
				const before = await fetchAttachments(send, id);
				expectRoom(before.length, 1);
				const refusal = sizeRefusal(file.size, await largestSize(send, id));
				if (refusal) throw new InputRefusal(`The file "${fileName}" ${refusal}.`, { field: FILE });
				const request = mailingAttachments.add.request({ id }, [['filename', fileName]], {
					type: mediaType || file.mediaType,
					content: await readFile(node, index, file),
				});
				const [added] = await addedBy(request, mailing, before);
				return [
					{
						added: true,
						mailing_id: Number(id),
						...(added ?? { filename: fileName, mime_type: mediaType || file.mediaType }),
					},
				];
			},
		};
	}),
};

/** Maileon's limit in kB; undefined where it does not tell one, which is no reason not to try. */
async function largestSize(send: Send, id: string): Promise<unknown> {
	return await fetchMailingValue(send, id, 'maxAttachmentSize').catch((error: unknown) => {
		if (error instanceof MaileonFailure && error.facts.outcome === 'refused') return undefined;
		throw error;
	});
}
