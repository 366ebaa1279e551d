import type { IDataObject } from 'n8n-workflow';

import { askedAtOnce } from '../../support/askedAtOnce';
import { operationNamed } from '../../support/operationNamed';

const AT_ONCE = { options: { concurrency: 5 } };

const chosen = (value: string, mode = 'name'): IDataObject => ({ __rl: true, mode, value });

const CATEGORY = { category: chosen('News') };
const PREFERENCE = { ...CATEGORY, preference: chosen('Weekly') };
const TYPE = { transactionType: chosen('42', 'id') };
const NAMED = { name: 'SIZE', type: 'string' };
const ADA = { contact: chosen('a@x.de', 'email') };
const DRAFT = { mailing: chosen('22', 'id') };

/** Two items about the same thing, which is what the second says unless it is given. */
const SAME: ReadonlyArray<[string, IDataObject, IDataObject?]> = [
	['contact.delete', ADA],
	['contact.unsubscribe', ADA],
	['contact.updateById', { contactId: '7', permission: 2 }, { contactId: '7', permission: 3 }],
	['customField.create', NAMED],
	['customField.create', NAMED, { ...NAMED, type: 'float' }],
	[
		'customField.rename',
		{ customField: chosen('COLOR'), newName: 'SHADE' },
		{ customField: chosen('COLOR'), newName: 'PAINT' },
	],
	[
		'customField.rename',
		{ customField: chosen('COLOR'), newName: 'SHADE' },
		{ customField: chosen('SHADE'), newName: 'PAINT' },
	],
	['customField.clearValues', { customField: chosen('COLOR'), confirmation: 'COLOR' }],
	['customField.delete', { customField: chosen('COLOR'), confirmation: 'COLOR' }],
	['standardField.clearValues', { standardField: 'NAMEDAY', confirmation: 'NAMEDAY' }],
	['preference.create', { ...CATEGORY, name: 'Daily' }, { ...CATEGORY, name: 'Yearly' }],
	[
		'preference.update',
		{ ...PREFERENCE, updateFields: { description: 'One' } },
		{ ...PREFERENCE, updateFields: { description: 'Two' } },
	],
	['preference.delete', { ...PREFERENCE, confirmation: 'Weekly' }],
	['preferenceCategory.create', { name: 'Sport' }],
	[
		'preferenceCategory.update',
		{ ...CATEGORY, updateFields: { description: 'One' } },
		{ ...CATEGORY, updateFields: { description: 'Two' } },
	],
	[
		'preferenceCategory.update',
		{ ...CATEGORY, updateFields: { newName: 'Topics' } },
		{ category: chosen('Topics'), updateFields: { newName: 'Themes' } },
	],
	['preferenceCategory.delete', { ...CATEGORY, confirmation: 'News' }],
	['transactionType.create', { name: 'shop_order' }],
	[
		'transactionType.update',
		{ ...TYPE, updateFields: { description: 'One' } },
		{ ...TYPE, updateFields: { description: 'Two' } },
	],
	['transactionType.delete', { ...TYPE, confirmation: '42' }],
	['transaction.delete', { ...TYPE, transactionId: 'A-1' }],
	['mailing.create', { name: 'News', subject: 'Hello' }],
	['mailing.update', { ...DRAFT, subject: 'One' }, { ...DRAFT, subject: 'Two' }],
	['mailing.resetContent', DRAFT],
];

it.each(SAME)('%s waits for the item before that is about the same', async (...row) => {
	const [name, first, second = first] = row;
	expect(
		await askedAtOnce(operationNamed(name), { ...first, ...AT_ONCE }, { ...second, ...AT_ONCE }),
	).toBe(1);
});

it.each<[string, IDataObject, IDataObject]>([
	['contact.delete', ADA, { contact: chosen('b@x.de', 'email') }],
	['contact.unsubscribe', ADA, { contact: chosen('b@x.de', 'email') }],
	['customField.create', NAMED, { ...NAMED, name: 'COLOR' }],
	[
		'customField.rename',
		{ customField: chosen('COLOR'), newName: 'SHADE' },
		{ customField: chosen('SIZE'), newName: 'LENGTH' },
	],
	[
		'preference.create',
		{ ...CATEGORY, name: 'Daily' },
		{ category: chosen('Sport'), name: 'Daily' },
	],
	['preferenceCategory.create', { name: 'Sport' }, { name: 'News' }],
	[
		'preferenceCategory.update',
		{ ...CATEGORY, updateFields: { description: 'One' } },
		{ category: chosen('Sport'), updateFields: { description: 'One' } },
	],
	['transactionType.create', { name: 'shop_order' }, { name: 'shop_basket' }],
	['transaction.delete', { ...TYPE, transactionId: 'A-1' }, { ...TYPE, transactionId: 'A-2' }],
	['mailing.resetContent', DRAFT, { mailing: chosen('23', 'id') }],
])('%s does not wait for another', async (name, first, second) => {
	expect(
		await askedAtOnce(operationNamed(name), { ...first, ...AT_ONCE }, { ...second, ...AT_ONCE }),
	).toBe(2);
});

it.each<[string, IDataObject]>([
	['mailing.activate', { dispatching: 'keep' }],
	['mailing.deactivate', {}],
	['mailing.requestApproval', { testTargetGroup: chosen('3', 'id') }],
	['mailing.schedule', { scheduleTime: '2099-01-31T09:30:00' }],
	['mailing.sendNow', {}],
	['mailing.sendTest', { to: 'address', email: 'a@x.de' }],
	['mailing.unschedule', {}],
])(
	'%s takes one mailing after the other, since a number and a name can mean the same',
	async (name, further) => {
		const itemOf = (mailing: IDataObject) => ({ mailing, ...further, ...AT_ONCE });
		expect(
			await askedAtOnce(operationNamed(name), itemOf(chosen('22', 'id')), itemOf(chosen('Summer'))),
		).toBe(1);
	},
);
