import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import { mailingSendout } from '../../maileon/endpoints/mailings';
import { isActive, refusalToDeactivate } from '../../maileon/mailing/states';
import type { ValueJson } from '../../maileon/mailing/values';
import { ifFound } from '../../run/notFound';
import type { Operation } from '../../run/operation';
import { fetchMailingValue } from '../../transport/mailings';
import { attemptUnlessRefused, ifReadable } from './shared/attempt';
import { expectAllowed } from './shared/judge';
import { inOrderOptions } from './shared/options';
import { perMailing, type Mailing } from './shared/perMailing';

const properties: INodeProperties[] = [
	mailingLocator('Trigger or DOI mailing that is not to send any more'),
	inOrderOptions,
];

/** Stops a trigger or a DOI mailing ("Delete Trigger"). */
export const deactivateMailing: Operation = {
	resource: 'mailing',
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate mailing',
	description:
		'Stop a trigger or DOI mailing. Whether Maileon keeps the mailing itself is not documented; the output tells.',
	notForAgents: true,
	properties,
	endpoints: [mailingFacts.state.get, mailingFacts.type.get, mailingSendout.deactivate],
	run: perMailing(() => ({
		oneByOne: true,
		rows: async (mailing) => {
			const { id, send } = mailing;
			await expectAllowed(mailing, ['state', 'type'], refusalToDeactivate);
			const doubt = await attemptUnlessRefused(send, mailingSendout.deactivate.request({ id }));
			const found = await lookAt(mailing);
			if (doubt && !isStopped(found)) throw doubt;
			return [{ id: Number(id), deactivated: true, ...found }];
		},
	})),
};

interface Found {
	/** Null where there is none any more, and where it cannot be read. */
	state: ValueJson;
	/** Whether Maileon still has the mailing; null where that cannot be read. */
	exists: boolean | null;
}

/** Whether what is left shows that it does not work any more. */
function isStopped({ state, exists }: Found): boolean {
	return exists === false || (state !== null && !isActive(state));
}

/** What is left of the mailing. */
async function lookAt({ id, send }: Mailing): Promise<Found> {
	const readState = async () => await fetchMailingValue(send, id, 'state');
	const found = await ifReadable(async () => ({ state: await ifFound(readState) }));
	if (!found) return { state: null, exists: null };
	return { state: found.state ?? null, exists: found.state !== undefined };
}
