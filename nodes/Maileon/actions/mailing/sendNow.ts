import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import { mailings } from '../../maileon/endpoints/mailings';
import { refusalToSend } from '../../maileon/mailing/states';
import type { Operation } from '../../run/operation';
import { expectAllowed } from './shared/judge';
import { startOptions } from './shared/options';
import { perMailing } from './shared/perMailing';
import { startMailing } from './shared/start';

const properties: INodeProperties[] = [
	mailingLocator('Mailing to send to its target group; it must be a draft of a regular mailing'),
	{
		displayName:
			'This step sends the mailing to its whole target group, in the editor as well. To try it out, use Send Test.',
		name: 'sendNotice',
		type: 'notice',
		default: '',
	},
	startOptions,
];

/** Sends a draft to its target group at once ("Mailing – Send Now"), and never twice. */
export const sendMailingNow: Operation = {
	resource: 'mailing',
	value: 'sendNow',
	name: 'Send Now',
	action: 'Send mailing now',
	description:
		'Send a mailing to its target group at once. It is started once: if the answer gets lost, the state of the mailing tells what became of it.',
	notForAgents: true,
	properties,
	endpoints: [
		mailingFacts.state.get,
		mailingFacts.type.get,
		mailingFacts.sealed.get,
		mailings.sendNow,
	],
	run: perMailing(() => ({
		oneByOne: true,
		rows: async (mailing) => {
			const { id } = mailing;
			await expectAllowed(mailing, ['state', 'type', 'sealed'], refusalToSend);
			const started = await startMailing(mailing, mailings.sendNow.request({ id }), {
				deed: 'started to send',
				danger: 'people could get it twice',
			});
			return [{ id: Number(id), started: true, ...started }];
		},
	})),
};
