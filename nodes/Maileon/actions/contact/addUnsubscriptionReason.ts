import type { INodeProperties } from 'n8n-workflow';

import { describeKey, identifiersOfKey, orderKey } from '../../maileon/contact/contactKey';
import { addReasonsQuery } from '../../maileon/contact/unsubscription';
import { readContactKey } from '../../input/contactKey';
import { InputRefusal } from '../../input/refusal';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { checksumFields, readChecksum } from './shared/checksum';
import { contactId } from './shared/contact';
import { reasons, readReasons } from './shared/reasons';
import { changingOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	contactId(
		'ID of the contact in Maileon, the only identifier that is left after an unsubscription',
	),
	reasons,
	...checksumFields('add the reason'),
	changingOptions,
];

/** Adds reasons afterwards ("Adding Unsubscription Reason to already unsubscribed contact"). */
export const addUnsubscriptionReason: Operation = {
	resource: 'contact',
	value: 'addUnsubscriptionReason',
	name: 'Add Unsubscription Reason',
	action: 'Add an unsubscription reason to a contact',
	description: 'Add reasons to a contact that has already unsubscribed, by its Maileon ID',
	properties,
	endpoints: [contacts.addUnsubscriptionReason],
	run: perRequest((parameters) => {
		const key = readContactKey(parameters, 'contactId', 'maileonId');
		const given = readReasons(parameters);
		if (given.length === 0)
			throw new InputRefusal('There is no reason to add.', {
				description: 'Add at least one reason under "Reasons".',
				field: 'reasons',
			});
		const query = addReasonsQuery(key.value, readChecksum(parameters), given);
		const request = contacts.addUnsubscriptionReason.request({}, query);
		const identifiers = identifiersOfKey(key);
		return {
			request,
			subject: { what: describeKey(key) },
			contact: identifiers,
			orderKeys: [orderKey(key)],
			options: readRequestOptions(parameters.within('options')),
			rows: changed(request, { success: true, ...identifiers }),
		};
	}),
};
