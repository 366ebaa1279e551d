/**
 * Runs an operation whose items read contacts.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Identifiers } from '../maileon/contact';
import { isContactRoot, readContacts, simplifyContact } from '../maileon/contactList';
import { selectionQuery } from '../maileon/readableFields';
import type { ContactJson } from '../maileon/readContact';
import { uselessAnswer, xmlRoot } from '../transport/answers';
import type { MaileonAnswer, MaileonClient } from '../transport/client';
import { collect, LARGEST_PAGE, pagedEntries } from '../transport/pages';
import type { MaileonRequest } from '../transport/request';
import type { Subject } from '../transport/words';
import { FieldSelections } from './fieldSelection';
import { noMatch, unlessNotFound, type IfNotFound } from './notFound';
import type { Runner } from './operation';
import type { ItemParameters } from './parameters';
import { perItem } from './perItem';

/** Contacts that an item asks for. */
export interface ContactRead {
	/** Without the fields to return, which are added. */
	request: MaileonRequest;
	/** What messages call it. */
	subject: Subject;
	/** Identifiers for the error row, where it is about one contact. */
	contact?: Identifiers;
	/** How the request is sent. The time-out is in milliseconds. */
	options: { concurrency: number; retries: number; timeout: number };
	/** Contacts at most; Infinity for all. */
	limit: number;
	/** The least size of a page, for lists that come in pages. */
	pages?: { atLeast: number };
	/** What no match gives; without it, no match is an empty list. */
	ifNotFound?: IfNotFound;
}

/**
 * A runner that reads contacts for each item, with the fields that it chose.
 * @param read reads and checks the rest of what an item asks for, before anything is sent
 */
export function perContactRead(read: (parameters: ItemParameters) => ContactRead): Runner {
	return perItem(({ client }) => {
		const selections = new FieldSelections(client);
		return {
			prepare: async ({ parameters }) => {
				const { contact, subject, ...wanted } = read(parameters);
				const query = selectionQuery(await selections.read(parameters));
				const { timeout } = wanted.options;
				const request = {
					...wanted.request,
					timeout,
					query: [...(wanted.request.query ?? []), ...query],
				};
				const simple = parameters.flag('simplify');
				return {
					concurrency: wanted.options.concurrency,
					contact,
					subject,
					send: async (maileon) =>
						await unlessNotFound(wanted.ifNotFound ?? 'fail', async () => {
							const contacts = await readAll(maileon, { ...wanted, request });
							return (simple ? contacts.map(simplifyContact) : contacts) as IDataObject[];
						}),
				};
			},
		};
	});
}

async function readAll(
	client: MaileonClient,
	{ request, options: { retries }, limit, pages, ifNotFound }: Omit<ContactRead, 'subject'>,
): Promise<ContactJson[]> {
	const contactsIn = (answer: MaileonAnswer) => contactsOf(answer, request);
	if (pages) {
		const pageSize = Math.min(LARGEST_PAGE, Math.max(limit, pages.atLeast));
		const entries = pagedEntries(client, request, { pageSize, retries }, contactsIn);
		return await collect(entries, limit, ({ id }) => id ?? undefined);
	}
	const contacts = contactsIn(await client.send(request, { retries }));
	if (contacts.length === 0 && ifNotFound !== undefined) throw noMatch(request.method);
	return contacts.slice(0, limit);
}

/** An answer without a body is an empty list. */
function contactsOf(answer: MaileonAnswer, request: MaileonRequest): ContactJson[] {
	if (answer.answer.kind === 'empty') return [];
	const root = xmlRoot(answer, request);
	if (!isContactRoot(root))
		throw uselessAnswer(answer, request, `It holds <${root.name}> instead of contacts.`);
	return readContacts(root);
}
