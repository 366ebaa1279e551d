import type { INodeProperties } from 'n8n-workflow';

import {
	contactRequest,
	describeKey,
	identifiersOfKey,
	orderKey,
	type ContactKey,
} from '../../maileon/contact/contactKey';
import { unsubscriptionQuery } from '../../maileon/contact/unsubscription';
import { readContactLocator } from '../../input/contactKey';
import { optionsCollection } from '../../input/optionsCollection';
import { InputRefusal } from '../../input/refusal';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import { changed, perRequest } from '../../run/perRequest';
import { contact } from './shared/contact';
import { ifNotFound, readIfNotFound } from '../shared/notFound';
import { reasons, readReasons } from './shared/reasons';
import { oneByOne, readRequestOptions, retries, timeout } from '../shared/requests';

const properties: INodeProperties[] = [
	contact(
		'The contact to unsubscribe. ALL contacts that share an email or an external ID are unsubscribed.',
	),
	{
		displayName: 'Mailing ID',
		name: 'mailingId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 42',
		description:
			'Mailing that the unsubscription counts towards in reports. It must have been sent. Leave empty for none.',
	},
	reasons,
	ifNotFound(
		'What to do when Maileon has no such contact, for example because it has already unsubscribed',
	),
	optionsCollection([
		oneByOne,
		{
			displayName: 'Newsletter Account IDs',
			name: 'newsletterAccountIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 88, 89',
			description:
				'Newsletter accounts to unsubscribe from, separated by commas; Maileon ignores accounts that do not belong to the owner of the API key. Only for contacts by email or external ID.',
		},
		retries,
		timeout,
	]),
];

const UNSUBSCRIBE_BY = {
	email: contacts.unsubscribeByEmail,
	externalId: contacts.unsubscribeByExternalId,
	maileonId: contacts.unsubscribeById,
};

const MAILING_ADVICE = {
	400: 'An unsubscription can only count towards a mailing that has been sent. Check the mailing ID, or leave it empty.',
};

/** Unsubscribes the contacts of an identifier ("Unsubscribe Contacts By Email" and its sisters). */
export const unsubscribeContact: Operation = {
	resource: 'contact',
	value: 'unsubscribe',
	name: 'Unsubscribe',
	action: 'Unsubscribe a contact',
	description:
		'Unsubscribe contacts and make their data anonymous for good. It takes Maileon a few seconds until a contact can no longer be read.',
	warning:
		'Running this unsubscribes contacts and makes their data anonymous. It cannot be undone.',
	properties,
	endpoints: [UNSUBSCRIBE_BY.email, UNSUBSCRIBE_BY.externalId, UNSUBSCRIBE_BY.maileonId],
	run: perRequest((parameters) => {
		const key = readContactLocator(parameters, 'contact');
		const mailingId = readMailingId(parameters);
		const query = unsubscriptionQuery({
			mailingId,
			reasons: readReasons(parameters),
			accountIds: readAccountIds(parameters.within('options'), key),
		});
		const request = contactRequest(UNSUBSCRIBE_BY, key, query);
		const identifiers = identifiersOfKey(key);
		return {
			request,
			subject: { what: describeKey(key), ...(mailingId !== '' && { advice: MAILING_ADVICE }) },
			contact: identifiers,
			orderKeys: [orderKey(key)],
			options: readRequestOptions(parameters.within('options')),
			ifNotFound: readIfNotFound(parameters),
			rows: changed(request, { unsubscribed: true, ...identifiers }),
		};
	}),
};

function readMailingId(parameters: ItemParameters): string {
	return checkedNumber(parameters, 'mailingId', parameters.text('mailingId').trim());
}

function readAccountIds(options: ItemParameters, key: ContactKey): string[] {
	const ids = options.texts('newsletterAccountIds');
	if (ids.length > 0 && key.by === 'maileonId')
		throw new InputRefusal(
			`${options.label('newsletterAccountIds')} can only be used with an email or an external ID.`,
			{ field: 'newsletterAccountIds' },
		);
	return ids.map((id) => checkedNumber(options, 'newsletterAccountIds', id));
}

function checkedNumber(parameters: ItemParameters, name: string, text: string): string {
	if (/^\d*$/.test(text)) return text;
	throw new InputRefusal(`${parameters.label(name)} must be a number, but is "${text}".`, {
		field: name,
	});
}
