import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import { mailings } from '../../maileon/endpoints/mailings';
import { refusalToDelete } from '../../maileon/mailing/states';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { oneByOneOptions } from '../shared/requests';
import { expectAllowed } from './shared/judge';
import { perMailing } from './shared/perMailing';

const properties: INodeProperties[] = [
	mailingLocator(
		'Mailing to delete, with its contents. An active trigger or DOI mailing must be deactivated first.',
	),
	ifNotFound('What to do when the account has no such mailing'),
	oneByOneOptions,
];

/** Deletes a mailing that is not at work ("Delete Mailing"). */
export const deleteMailing: Operation = {
	resource: 'mailing',
	value: 'delete',
	name: 'Delete',
	action: 'Delete mailing',
	description: 'Delete a mailing, for example a draft that is not needed any more',
	warning: 'Running this deletes the mailing. It cannot be undone.',
	notForAgents: true,
	properties,
	endpoints: [mailingFacts.state.get, mailingFacts.type.get, mailings.delete],
	run: perMailing((parameters) => ({
		ifNotFound: readIfNotFound(parameters),
		rows: async (mailing) => {
			const { id, send } = mailing;
			const { state, type } = await expectAllowed(mailing, ['state', 'type'], refusalToDelete);
			const request = mailings.delete.request({ id });
			readWriteAnswer(await send(request), request);
			return [{ deleted: true, id: Number(id), type, previous_state: state }];
		},
	})),
};
