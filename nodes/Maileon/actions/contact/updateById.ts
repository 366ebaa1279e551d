import type { INodeProperties } from 'n8n-workflow';

import type { Contact } from '../../maileon/contact/contact';
import { describeKey, orderKey, type ContactKey } from '../../maileon/contact/contactKey';
import { DOI_PERMISSIONS, updateByIdQuery, type UpdateSettings } from '../../maileon/contact/query';
import { contactDocument } from '../../maileon/xml/write';
import { readContactKey } from '../../input/contactKey';
import { optionsCollection } from '../../input/optionsCollection';
import { perContact } from './shared/perContact';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import type { MaileonRequest } from '../../maileon/request';
import { checksumFields, readChecksum } from './shared/checksum';
import { contactId } from './shared/contact';
import { customFieldsJson } from './shared/contactFields';
import { doiMailing, readDoiMailing } from './shared/doi';
import { confirmedNotice } from './shared/permission';
import {
	concurrencyOfChanges,
	readRequestOptions,
	retriesOfMails,
	timeout,
} from '../shared/requests';
import {
	changedFields,
	permissionChange,
	readNewIdentifiers,
	readPermissionChange,
} from './shared/update';

const properties: INodeProperties[] = [
	contactId(
		'ID of the contact in Maileon: a number, for example from the output of a create operation or from a personalized link',
	),
	permissionChange(
		'New permission of the contact. It is set at once, even if it is lower than before, unless Start Double Opt-In lets Maileon ask for Double Opt-In (Plus) by mail.',
	),
	confirmedNotice(
		'This records that the person has already confirmed. To send the confirmation mail, turn on Start Double Opt-In.',
		{ triggerDoi: [false] },
	),
	{
		displayName: 'Start Double Opt-In',
		name: 'triggerDoi',
		type: 'boolean',
		default: false,
		displayOptions: { show: { permission: [4, 5] } },
		description:
			'Whether Maileon sends a mail that asks the person to confirm, instead of setting the permission now. The permission changes only after the person clicks the link. Each run can send a mail.',
	},
	{
		...doiMailing,
		displayOptions: { show: { permission: [4, 5], triggerDoi: [true] } },
	},
	...changedFields,
	...checksumFields('update'),
	optionsCollection([
		concurrencyOfChanges('contact'),
		customFieldsJson,
		{
			displayName: 'Page Key',
			name: 'pageKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. profile-page',
			description:
				'Name of the landing page where the change was made, for reports on double opt-ins',
		},
		retriesOfMails,
		{
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. CRM',
			description: 'Where the change was made. Stored with the double opt-in process.',
		},
		timeout,
	]),
];

/** Updates one contact by the ID that Maileon gave it. */
export const updateById: Operation = {
	resource: 'contact',
	value: 'updateById',
	name: 'Update by ID',
	action: 'Update a contact by Maileon ID',
	description:
		'Change fields, email, external ID, preferences or permission of one existing contact per item, by its Maileon ID',
	properties,
	endpoints: [contacts.updateById],
	run: perContact((parameters, data) => {
		const settings = readSettings(parameters);
		const changes = readNewIdentifiers(parameters);
		const key: ContactKey = { by: 'maileonId', value: settings.id };
		return {
			request: updateRequest({ ...changes, ...data }, settings),
			options: readRequestOptions(parameters.within('options')),
			written: { ...changes, id: settings.id },
			subject: { what: describeKey(key) },
			orderKeys: [orderKey(key)],
		};
	}),
};

function readSettings(parameters: ItemParameters): UpdateSettings {
	const options = parameters.within('options');
	const { value: id } = readContactKey(parameters, 'contactId', 'maileonId');
	const permission = readPermissionChange(parameters);
	const triggersDoi = DOI_PERMISSIONS.includes(permission ?? 0) && parameters.flag('triggerDoi');
	return {
		id,
		checksum: readChecksum(parameters),
		permission,
		doiMailing: triggersDoi ? readDoiMailing(parameters) : undefined,
		source: options.text('source'),
		pageKey: options.text('pageKey'),
	};
}

/** The ID stays out of the body, where Maileon refuses it. */
function updateRequest(contact: Contact, settings: UpdateSettings): MaileonRequest {
	return {
		...contacts.updateById.request({}, updateByIdQuery(settings), contactDocument(contact)),
		canSendMail: settings.doiMailing !== undefined,
	};
}
