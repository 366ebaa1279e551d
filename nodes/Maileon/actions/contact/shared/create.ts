import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { withoutNulls, type Contact } from '../../../maileon/contact/contact';
import { contactJsonBody } from '../../../maileon/contact/jsonContact';
import { createQuery, type CreateSettings } from '../../../maileon/contact/query';
import { contactDocument } from '../../../maileon/xml/write';
import { withBuilderHint } from '../../../input/builderHint';
import { optionsCollection } from '../../../input/optionsCollection';
import type { ItemParameters } from '../../../input/parameters';
import { expectAnswers } from '../../../input/preferences';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { MEDIA_TYPE, type MaileonRequest } from '../../../maileon/request';
import { CONTACT_FIELDS_METHOD, contactFields, customFieldsJson } from './contactFields';
import { doiMailing, readDoiMailing } from './doi';
import {
	confirmedNotice,
	PERMISSION_CODES,
	PERMISSION_NUMBERS,
	PERMISSION_OPTIONS,
} from './permission';
import { preferences } from './preferences';
import { concurrencyOfChanges, retriesOfMails, timeout } from '../../shared/requests';
import { ifContactExists, SYNC_MODES } from './syncMode';

/** What an AI that builds workflows has to know of them. */
export const FOR_ONE_CONTACT =
	'One request for each input item. For a list of contacts use "synchronize".';

/** The fields that the operations which create a contact share, after the identifiers. */
export const createFields: readonly INodeProperties[] = [
	withBuilderHint(
		{
			displayName: 'Permission',
			name: 'permission',
			type: 'options',
			options: PERMISSION_OPTIONS,
			default: 1,
			description: `Permission that the contact gets at once. With Start Double Opt-In below, it becomes Double Opt-In (Plus) once the person clicks the link. This operation never lowers an existing Double Opt-In. ${PERMISSION_NUMBERS}`,
		},
		'Where people sign up, leave 1 and turn on "doi". 4 and 5 record a confirmation that was given elsewhere: never assume one.',
	),
	confirmedNotice(
		'This records at once that the person has already confirmed. To ask by the confirmation mail, leave None and turn on Start Double Opt-In.',
	),
	ifContactExists,
	withBuilderHint(
		{
			displayName: 'Start Double Opt-In',
			name: 'doi',
			type: 'boolean',
			default: false,
			description:
				'Whether Maileon sends a mail that asks the person to confirm the sign-up. Each run can send one: your Maileon account decides whether people with a pending or finished double opt-in get another.',
		},
		'Turn on for sign-up forms. Each run can send a mail to a real person.',
	),
	{
		displayName: 'Ask for Tracking (DOI Plus)',
		name: 'doiPlus',
		type: 'boolean',
		default: false,
		displayOptions: { show: { doi: [true] } },
		description:
			'Whether the confirmation also allows you to track what this person opens and clicks (permission Double Opt-In Plus)',
	},
	{ ...doiMailing, displayOptions: { show: { doi: [true] } } },
	...contactFields(
		CONTACT_FIELDS_METHOD,
		'A field without a value is left out; an expression or an input key that gives an empty text clears the stored value.',
	),
	preferences,
	optionsCollection([
		concurrencyOfChanges('contact'),
		customFieldsJson,
		retriesOfMails,
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
	]),
];

/**
 * The settings of a create call.
 * @throws InputRefusal for a value that is none of the choices
 */
export function readCreateSettings(parameters: ItemParameters): CreateSettings {
	const options = parameters.within('options');
	return {
		permission: parameters.choice('permission', PERMISSION_CODES),
		syncMode: parameters.choice('syncMode', SYNC_MODES),
		doi: parameters.flag('doi')
			? { plus: parameters.flag('doiPlus'), mailing: readDoiMailing(parameters) }
			: undefined,
		source: options.text('source'),
		subscriptionPage: options.text('subscriptionPage'),
	};
}

/**
 * The request that creates a contact: JSON, or XML when preferences are given, since their JSON form is
 * undocumented. Null is left out of both.
 * @param values the identifier that stands in the path; it is not part of `contact`
 * @throws InputRefusal for a preference without a value
 */
export function createRequest(
	endpoint: Endpoint,
	values: Readonly<Record<string, string>>,
	contact: Contact,
	settings: CreateSettings,
): MaileonRequest {
	expectAnswers(contact.preferences);
	const body =
		contact.preferences.length > 0
			? { type: MEDIA_TYPE.xml, content: contactDocument(withoutNulls(contact)) }
			: { type: MEDIA_TYPE.json, content: contactJsonBody(contact) };
	return {
		...endpoint.request(values, createQuery(settings), body),
		canSendMail: settings.doi !== undefined,
	};
}

/** What the row of a created contact tells besides its identifiers and Maileon's answer. */
export function createFacts({ doi }: CreateSettings): IDataObject {
	return doi ? { doi_requested: true } : {};
}
