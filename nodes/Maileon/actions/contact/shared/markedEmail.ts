import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { describeKey, orderKey } from '../../../maileon/contact/contactKey';
import { readContactKey } from '../../../input/contactKey';
import { changed, perRequest } from '../../../run/perRequest';
import type { Runner } from '../../../run/operation';
import type { MaileonAnswer } from '../../../transport/client';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { readRequestOptions } from '../../shared/requests';

/** The address that an unsubscription marker belongs to. */
export const markedEmail: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ada@example.com',
	description: 'Email address that the unsubscription marker belongs to',
};

/**
 * A runner that asks for the marker of each item's address (`/contacts/email/:email/unsubscription`).
 * @param row what comes out for an answer with a status of success, besides the address
 * @param missing what comes out where there is no marker; without it, 404 means a wrong address
 */
export function perMarker(
	endpoint: Endpoint,
	row: (answer: MaileonAnswer) => IDataObject,
	missing?: IDataObject,
): Runner {
	return perRequest((parameters) => {
		const key = readContactKey(parameters, 'email', 'email');
		const identifiers = { email: key.value };
		const request = endpoint.request(identifiers);
		return {
			request,
			subject: { what: describeKey(key) },
			contact: identifiers,
			orderKeys: [orderKey(key)],
			options: readRequestOptions(parameters.within('options')),
			...(missing && { ifNotFound: [{ ...missing, ...identifiers }] }),
			rows: (answer) => changed(request, { ...row(answer), ...identifiers })(answer),
		};
	});
}
