/**
 * The list of a mailing's attachments in the editor.
 */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { located, locatedText } from '../input/locator';
import type { MailingReference } from '../maileon/mailing/mailings';
import { fetchAttachments } from '../transport/mailingAttachments';
import { mailingIdOf, type Send } from '../transport/mailings';
import { connect } from './connection';
import { lookupError } from './failures';
import { matching } from './listSearch';

/** Attachments of the mailing that is chosen in the node, by name; none as long as none is chosen. */
export async function searchMailingAttachments(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const reference = chosenMailing(this.getCurrentNodeParameter('mailing'));
	if (!reference) return { results: [] };
	try {
		const client = await connect(this);
		if (!client) return { results: [] };
		const send: Send = async (request) => await client.send(request);
		const attachments = await fetchAttachments(send, await mailingIdOf(send, reference));
		const entries = attachments.flatMap(({ id, filename, sizekb }) =>
			id === null
				? []
				: [{ name: `${filename ?? 'Unnamed'} (ID ${id}, ${sizekb ?? '?'} kB)`, value: String(id) }],
		);
		return { results: matching(entries, filter) };
	} catch (error) {
		throw lookupError(this, error);
	}
}

/** An expression in the place of the mailing has no value in the editor. */
function chosenMailing(raw: unknown): MailingReference | undefined {
	const text = locatedText(raw).trim();
	if (text === '' || text.startsWith('=')) return undefined;
	return located(raw).mode === 'name' ? { name: text } : { id: text };
}
