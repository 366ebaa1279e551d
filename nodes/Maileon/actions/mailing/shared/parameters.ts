import type { INodeProperties } from 'n8n-workflow';

import { listLocator } from '../../../input/listLocator';
import { collectionOf } from '../../../input/optionsCollection';
import {
	AUDIENCE,
	CONTENT,
	CUSTOM_PROPERTIES,
	SENDER,
	SETTINGS,
} from '../../../input/mailingChanges';
import { NO_CONTACT_LIMIT } from '../../../maileon/mailing/limits';
import { DOI_KEY_SEARCH } from '../../contact/shared/doi';

/** The lists of the account in the editor. */
const TARGET_GROUP_SEARCH = 'searchTargetGroups';
const TEMPLATE_SEARCH = 'searchMailingTemplates';
const CMS2_TEMPLATE_SEARCH = 'searchCms2Templates';
const BLACKLIST_SEARCH = 'searchMailingBlacklists';

/** What a mailing is called. */
export const mailingNameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Spring sale 2026',
	description:
		'Name of the mailing in Maileon, which recipients do not see: 3 to 64 characters. An account can use a name once.',
};

/** The line that recipients see first. */
export const subjectField: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	placeholder: 'e.g. Spring is here',
	description: 'Subject of the mail: up to 1,023 characters, without line breaks',
};

/** The same for a mailing that has a subject already. */
export const newSubjectField: INodeProperties = {
	...subjectField,
	description:
		'New subject of the mail: up to 1,023 characters, without line breaks. Leave empty to keep the present one.',
};

/** What a mailing shows, in mail programs that show HTML. */
export const htmlField: INodeProperties = {
	displayName: 'HTML',
	name: 'html',
	type: 'string',
	typeOptions: { rows: 5 },
	default: '',
	placeholder: 'e.g. <html><body><h1>Spring is here</h1></body></html>',
	description:
		'HTML of the mail, sent to Maileon character for character. Leave empty to keep what the template holds.',
};

/** The same for a mailing that has content already. */
export const newHtmlField: INodeProperties = {
	...htmlField,
	description:
		'New HTML of the mail, sent to Maileon character for character. Leave empty to keep the present one.',
};

/** Who gets the mail. */
export const targetGroupField: INodeProperties = listLocator({
	displayName: 'Target Group',
	name: 'targetGroup',
	description:
		'Contacts that the mailing is sent to. Leave empty to take the default of the account.',
	searchListMethod: TARGET_GROUP_SEARCH,
	optional: true,
	otherwise: { id: '7' },
});

/** The same for a mailing that has a target group already. */
export const newTargetGroupField: INodeProperties = {
	...targetGroupField,
	description: 'Contacts that the mailing is sent to. Leave empty to keep the present ones.',
};

/** In a collection, n8n asks for what is required even where it was not added: so nothing there is. */
const template = listLocator({
	displayName: 'Template',
	name: 'template',
	description:
		'Template of the older editor (CMS1). It replaces HTML and text, and is set before those of this node. A template of this account is a path such as folder/name; that of a shared one begins with a slash.',
	searchListMethod: TEMPLATE_SEARCH,
	optional: true,
	otherwise: { path: 'default folder/Newsletter' },
});

const cms2Template = listLocator({
	displayName: 'CMS2 Template',
	name: 'cms2Template',
	description:
		'Template of the newer editor (CMS2). It replaces the content, and is set before the HTML and text of this node.',
	searchListMethod: CMS2_TEMPLATE_SEARCH,
	optional: true,
	otherwise: { path: 'default folder/Newsletter' },
});

/** What recipients see beside the subject and the HTML. */
export const content = collectionOf(
	{
		displayName: 'Content',
		name: CONTENT,
		placeholder: 'Add Content',
		description:
			'Preview text, plain text and templates, and what Maileon does with images and links',
	},
	[
		cms2Template,
		{
			displayName: 'Grab Images',
			name: 'grabImages',
			type: 'boolean',
			default: true,
			description:
				'Whether Maileon stores copies of the images in the HTML that have a complete address (https://…), and shows those. Unless you add this, it does.',
		},
		{
			displayName: 'Preview Text',
			name: 'previewText',
			type: 'string',
			default: '',
			placeholder: 'e.g. 20% off until Sunday',
			description:
				'What many inboxes show behind the subject: up to 255 characters. An empty text clears it.',
		},
		template,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 5 },
			default: '',
			placeholder: 'e.g. Spring is here',
			description:
				'What recipients see whose mail program shows no HTML. An empty text empties it.',
		},
		{
			displayName: 'Track Links',
			name: 'trackLinks',
			type: 'boolean',
			default: true,
			description:
				'Whether Maileon rewrites the links in the HTML so that clicks are counted. Unless you add this, it does.',
		},
	],
);

/** Who the mail comes from. */
export const sender = collectionOf(
	{
		displayName: 'Sender',
		name: SENDER,
		placeholder: 'Add Sender Field',
		description: 'Who the mail comes from, where replies go, and what the mail calls its recipient',
	},
	[
		{
			displayName: 'Recipient Alias',
			name: 'recipientAlias',
			type: 'string',
			default: '',
			placeholder: 'e.g. Reader of our news',
			description: 'Name that the mail shows for its recipient. An empty text clears it.',
		},
		{
			displayName: 'Reply-To Address',
			name: 'replyTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. service@example.com',
			description: 'Address that replies go to. An empty text lets Maileon handle replies itself.',
		},
		{
			displayName: 'Sender Address',
			name: 'senderAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. newsletter@news.example.com',
			description:
				'Address that the mail comes from, on a domain of the account, or the part before the @ alone: up to 64 characters without spaces or umlauts. Another domain changes that of tracking links too. A trigger mailing takes a placeholder as well.',
		},
		{
			displayName: 'Sender Alias',
			name: 'senderAlias',
			type: 'string',
			default: '',
			placeholder: 'e.g. Example Shop',
			description: 'Name that recipients see as the sender. An empty text clears it.',
		},
	],
);

