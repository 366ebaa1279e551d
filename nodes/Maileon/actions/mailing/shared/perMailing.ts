import type { IExecuteFunctions } from 'n8n-workflow';

import { readMailingReference } from '../../../input/mailing';
import type { ItemParameters } from '../../../input/parameters';
import { mailingName } from '../../../maileon/mailing/mailings';
import type { Row } from '../../../run/files';
import { unlessNotFound, type IfNotFound } from '../../../run/notFound';
import type { Runner } from '../../../run/operation';
import { perItem } from '../../../run/perItem';
import { mailingIdOf, sending, type Send } from '../../../transport/mailings';
import { pause } from '../../../transport/pause';
import { readRequestOptions } from '../../shared/requests';

/** The mailing of an item, and the way to ask Maileon about it. */
export interface Mailing {
	/** Its ID, as it stands in paths. */
	id: string;
	/** What messages call it. */
	name: string;
	send: Send;
	node: IExecuteFunctions;
	/** Index of the input item. */
	item: number;
	/** Waits for some milliseconds, and no longer than the execution goes on. */
	pause(milliseconds: number): Promise<void>;
	/** What this run started for any of its mailings, in all of its tries; see `startOnce`. */
	started: Set<string>;
}

/** What one item does with its mailing. */
export interface MailingWork {
	/** What 404 gives. It fails by default. */
	ifNotFound?: IfNotFound;
	/** Whether items are worked on one after the other, since two of them may name the same mailing differently. */
	oneByOne?: boolean;
	/** The rows that come out. */
	rows(mailing: Mailing): Promise<readonly Row[]>;
}

/**
 * A runner that works on the mailing that each item names under Mailing, by ID or by name. Requests take
 * their retries and their time-out from the item's options.
 * @param read reads and checks what an item asks for, before anything is sent
 */
export function perMailing(
	read: (
		parameters: ItemParameters,
		item: { node: IExecuteFunctions; index: number },
	) => MailingWork,
): Runner {
	return perItem(({ tries }) => {
		const started = tries.started();
		return {
			prepare: ({ node, parameters, index }) => {
				const reference = readMailingReference(parameters);
				const name = mailingName(reference);
				const options = readRequestOptions(parameters.within('options'));
				const { ifNotFound = 'fail', oneByOne = false, rows } = read(parameters, { node, index });
				const pauseOfRun = async (milliseconds: number) =>
					await pause(milliseconds, node.getExecutionCancelSignal());
				return {
					concurrency: oneByOne ? 1 : options.concurrency,
					orderKeys: [name],
					subject: { what: name, things: 'mailings', unclearMail: UNCLEAR_MAIL },
					send: async (client) => {
						const send = sending(client, options);
						return await unlessNotFound(ifNotFound, async () => {
							const id = await mailingIdOf(send, reference);
							return await rows({ id, name, send, node, item: index, pause: pauseOfRun, started });
						});
					},
				};
			},
		};
	});
}

const UNCLEAR_MAIL =
	'Maileon may have started it; check the mailing in Maileon before sending it again, since people could get it twice.';
