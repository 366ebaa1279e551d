import type { INodeProperties } from 'n8n-workflow';

import { identifiersOf, type Contact } from '../../maileon/contact';
import { DOI_PERMISSIONS, updateByIdQuery, type UpdateSettings } from '../../maileon/query';
import { contactDocument } from '../../maileon/xml/write';
import { ContactFieldsReader, customFieldsFromJson, mergeFields } from '../../run/contactFields';
import { InputRefusal } from '../../run/failures';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../run/parameters';
import { perItem } from '../../run/perItem';
import { readPreferences } from '../../run/preferences';
import { sendWrite } from '../../run/writes';
import type { MaileonRequest } from '../../transport/request';
import { CONTACT_FIELDS_METHOD, contactFields, customFieldsJson } from '../fields/contactFields';
import { doiMailing } from '../fields/doi';
import { PERMISSION_CODES, PERMISSION_OPTIONS } from '../fields/permission';
import { preferences } from '../fields/preferences';
import { concurrency, readRequestOptions, retries, timeout } from '../fields/requests';

const UNCHANGED = 'unchanged';

const properties: INodeProperties[] = [
	{
		displayName: 'Maileon ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12345',
		description:
			'ID that Maileon gave the contact: a number, for example from the output of a create operation or from a personalized link',
	},
	{
		displayName: 'Ignore Checksum',
		name: 'ignoreChecksum',
		type: 'boolean',
		default: true,
		description:
			'Whether to update without the checksum of the contact. Leave on for data from your own systems; turn off when ID and checksum come from a link in a mailing, so that nobody can change the contact of someone else.',
	},
	{
		displayName: 'Checksum',
		name: 'checksum',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. q2FnLmGx',
		displayOptions: { show: { ignoreChecksum: [false] } },
		description: 'Checksum that belongs to the Maileon ID, from a link in a mailing',
	},
	{
		displayName: 'Permission',
		name: 'permission',
		type: 'options',
		options: [
			{
				name: 'Do Not Change',
				value: UNCHANGED,
				description: 'The contact keeps the permission that it has',
			},
			...PERMISSION_OPTIONS,
		],
		default: UNCHANGED,
		description:
			'New permission of the contact. It is set at once, also when it is lower than before, unless you let Maileon ask for Double Opt-In (Plus) by a mail.',
	},
	{
		displayName: 'Start Double Opt-In',
		name: 'triggerDoi',
		type: 'boolean',
		default: false,
		displayOptions: { show: { permission: [4, 5] } },
		description:
			'Whether Maileon sends a mail that asks the person to confirm, instead of setting the permission now. The permission changes only after the click. Each run can send a mail.',
	},
	{
		...doiMailing,
		displayOptions: { show: { permission: [4, 5], triggerDoi: [true] } },
	},
	contactFields(CONTACT_FIELDS_METHOD, {
		hint: 'Only the fields that you add are changed. A field whose value is null or empty is cleared in Maileon.',
	}),
	preferences,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			concurrency,
			customFieldsJson,
			{
				displayName: 'New Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. ada@example.com',
				description: 'New email address of the contact. Leave empty to keep the one it has.',
			},
			{
				displayName: 'New External ID',
				name: 'externalId',
				type: 'string',
				default: '',
				placeholder: 'e.g. CRM-00123',
				description: 'New external ID of the contact. Leave empty to keep the one it has.',
			},
			{
				displayName: 'Page Key',
				name: 'pageKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. profile-page',
				description:
					'Name of the landing page that the change comes from, for reports on double opt-ins',
			},
			retries,
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. CRM',
				description: 'Where the change comes from. Stored with the double opt-in process.',
			},
			timeout,
		],
	},
];

const ADVICE = {
	404: 'The contact may have been deleted. Check the Maileon ID.',
	409: 'Another contact already has this email or external ID.',
};

/** Updates one contact by the ID that Maileon gave it. */
export const updateById: Operation = {
	resource: 'contact',
	value: 'updateById',
	name: 'Update by ID',
	action: 'Update contact by ID',
	description:
		'Change fields, email, external ID, preferences or permission of one existing contact per item, by its Maileon ID',
	properties,
	run: perItem(async ({ node, client }) => {
		const reader = await ContactFieldsReader.create(node, client, { withIdentifiers: false });
		return {
			ignoredKeys: reader.ignoredKeys,
			prepare: ({ parameters, index }) => {
				const options = parameters.within('options');
				const settings = readSettings(parameters);
				const mapped = reader.read(index);
				const contact: Contact = {
					email: options.text('email') || undefined,
					externalId: options.text('externalId') || undefined,
					standardFields: mapped.standardFields,
					customFields: mergeFields(mapped.customFields, customFieldsFromJson(options)),
					preferences: readPreferences(parameters),
				};
				const { retries: repeats, timeout: time, concurrency: lanes } = readRequestOptions(options);
				const request = { ...updateRequest(contact, settings), timeout: time };
				const sent = identifiersOf({ ...contact, id: settings.id });
				return {
					concurrency: lanes,
					orderKeys: [settings.id],
					contact: sent,
					subject: { what: `contact with Maileon ID ${settings.id}`, advice: ADVICE },
					send: async (maileon) => {
						const write = { request, sent, ignoredKeys: reader.ignoredOf(index) };
						return [await sendWrite(maileon, write, { retries: repeats })];
					},
				};
			},
		};
	}),
};

function readSettings(parameters: ItemParameters): UpdateSettings {
	const options = parameters.within('options');
	const id = parameters.requiredText('contactId').trim();
	if (!/^\d+$/.test(id))
		throw new InputRefusal(`Maileon ID must be a number, but is "${id}"`, {
			description: 'For the ID of your own system, use an operation by external ID.',
			field: 'contactId',
		});
	const permission = parameters.choice('permission', [UNCHANGED, ...PERMISSION_CODES]);
	const code = typeof permission === 'number' ? permission : undefined;
	const triggersDoi = DOI_PERMISSIONS.includes(code ?? 0) && parameters.flag('triggerDoi');
	return {
		id,
		checksum: parameters.flag('ignoreChecksum') ? undefined : parameters.requiredText('checksum'),
		permission: code,
		doiMailing: triggersDoi ? parameters.text('doiMailing') : undefined,
		source: options.text('source'),
		pageKey: options.text('pageKey'),
	};
}

/** The ID stays out of the body, where Maileon refuses it. */
function updateRequest(contact: Contact, settings: UpdateSettings): MaileonRequest {
	return {
		method: 'PUT',
		path: ['contacts', 'contact'],
		query: updateByIdQuery(settings),
		body: { type: 'xml', content: contactDocument(contact) },
		canSendMail: settings.doiMailing !== undefined,
	};
}
