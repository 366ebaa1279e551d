/**
 * A call of each operation that works in the prepared account, with the parameters that a person would
 * set. An operation that asks for nothing but the thing it is about needs no row.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { allResources } from '../../nodes/Maileon/actions';
import type { Operation } from '../../nodes/Maileon/run/operation';
import { fewestParameters } from './faultParameters';
import { column, mapped } from './maileon';
import { partsNamed } from './mailingParts';
import { ADA, BOB, DRAFTS, FILES, GONE, TRANSACTION_ID, TRIGGERS } from './preparedAccount';

/** A call, with which its operation works. */
export interface WorkingCall {
	/** `resource.operation`. */
	operation: string;
	/** What sets this call apart; absent for the plain one, whose output the schema describes. */
	variant?: string;
	parameters: IDataObject;
	items: INodeExecutionData[];
}

type Row = Partial<Pick<WorkingCall, 'variant' | 'parameters' | 'items'>>;

const chosen = (value: string, cachedResultName = value): IDataObject => ({
	__rl: true,
	value,
	mode: 'list',
	cachedResultName,
});
const typed = (mode: string, value: string): IDataObject => ({ __rl: true, value, mode });

const FIELDS = mapped({ FIRSTNAME: '={{ $json.name }}', COLOR: 'GREEN' }, [
	column('FIRSTNAME'),
	column('COLOR'),
]);
const GRACE = [{ json: { email: 'grace@example.com', name: 'Grace' } }];
const PREFERENCES = {
	preference: [
		{
			category: chosen('Newsletter'),
			name: chosen('Weekly'),
			value: 'true',
			source: 'shop',
		},
	],
};
const CREATED = {
	permission: 2,
	syncMode: 1,
	contactFields: FIELDS,
	preferences: PREFERENCES,
};
const CREATED_WITH_DOI = {
	...CREATED,
	permission: 1,
	doi: true,
	doiPlus: true,
	doiMailing: typed('key', 'doi-key-2'),
	options: {
		concurrency: 2,
		customFieldsJson: '{ "SCORE": 2.5 }',
		retries: 2,
		source: 'n8n',
		subscriptionPage: 'shop',
		timeout: 60,
	},
};
const UPDATED = { permission: 3, contactFields: FIELDS, preferences: PREFERENCES };
const UPDATE_OPTIONS = {
	newIdentifiers: { externalId: 'C-99' },
	options: { concurrency: 2, customFieldsJson: '{ "SCORE": 2.5 }', retries: 2, timeout: 60 },
};
const REASONS = { reason: [{ message: 'Too many mails' }, { type: 'no_demand' }] };
const LIST_OPTIONS = { concurrency: 2, retries: 2, timeout: 60 };

const ATTRIBUTES = mapped({ 'order.id': '={{ $json.order }}', 'order.total': 5 }, [
	column('order.id', { required: true }),
	column('order.total'),
]);
const ORDER_TYPE = chosen('42', 'shop_order');

const DRAFT = { mailing: chosen(DRAFTS.withFiles, 'Summer sale, draft') };
const FILE = { attachment: chosen(FILES.first, 'one.txt') };
const EMPTY_DRAFT = { mailing: chosen(DRAFTS.empty, 'Autumn sale') };
const SCHEDULED = { mailing: chosen(DRAFTS.scheduled, 'Winter sale') };
const SENT = chosen('21', 'Spring sale');
const WITH_FILE = [
	{ json: {}, binary: { data: { data: 'QQ==', mimeType: 'text/plain', fileName: 'a.txt' } } },
];

const SPAN = { from: '2026-03-01T00:00:00', to: '2026-04-01T00:00:00' };
const EVENTS_OF_ALL = {
	...SPAN,
	returnAll: true,
	standardFields: ['FIRSTNAME'],
	customFields: ['COLOR'],
	options: { concurrency: 2, includeAnonymous: true, retries: 2, timeout: 60 },
};
const EVENTS = {
	...EVENTS_OF_ALL,
	mailing: SENT,
	filters: { emails: ADA.email, mailingIds: '21' },
};

const CATEGORY = { category: chosen('Newsletter') };
const PREFERENCE = { ...CATEGORY, preference: chosen('Weekly') };
const COLOR = { customField: chosen('COLOR') };
const typedName = (parameter: string, value: string) => ({
	[parameter]: typed('name', value),
	confirmation: value,
});

