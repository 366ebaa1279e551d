/**
 * Does something once a run, however many items come in.
 */
import type { IDataObject } from 'n8n-workflow';

import type { MaileonClient } from '../transport/client';
import { ExplainedRefusal } from '../transport/refusal';
import { factsOf } from './failures';
import type { RunContext } from './operation';
import { watch } from './watchedClient';

const STEP = { item: 0, position: 0 };

/**
 * The rows of something that is done once a run, and once in all tries of the run.
 * @throws what `send` throws, in each try again where it may have been done all the same
 */
export async function doOnce(
	{ client, tries }: Pick<RunContext, 'client' | 'tries'>,
	send: (client: MaileonClient) => Promise<IDataObject[]>,
): Promise<IDataObject[]> {
	const known = tries.recall(STEP);
	if (known?.stop) throw new ExplainedRefusal(known.stop.facts);
	if (known) return known.rows.map(({ json }) => json);
	const watched = watch(client);
	const done = await send(watched).catch((error: unknown) => {
		const stop = { facts: factsOf(error), item: undefined };
		tries.keep(STEP, { rows: [], stop }, watched.mayHaveActed(error));
		throw error;
	});
	const rows = done.map((json) => ({ json, items: [0], sequence: 0 }));
	tries.keep(STEP, { rows }, watched.mayHaveActed());
	return done;
}