const mailingBlacklists: INodeProperties = {
	displayName: 'Mailing Blacklists',
	name: 'blacklists',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Mailing Blacklist',
	default: {},
	description: 'Lists of addresses that the mailing is not sent to',
	options: [
		{
			displayName: 'Mailing Blacklist',
			name: 'blacklist',
			values: [
				{
					displayName: 'Change',
					name: 'change',
					type: 'options',
					options: [
						{ name: 'Add', value: 'add', description: 'Keep the mailing from these addresses' },
						{ name: 'Remove', value: 'remove', description: 'Do so no longer' },
					],
					default: 'add',
					description: 'What to do with the list',
				},
				listLocator({
					displayName: 'Mailing Blacklist',
					name: 'blacklist',
					description: 'Mailing blacklist of the account',
					searchListMethod: BLACKLIST_SEARCH,
					otherwise: { id: '3' },
				}),
			],
		},
	],
};

/** How many of the target group get the mail, and who of it does not. */
export const audience = collectionOf(
	{
		displayName: 'Audience',
		name: AUDIENCE,
		placeholder: 'Add Audience Field',
		description: 'Who of the target group gets the mail, and how many at most',
	},
	[
		{
			displayName: 'Contact Limit',
			name: 'contactLimit',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: NO_CONTACT_LIMIT },
			default: NO_CONTACT_LIMIT,
			description: `How many mails to send at most. The number ${NO_CONTACT_LIMIT} stands for no limit.`,
		},
		mailingBlacklists,
		{
			displayName: 'Update Target Group',
			name: 'updateTargetGroup',
			type: 'boolean',
			default: true,
			description:
				'Whether Maileon looks again who belongs to the target group before it sends. When off, those who belonged to it at its last update get the mail.',
		},
	],
);

const settingFields: readonly INodeProperties[] = [
	{
		displayName: 'Clean Up After Sending',
		name: 'cleanUp',
		type: 'boolean',
		default: false,
		description:
			'Whether Maileon deletes the contact list and the filter that the mailing used, once it is sent. Do not use it with a target group that others need.',
	},
	{
		displayName: 'Disable Quality Checks',
		name: 'disableChecks',
		type: 'boolean',
		default: true,
		description:
			'Whether the mailing can be sent without the quality checks that the account asks for. Maileon knows no way to turn them on again for the mailing.',
	},
	listLocator({
		displayName: 'DOI Mailing Key',
		name: 'doiKey',
		description:
			'Key by which contact operations and forms ask for this double opt-in mailing. Only for mailings of that type.',
		searchListMethod: DOI_KEY_SEARCH,
		optional: true,
		otherwise: { key: 'doi-newsletter' },
	}),
	{
		displayName: 'Ignore Permission',
		name: 'ignorePermission',
		type: 'boolean',
		default: false,
		description:
			'Whether the mail also goes to contacts without a permission. Only for trigger mailings that people have to get, such as order confirmations: advertising in such a mail is not allowed.',
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. de_DE',
		description: 'Language of the mailing, such as de, or language and country, such as de_DE',
	},
	{
		displayName: 'Speed Level',
		name: 'speedLevel',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Supersonic', value: 'supersonic' },
		],
		default: 'medium',
		description: 'How fast Maileon sends the mails',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. newsletter, spring',
		description:
			'Tags by which the mailing is found, separated by commas. They replace those that it has; an empty text removes all.',
	},
	{
		displayName: 'Tracking Strategy',
		name: 'trackingStrategy',
		type: 'options',
		options: [
			{ name: 'Anonymous', value: 'anonymous' },
			{ name: 'Highest Permission', value: 'highest-permission' },
			{ name: 'None', value: 'none' },
			{ name: 'Single Recipient', value: 'single-recipient' },
		],
		default: 'highest-permission',
		description: 'Whose opens and clicks are tracked',
	},
];

/** How the mailing behaves. */
export const settings = settingsOf(settingFields);

/** The same for a mailing that has a name already. */
export const settingsWithName = settingsOf([
	...settingFields,
	{ ...mailingNameField, description: `New name. ${mailingNameField.description}` },
]);

function settingsOf(fields: readonly INodeProperties[]): INodeProperties {
	return collectionOf(
		{
			displayName: 'Settings',
			name: SETTINGS,
			placeholder: 'Add Setting',
			description:
				'Language, tags, speed, tracking and other settings that most mailings do without',
		},
		fields,
	);
}

const propertyName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. campaign',
	description: 'Name of the property: up to 255 characters',
};

const propertyValue: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	placeholder: 'e.g. spring',
	description: 'Value of the property: up to 255 characters',
};

/** Values of one's own that are kept with the mailing. */
export const customProperties = properties([propertyName, propertyValue]);

/** The same for a mailing that can have some already. */
export const changedCustomProperties = properties([
	propertyName,
	{
		displayName: 'Remove',
		name: 'remove',
		type: 'boolean',
		default: false,
		description: 'Whether to take the property away. Leave Value empty then.',
	},
	propertyValue,
]);

function properties(values: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Custom Properties',
		name: CUSTOM_PROPERTIES,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Property',
		default: {},
		description: 'Values of your own that Maileon keeps with the mailing. Others stay as they are.',
		options: [{ displayName: 'Property', name: 'property', values }],
	};
}
