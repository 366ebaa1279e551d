/**
 * Runs an operation whose items are one request each.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Identifiers } from '../maileon/contact/contact';
import { readWriteAnswer } from '../transport/answers';
import type { MaileonAnswer } from '../transport/client';
import type { MaileonRequest } from '../maileon/request';
import type { Subject } from '../transport/words';
import type { Row } from './files';
import { unlessNotFound, type IfNotFound } from './notFound';
import type { Runner } from './operation';
import type { ItemParameters } from '../input/parameters';
import { perItem } from './perItem';

/** What one item asks Maileon for. */
export interface ItemRequest {
	request: MaileonRequest;
	/** What messages call it. */
	subject: Subject;
	/** Identifiers for the error row, where it is about a contact. */
	contact?: Identifiers;
	/** How the request is sent. The time-out is in milliseconds. */
	options: { concurrency: number; retries: number; timeout: number };
	/** Items that share a key are sent one after the other, in their order. */
	orderKeys?: readonly string[];
	/** What 404 gives, or the rows where it is an answer like others. It fails by default. */
	ifNotFound?: IfNotFound | readonly IDataObject[];
	/** The rows that an answer with a status of success gives. */
	rows(answer: MaileonAnswer): readonly Row[] | Promise<readonly Row[]>;
}

/**
 * A runner that makes one request of each item.
 * @param read reads and checks what an item asks for, before anything is sent
 */
export function perRequest(read: (parameters: ItemParameters) => ItemRequest): Runner {
	return perItem(() => ({
		prepare: ({ parameters }) => {
			const { request, options, ifNotFound = 'fail', rows, ...about } = read(parameters);
			const { concurrency, retries, timeout } = options;
			return {
				...about,
				concurrency,
				send: async (client) =>
					await unlessNotFound(
						ifNotFound,
						async () => await rows(await client.send({ ...request, timeout }, { retries })),
					),
			};
		},
	}));
}

/**
 * The rows of a change that gives one row, whatever else Maileon's answer to it holds.
 * @returns what throws a MaileonFailure for an answer that is no success
 */
export function changed(
	request: MaileonRequest,
	row: IDataObject,
): (answer: MaileonAnswer) => IDataObject[] {
	return (answer) => {
		readWriteAnswer(answer, request);
		return [row];
	};
}
