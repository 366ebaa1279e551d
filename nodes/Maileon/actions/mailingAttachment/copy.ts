import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator, readMailingReference } from '../../input/mailing';
import { mailingAttachments } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { fetchAttachments } from '../../transport/mailingAttachments';
import { mailingIdOf } from '../../transport/mailings';
import { perMailing } from '../mailing/shared/perMailing';
import { changingOptions } from '../shared/requests';
import { addedBy, expectRoom } from './shared';

const SOURCE = 'sourceMailing';

const properties: INodeProperties[] = [
	mailingLocator('Mailing whose attachments are copied', {
		name: SOURCE,
		displayName: 'From Mailing',
	}),
	mailingLocator('Mailing that gets the attachments; it must be a draft', {
		displayName: 'To Mailing',
	}),
	changingOptions,
];

/** Copies all attachments of a mailing to another one ("Mailing – Copy Attachments"). */
export const copyAttachments: Operation = {
	resource: 'mailingAttachment',
	value: 'copy',
	name: 'Copy All',
	action: 'Copy attachments from another mailing',
	description: 'Copy all attachments of one mailing to a draft, besides those that it has already',
	properties,
	endpoints: [mailingAttachments.getMany, mailingAttachments.copy],
	run: perMailing((parameters) => {
		const source = readMailingReference(parameters, SOURCE);
		return {
			rows: async (mailing) => {
				const { id, send } = mailing;
				const sourceId = await mailingIdOf(send, source);
				const copied = await fetchAttachments(send, sourceId);
				const before = await fetchAttachments(send, id);
				expectRoom(before.length, copied.length);
				const request = mailingAttachments.copy.request({ id }, [['src_mailing_id', sourceId]]);
				const added = await addedBy(request, mailing, before);
				return [
					{
						copied: true,
						mailing_id: Number(id),
						source_mailing_id: Number(sourceId),
						attachments: added,
					},
				];
			},
		};
	}),
};
