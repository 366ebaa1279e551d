import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import { mailingSendout } from '../../maileon/endpoints/mailings';
import { refusalToUnschedule } from '../../maileon/mailing/states';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { expectAllowed } from './shared/judge';
import { inOrderOptions } from './shared/options';
import { perMailing } from './shared/perMailing';
import { stateNow } from './shared/start';

const properties: INodeProperties[] = [
	mailingLocator('Mailing that is not to go out at its time'),
	ifNotFound('What to do when there is no such mailing, or it has no schedule'),
	inOrderOptions,
];

/** Takes the schedule of a mailing away, so that it is a draft again ("Mailing – Delete Schedule"). */
export const unscheduleMailing: Operation = {
	resource: 'mailing',
	value: 'unschedule',
	name: 'Unschedule',
	action: 'Unschedule mailing',
	description: 'Delete the schedule of a mailing, so that it does not go out by itself',
	notForAgents: true,
	properties,
	endpoints: [mailingFacts.state.get, mailingSendout.deleteSchedule],
	run: perMailing((parameters) => ({
		oneByOne: true,
		ifNotFound: readIfNotFound(parameters),
		rows: async (mailing) => {
			const { id, send } = mailing;
			await expectAllowed(mailing, ['state'], refusalToUnschedule);
			const request = mailingSendout.deleteSchedule.request({ id });
			readWriteAnswer(await send(request), request);
			return [{ id: Number(id), unscheduled: true, state: (await stateNow(mailing)) ?? null }];
		},
	})),
};