const everything = (parameters: IDataObject): Row => ({ variant: 'everything', parameters });

const ROWS: Readonly<Record<string, readonly Row[]>> = {
	'contact.createByEmail': [
		{ parameters: { email: '={{ $json.email }}', ...CREATED }, items: GRACE },
		{
			variant: 'with double opt-in',
			parameters: { email: '={{ $json.email }}', externalId: 'C-90', ...CREATED_WITH_DOI },
			items: GRACE,
		},
	],
	'contact.createByExternalId': [
		{
			parameters: { externalId: 'C-90', email: '={{ $json.email }}', ...CREATED },
			items: GRACE,
		},
		{
			variant: 'with double opt-in',
			parameters: { externalId: 'C-90', email: '={{ $json.email }}', ...CREATED_WITH_DOI },
			items: GRACE,
		},
	],
	'contact.synchronize': [
		{
			parameters: {
				contactFields: mapped(
					{
						email: '={{ $json.email }}',
						external_id: '={{ $json.id }}',
						FIRSTNAME: '={{ $json.name }}',
					},
					[column('email'), column('external_id'), column('FIRSTNAME')],
				),
			},
			items: [...GRACE, { json: { email: 'nobody', id: 'C-92', name: 'No' } }],
		},
		{
			variant: 'everything',
			parameters: {
				identifyBy: 'externalId',
				contactFields: mapped({ external_id: '={{ $json.id }}', FIRSTNAME: '={{ $json.name }}' }, [
					column('external_id'),
					column('FIRSTNAME'),
				]),
				permission: 3,
				overridePermission: false,
				syncMode: 2,
				ignoreInvalidContacts: false,
				reimportUnsubscribedContacts: true,
				updateOnly: true,
				output: 'contacts',
				options: {
					batchSize: 1,
					customFieldsJson: '{ "SCORE": 2.5 }',
					parallelRequests: 2,
					retries: 2,
					timeout: 60,
				},
			},
			items: [{ json: { id: ADA.externalId, name: 'Ada' } }],
		},
		{
			variant: 'a JSON list',
			parameters: {
				contactsSource: 'json',
				contactsJson: '[{ "email": "grace@example.com" }, { "email": "nobody" }]',
				output: 'invalidContacts',
			},
		},
	],
	'contact.updateByEmail': [
		{ parameters: { email: ADA.email, ...UPDATED } },
		everything({ email: ADA.email, ...UPDATED, ...UPDATE_OPTIONS }),
	],
	'contact.updateByExternalId': [
		{ parameters: { externalId: ADA.externalId, ...UPDATED } },
		everything({ externalId: ADA.externalId, ...UPDATED, ...UPDATE_OPTIONS }),
	],
	'contact.updateById': [
		{ parameters: { contactId: ADA.id, ...UPDATED } },
		everything({
			contactId: BOB.id,
			...UPDATED,
			permission: 4,
			triggerDoi: true,
			doiMailing: chosen('doi-key-2', 'Confirm your address, shop'),
			newIdentifiers: { externalId: 'C-99' },
			options: { ...UPDATE_OPTIONS.options, pageKey: 'profile', source: 'n8n' },
		}),
	],
	'contact.get': [
		{
			parameters: {
				contact: typed('email', ADA.email),
				customFields: [],
				preferenceCategories: ['Newsletter'],
			},
		},
		everything({
			contact: typed('maileonId', ADA.id),
			standardFields: ['FIRSTNAME', 'LASTNAME'],
			customFields: ['COLOR'],
			preferenceCategories: ['Newsletter'],
			simplify: false,
			ifNotFound: 'nothing',
			options: LIST_OPTIONS,
		}),
	],
	'contact.getMany': [
		{ parameters: { customFields: [], preferenceCategories: ['Newsletter'] } },
		everything({
			selection: 'contactFilter',
			contactFilter: chosen('3', 'Colour is blue'),
			returnAll: true,
			standardFields: ['FIRSTNAME'],
			customFields: ['COLOR'],
			simplify: false,
			options: LIST_OPTIONS,
		}),
		{ variant: 'since a moment', parameters: { updatedAfter: '2026-03-01T00:00:00', limit: 2 } },
		{ variant: 'by email', parameters: { selection: 'email', email: ADA.email } },
	],
	'contact.count': [
		{},
		everything({
			selection: 'activeOfContactFilter',
			contactFilter: typed('id', '1'),
			options: LIST_OPTIONS,
		}),
	],
	'contact.getBlocked': [{ parameters: { customFields: [] } }],
	'contact.unsubscribe': [
		{ parameters: { contact: typed('email', ADA.email), mailingId: '21', reasons: REASONS } },
	],
	'contact.addUnsubscriptionReason': [{ parameters: { contactId: GONE.id, reasons: REASONS } }],
	'contact.getUnsubscriptionMarker': [{ parameters: { email: GONE.email } }],
	'contact.setUnsubscriptionMarker': [{ parameters: { email: ADA.email } }],
	'contact.deleteUnsubscriptionMarker': [{ parameters: { email: GONE.email } }],
	'contact.delete': [{ parameters: { contact: typed('externalId', ADA.externalId) } }],
	'transaction.send': [
		{
			parameters: { transactionType: ORDER_TYPE, email: ADA.email, content: ATTRIBUTES },
			items: [{ json: { order: 'A-1002' } }],
		},
		{
			variant: 'to a new contact',
			parameters: {
				transactionType: typed('name', 'shop_order'),
				identifyBy: 'externalId',
				externalId: 'C-91',
				import: true,
				permission: 2,
				newContactEmail: 'new@example.com',
				contentSource: 'json',
				contentJson: '{ "order.id": "A-1003" }',
				options: {
					attachments: 'data',
					batchSize: 10,
					retries: 2,
					timeout: 60,
				},
			},
			items: WITH_FILE,
		},
	],
	'transaction.getMany': [{ parameters: { transactionType: ORDER_TYPE, limit: 5 } }],
	'transaction.get': [
		{ parameters: { transactionType: ORDER_TYPE, transactionId: TRANSACTION_ID } },
	],
	'transaction.delete': [
		{ parameters: { transactionType: ORDER_TYPE, transactionId: TRANSACTION_ID } },
	],
	'transaction.deleteMany': [
		{
			parameters: {
				transactionType: typed('id', '42'),
				before: '2026-03-05T00:00:00',
				confirmation: '42',
			},
		},
	],
	'transactionType.get': [{ parameters: { transactionType: ORDER_TYPE } }],
	'transactionType.create': [
		{
			parameters: {
				name: 'wish_list',
				attributes: {
					attribute: [{ name: 'wish', required: true, description: 'What for' }],
				},
				options: { archivingDuration: 30, description: 'Wishes', storeOnly: true },
			},
		},
	],
	'transactionType.update': [
		{
			parameters: {
				transactionType: ORDER_TYPE,
				updateFields: { archivingDuration: 60, description: 'Orders of the shop' },
				attributes: { attribute: [{ name: 'order.note' }] },
			},
		},
	],
	'transactionType.delete': [{ parameters: typedName('transactionType', 'page_log') }],
	'customField.get': [{ parameters: COLOR }],
	'customField.create': [{ parameters: { name: 'SHOE_SIZE', type: 'integer' } }],
	'customField.rename': [{ parameters: { ...COLOR, newName: 'COLOUR' } }],
	'customField.clearValues': [{ parameters: typedName('customField', 'COLOR') }],
	'customField.delete': [{ parameters: typedName('customField', 'COLOR') }],
	'preference.getMany': [{ parameters: CATEGORY }],
	'preference.get': [{ parameters: PREFERENCE }],
	'preference.create': [
		{ parameters: { ...CATEGORY, name: 'Yearly', description: 'Once a year' } },
	],
	'preference.update': [
		{ parameters: { ...PREFERENCE, updateFields: { description: 'Each week' } } },
	],
	'preference.delete': [{ parameters: { ...CATEGORY, ...typedName('preference', 'Weekly') } }],
	'preferenceCategory.get': [{ parameters: CATEGORY }],
	'preferenceCategory.create': [{ parameters: { name: 'Events', description: 'Fairs' } }],
	'preferenceCategory.update': [
		{ parameters: { ...CATEGORY, updateFields: { description: 'Mailings' } } },
	],
	'preferenceCategory.delete': [{ parameters: typedName('category', 'Development') }],
	'standardField.clearValues': [
		{ parameters: { standardField: 'NAMEDAY', confirmation: 'NAMEDAY' } },
	],
	'report.getMailingSummaries': [
		{ parameters: { mailing: SENT } },
		everything({ addRates: true, filters: { mailingIds: '21, 22' }, options: LIST_OPTIONS }),
	],
	'report.getOpens': [
		{},
		everything({
			...EVENTS,
			unique: true,
			filters: { ...EVENTS.filters, deviceTypes: ['COMPUTER'], format: 'html' },
			options: { ...EVENTS.options, emailClient: true, transactionId: true, contactHash: true },
		}),
	],
	'report.getClicks': [
		{},
		everything({
			...EVENTS,
			simplify: false,
			filters: { ...EVENTS.filters, linkTags: 'offer' },
			options: { ...EVENTS.options, emailClient: true, linkTags: true },
		}),
	],
	'report.getBounces': [
		{},
		everything({ ...EVENTS, filters: { ...EVENTS.filters, bounceType: 'transient' } }),
	],
	'report.getUnsubscriptions': [{}],
	'report.getUnsubscriptionReasons': [
		{},
		everything({ returnAll: true, order: 'name', ascending: true, options: LIST_OPTIONS }),
	],
	'report.getSubscribers': [{}, everything(EVENTS_OF_ALL)],
	'report.getRecipients': [{}],
	'report.getConversions': [
		{},
		everything({
			...SPAN,
			mailing: SENT,
			returnAll: true,
			filters: { ...EVENTS.filters, siteIds: '1', goalIds: '1' },
			options: LIST_OPTIONS,
		}),
	],
	'report.getRevenue': [{}, everything({ ...SPAN, mailing: SENT })],
	'report.getReplies': [
		{},
		everything({ ...EVENTS, filters: { ...EVENTS.filters, replyType: 'unknown' } }),
	],
	'report.getBlocks': [
		{},
		everything({
			...EVENTS_OF_ALL,
			filters: { newStatus: 'blocked', blockReasons: ['blacklist'] },
		}),
	],
	'report.getFilteredContacts': [{}, everything({ ...SPAN, mailing: SENT, output: 'count' })],
	'mailing.create': [
		{ parameters: { name: 'News', subject: 'Hello', settings: { tags: 'news' } } },
		{
			variant: 'everything',
			parameters: {
				name: 'News',
				subject: 'Hello',
				type: 'trigger',
				attachments: 'data',
				...partsNamed(() => true),
				options: { editor: '1', ifStepFails: 'delete', retries: 2, timeout: 60 },
			},
			items: WITH_FILE,
		},
	],
	'mailing.copy': [{ parameters: { ...DRAFT, newName: 'Summer again' } }],
	'mailing.update': [
		{ parameters: { ...DRAFT, settings: { tags: 'news' } } },
		everything({
			...SCHEDULED,
			subject: 'New',
			settings: { name: 'Winter', tags: 'news' },
			options: { ifScheduled: 'again', retries: 2, timeout: 60 },
		}),
	],
	'mailing.get': [
		{
			parameters: { mailing: typed('id', '={{ $json.id }}') },
			items: [{ json: { id: DRAFTS.scheduled } }, { json: { id: DRAFTS.withFiles } }],
		},
		{ variant: 'by name', parameters: { mailing: typed('name', 'Summer sale, draft') } },
		everything({ ...DRAFT, return: 'parts', parts: ['name', 'state', 'subject', 'tags'] }),
	],
	'mailing.getMany': [
		{},
		everything({
			filterBy: 'tags',
			tags: 'sale, spring',
			tagsMatch: 'or',
			returnAll: true,
			fields: ['name'],
			options: { orderBy: 'name', order: 'ASC', trash: 'without', concurrency: 2 },
		}),
		{
			variant: 'by subject',
			parameters: { filterBy: 'subject', comparison: 'starts_with', subject: 'Spring' },
		},
	],
	'mailing.getContent': [
		{ parameters: DRAFT },
		everything({
			...DRAFT,
			content: 'text',
			output: 'file',
			binaryPropertyName: 'text',
		}),
	],
	'mailing.sendTest': [
		{ parameters: { ...DRAFT, email: ADA.email } },
		everything({ ...DRAFT, to: 'group', testTargetGroup: chosen('3', 'Test readers') }),
	],
	'mailing.runChecks': [{ parameters: { ...DRAFT, checks: ['bounce', 'image', 'link'] } }],
	'mailing.requestApproval': [
		{ parameters: { ...DRAFT, testTargetGroup: chosen('3', 'Test readers') } },
	],
	'mailing.schedule': [
		{
			parameters: {
				mailing: typed('id', '={{ $json.id }}'),
				scheduleTime: '2099-01-31T09:30:00',
			},
			items: [{ json: { id: DRAFTS.scheduled } }, { json: { id: DRAFTS.withFiles } }],
		},
		everything({
			...DRAFT,
			scheduleTime: '2099-01-31T09:30:00',
			timeZone: 'Europe/Berlin',
			dispatch: { dispatchOption: 'hour', dispatchEndInHours: 12 },
		}),
	],
	'mailing.unschedule': [{ parameters: SCHEDULED }],
	'mailing.sendNow': [{ parameters: DRAFT }],
	'mailing.activate': [
		{
			parameters: {
				mailing: chosen(TRIGGERS.draft, 'Thank you'),
				dispatching: 'event',
				transactionType: ORDER_TYPE,
			},
		},
		everything({
			mailing: chosen(TRIGGERS.draft, 'Thank you'),
			dispatching: 'contactFilter',
			contactFilter: chosen('2', 'Double opt-in'),
			interval: 'WEEK',
			dayOfWeek: 3,
			hours: 8,
			minutes: 30,
			dispatchingSettings: { speedLevel: 'HIGH' },
		}),
	],
	'mailing.deactivate': [
		{ parameters: { mailing: chosen(TRIGGERS.active, 'Order confirmation') } },
	],
	'mailing.resetContent': [{ parameters: DRAFT }],
	'mailing.fillRss': [{ parameters: DRAFT }],
	'mailing.saveAsTemplate': [
		{
			parameters: {
				...DRAFT,
				templatePath: 'default folder/Summer',
				removeTemplateLanguageMarkup: true,
			},
		},
	],
	'mailing.delete': [{ parameters: DRAFT }],
	'mailingAttachment.getMany': [{ parameters: DRAFT }],
	'mailingAttachment.add': [
		{
			parameters: { ...DRAFT, options: { fileName: 'terms.txt', mediaType: 'text/plain' } },
			items: WITH_FILE,
		},
	],
	'mailingAttachment.download': [{ parameters: { ...DRAFT, ...FILE } }],
	'mailingAttachment.copy': [{ parameters: { sourceMailing: DRAFT.mailing, ...EMPTY_DRAFT } }],
	'mailingAttachment.delete': [{ parameters: { ...DRAFT, ...FILE } }],
	'mailingAttachment.deleteAll': [
		{ parameters: { ...DRAFT, confirmation: 'DELETE ALL ATTACHMENTS' } },
	],
};

