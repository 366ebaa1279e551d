import type { IDataObject } from 'n8n-workflow';

import { answerOf, failureOf, fakeClient, fakeNode, runOnce } from '../../support/fakeRun';
import { operationNamed } from '../../support/operationNamed';

const chosen = (value: string, mode = 'name'): IDataObject => ({ __rl: true, mode, value });

/** What the error row of an item says. */
async function errorOf(
	name: string,
	parameters: IDataObject,
	client = fakeClient((request) => {
		throw failureOf(request, 404);
	}),
): Promise<IDataObject> {
	const items = [{ json: {} }];
	const node = fakeNode({ items, parameters, continues: true });
	const [row] = await runOnce(operationNamed(name), node, client);
	return (row?.json.error ?? {}) as IDataObject;
}

const CATEGORY = { category: chosen('News') };
const PREFERENCE = { ...CATEGORY, preference: chosen('Weekly') };
const COLOR = { customField: chosen('COLOR') };
const TYPE = { transactionType: chosen('42', 'id') };
const NAMED_TYPE = { transactionType: chosen('shop_order') };
const REASONS = { reasons: { reason: [{ type: 'other' }] } };
const ADA = { email: 'ada@example.com' };
const BEFORE = { before: '2026-01-02', confirmation: '42' };
const PERIOD = { from: '2026-01-01', to: '2026-02-01' };
const NO_FIELDS = { customFields: [] };
const DRAFT = { mailing: chosen('22', 'id') };

describe('what Maileon does not find is named', () => {
	it.each<[string, IDataObject, string]>([
		[
			'contact.addUnsubscriptionReason',
			{ contactId: '7', ...REASONS },
			'contact with Maileon ID 7',
		],
		['contact.count', {}, 'number of contacts'],
		[
			'contact.count',
			{ selection: 'contactFilter', contactFilter: chosen('3', 'id') },
			'contact filter with ID 3',
		],
		['contact.createByEmail', ADA, 'contact with email "ada@example.com"'],
		['contact.createByExternalId', { externalId: '007' }, 'contact with external ID "007"'],
		['contact.updateById', { contactId: '7' }, 'contact with Maileon ID 7'],
		['contact.getBlocked', NO_FIELDS, 'blocked contacts'],
		['contact.getMany', NO_FIELDS, 'contacts'],
		[
			'contact.getMany',
			{ ...NO_FIELDS, selection: 'contactFilter', contactFilter: chosen('3', 'id') },
			'contact filter with ID 3',
		],
		['contact.setUnsubscriptionMarker', ADA, 'contact with email "ada@example.com"'],
		['customField.getMany', {}, 'custom fields'],
		['customField.get', COLOR, 'custom field "COLOR"'],
		['customField.create', { name: 'SIZE', type: 'string' }, 'custom field "SIZE"'],
		['customField.rename', { ...COLOR, newName: 'SHADE' }, 'custom field "COLOR"'],
		['customField.clearValues', { ...COLOR, confirmation: 'COLOR' }, 'custom field "COLOR"'],
		['customField.delete', { ...COLOR, confirmation: 'COLOR' }, 'custom field "COLOR"'],
		[
			'standardField.clearValues',
			{ standardField: 'CITY', confirmation: 'CITY' },
			'standard field "CITY"',
		],
		['preferenceCategory.getMany', {}, 'preference categories'],
		['preferenceCategory.get', CATEGORY, 'preference category "News"'],
		['preferenceCategory.create', { name: 'Sport' }, 'preference category "Sport"'],
		[
			'preferenceCategory.update',
			{ ...CATEGORY, updateFields: { newName: 'Topics' } },
			'preference category "News"',
		],
		[
			'preferenceCategory.delete',
			{ ...CATEGORY, confirmation: 'News' },
			'preference category "News"',
		],
		['preference.getMany', CATEGORY, 'preference category "News"'],
		['preference.get', PREFERENCE, 'preference "Weekly" in the category "News"'],
		['preference.create', { ...CATEGORY, name: 'Daily' }, 'preference category "News"'],
		[
			'preference.update',
			{ ...PREFERENCE, updateFields: { newName: 'Daily' } },
			'preference "Weekly" in the category "News"',
		],
		[
			'preference.delete',
			{ ...PREFERENCE, confirmation: 'Weekly' },
			'preference "Weekly" in the category "News"',
		],
		['transactionType.count', {}, 'transaction types'],
		['transactionType.getMany', {}, 'transaction types'],
		['transactionType.get', TYPE, 'transaction type with ID 42'],
		['transactionType.create', { name: 'shop_basket' }, 'transaction type "shop_basket"'],
		[
			'transactionType.update',
			{ ...NAMED_TYPE, updateFields: { description: 'One' } },
			'transaction type "shop_order"',
		],
		[
			'transactionType.delete',
			{ ...NAMED_TYPE, confirmation: 'shop_order' },
			'transaction type "shop_order"',
		],
		['transaction.getMany', TYPE, 'transaction type with ID 42'],
		[
			'transaction.get',
			{ ...NAMED_TYPE, transactionId: 'A-1' },
			'transaction "A-1" of the transaction type "shop_order"',
		],
		[
			'transaction.delete',
			{ ...TYPE, transactionId: 'A-1' },
			'transaction "A-1" of the transaction type with ID 42',
		],
		['transaction.deleteMany', { ...TYPE, ...BEFORE }, 'transaction type with ID 42'],
		['report.getMailingSummaries', {}, 'report "Mailing Summaries"'],
		['report.getRevenue', PERIOD, 'report "Revenue"'],
		['report.getUnsubscriptionReasons', PERIOD, 'report "Unsubscription Reasons"'],
		['report.getOpens', PERIOD, 'report "Opens"'],
		['report.getOpens', { ...PERIOD, output: 'count' }, 'report "Opens"'],
		['report.getFilteredContacts', PERIOD, 'report "Filtered Contacts"'],
		['mailing.getMany', { filterBy: 'subject', subject: 'News' }, 'mailings'],
		['mailing.create', { name: 'News', subject: 'Hello' }, 'mailing "News"'],
		['mailing.copy', DRAFT, 'mailing with ID 22'],
		['mailing.get', DRAFT, 'mailing with ID 22'],
		['mailing.deactivate', DRAFT, 'mailing with ID 22'],
	])('%s %j', async (name, parameters, what) => {
		expect(await errorOf(name, parameters)).toMatchObject({
			message: `Maileon did not find the ${what}.`,
			http_status: 404,
		});
	});
});

