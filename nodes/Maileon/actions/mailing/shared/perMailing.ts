import type { IExecuteFunctions } from 'n8n-workflow';

import { readMailingReference } from '../../../input/mailing';
import type { ItemParameters } from '../../../input/parameters';
import { mailingName } from '../../../maileon/mailing/mailings';
import type { Row } from '../../../run/files';
import { unlessNotFound, type IfNotFound } from '../../../run/notFound';
import type { Runner } from '../../../run/operation';
import { perItem } from '../../../run/perItem';
import { mailingIdOf, sending, type Send } from '../../../transport/mailings';
import { readRequestOptions } from '../../shared/requests';

/** The mailing of an item, and the way to ask Maileon about it. */
export interface Mailing {
	/** Its ID, as it stands in paths. */
	id: string;
	send: Send;
	node: IExecuteFunctions;
	/** Index of the input item. */
	item: number;
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
	return perItem(() => ({
		prepare: ({ node, parameters, index }) => {
			const reference = readMailingReference(parameters);
			const { ifNotFound = 'fail', oneByOne = false, rows } = read(parameters, { node, index });
			const options = readRequestOptions(parameters.within('options'));
			return {
				concurrency: oneByOne ? 1 : options.concurrency,
				orderKeys: [mailingName(reference)],
				subject: { what: mailingName(reference), things: 'mailings', unclearMail: UNCLEAR_MAIL },
				send: async (client) => {
					const send = sending(client, options);
					return await unlessNotFound(ifNotFound, async () => {
						const id = await mailingIdOf(send, reference);
						return await rows({ id, send, node, item: index });
					});
				},
			};
		},
	}));
}

const UNCLEAR_MAIL =
	'Maileon may have started it; check the mailing in Maileon before sending it again, since people could get it twice.';
