/**
 * What a person sets on the trigger: the event, and the fields that come with it.
 */
import type { IHookFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { STANDARD_FIELDS } from '../../maileon/contact/fields';
import {
	DOCUMENTED_EVENT_FIELDS,
	EVENT_FIELDS,
	WEBHOOK_EVENTS,
	type WebhookEvent,
} from '../../maileon/webhook/webhook';
import { givenNames, givenObject, type Named } from '../../input/given';
import { optionsCollection } from '../../input/optionsCollection';
import { subtitleExpression } from '../../run/subtitle';

interface EventWords {
	name: string;
	description: string;
}

const EVENTS: Readonly<Record<WebhookEvent, EventWords>> = {
	bounce: { name: 'Contact Bounced', description: 'A mail to a contact could not be delivered' },
	contact_field_change: {
		name: 'Contact Field Changed',
		description:
			'A contact clicks a link that changes a field, or unsubscribes if the account is set up so; changes by API or in Maileon itself do not count',
	},
	filtered: {
		name: 'Mail Not Built (Filtered)',
		description: 'A mail to a contact is not built, for example because personalization is missing',
	},
	unsubscription: {
		name: 'Contact Unsubscribed',
		description: 'A contact unsubscribes, by link, by reply, by API or by hand',
	},
	doi: {
		name: 'Double Opt-In Confirmed',
		description: 'A contact clicks the link of a double opt-in mail for the first time',
	},
};

const event: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	required: true,
	default: 'doi',
	options: WEBHOOK_EVENTS.map((value) => ({ ...EVENTS[value], value })),
	description: 'What has to happen in Maileon to start the workflow',
};

const IDENTIFIER_FIELDS = [
	{ name: 'Email', value: 'email' },
	{ name: 'External ID', value: 'external_id' },
];

const CONTACT_FIELDS: INodePropertyOptions[] = [
	...IDENTIFIER_FIELDS,
	...STANDARD_FIELDS.map(({ name, label }) => ({ name: label, value: name.toLowerCase() })),
].sort((one, other) => one.name.localeCompare(other.name, 'en'));

const standardFields: INodeProperties = {
	displayName: 'Contact Fields',
	name: 'standardFields',
	type: 'multiOptions',
	default: ['email', 'external_id'],
	options: CONTACT_FIELDS,
	description:
		'Fields of the contact that Maileon sends with the event. After an unsubscription the contact is anonymous in Maileon, so choose what identifies it in your systems.',
};

const EVENT_FIELD_WORDS: Readonly<Record<(typeof EVENT_FIELDS)[number], EventWords>> = {
	cause: { name: 'Cause', description: 'Why it happened' },
	method: { name: 'Method', description: 'How it happened, such as how the contact unsubscribed' },
	msg_id: { name: 'Message ID', description: 'The mail that it is about' },
	new_value: { name: 'New Value', description: 'The value of a field after a change' },
	old_value: { name: 'Old Value', description: 'The value of a field before a change' },
	property: { name: 'Property', description: 'The field that was changed' },
	timestamp: { name: 'Timestamp', description: 'When it happened' },
	transaction_id: {
		name: 'Transaction ID',
		description: 'The transaction (contact event) that it is about',
	},
};

function eventFieldOptions(documented: readonly string[]): INodePropertyOptions[] {
	return EVENT_FIELDS.map((value) => {
		const { name, description } = EVENT_FIELD_WORDS[value];
		const isSure = documented.includes(value);
		return { name, value, description: isSure ? description : `${description}; may be missing` };
	});
}

/** One parameter for each event, under the same name, since the documented fields differ. */
function eventFieldsOf(webhookEvent: WebhookEvent): INodeProperties {
	const documented = DOCUMENTED_EVENT_FIELDS[webhookEvent] ?? [];
	return {
		displayName: 'Event Fields',
		name: 'eventFields',
		type: 'multiOptions',
		default: [...documented],
		options: eventFieldOptions(documented),
		displayOptions: { show: { event: [webhookEvent] } },
		description:
			'Facts about the event that Maileon sends with it. Preselected is what Maileon documents for this event; the others may be missing, or refused.',
	};
}

const furtherStandardFields: INodeProperties = {
	displayName: 'Further Contact Fields',
	name: 'furtherStandardFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. permission, sendout_status',
	description:
		'Names of standard contact fields that are not in the list, separated by commas. Maileon may refuse names that it does not know.',
};

const furtherEventFields: INodeProperties = {
	displayName: 'Further Event Fields',
	name: 'furtherEventFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. mailing_id, bounce_code',
	description:
		'Names of event fields that are not in the list, separated by commas. Maileon may refuse names that it does not know.',
};

const options = optionsCollection([furtherStandardFields, furtherEventFields]);

/** What stands below the node on the canvas: the event, in the words of the menu. */
export const eventSubtitle = subtitleExpression(
	Object.fromEntries(WEBHOOK_EVENTS.map((value) => [value, EVENTS[value].name])),
	'$parameter["event"]',
);

export const triggerProperties: INodeProperties[] = [
	event,
	standardFields,
	...WEBHOOK_EVENTS.map(eventFieldsOf),
	options,
];

/** What the webhook sends. */
export interface Wanted {
	event: string;
	standardFields: string[];
	eventFields: string[];
}

/**
 * Reads the parameters; names are trimmed, never repeated, and those of contact fields lower case.
 * @throws InputRefusal where an expression made no list of names
 */
export function readWanted(context: IHookFunctions): Wanted {
	const further = givenObject(context.getNodeParameter(options.name, {}), labelled(options));
	const read = (field: INodeProperties, more: INodeProperties) => [
		...givenNames(context.getNodeParameter(field.name, []), labelled(field)),
		...givenNames(further[more.name] ?? [], labelled(more)),
	];
	return {
		event: String(context.getNodeParameter('event')),
		standardFields: withoutRepetition(
			read(standardFields, furtherStandardFields).map((name) => name.toLowerCase()),
		),
		eventFields: withoutRepetition(read(eventFieldsOf('doi'), furtherEventFields)),
	};
}

function labelled({ name, displayName: label }: INodeProperties): Named {
	return { name, label };
}

function withoutRepetition(list: readonly string[]): string[] {
	return [...new Set(list)];
}
