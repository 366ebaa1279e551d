import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingAttachments } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { countIn } from '../../transport/answers';
import { fetchAttachments } from '../../transport/mailingAttachments';
import { perMailing } from '../mailing/shared/perMailing';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { readingOptions } from '../shared/requests';

const OUTPUTS = ['attachments', 'count'] as const;

const properties: INodeProperties[] = [
	mailingLocator('Mailing whose attachments are listed'),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Attachments',
				value: 'attachments',
				description: 'One item for each attachment, with its ID, name, type and size',
			},
			{
				name: 'Number of Attachments',
				value: 'count',
				description: 'One item that says how many there are',
			},
		],
		default: 'attachments',
		description: 'What to return',
	},
	ifNotFound('What to do when the account has no such mailing'),
	readingOptions,
];

/** Lists or counts the attachments of a mailing ("Mailing – Get Attachments", "Mailing – Get Count Attachments"). */
export const getManyAttachments: Operation = {
	resource: 'mailingAttachment',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many attachments of mailing',
	description:
		'Get the attachments of a mailing with their IDs, names, types and sizes, or count them',
	properties,
	endpoints: [mailingAttachments.getMany, mailingAttachments.count],
	run: perMailing((parameters) => {
		const output = parameters.choice('output', OUTPUTS);
		return {
			ifNotFound: readIfNotFound(parameters),
			rows: async ({ id, send }) => {
				const about = { mailing_id: Number(id) };
				if (output === 'attachments')
					return (await fetchAttachments(send, id)).map((one) => ({ ...about, ...one }));
				const request = mailingAttachments.count.request({ id });
				return [{ ...about, count: countIn(await send(request), request) }];
			},
		};
	}),
};
