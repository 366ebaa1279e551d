/**
 * The filters that reports have: how the panel offers each, and what it is on the wire.
 * Rests on the Reports pages of the documentation, "Get Clicks" and its sisters.
 */
import type { INodeProperties } from 'n8n-workflow';

import type { FilterName } from '../../maileon/report/lists';
import type { ItemParameters } from '../parameters';
import { InputRefusal } from '../refusal';

interface Filter {
	property: INodeProperties;
	/** The name of the query parameter. */
	wire: string;
	read(filters: ItemParameters, name: string): readonly string[];
}

const LISTED = 'Several with commas between them, or an expression that gives a list';

type Choices = ReadonlyArray<readonly [name: string, value: string]>;

function texts(wire: string, name: string, label: string, example: string, about: string): Filter {
	return {
		wire,
		property: {
			displayName: label,
			name,
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
			description: `${about}. ${LISTED}.`,
		},
		read: (filters) => filters.texts(name),
	};
}

/** The same for IDs, which are numbers. */
function ids(wire: string, name: string, label: string, example: string, about: string): Filter {
	const filter = texts(wire, name, label, example, about);
	return {
		...filter,
		read: (filters) => {
			const given = filters.texts(name);
			const wrong = given.find((id) => !/^\d+$/.test(id));
			if (wrong !== undefined)
				throw new InputRefusal(`${label} must be numbers, but one is "${wrong}".`, { field: name });
			return given;
		},
	};
}

function oneText(wire: string, property: INodeProperties): Filter {
	return { wire, property, read: (filters, name) => [filters.text(name)] };
}

function oneOf(wire: string, name: string, label: string, choices: Choices, about: string): Filter {
	const values = choices.map(([, value]) => value);
	const [usual = ''] = values;
	return {
		wire,
		property: {
			displayName: label,
			name,
			type: 'options',
			options: choices.map(([choice, value]) => ({ name: choice, value })),
			default: usual,
			description: about,
		},
		read: (filters) => [filters.choice(name, values)],
	};
}

function someOf(
	wire: string,
	name: string,
	label: string,
	choices: Choices,
	about: string,
): Filter {
	const values = choices.map(([, value]) => value);
	return {
		wire,
		property: {
			displayName: label,
			name,
			type: 'multiOptions',
			default: [],
			options: choices.map(([choice, value]) => ({ name: choice, value })),
			description: about,
		},
		read: (filters) => {
			const given = filters.texts(name);
			const unknown = given.find((value) => !values.includes(value));
			if (unknown !== undefined)
				throw new InputRefusal(`${label} does not know "${unknown}".`, {
					description: `Choose from ${values.join(', ')}.`,
					field: name,
				});
			return given;
		},
	};
}

const ALLOWED = ['Allowed', 'allowed'] as const;
const BLOCKED = ['Blocked', 'blocked'] as const;