describe('what cannot be sent names the field to look at', () => {
	const TRIGGER = { ...DRAFT, dispatching: 'event', ...TYPE };
	const NO_CONTENT = { contentSource: 'json', contentJson: '{}' };
	const MARK = { contactId: '7' };
	it.each<[string, IDataObject, string]>([
		['contact.addUnsubscriptionReason', { ...MARK, reasons: {} }, 'reasons'],
		[
			'contact.addUnsubscriptionReason',
			{ ...MARK, reasons: { reason: [{ type: 'boredom' }] } },
			'reasons',
		],
		[
			'contact.addUnsubscriptionReason',
			{ ...MARK, reasons: { reason: [{ message: {} }] } },
			'reasons',
		],
		[
			'contact.unsubscribe',
			{ contact: chosen('7', 'maileonId'), options: { newsletterAccountIds: '3' } },
			'newsletterAccountIds',
		],
		['contact.unsubscribe', { contact: chosen('a@x.de', 'email'), mailingId: 'x' }, 'mailingId'],
		...['12x', 'x12', ''].map((value): [string, IDataObject, string] => [
			'contact.count',
			{ selection: 'contactFilter', contactFilter: chosen(value, 'id') },
			'contactFilter',
		]),
		['customField.create', { name: 'no', type: 'string' }, 'name'],
		['customField.rename', { ...COLOR, newName: 'FIRSTNAME' }, 'newName'],
		['preferenceCategory.update', { ...CATEGORY, updateFields: {} }, 'updateFields'],
		['preference.create', { ...CATEGORY, name: 'n'.repeat(256) }, 'name'],
		['preference.create', { ...CATEGORY, name: 'n', description: 'd'.repeat(256) }, 'description'],
		['transactionType.create', { name: '1st' }, 'name'],
		[
			'transactionType.create',
			{ name: 'shop', options: { description: 'd'.repeat(1_001) } },
			'description',
		],
		[
			'transactionType.create',
			{ name: 'shop', attributes: { attribute: [{ name: ' ' }] } },
			'attributes',
		],
		[
			'transactionType.create',
			{ name: 'shop', attributes: { attribute: [{ name: {} }] } },
			'attributes',
		],
		['transactionType.update', TYPE, 'updateFields'],
		...['', null, undefined, 'soon'].map((before): [string, IDataObject, string] => [
			'transaction.deleteMany',
			{ ...TYPE, ...BEFORE, before },
			'before',
		]),
		[
			'transaction.send',
			{ ...TYPE, ...NO_CONTENT, identifyBy: 'maileonId', contactId: '9007199254740993' },
			'contactId',
		],
		[
			'transaction.send',
			{
				...TYPE,
				...NO_CONTENT,
				...ADA,
				options: { generateTransactionId: true, fillTransactionId: true },
			},
			'fillTransactionId',
		],
		['mailing.update', DRAFT, 'subject'],
		[
			'mailing.create',
			{ name: 'News', subject: 'Hello', attachments: 'a,b,c,d,e,f,g,h,i,j,k' },
			'attachments',
		],
		[
			'mailing.getContent',
			{ ...DRAFT, content: 'preview', contact: chosen('7', 'maileonId') },
			'contact',
		],
		['mailing.getMany', { filterBy: 'scheduleTime', scheduleTime: '' }, 'scheduleTime'],
		['mailing.runChecks', { ...DRAFT, checks: [] }, 'checks'],
		['mailing.runChecks', { ...DRAFT, checks: ['spelling'] }, 'checks'],
		['mailing.schedule', { ...DRAFT, scheduleTime: '' }, 'scheduleTime'],
		['mailing.schedule', { ...DRAFT, scheduleTime: '2001-01-01T10:00:00' }, 'scheduleTime'],
		['mailing.sendTest', { ...DRAFT, ...ADA, content: 'json', contentJson: '[]' }, 'contentJson'],
		...['3x', 'x3', ''].map((group): [string, IDataObject, string] => [
			'mailing.requestApproval',
			{ ...DRAFT, testTargetGroup: chosen(group, 'id') },
			'testTargetGroup',
		]),
		[
			'mailing.activate',
			{ ...TRIGGER, dispatchingSettings: { deliveryLimit: 2 } },
			'deliveryLimitUnit',
		],
		...['7x', 'x7'].map((value): [string, IDataObject, string] => [
			'mailingAttachment.delete',
			{ ...DRAFT, attachment: chosen(value, 'id') },
			'attachment',
		]),
		...['text', 'text/', 'a text/plain', 'text/plain x'].map(
			(mediaType): [string, IDataObject, string] => [
				'mailingAttachment.add',
				{ ...DRAFT, options: { mediaType } },
				'mediaType',
			],
		),
	])('%s %j: %s', async (name, parameters, field) => {
		const client = fakeClient(() => answerOf(''));
		expect(await errorOf(name, parameters, client)).toMatchObject({ field });
		expect(client.requests).toEqual([]);
	});
});
