/**
 * Runs an operation whose items are one request each.
 */
import type { IDataObject } from 'n8n-workflow';

import { errorWords } from '../maileon/answer';
import type { Identifiers } from '../maileon/contact';
import type { ContactError } from '../maileon/report';
import { readWriteAnswer } from '../transport/answers';
import type { MaileonAnswer } from '../transport/client';
import type { MaileonRequest } from '../transport/request';
import type { Subject } from '../transport/words';
import { ExplainedRefusal } from './failures';
import { unlessNotFound, type IfNotFound } from './notFound';
import type { Runner } from './operation';
import type { ItemParameters } from './parameters';
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
	/** What 404 gives, or the rows where it is an answer like others. Fails unless told otherwise. */
	ifNotFound?: IfNotFound | readonly IDataObject[];
	/** The rows that an answer with a status of success gives. */
	rows(answer: MaileonAnswer): IDataObject[];
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
					await unlessNotFound(ifNotFound, async () =>
						rows(await client.send({ ...request, timeout }, { retries })),
					),
			};
		},
	}));
}

/** The rows of a change that gives one row, whatever Maileon's answer to it holds. */
export function changed(request: MaileonRequest, row: IDataObject): ItemRequest['rows'] {
	return (answer) => {
		expectChange(answer, request);
		return [row];
	};
}

/**
 * Makes sure that an answer with a status of success to a change is one. The documentation is silent
 * on its body, so nothing, text, JSON and XML are accepted.
 * @throws ExplainedRefusal when Maileon says in the body that it did not work
 * @throws MaileonFailure for a web page, and for an answer that is broken off
 */
function expectChange(answer: MaileonAnswer, request: MaileonRequest): void {
	const { report } = readWriteAnswer(answer, request);
	if (report && !report.success) throw refusal(answer, report.error?.message, { ...report.error });
	if (answer.answer.kind === 'xml' && answer.answer.root.name === 'error')
		throw refusal(answer, errorWords(answer.answer));
}

function refusal(
	{ status }: MaileonAnswer,
	words = 'no reason was given',
	{ description, code, field }: Partial<ContactError> = {},
): ExplainedRefusal {
	return new ExplainedRefusal({
		message: `Maileon refused the request: ${words}`,
		description,
		http_status: status,
		code,
		field: field ?? undefined,
	});
}
