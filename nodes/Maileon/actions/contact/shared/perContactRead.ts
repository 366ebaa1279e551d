/**
 * Runs an operation whose items read contacts.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Identifiers } from '../../../maileon/contact/contact';
import { isContactRoot, readContacts, simplifyContact } from '../../../maileon/contact/contactList';
import { selectionQuery } from '../../../maileon/contact/readableFields';
import type { ContactJson } from '../../../maileon/contact/readContact';
import { uselessAnswer, xmlRoot } from '../../../transport/answers';
import type { MaileonAnswer, MaileonClient } from '../../../transport/client';
import { LARGEST_PAGE, readPages, type PagedList } from '../../../transport/pages';
import type { MaileonRequest } from '../../../maileon/request';
import type { Subject } from '../../../transport/words';
import { FieldSelections } from '../../../input/fieldSelection';
import { tell } from '../../../run/hints';
import { noMatch, unlessNotFound, type IfNotFound } from '../../../run/notFound';
import type { Runner } from '../../../run/operation';
import type { ItemParameters } from '../../../input/parameters';
import { perItem } from '../../../run/perItem';

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
	/** What comes out where nothing matches; without it, an empty list. */
	ifNotFound?: IfNotFound;
}

/**
 * A runner that reads contacts for each item, with the fields that it chose.
 * @param read reads and checks the rest of what an item asks for, before anything is sent
 */
export function perContactRead(read: (parameters: ItemParameters) => ContactRead): Runner {
	return perItem(({ node, client }) => {
		const selections = new FieldSelections(client);
		let isTold = false;
		const tellRepeatedPage = () => {
			if (!isTold) tell(node, REPEATED_PAGE);
			isTold = true;
		};
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
							const { entries: contacts, hasRepeatedPage } = await readAll(maileon, {
								...wanted,
								request,
							});
							if (hasRepeatedPage) tellRepeatedPage();
							return (simple ? contacts.map(simplifyContact) : contacts) as IDataObject[];
						}),
				};
			},
		};
	});
}

const REPEATED_PAGE =
	'Maileon repeated contacts instead of sending the next page, so contacts may be missing. Compare the number of items with the operation Count.';

async function readAll(
	client: MaileonClient,
	{
		request,
		options: { concurrency: atATime, retries },
		limit,
		pages,
		ifNotFound,
	}: Omit<ContactRead, 'subject'>,
): Promise<PagedList<ContactJson>> {
	const contactsIn = (answer: MaileonAnswer) => contactsOf(answer, request);
	if (pages) {
		const pageSize = Math.min(LARGEST_PAGE, Math.max(limit, pages.atLeast));
		return await readPages(
			client,
			request,
			{ pageSize, limit, retries, atATime },
			{ entriesOf: contactsIn, keyOf: ({ id }) => keyOf(id) },
		);
	}
	const contacts = contactsIn(await client.send(request, { retries }));
	if (contacts.length === 0 && ifNotFound !== undefined) throw noMatch(request);
	return { entries: contacts.slice(0, limit), hasRepeatedPage: false };
}

function keyOf(id: unknown): number | string | undefined {
	return typeof id === 'number' || (typeof id === 'string' && id !== '') ? id : undefined;
}

/** An answer without a body is an empty list. */
function contactsOf(answer: MaileonAnswer, request: MaileonRequest): ContactJson[] {
	if (answer.answer.kind === 'empty') return [];
	const root = xmlRoot(answer, request);
	if (!isContactRoot(root))
		throw uselessAnswer(answer, request, `It contains <${root.name}> instead of contacts.`);
	return readContacts(root);
}
