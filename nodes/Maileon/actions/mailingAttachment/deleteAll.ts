import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingAttachments } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { perMailing } from '../mailing/shared/perMailing';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { oneByOneOptions } from '../shared/requests';

const CONFIRMATION = 'DELETE ALL ATTACHMENTS';

const properties: INodeProperties[] = [
	mailingLocator('Mailing that loses all of its attachments; it must be a draft'),
	confirmation({
		displayName: `Type ${CONFIRMATION} to Confirm`,
		description: 'Every attachment of the mailing is deleted, and nothing brings them back.',
		example: CONFIRMATION,
	}),
	oneByOneOptions,
];

/** Takes all files off a draft ("Mailing – Delete Attachments"). */
export const deleteAllAttachments: Operation = {
	resource: 'mailingAttachment',
	value: 'deleteAll',
	name: 'Delete All',
	action: 'Delete all attachments of mailing',
	description: 'Delete ALL attachments of a draft; nothing brings them back',
	notForAgents: true,
	properties,
	endpoints: [mailingAttachments.deleteAll],
	run: perMailing((parameters) => {
		expectConfirmation(parameters, CONFIRMATION, {
			consequence: 'This deletes all attachments of the mailing and cannot be undone.',
		});
		return {
			rows: async ({ id, send }) => {
				const request = mailingAttachments.deleteAll.request({ id });
				readWriteAnswer(await send(request), request);
				return [{ deleted: true, all: true, mailing_id: Number(id) }];
			},
		};
	}),
};
