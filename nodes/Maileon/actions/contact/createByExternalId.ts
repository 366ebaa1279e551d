import type { INodeProperties } from 'n8n-workflow';

import { identifiersOf, type Contact } from '../../maileon/contact';
import { contactJsonBody } from '../../maileon/jsonContact';
import { createQuery, type CreateSettings } from '../../maileon/query';
import { emailKey } from '../../maileon/identity';
import { contactDocument } from '../../maileon/xml/write';
import { ContactFieldsReader, customFieldsFromJson, mergeFields } from '../../run/contactFields';
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
import { SYNC_MODES, syncMode } from '../fields/syncMode';

const properties: INodeProperties[] = [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CRM-00123',
		description:
			'ID of the contact in your own system. It identifies the contact in Maileon: if one with this ID exists, "If Contact Exists" decides what happens.',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com',
		description: 'Email address of the contact',
	},
	{
		displayName: 'Permission',
		name: 'permission',
		type: 'options',
		options: PERMISSION_OPTIONS,
		default: 1,
		description:
			'Permission that the contact gets at once. When a double opt-in is started below, it becomes Double Opt-In (Plus) only after the person clicks the link. An existing Double Opt-In is never lowered by this operation.',
	},
	syncMode,
	{
		displayName: 'Start Double Opt-In',
		name: 'doi',
		type: 'boolean',
		default: false,
		description:
			'Whether Maileon sends a mail that asks the person to confirm the sign-up. Each run can send one: whether people with a pending or finished double opt-in get another is set in your Maileon account.',
	},
	{
		displayName: 'Ask for Tracking (DOI Plus)',
		name: 'doiPlus',
		type: 'boolean',
		default: false,
		displayOptions: { show: { doi: [true] } },
		description:
			'Whether the confirmation also allows tracking of what this person opens and clicks (permission Double Opt-In Plus)',
	},
	{ ...doiMailing, displayOptions: { show: { doi: [true] } } },
	contactFields(CONTACT_FIELDS_METHOD, {
		hint: 'Add the fields that you want to fill. Fields without a value are left out.',
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
			retries,
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. Shop checkout',
				description: 'Where the contact comes from. Stored with the double opt-in process.',
			},
			{
				displayName: 'Subscription Page',
				name: 'subscriptionPage',
				type: 'string',
				default: '',
				placeholder: 'e.g. Landing page spring',
				description: 'Name of the page where the person signed up, for reports in Maileon',
			},
			timeout,
		],
	},
];

const ADVICE = {
	404: 'Check the Base URL in the credential.',
	409: 'Several contacts in Maileon share this external ID. Use "Update by ID" with the Maileon ID, or repair the external IDs in Maileon.',
};

/** Creates a contact, or updates it where that is asked for. */
export const createByExternalId: Operation = {
	resource: 'contact',
	value: 'createByExternalId',
	name: 'Create by External ID',
	action: 'Create contact by external ID',
	description:
		'Create one contact per item under the ID of your own system, optionally with a double opt-in mail; can update contacts that exist',
	properties,
	run: perItem(async ({ node, client }) => {
		const reader = await ContactFieldsReader.create(node, client, { withIdentifiers: false });
		return {
			ignoredKeys: reader.ignoredKeys,
			prepare: ({ parameters, index }) => {
				const options = parameters.within('options');
				const mapped = reader.read(index);
				const contact: Contact = {
					externalId: parameters.requiredText('externalId'),
					email: parameters.text('email') || undefined,
					standardFields: mapped.standardFields,
					customFields: mergeFields(mapped.customFields, customFieldsFromJson(options)),
					preferences: readPreferences(parameters),
				};
				const { retries: repeats, timeout: time, concurrency: lanes } = readRequestOptions(options);
				const request = { ...createRequest(contact, readSettings(parameters)), timeout: time };
				const sent = identifiersOf(contact);
				return {
					concurrency: lanes,
					orderKeys: orderKeys(contact),
					contact: sent,
					subject: { what: `contact with external ID "${contact.externalId}"`, advice: ADVICE },
					send: async (maileon) => {
						const write = { request, sent, ignoredKeys: reader.ignoredOf(index) };
						return [await sendWrite(maileon, write, { retries: repeats })];
					},
				};
			},
		};
	}),
};

function readSettings(parameters: ItemParameters): CreateSettings {
	const options = parameters.within('options');
	return {
		permission: parameters.choice('permission', PERMISSION_CODES),
		syncMode: parameters.choice('syncMode', SYNC_MODES),
		doi: parameters.flag('doi')
			? { plus: parameters.flag('doiPlus'), mailing: parameters.text('doiMailing') }
			: undefined,
		source: options.text('source'),
		subscriptionPage: options.text('subscriptionPage'),
	};
}

/** JSON, or XML when preferences are given, since their JSON form is undocumented. */
function createRequest(contact: Contact, settings: CreateSettings): MaileonRequest {
	const { externalId, ...withoutExternalId } = contact;
	return {
		method: 'POST',
		path: ['contacts', 'externalid', externalId ?? ''],
		query: createQuery(settings),
		body:
			contact.preferences.length > 0
				? { type: 'xml', content: contactDocument(withoutExternalId) }
				: { type: 'json', content: contactJsonBody(contact) },
		canSendMail: settings.doi !== undefined,
	};
}

function orderKeys({ externalId, email }: Contact): string[] {
	return [`external ${externalId}`, ...(email ? [`email ${emailKey(email)}`] : [])];
}
