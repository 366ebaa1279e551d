import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingContents, mailingSendout } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { changingOptions } from '../shared/requests';
import { perMailing } from './shared/perMailing';
import { evenIfScheduled, expectNotScheduled } from './shared/scheduled';

const properties: INodeProperties[] = [
	mailingLocator(
		'Draft whose RSS SmartMailing tags are filled with what their feeds hold now. This changes its content.',
	),
	evenIfScheduled,
	changingOptions,
];

/** Fills the tags for RSS feeds in the content ("Mailing – Fill RSS SmartMailing Tags"). */
export const fillRss: Operation = {
	resource: 'mailing',
	value: 'fillRss',
	name: 'Fill RSS',
	action: 'Fill RSS content of mailing',
	description: 'Fill the RSS SmartMailing tags of a draft with the entries of their feeds',
	properties,
	endpoints: [mailingSendout.getSchedule, mailingContents.fillRss],
	run: perMailing((parameters) => {
		const isForced = parameters.flag('evenIfScheduled');
		return {
			rows: async (mailing) => {
				if (!isForced) await expectNotScheduled(mailing);
				const request = mailingContents.fillRss.request({ id: mailing.id });
				readWriteAnswer(await mailing.send(request), request);
				return [{ filled: true, id: Number(mailing.id) }];
			},
		};
	}),
};
