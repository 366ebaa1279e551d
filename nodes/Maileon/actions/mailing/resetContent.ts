import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingContents, mailingSendout } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { oneByOneOptions } from '../shared/requests';
import { perMailing } from './shared/perMailing';
import { evenIfScheduled, expectNotScheduled } from './shared/scheduled';

const properties: INodeProperties[] = [
	mailingLocator(
		'Draft whose HTML and text are replaced by those of its template. What was written into them is lost.',
	),
	evenIfScheduled,
	oneByOneOptions,
];

/** Takes HTML and text back to those of the template ("Reset Contents to Template"). */
export const resetContent: Operation = {
	resource: 'mailing',
	value: 'resetContent',
	name: 'Reset Content',
	action: 'Reset content of mailing to template',
	description: 'Replace the HTML and the text of a draft by those of its template',
	warning:
		'Running this replaces the HTML and the text of the mailing. What was written into them is lost.',
	notForAgents: true,
	properties,
	endpoints: [mailingSendout.getSchedule, mailingContents.reset],
	run: perMailing((parameters) => {
		const isForced = parameters.flag('evenIfScheduled');
		return {
			rows: async (mailing) => {
				if (!isForced) await expectNotScheduled(mailing);
				const request = mailingContents.reset.request({ id: mailing.id });
				readWriteAnswer(await mailing.send(request), request);
				return [{ reset: true, id: Number(mailing.id) }];
			},
		};
	}),
};