/** Every filter, by the name that reports call it. */
export const FILTERS = {
	contactIds: ids(
		'ids',
		'contactIds',
		'Maileon IDs',
		'1001, 1002',
		'Only what happened to the contacts with these Maileon IDs',
	),
	emails: texts(
		'emails',
		'emails',
		'Emails',
		'ada@example.com',
		'Only what happened to the contacts with these email addresses',
	),
	externalIds: texts(
		'eids',
		'externalIds',
		'External IDs',
		'CRM-00123',
		'Only what happened to the contacts with these external IDs',
	),
	mailingIds: ids(
		'mailing_id',
		'mailingIds',
		'Mailing IDs',
		'501, 502',
		'Only what belongs to these mailings, besides the one chosen under Mailing',
	),
	format: oneOf(
		'format',
		'format',
		'Format',
		[
			['HTML', 'html'],
			['Text', 'text'],
		],
		'The part of the mail in which it happened',
	),
	deviceTypes: someOf(
		'device_type',
		'deviceTypes',
		'Devices',
		[
			['Computer', 'COMPUTER'],
			['Mobile', 'MOBILE'],
			['Tablet', 'TABLET'],
			['Unknown', 'UNKNOWN'],
		],
		'The kinds of devices on which it happened',
	),
	socialNetworks: texts(
		'social_network',
		'socialNetworks',
		'Social Networks',
		'FB, XG',
		'Codes of the social networks in which it happened, such as FB Facebook, LI LinkedIn, TW Twitter, XG Xing',
	),
	linkIds: ids('link_id', 'linkIds', 'Link IDs', '9001', 'Only clicks on these links'),
	linkUrl: oneText('link_url', {
		displayName: 'Link URL',
		name: 'linkUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://shop.example.com/offer',
		description:
			'Only clicks on links to this address. Whether Maileon compares the whole address or a part of it is not documented.',
	}),
	linkTags: texts(
		'link_tag',
		'linkTags',
		'Link Tags',
		'offer',
		'Only clicks on links with one of these tags',
	),
	statusCodes: texts(
		'status_code',
		'statusCodes',
		'Status Codes',
		'5.1.1',
		'Only bounces with these codes of the mail server, three numbers with dots',
	),
	bounceType: oneOf(
		'type',
		'bounceType',
		'Type',
		[
			['Hard (Permanent)', 'permanent'],
			['Soft (Transient)', 'transient'],
		],
		'Whether the address is unreachable for good or was for the moment',
	),
	bounceSource: oneOf(
		'source_filter',
		'bounceSource',
		'Source',
		[
			['Mail Server', 'mta-listener'],
			['Reply', 'reply'],
		],
		'Who told Maileon of the bounce',
	),
	blockReasons: someOf(
		'reasons',
		'blockReasons',
		'Reasons',
		[
			['Blacklist', 'blacklist'],
			['Bounce Policy', 'bounce_policy'],
		],
		'Why the contact was blocked or allowed again',
	),
	oldStatus: oneOf(
		'old_status',
		'oldStatus',
		'Old Status',
		[ALLOWED, BLOCKED],
		'Whether the contact got mails before',
	),
	newStatus: oneOf(
		'new_status',
		'newStatus',
		'New Status',
		[BLOCKED, ALLOWED],
		'Whether the contact gets mails since then',
	),
	unsubscriptionSource: oneOf(
		'source',
		'unsubscriptionSource',
		'Source',
		[
			['Link', 'link'],
			['Other', 'other'],
			['Reply', 'reply'],
		],
		'How the contact unsubscribed',
	),
	replyType: oneOf(
		'type',
		'replyType',
		'Type',
		[
			['Out of Office', 'out_of_office_vacation'],
			['Receipt Confirmation', 'receipt_confirmation'],
			['Spam', 'spam'],
			['Unknown', 'unknown'],
			['Unsubscription', 'unsubscribe'],
		],
		'What kind of reply it was',
	),
	siteIds: ids('site_ids', 'siteIds', 'Site IDs', '1', 'Only conversions on these websites'),
	goalIds: ids('goal_ids', 'goalIds', 'Goal IDs', '7', 'Only conversions of these goals'),
	conversionLinkIds: ids(
		'link_ids',
		'conversionLinkIds',
		'Link IDs',
		'9001',
		'Only conversions that began with a click on these links',
	),
} as const satisfies Readonly<Record<FilterName, Filter>>;

/** The collection of a report's filters. */
export function filterCollection(names: readonly FilterName[]): INodeProperties {
	const options = names.map((name): INodeProperties => FILTERS[name].property);
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: options.sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
		description: 'What has to apply. Without a filter, everything comes out.',
	};
}

/**
 * The filters that an item sets, as a query.
 * @throws InputRefusal for a value that the filter does not take
 */
export function filterQuery(
	filters: ItemParameters,
	names: readonly FilterName[],
): Array<readonly [string, string]> {
	return names
		.filter((name) => filters.has(name))
		.flatMap((name) => {
			const filter: Filter = FILTERS[name];
			return filter.read(filters, name).map((value) => [filter.wire, value] as const);
		});
}

/** Brings in what happened to people who are anonymous. */
export const includeAnonymous: INodeProperties = {
	displayName: 'Include Anonymous',
	name: 'includeAnonymous',
	type: 'boolean',
	default: false,
	description:
		'Whether to include what cannot be told of a contact: people without a permission to track them, and those who unsubscribed or were deleted',
};