/** What operations without a row are about, by resource. */
const KEYS: Readonly<Record<string, string>> = {
	contact: ADA.email.split('@')[0] ?? '',
	preference: 'Newsletter',
	preferenceCategory: 'Newsletter',
	customField: 'COLOR',
	transaction: '42',
	transactionType: '42',
	mailing: DRAFTS.withFiles,
	mailingAttachment: DRAFTS.withFiles,
};

/** The fewest parameters, with the choices of lists as they are set at first. */
function plainParameters({ properties }: Operation): IDataObject {
	const given = Object.entries(fewestParameters(properties));
	return Object.fromEntries(given.filter(([, value]) => !Array.isArray(value)));
}

function callOf(operation: Operation, row: Row): WorkingCall {
	const { resource, value } = operation;
	return {
		operation: `${resource}.${value}`,
		...(row.variant && { variant: row.variant }),
		parameters: row.parameters ?? plainParameters(operation),
		items: row.items ?? [{ json: { key: KEYS[resource] ?? '' } }],
	};
}

/** The calls of every operation of the action nodes, the plain one first. */
export const WORKING_CALLS: readonly WorkingCall[] = allResources.flatMap(({ operations }) =>
	operations.flatMap((operation) => {
		const rows = ROWS[`${operation.resource}.${operation.value}`] ?? [{}];
		return rows.map((row) => callOf(operation, row));
	}),
);
